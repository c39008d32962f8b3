import { construct, type Construct } from '../construct.ts'

export const constructs: readonly Construct[] = [
  construct('call.returned', (b, value) => {
    const helper = b.define('function', (name) => `
      def ${name}(${b.text('given_text')}):
          ${b.twin ? `return ${b.safe()}` : 'return given_text'}
    `)
    return `${helper}(${value})`
  }),
  construct('call.other-parameter', (b, value) => {
    const [first, second] = [b.value(), b.value()]
    const helper = b.define('function', (name) => `
      def ${name}(${b.text(first)}, ${b.text(second)}):
          prefix = ${second}
          return ${b.twin ? 'prefix' : first}
    `)
    return `${helper}(${value}, ${b.safe()})`
  }),
  construct('call.two-callers', (b, value) => {
    const [wanted, other] = [b.value(), b.value()]
    const helper = b.define('function', (name) => `
      def ${name}(${b.text('given_text')}):
          return given_text.strip()
    `)
    b.line(`${wanted} = ${helper}(${value})`)
    b.line(`${other} = ${helper}(${b.safe()})`)
    return b.twin ? other : wanted
  }),
  construct('call.keyword', (b, value) => {
    const [first, second] = [b.value(), b.value()]
    const helper = b.define('function', (name) => `
      def ${name}(${first}='', ${second}=''):
          return ${first}
    `)
    return `${helper}(${second}=${b.twin ? value : b.safe()}, ${first}=${b.twin ? b.safe() : value})`
  }),
  construct('call.default', (b, value) => {
    const [first, second, name] = [b.value(), b.value(), b.value()]
    const helper = b.define('function', (own) => `
      def ${own}(${first}, ${second}=${b.safe()}):
          return ${second}
    `)
    b.line(`${name} = ${b.twin ? `${helper}(${value})` : `${helper}(${b.safe()}, ${value})`}`)
    return name
  }),
  construct('call.keyword-only', (b, value) => {
    const [first, second] = [b.value(), b.value()]
    const helper = b.define('function', (name) => `
      def ${name}(*, ${first}, ${second}=None):
          if ${second} is None:
              return ${first}
          return ${second}
    `)
    return `${helper}(${first}=${value}${b.twin ? `, ${second}=${b.safe()}` : ''})`
  }),
  construct('call.star-arguments', (b, value) => {
    const parts = b.thing()
    const helper = b.define('function', (name) => `
      def ${name}(*${parts}):
          return ${parts}[${b.twin ? 1 : 0}]
    `)
    return `${helper}(${value}, ${b.safe()})`
  }),
  construct('call.star-call', (b, value) => {
    const [first, second, parts] = [b.value(), b.value(), b.thing()]
    const helper = b.define('function', (name) => `
      def ${name}(${first}, ${second}):
          return ${second}
    `)
    b.line(`${parts} = ${b.twin ? `(${value}, ${b.safe()})` : `(${b.safe()}, ${value})`}`)
    return `${helper}(*${parts})`
  }),
  construct('call.keyword-rest', (b, value) => {
    const [rest, [key, other]] = [b.thing(), b.twoWords()]
    const helper = b.define('function', (name) => `
      def ${name}(**${rest}):
          return ${rest}[${b.quoted(key)}]
    `)
    return `${helper}(${b.twin ? other : key}=${value}, ${b.twin ? key : other}=${b.safe()})`
  }),
  construct('call.keyword-rest-call', (b, value) => {
    const [first, second, rest] = [b.value(), b.value(), b.thing()]
    const helper = b.define('function', (name) => `
      def ${name}(${first}, ${second}):
          return ${first}
    `)
    b.line(`${rest} = {'${b.twin ? second : first}': ${value}, '${b.twin ? first : second}': ${b.safe()}}`)
    return `${helper}(**${rest})`
  }),
  construct('call.forwarded', (b, value) => {
    const helper = b.define('function', (name, m) => {
      const inner = m.define('function', (own) => `
        def ${own}(first_text, second_text=''):
            return ${b.twin ? 'second_text' : 'first_text'}
      `)
      return `
        def ${name}(*args, **kwargs):
            return ${inner}(*args, **kwargs)
      `
    })
    return `${helper}(${value}, second_text=${b.safe()})`
  }),
  construct('call.three-deep', (b, value) => {
    const helper = b.define('function', (name, m) => {
      const second = m.define('function', (own, n) => {
        const third = n.define('function', (last) => `
          def ${last}(${b.text('given_text')}):
              return ${b.twin ? 'str(len(given_text))' : 'given_text'}
        `)
        return `
          def ${own}(${b.text('given_text')}):
              return ${third}(given_text)
        `
      })
      return `
        def ${name}(${b.text('given_text')}):
            return ${second}(given_text)
      `
    })
    return `${helper}(${value})`
  }),
  construct('call.tuple-returned', (b, value) => {
    const [first, second] = [b.value(), b.value()]
    const helper = b.define('function', (name) => `
      def ${name}(${b.text('given_text')}):
          return given_text, ${b.safe()}
    `)
    b.line(`${first}, ${second} = ${helper}(${value})`)
    return b.twin ? second : first
  }),
  construct('call.dict-returned', (b, value) => {
    const [key, other] = b.twoWords()
    const helper = b.define('function', (name) => `
      def ${name}(${b.text('given_text')}):
          return {${b.quoted(key)}: given_text, ${b.quoted(other)}: ${b.safe()}}
    `)
    return `${helper}(${value})[${b.quoted(b.twin ? other : key)}]`
  }),
  construct('call.dict-filled', (b, value) => {
    const [bag, [key, other]] = [b.thing(), b.twoWords()]
    const fill = b.define('function', (name) => `
      def ${name}(target, given_text):
          target[${b.quoted(key)}] = given_text
    `)
    b.line(`${bag} = {${b.quoted(other)}: ${b.safe()}}`)
    b.line(`${fill}(${bag}, ${value})`)
    return `${bag}[${b.quoted(b.twin ? other : key)}]`
  }),
  construct('call.list-filled', (b, value) => {
    const bag = b.thing()
    const fill = b.define('function', (name) => `
      def ${name}(target, given_text):
          target.append(${b.twin ? b.safe() : 'given_text'})
    `)
    b.line(`${bag} = []`)
    b.line(`${fill}(${bag}, ${value})`)
    return `${bag}[0]`
  }),
  construct('call.mutable-default', (b, value) => {
    const [seen, kept] = [b.thing(), b.value()]
    const helper = b.define('function', (name) => `
      def ${name}(${b.text('given_text')}, ${seen}=[]):
          ${b.twin ? `${seen}[:] = []` : 'pass'}
          ${seen}.append(given_text)
          return ${seen}
    `)
    b.line(`${helper}(${value})`)
    b.line(`${kept} = ${helper}(${b.safe()})[${b.twin ? 0 : -2}]`)
    return kept
  }),
  construct('call.recursive', (b, value) => {
    const helper = b.define('function', (name) => `
      def ${name}(${b.text('given_text')}, depth=3):
          if depth == 0:
              return ${b.twin ? b.safe() : 'given_text'}
          return ${name}(given_text, depth - 1)
    `)
    return `${helper}(${value})`
  }),
  construct('call.mutually-recursive', (b, value) => {
    const other = b.layout.names.global('function')
    const helper = b.define('function', (name) => `
      def ${name}(${b.text('given_text')}, depth):
          if depth < 1:
              return ${b.twin ? "'%d' % depth" : 'given_text'}
          return ${other}(given_text, depth - 1)


      def ${other}(given_text, depth):
          return ${name}(given_text, depth)
    `)
    return `${helper}(${value}, 4)`
  }),
  construct('call.early-return', (b, value) => {
    const helper = b.define('function', (name) => `
      def ${name}(${b.text('given_text')}):
          if len(given_text) ${b.twin ? '>=' : '>'} 0:
              ${b.twin ? `return ${b.safe()}` : 'return given_text'}
          return given_text + ${b.safe()}
    `)
    return `${helper}(${value})`
  }),
  construct('call.continues-elsewhere', (b, value) => {
    const [next, parameter] = [b.continuation(), b.value()]
    b.line(`${b.reference(next)}(${b.twin ? b.safe() : value})`)
    b.enterFunction(next, [b.text(parameter)])
    return parameter
  }),
  construct('call.continues-by-keyword', (b, value) => {
    const [next, first, second] = [b.continuation('other'), b.value(), b.value()]
    b.line(`${b.reference(next)}(${second}=${value}, ${first}=${b.safe()})`)
    b.enterFunction(next, [`${first}=None`, `${second}=None`])
    return b.twin ? first : second
  }),
  construct('call.continues-in-method', (b, value) => {
    const [next, cls, parameter, other] = [b.continuation(), b.layout.names.global('class'), b.value(), b.value()]
    const reference = b.module.reference(next.module, cls)
    b.line(`${reference}(${b.safe()}).${next.name}(${value})`)
    b.enter(
      next.module, `class ${cls}:`,
      `def __init__(self, ${other}):\n        self.${other} = ${other}\n\n    def ${next.name}(self, ${b.text(parameter)}):`,
    )
    return b.twin ? `self.${other}` : parameter
  }),
  construct('call.continues-after-init', (b, value) => {
    const [next, cls, attribute] = [b.continuation(), b.layout.names.global('class'), b.value()]
    const [reference, object] = [b.module.reference(next.module, cls), b.thing()]
    b.line(`${object} = ${reference}(${value})`)
    b.line(`${object}.${next.name}()`)
    b.enter(
      next.module, `class ${cls}:`,
      `def __init__(self, ${attribute}):\n        self.${attribute} = ${b.twin ? b.safe() : attribute}\n\n    def ${next.name}(self):`,
    )
    return `self.${attribute}`
  }),
]
