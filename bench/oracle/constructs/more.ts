import { construct, type Construct } from '../construct.ts'

/** Rarer ways of writing what the other files have the usual way of. */
export const constructs: readonly Construct[] = [
  construct('assign.annotated', (b, value) => {
    const name = b.value()
    b.line(`${name}: str = ${value}`)
    if (b.twin) b.line(`${name}: str = ${b.safe()}`)
    return name
  }),
  construct('assign.to-index-and-attribute', (b, value) => {
    const [bag, object] = [b.thing(), b.thing()]
    b.line(`${bag}, ${object} = [None], ${b.use('types', 'SimpleNamespace')}()`)
    b.line(`${bag}[0], ${object}.held = ${value}, ${b.safe()}`)
    return b.twin ? `${object}.held` : `${bag}[0]`
  }),
  construct('assign.loop-target', (b, value) => {
    const bag = b.thing()
    b.line(`${bag} = {}`)
    b.open(`for ${bag}['last'] in (${b.twin ? `${value}, ${b.safe()}` : `${b.safe()}, ${value}`}):`)
    b.line('pass')
    b.close()
    return `${bag}['last']`
  }),
  construct('assign.walrus-in-comprehension', (b, value) => {
    const [parts, name, each] = [b.thing(), b.value(), b.value()]
    b.line(`${parts} = [${name} for ${each} in (${value},) if (${name} := ${b.twin ? `str(len(${each}))` : each})]`)
    return `${parts}[0]`
  }),
  construct('dict.default-of-get', (b, value) => {
    const [bag, key, other] = [b.thing(), ...b.twoWords()]
    b.line(`${bag} = {'${key}': ${b.safe()}}`)
    return `${bag}.get('${b.twin ? key : other}', ${value})`
  }),
  construct('dict.values-listed', (b, value) => {
    const bag = b.thing()
    b.line(`${bag} = {'a': ${b.twin ? b.safe() : value}}`)
    return `list(${bag}.values())[0]`
  }),
  construct('dict.keys-looped', (b, value) => {
    const [bag, each] = [b.thing(), b.value()]
    b.line(`${bag} = {${b.twin ? `${b.safe()}: ${value}` : `${value}: ${b.safe()}`}}`)
    b.open(`for ${each} in ${bag}:`)
    return each
  }),
  construct('dict.deleted-key', (b, value) => {
    const [bag, key] = [b.thing(), b.key()]
    b.line(`${bag} = {${key}: ${value}}`)
    if (b.twin) b.line(`del ${bag}[${key}]`)
    return `${bag}.get(${key}, ${b.safe()})`
  }),
  construct('dict.merged-in-place', (b, value) => {
    const [bag, key, other] = [b.thing(), ...b.twoWords()]
    b.line(`${bag} = {'${other}': ${b.safe()}}`)
    b.line(`${bag} |= {'${key}': ${value}}`)
    return `${bag}['${b.twin ? other : key}']`
  }),
  construct('list.concatenated', (b, value) => {
    const bag = b.thing()
    b.line(`${bag} = [${b.safe()}] + [${value}]`)
    return `${bag}[${b.twin ? 0 : 1}]`
  }),
  construct('list.added-in-place', (b, value) => {
    const bag = b.thing()
    b.line(`${bag} = [${b.safe()}]`)
    b.line(`${bag} += [${value}]`)
    return `${bag}[${b.twin ? 0 : -1}]`
  }),
  construct('list.reversed-in-place', (b, value) => {
    const bag = b.thing()
    b.line(`${bag} = [${value}, ${b.safe()}]`)
    b.line(`${bag}.reverse()`)
    return `${bag}[${b.twin ? 0 : 1}]`
  }),
  construct('list.slice-assigned', (b, value) => {
    const bag = b.thing()
    b.line(`${bag} = [${b.safe()}, ${b.safe()}]`)
    b.line(`${bag}[:] = [${b.safe()}, ${value}]`)
    return `${bag}[${b.twin ? 0 : 1}]`
  }),
  construct('object.slots', (b, value) => {
    const [object, first, second] = [b.thing(), b.value(), b.value()]
    const cls = b.define('class', (name) => `
      class ${name}:
          __slots__ = ('${first}', '${second}')

          def __init__(self, ${first}, ${second}):
              self.${first}, self.${second} = ${first}, ${second}
    `)
    b.line(`${object} = ${cls}(${value}, ${b.safe()})`)
    return `${object}.${b.twin ? second : first}`
  }),
  construct('object.alias', (b, value) => {
    const [first, second, attribute, cls] = [b.thing(), b.thing(), b.value(), b.define('class', (name) => `
      class ${name}:
          pass
    `)]
    b.line(`${first} = ${cls}()`)
    b.line(`${second} = ${b.twin ? `${cls}()` : first}`)
    b.line(`${first}.${attribute} = ${b.safe()}`)
    b.line(`${second}.${attribute} = ${value}`)
    return `${first}.${attribute}`
  }),
  construct('class.new-operator', (b, value) => {
    const [object, attribute] = [b.thing(), b.value()]
    const cls = b.define('class', (name) => `
      class ${name}:
          def __new__(cls, given_text):
              made = super().__new__(cls)
              made.${attribute} = ${b.twin ? b.safe() : 'given_text'}
              return made
    `)
    b.line(`${object} = ${cls}(${value})`)
    return `${object}.${attribute}`
  }),
  construct('class.cooperative-super', (b, value) => {
    const [object, method] = [b.thing(), b.method()]
    const cls = b.define('class', (name, m) => {
      const base = m.define('class', (own) => `
        class ${own}:
            def ${method}(self, given_text):
                return given_text
      `, 'here')
      const [left, right] = ['super().' + method + '(given_text)', b.twin ? b.safe() : `super().${method}(given_text)`].map((result) => m.define('class', (own) => `
        class ${own}(${base}):
            def ${method}(self, given_text):
                return ${result}
      `, 'here'))
      // The left class's super is the right one, not the base.
      return `
        class ${name}(${left}, ${right}):
            pass
      `
    })
    b.line(`${object} = ${cls}()`)
    return `${object}.${method}(${value})`
  }),
  construct('class.registry-of-subclasses', (b, value) => {
    const [key, other, method] = [...b.twoWords(), b.method()]
    const table = b.define('constant', (name) => `${name} = {}`, 'here')
    const base = b.define('class', (name) => `
      class ${name}:
          def __init_subclass__(cls, **named):
              super().__init_subclass__(**named)
              ${table}[cls.key] = cls
    `, 'here')
    for (const [each, result] of [[key, 'given_text'], [other, b.safe()]] as const) {
      b.define('class', (name) => `
        class ${name}(${base}):
            key = '${each}'

            def ${method}(self, given_text):
                return ${result}
      `, 'here')
    }
    return `${table}['${b.twin ? other : key}']().${method}(${value})`
  }),
  construct('class.right-add-operator', (b, value) => {
    const [name, held] = [b.value(), b.value()]
    const cls = b.define('class', (own) => `
      class ${own}:
          def __init__(self, ${held}):
              self.${held} = ${held}

          def __radd__(self, other):
              return ${b.twin ? `other + ${b.safe()}` : `other + self.${held}`}
    `)
    b.line(`${name} = '' + ${cls}(${value})`)
    return name
  }),
  construct('class.context-and-call', (b, value) => {
    const [entered, held] = [b.thing(), b.value()]
    const cls = b.define('class', (name) => `
      class ${name}:
          def __enter__(self):
              return self

          def __exit__(self, *error):
              return None

          def __call__(self, given_text):
              self.${held} = ${b.twin ? b.safe() : 'given_text'}
              return self
    `)
    b.open(`with ${cls}() as ${entered}:`)
    return `${entered}(${value}).${held}`
  }),
  construct('callable.lambda-default', (b, value) => {
    const action = b.thing()
    b.line(`${action} = lambda given_text=${b.twin ? b.safe() : value}: given_text`)
    return `${action}()`
  }),
  construct('callable.in-list', (b, value) => {
    const [name, action] = [b.value(), b.thing()]
    const table = b.define('constant', (own, m) => {
      const [first, second] = ["given_text.strip()", b.twin ? 'str(len(given_text))' : 'given_text'].map((result) => m.define('function', (step) => `
        def ${step}(given_text):
            return ${result}
      `, 'here'))
      return `${own} = [${first}, ${second}]`
    })
    b.line(`${name} = ${value}`)
    b.open(`for ${action} in ${table}:`)
    b.line(`${name} = ${action}(${name})`)
    b.close()
    return name
  }),
  construct('callable.chosen-by-condition', (b, value) => {
    const action = b.thing()
    const [keep, drop] = ['given_text', b.safe()].map((result) => b.define('function', (name) => `
      def ${name}(given_text):
          return ${result}
    `))
    b.line(`${action} = ${b.twin ? drop : keep} if ${value} else ${drop}`)
    return `${action}(${value})`
  }),
  construct('callable.method-table', (b, value) => {
    const [object, first, second, run] = [b.thing(), b.method(), b.method(), b.method()]
    const cls = b.define('class', (name) => `
      class ${name}:
          def __init__(self):
              self.actions = {'first': self.${first}, 'second': self.${second}}

          def ${first}(self, given_text):
              return given_text

          def ${second}(self, given_text):
              return ${b.safe()}

          def ${run}(self, key, given_text):
              return self.actions[key](given_text)
    `)
    b.line(`${object} = ${cls}()`)
    return `${object}.${run}('${b.twin ? 'second' : 'first'}', ${value})`
  }),
  construct('decorator.stacked', (b, value) => {
    const [outer, inner] = ['function(given_text)', b.twin ? b.safe() : 'function(given_text)'].map((result) => b.define('function', (name) => `
      def ${name}(function):
          def wrapper(given_text):
              return ${result}
          return wrapper
    `))
    const decorated = b.define('function', (name) => `
      @${outer}
      @${inner}
      def ${name}(given_text):
          return given_text
    `, 'here')
    return `${decorated}(${value})`
  }),
  construct('decorator.on-method', (b, value) => {
    const [object, method] = [b.thing(), b.method()]
    const wrapper = b.define('function', (name) => `
      def ${name}(function):
          def wrapper(self, *args):
              found = function(self, *args)
              return ${b.twin ? 'str(len(found))' : 'found'}
          return wrapper
    `)
    const cls = b.define('class', (name) => `
      class ${name}:
          @${wrapper}
          def ${method}(self, given_text):
              return given_text
    `, 'here')
    b.line(`${object} = ${cls}()`)
    return `${object}.${method}(${value})`
  }),
  construct('text.format-map', (b, value) => {
    const [name, key, other] = [b.value(), ...b.twoWords()]
    b.line(`${name} = '{${key}}'.format_map({'${b.twin ? other : key}': ${value}, '${b.twin ? key : other}': ${b.safe()}})`)
    return name
  }),
  construct('text.format-unpacked', (b, value) => {
    const [name, bag, key, other] = [b.value(), b.thing(), ...b.twoWords()]
    b.line(`${bag} = {'${b.twin ? other : key}': ${value}, '${b.twin ? key : other}': ${b.safe()}}`)
    b.line(`${name} = '{${key}}'.format(**${bag})`)
    return name
  }),
  construct('text.multiplied', (b, value) => {
    const name = b.value()
    b.line(`${name} = ${b.twin ? `'-' * len(${value})` : `${value} * 1`}`)
    return name
  }),
  construct('text.sliced', (b, value) => {
    const name = b.value()
    b.line(`${name} = (${b.safe()} + '~~' + ${value})`)
    b.line(`${name} = ${name}[${b.twin ? ":" : ''}${name}.index('~~')${b.twin ? '' : ' + 2:'}]`)
    return name
  }),
  construct('text.translated', (b, value) => {
    const name = b.value()
    b.line(`${name} = ${b.twin ? b.safe() : value}.translate(str.maketrans('~', '-'))`)
    return name
  }),
  construct('text.characters', (b, value) => {
    const [parts, name] = [b.thing(), b.value()]
    b.line(`${parts} = list(${b.twin ? b.safe() : value})`)
    b.line(`${name} = ''.join(${parts})`)
    return name
  }),
  construct('loop.while-else', (b, value) => {
    const [name, count] = [b.value(), b.thing()]
    b.line(`${name}, ${count} = ${b.safe()}, 2`)
    b.open(`while ${count} > 0:`)
    b.line(`${count} -= 1`)
    if (b.twin) b.line('break')
    b.close()
    b.open('else:')
    b.line(`${name} = ${value}`)
    b.close()
    return name
  }),
  construct('loop.nested-break', (b, value) => {
    const [name, outer, inner] = [b.value(), b.value(), b.value()]
    b.line(`${name} = ${b.safe()}`)
    b.open(`for ${outer} in ([${b.safe()}], [${value}]):`)
    b.open(`for ${inner} in ${outer}:`)
    b.line(`${name} = ${inner}`)
    b.close()
    if (b.twin) b.line('break')
    b.close()
    return name
  }),
  construct('try.nested-re-raised', (b, value) => {
    const [name, error] = [b.value(), b.value()]
    b.line(`${name} = ${b.safe()}`)
    b.open('try:')
    b.open('try:')
    b.line(`raise KeyError(${b.twin ? b.safe() : value})`)
    b.close()
    b.open('except KeyError:')
    b.line('raise')
    b.close()
    b.close()
    b.open(`except LookupError as ${error}:`)
    b.line(`${name} = ${error}.args[0]`)
    b.close()
    return name
  }),
  construct('try.from-cause', (b, value) => {
    const [name, error] = [b.value(), b.value()]
    b.line(`${name} = ${b.safe()}`)
    b.open('try:')
    b.open('try:')
    b.line(`raise KeyError(${value})`)
    b.close()
    b.open('except KeyError as inner_error:')
    b.line(`raise ValueError('failed')${b.twin ? ' from None' : ' from inner_error'}`)
    b.close()
    b.close()
    b.open(`except ValueError as ${error}:`)
    b.line(`${name} = ${error}.__cause__.args[0] if ${error}.__cause__ else ${b.safe()}`)
    b.close()
    return name
  }),
  construct('constant.short-circuit', (b, value) => {
    const name = b.value()
    b.line(`${name} = ${b.twin ? 'False' : 'True'} and ${value} or ${b.safe()}`)
    return name
  }),
  construct('constant.while', (b, value) => {
    const name = b.value()
    b.line(`${name} = ${b.safe()}`)
    b.open(`while ${b.twin ? 'False' : 'True'}:`)
    b.line(`${name} = ${value}`)
    b.line('break')
    b.close()
    return name
  }),
  construct('constant.class-attribute', (b, value) => {
    const [name, attribute] = [b.value(), b.value()]
    const cls = b.define('class', (own) => `
      class ${own}:
          ${attribute} = ${b.twin ? 'True' : 'False'}
    `)
    b.line(`${name} = ${b.safe()} if ${cls}.${attribute} else ${value}`)
    return name
  }),
  construct('constant.membership', (b, value) => {
    const [name, mode] = [b.value(), b.thing()]
    b.line(`${mode} = 'fast'`)
    b.line(`${name} = ${b.safe()}`)
    b.open(`if ${mode} ${b.twin ? 'in' : 'not in'} ('slow', 'safe'):`)
    b.line(`${name} = ${value}`)
    b.close()
    return name
  }),
]
