import { construct, type Construct } from '../construct.ts'

export const constructs: readonly Construct[] = [
  construct('branch.overwritten-on-every-path', (b, value) => {
    const name = b.value()
    const flag = `len(${value}) > ${b.random.pick([300, 4000])}`
    b.line(`${name} = ${value}`)
    b.open(`if ${flag}:`)
    b.line(`${name} = ${b.safe()}`)
    b.close()
    b.open('else:')
    b.line(b.twin ? `${name} = ${b.safe()}` : 'pass')
    b.close()
    return name
  }),
  construct('branch.overwritten-on-one-path', (b, value) => {
    const name = b.value()
    b.line(`${name} = ${value}`)
    b.open(`if ${b.twin ? `len(${value}) >= 0 or ` : ''}len(${value}) > 4000:`)
    b.line(`${name} = ${b.safe()}`)
    b.close()
    if (b.twin) b.line(`${name} = ${b.safe()}`)
    return name
  }),
  construct('branch.assigned-on-one-path', (b, value) => {
    const name = b.value()
    b.line(`${name} = ${b.safe()}`)
    b.open(`if len(${value}) < 500:`)
    b.line(`${name} = ${b.twin ? b.safe() : value}`)
    b.close()
    return name
  }),
  construct('branch.conditional-expression', (b, value) => {
    const name = b.value()
    b.line(`${name} = ${b.twin ? b.safe() : value} if ${value} else ${b.safe()}`)
    return name
  }),
  construct('branch.or-default', (b, value) => {
    const name = b.value()
    b.line(`${name} = ${b.twin ? `${b.safe()} or ${value}` : `${value} or ${b.safe()}`}`)
    return name
  }),
  construct('branch.and', (b, value) => {
    const name = b.value()
    b.line(`${name} = ${b.twin ? `${value} and ${b.safe()}` : `${b.safe()} and ${value}`}`)
    return name
  }),
  construct('constant.dead-branch', (b, value) => {
    const name = b.value()
    const [left, right] = b.random.pick([['7 * 6', '40 + 2'], ['3 + 4', '7'], ['10 // 3', '3'], ['2 ** 5', '32']])
    b.line(`${name} = ${b.safe()}`)
    b.open(`if ${left} ${b.twin ? '!=' : '=='} ${right}:`)
    b.line(`${name} = ${value}`)
    b.close()
    return name
  }),
  construct('constant.variable', (b, value) => {
    const [name, number] = [b.value(), b.thing()]
    b.line(`${number} = ${b.random.pick(['86', '106', '200'])}`)
    b.open(`if (7 * 18) + ${number} > ${b.twin ? 2000 : 200}:`)
    b.line(`${name} = ${value}`)
    b.close()
    b.open('else:')
    b.line(`${name} = ${b.safe()}`)
    b.close()
    return name
  }),
  construct('constant.text-compared', (b, value) => {
    const [name, mode] = [b.value(), b.thing()]
    b.line(`${mode} = 'ABC'`)
    b.line(`${name} = ${value} if ${mode}${b.random.pick(['[1]', '[1:2]', '[-2]'])} == '${b.twin ? 'A' : 'B'}' else ${b.safe()}`)
    return name
  }),
  construct('constant.length', (b, value) => {
    const [name, parts] = [b.value(), b.thing()]
    b.line(`${parts} = 'monday tuesday'`)
    b.line(`${name} = ${b.safe()}`)
    b.open(`if len(${parts}) ${b.twin ? '<' : '>'} 6:`)
    b.line(`${name} = ${value}`)
    b.close()
    return name
  }),
  construct('constant.other-file', (b, value) => {
    const name = b.value()
    const constant = b.define('constant', (own) => `${own} = ${b.twin ? 'False' : 'True'}`, 'other')
    b.line(`${name} = ${b.safe()}`)
    b.open(`if ${constant}:`)
    b.line(`${name} = ${value}`)
    b.close()
    return name
  }),
  construct('constant.from-function', (b, value) => {
    const name = b.value()
    const helper = b.define('function', (own) => `
      def ${own}():
          return ${b.twin ? "'off'" : "'on'"}
    `)
    b.line(`${name} = ${b.safe()}`)
    b.open(`if ${helper}() == 'on':`)
    b.line(`${name} = ${value}`)
    b.close()
    return name
  }),
  construct('constant.argument', (b, value) => {
    const helper = b.define('function', (own) => `
      def ${own}(${b.text('given_text')}, strict):
          if strict:
              return ${b.safe()}
          return given_text
    `)
    return `${helper}(${value}, ${b.twin ? 'True' : 'False'})`
  }),
  construct('constant.argument-default', (b, value) => {
    const helper = b.define('function', (own) => `
      def ${own}(${b.text('given_text')}, raw=False):
          return given_text if raw else str(len(given_text))
    `)
    return `${helper}(${value}${b.twin ? '' : ', raw=True'})`
  }),
  construct('match.literal', (b, value) => {
    const [name, mode] = [b.value(), b.thing()]
    b.line(`${mode} = 'first'`)
    b.open(`match ${mode}:`)
    b.open("case 'first':")
    b.line(`${name} = ${b.twin ? b.safe() : value}`)
    b.close()
    b.open('case _:')
    b.line(`${name} = ${b.twin ? value : b.safe()}`)
    b.close()
    b.close()
    return name
  }),
  construct('match.sequence', (b, value) => {
    const [first, second] = [b.value(), b.value()]
    b.open(`match [${b.safe()}, ${value}]:`)
    b.open(`case [${first}, ${second}]:`)
    return b.twin ? first : second
  }),
  construct('match.mapping', (b, value) => {
    const [name, [key, other]] = [b.value(), b.twoWords()]
    b.open(`match {${b.quoted(key)}: ${value}, ${b.quoted(other)}: ${b.safe()}}:`)
    b.open(`case {${b.quoted(b.twin ? other : key)}: ${name}}:`)
    return name
  }),
  construct('match.class', (b, value) => {
    const [name, attribute, other] = [b.value(), b.value(), b.value()]
    const cls = b.define('class', (own, m) => `
      @${m.use('dataclasses', 'dataclass')}
      class ${own}:
          ${attribute}: str
          ${other}: str
    `)
    b.open(`match ${cls}(${value}, ${b.safe()}):`)
    b.open(`case ${cls}(${b.twin ? other : attribute}=${name}):`)
    return name
  }),
  construct('match.allowed', (b, value) => {
    b.open(`match ${value}:`)
    b.open(`case ${b.twin ? `${b.safe()} | ${b.safe()}` : `str()`}:`)
    return value
  }),
  construct('loop.accumulated', (b, value) => {
    const [name, each] = [b.value(), b.value()]
    b.line(`${name} = ''`)
    b.open(`for ${each} in [${b.twin ? b.safe() : value}, '']:`)
    b.line(`${name} = ${name} + ${each}`)
    b.close()
    return name
  }),
  construct('loop.carried', (b, value) => {
    const [last, current] = [b.value(), b.value()]
    b.line(`${last} = ${b.safe()}`)
    b.line(`${current} = ${b.safe()}`)
    b.open('for _ in range(3):')
    // It takes two rounds for the value to arrive.
    b.line(`${last} = ${current}`)
    b.line(`${current} = ${b.twin ? b.safe() : value}`)
    b.close()
    return last
  }),
  construct('loop.else', (b, value) => {
    const [name, each] = [b.value(), b.value()]
    b.line(`${name} = ${value}`)
    b.open(`for ${each} in (${b.safe()},):`)
    b.open(`if ${each} == 'never':`)
    b.line('break')
    b.close()
    b.close()
    b.open('else:')
    b.line(b.twin ? `${name} = ${b.safe()}` : 'pass')
    b.close()
    return name
  }),
  construct('loop.while-consumed', (b, value) => {
    const [queue, each] = [b.thing(), b.value()]
    b.line(`${queue} = [${b.twin ? b.safe() : value}]`)
    b.open(`while ${queue}:`)
    b.line(`${each} = ${queue}.pop()`)
    return each
  }),
  construct('loop.first-match', (b, value) => {
    const [name, each] = [b.value(), b.value()]
    b.line(`${name} = ${b.safe()}`)
    b.open(`for ${each} in (${value}, ${b.safe()}):`)
    b.open(`if len(${each}) > 0:`)
    b.line(`${name} = ${each}`)
    b.line(b.twin ? 'continue' : 'break')
    b.close()
    b.close()
    return name
  }),
  construct('try.passed-through', (b, value) => {
    const name = b.value()
    b.open('try:')
    b.line(`${name} = ${b.twin ? `str(int(${value}))` : value}`)
    b.close()
    b.open(`except ValueError:`)
    b.line(`${name} = ${b.safe()}`)
    b.close()
    return name
  }),
  construct('try.failed-check', (b, value) => {
    const name = b.value()
    b.line(`${name} = ${value}`)
    b.open('try:')
    b.line(`int(${value})`)
    b.close()
    b.open('except ValueError:')
    b.line(b.twin ? `${name} = ${b.safe()}` : 'pass')
    b.close()
    return name
  }),
  construct('try.finally-overwrites', (b, value) => {
    const name = b.value()
    b.line(`${name} = ${b.safe()}`)
    b.open('try:')
    b.line(`${name} = ${value}`)
    b.close()
    b.open('finally:')
    b.line(b.twin ? `${name} = ${b.safe()}` : `${b.value()} = ${b.safe()}`)
    b.close()
    return name
  }),
  construct('try.return-in-finally', (b, value) => {
    const helper = b.define('function', (name) => `
      def ${name}(${b.text('given_text')}):
          try:
              return given_text
          finally:
              ${b.twin ? `return ${b.safe()}` : 'given_text = None'}
    `)
    return `${helper}(${value})`
  }),
  construct('try.else', (b, value) => {
    const name = b.value()
    b.line(`${name} = ${b.safe()}`)
    b.open('try:')
    b.line(`${b.value()} = ${b.twin ? "int('x')" : "int('7')"}`)
    b.close()
    b.open('except ValueError:')
    b.line(`${name} = ${b.safe()}`)
    b.close()
    b.open('else:')
    b.line(`${name} = ${value}`)
    b.close()
    return name
  }),
  construct('exception.argument', (b, value) => {
    const [name, error] = [b.value(), b.value()]
    b.open('try:')
    b.line(`raise ValueError(${b.twin ? b.safe() : value})`)
    b.close()
    b.open(`except ValueError as ${error}:`)
    b.line(`${name} = ${b.random.pick([`str(${error})`, `${error}.args[0]`])}`)
    b.close()
    return name
  }),
  construct('exception.attribute', (b, value) => {
    const [name, error, attribute, other] = [b.value(), b.value(), b.value(), b.value()]
    let cls = ''
    const raiser = b.define('function', (own, m) => {
      cls = m.define('class', (declared) => `
        class ${declared}(Exception):
            def __init__(self, ${attribute}, ${other}):
                super().__init__('failed')
                self.${attribute} = ${attribute}
                self.${other} = ${other}
      `, 'here')
      return `
        def ${own}(${b.text('given_text')}):
            raise ${cls}(given_text, ${b.safe()})
      `
    })
    const caught = raiser.includes('.') ? `${raiser.slice(0, raiser.lastIndexOf('.'))}.${cls}` : ''
    b.open('try:')
    b.line(`${raiser}(${value})`)
    b.close()
    b.open(`except ${caught === '' ? 'Exception' : caught} as ${error}:`)
    b.line(`${name} = ${error}.${b.twin ? other : attribute}`)
    b.close()
    return name
  }),
  construct('exception.other-handler', (b, value) => {
    const name = b.value()
    b.line(`${name} = ${b.safe()}`)
    b.open('try:')
    b.line(`raise ${b.twin ? 'KeyError' : 'ValueError'}('failed')`)
    b.close()
    b.open('except KeyError:')
    b.line(`${name} = ${b.safe()}`)
    b.close()
    b.open('except ValueError:')
    b.line(`${name} = ${value}`)
    b.close()
    return name
  }),
  construct('context.class', (b, value) => {
    const [name, held] = [b.value(), b.value()]
    const cls = b.define('class', (own) => `
      class ${own}:
          def __init__(self, ${held}):
              self.${held} = ${held}

          def __enter__(self):
              return ${b.twin ? b.safe() : `self.${held}`}

          def __exit__(self, *error):
              return False
    `)
    b.open(`with ${cls}(${value}) as ${name}:`)
    return name
  }),
  construct('context.self', (b, value) => {
    const [name, held, other] = [b.thing(), b.value(), b.value()]
    const cls = b.define('class', (own) => `
      class ${own}:
          def __init__(self, ${held}):
              self.${held} = ${held}
              self.${other} = ${b.safe()}

          def __enter__(self):
              return self

          def __exit__(self, kind, error, trace):
              pass
    `)
    b.open(`with ${cls}(${value}) as ${name}:`)
    return `${name}.${b.twin ? other : held}`
  }),
  construct('context.generator', (b, value) => {
    const name = b.value()
    const manager = b.define('function', (own, m) => `
      @${m.use('contextlib', 'contextmanager')}
      def ${own}(${b.text('given_text')}):
          try:
              yield ${b.twin ? b.safe() : 'given_text'}
          finally:
              pass
    `)
    b.open(`with ${manager}(${value}) as ${name}:`)
    return name
  }),
  construct('context.suppress', (b, value) => {
    const name = b.value()
    b.line(`${name} = ${value}`)
    b.open(`with ${b.use('contextlib', 'suppress')}(ValueError):`)
    b.line(`${name} = ${b.twin ? b.safe() : "str(int('x'))"}`)
    b.close()
    return name
  }),
]
