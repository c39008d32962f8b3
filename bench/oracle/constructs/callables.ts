import { construct, type Construct } from '../construct.ts'

export const constructs: readonly Construct[] = [
  construct('callable.passed', (b, value) => {
    const chosen = b.define('function', (name) => `
      def ${name}(${b.text('given_text')}):
          return ${b.twin ? b.safe() : 'given_text'}
    `)
    const caller = b.define('function', (name) => `
      def ${name}(action, given_text):
          return action(given_text)
    `)
    return `${caller}(${chosen}, ${value})`
  }),
  construct('callable.lambda', (b, value) => {
    const name = b.thing()
    b.line(`${name} = lambda given_text: ${b.twin ? b.safe() : 'given_text'}`)
    return `${name}(${value})`
  }),
  construct('callable.stored-called-later', (b, value) => {
    const [object, held, on, fire, target, next] = [b.thing(), b.thing(), b.method(), b.method(), b.value(), b.continuation('here')]
    const cls = b.define('class', (name) => `
      class ${name}:
          def __init__(self):
              self.${held} = []

          def ${on}(self, action):
              self.${held}.append(action)

          def ${fire}(self, given_text):
              for action in self.${held}:
                  action(${b.twin ? b.safe() : 'given_text'})
    `)
    b.line(`${object} = ${cls}()`)
    b.line(`${object}.${on}(${b.reference(next)})`)
    b.line(`${object}.${fire}(${value})`)
    b.enterFunction(next, [target])
    return target
  }),
  construct('callable.in-attribute', (b, value) => {
    const [object, action, run, next, parameter] = [b.thing(), b.thing(), b.method(), b.continuation('here'), b.value()]
    const cls = b.define('class', (name) => `
      class ${name}:
          def __init__(self, ${action}):
              self.${action} = ${action}

          def ${run}(self, given_text):
              return self.${action}(${b.twin ? b.safe() : 'given_text'})
    `)
    b.line(`${object} = ${cls}(${b.reference(next)})`)
    b.line(`${object}.${run}(${value})`)
    b.enterFunction(next, [b.text(parameter)])
    return parameter
  }),
  construct('callable.table', (b, value) => {
    const [key, other] = b.twoWords()
    const table = b.define('constant', (name, m) => {
      const first = m.define('function', (own) => `
        def ${own}(given_text):
            return given_text
      `, 'here')
      const second = m.define('function', (own) => `
        def ${own}(given_text):
            return ${b.safe()}
      `, 'here')
      return `
        ${name} = {
            ${b.quoted(key)}: ${first},
            ${b.quoted(other)}: ${second},
        }
      `
    })
    return `${table}[${b.quoted(b.twin ? other : key)}](${value})`
  }),
  construct('callable.table-get', (b, value) => {
    const [action, [key, other]] = [b.thing(), b.twoWords()]
    const table = b.define('constant', (name) => `
      ${name} = dict(
          ${key}=lambda given_text: given_text,
          ${other}=lambda given_text: ${b.safe()},
      )
    `)
    b.line(`${action} = ${table}.get(${b.quoted(b.twin ? other : key)})`)
    return `${action}(${value})`
  }),
  construct('callable.continues-by-table', (b, value) => {
    const [next, parameter, [key, other]] = [b.continuation('here'), b.value(), b.twoWords()]
    const quiet = b.define('function', (name) => `
      def ${name}(given_text):
          return None
    `)
    const table = b.layout.names.global('constant')
    b.line(`${table}[${b.quoted(b.twin ? other : key)}](${value})`)
    b.module.addLast(`${table} = {${b.quoted(key)}: ${next.name}, ${b.quoted(other)}: ${quiet}}`)
    b.enterFunction(next, [b.text(parameter)])
    return parameter
  }),
  construct('callable.partial', (b, value) => {
    const [bound, first, second] = [b.thing(), b.value(), b.value()]
    const helper = b.define('function', (name) => `
      def ${name}(${first}, ${second}):
          return ${b.twin ? second : first}
    `)
    b.line(`${bound} = ${b.use('functools', 'partial')}(${helper}, ${value})`)
    return `${bound}(${b.safe()})`
  }),
  construct('callable.partial-keyword', (b, value) => {
    const [bound, first, second] = [b.thing(), b.value(), b.value()]
    const helper = b.define('function', (name) => `
      def ${name}(${first}, ${second}=${b.safe()}):
          return ${second}
    `)
    b.line(`${bound} = ${b.use('functools', 'partial')}(${helper}, ${second}=${b.twin ? b.safe() : value})`)
    return `${bound}(${b.twin ? value : b.safe()})`
  }),
  construct('callable.closure', (b, value) => {
    const [inner, name] = [b.layout.names.global('function'), b.value()]
    b.line(`${name} = ${value}`)
    b.open(`def ${inner}():`)
    b.line(`return ${b.twin ? b.safe() : name}`)
    b.close()
    return `${inner}()`
  }),
  construct('callable.closure-late', (b, value) => {
    const [inner, name] = [b.layout.names.global('function'), b.value()]
    b.line(`${name} = ${b.twin ? value : b.safe()}`)
    b.open(`def ${inner}():`)
    b.line(`return ${name}`)
    b.close()
    // The closure sees the variable's last value, not the one it had when it was made.
    b.line(`${name} = ${b.twin ? b.safe() : value}`)
    return `${inner}()`
  }),
  construct('callable.closure-factory', (b, value) => {
    const [made] = [b.thing()]
    const factory = b.define('function', (name) => `
      def ${name}(captured):
          def inner(given_text):
              return ${b.twin ? 'given_text' : 'captured'}
          return inner
    `)
    b.line(`${made} = ${factory}(${value})`)
    return `${made}(${b.safe()})`
  }),
  construct('callable.nonlocal', (b, value) => {
    const helper = b.define('function', (name) => `
      def ${name}(given_text):
          current = ${b.safe()}

          def change():
              ${b.twin ? 'size = len(given_text)' : 'nonlocal current'}
              current = given_text${b.twin ? '[:size]' : ''}
          change()
          return current
    `)
    return `${helper}(${value})`
  }),
  construct('callable.returned-bound-method', (b, value) => {
    const [object, bound, attribute, first, second] = [b.thing(), b.thing(), b.value(), b.method(), b.method()]
    const cls = b.define('class', (name) => `
      class ${name}:
          def __init__(self, ${attribute}):
              self.${attribute} = ${attribute}

          def ${first}(self):
              return self.${attribute}

          def ${second}(self):
              return ${b.safe()}
    `)
    b.line(`${object} = ${cls}(${value})`)
    b.line(`${bound} = ${object}.${b.twin ? second : first}`)
    return `${bound}()`
  }),
  construct('callable.map', (b, value) => {
    const helper = b.define('function', (name) => `
      def ${name}(given_text):
          return ${b.twin ? 'str(len(given_text))' : 'given_text.strip()'}
    `)
    return `list(map(${helper}, [${value}]))[0]`
  }),
  construct('callable.reduce', (b, value) => {
    const helper = b.define('function', (name) => `
      def ${name}(total, given_text):
          return ${b.twin ? 'total' : 'total + given_text'}
    `)
    return `${b.use('functools', 'reduce')}(${helper}, [${value}], '')`
  }),
  construct('callable.sorted-key', (b, value) => {
    const [parts] = [b.thing()]
    b.line(`${parts} = sorted([${b.twin ? b.safe() : value}], key=lambda each: len(each))`)
    return `${parts}[0]`
  }),
  construct('callable.operator-getter', (b, value) => {
    const [bag, getter, [key, other]] = [b.thing(), b.thing(), b.twoWords()]
    b.line(`${bag} = {${b.quoted(key)}: ${value}, ${b.quoted(other)}: ${b.safe()}}`)
    b.line(`${getter} = ${b.use('operator', 'itemgetter')}(${b.quoted(b.twin ? other : key)})`)
    return `${getter}(${bag})`
  }),
  construct('decorator.wraps', (b, value) => {
    const wrapper = b.define('function', (name, m) => `
      def ${name}(function):
          @${m.use('functools', 'wraps')}(function)
          def wrapper(*args, **kwargs):
              return function(*args, **kwargs)
          return wrapper
    `)
    const decorated = b.define('function', (name) => `
      @${wrapper}
      def ${name}(${b.text('given_text')}):
          return ${b.twin ? b.safe() : 'given_text'}
    `, 'here')
    return `${decorated}(${value})`
  }),
  construct('decorator.replaces', (b, value) => {
    const wrapper = b.define('function', (name) => `
      def ${name}(function):
          def replacement(given_text):
              return ${b.twin ? b.safe() : 'given_text'}
          return replacement
    `)
    const decorated = b.define('function', (name) => `
      @${wrapper}
      def ${name}(${b.text('given_text')}):
          return ${b.twin ? 'given_text' : b.safe()}
    `, 'here')
    return `${decorated}(${value})`
  }),
  construct('decorator.changes-argument', (b, value) => {
    const wrapper = b.define('function', (name) => `
      def ${name}(function):
          def wrapper(given_text):
              return function(${b.twin ? 'str(len(given_text))' : "given_text.strip()"})
          return wrapper
    `)
    const decorated = b.define('function', (name) => `
      @${wrapper}
      def ${name}(${b.text('given_text')}):
          return given_text
    `, 'here')
    return `${decorated}(${value})`
  }),
  construct('decorator.with-arguments', (b, value) => {
    const factory = b.define('function', (name) => `
      def ${name}(fixed):
          def decorate(function):
              def wrapper(given_text):
                  result = function(given_text)
                  return ${b.twin ? 'fixed' : 'result'}
              return wrapper
          return decorate
    `)
    const decorated = b.define('function', (name) => `
      @${factory}(${b.safe()})
      def ${name}(${b.text('given_text')}):
          return given_text
    `, 'here')
    return `${decorated}(${value})`
  }),
  construct('decorator.registers', (b, value) => {
    const [[key, other], next, parameter] = [b.twoWords(), b.continuation('here'), b.value()]
    const table = b.define('constant', (name) => `
      ${name} = {}
    `, 'here')
    const register = b.define('function', (name) => `
      def ${name}(key):
          def decorate(function):
              ${table}[key] = function
              return function
          return decorate
    `, 'here')
    b.define('function', (name) => `
      @${register}(${b.quoted(other)})
      def ${name}(given_text):
          return None
    `, 'here')
    b.line(`${table}[${b.quoted(b.twin ? other : key)}](${value})`)
    b.enter(next.module, `@${register}(${b.quoted(key)})\ndef ${next.name}(${b.text(parameter)}):`)
    return parameter
  }),
  construct('decorator.class', (b, value) => {
    const wrapper = b.define('class', (name) => `
      class ${name}:
          def __init__(self, function):
              self.function = function

          def __call__(self, given_text):
              return ${b.twin ? b.safe() : 'self.function(given_text)'}
    `)
    const decorated = b.define('function', (name) => `
      @${wrapper}
      def ${name}(given_text):
          return given_text
    `, 'here')
    return `${decorated}(${value})`
  }),
  construct('decorator.cached', (b, value) => {
    const decorated = b.define('function', (name, m) => `
      @${m.use('functools', 'lru_cache')}(maxsize=${b.random.pick(['None', '128'])})
      def ${name}(${b.text('given_text')}):
          return ${b.twin ? 'str(len(given_text))' : 'given_text'}
    `)
    return `${decorated}(${value})`
  }),
  construct('decorator.single-dispatch', (b, value) => {
    const helper = b.define('function', (name, m) => `
      @${m.use('functools', 'singledispatch')}
      def ${name}(given):
          return ${b.safe()}


      @${name}.register(${b.twin ? 'int' : 'str'})
      def _(given):
          return given
    `)
    return `${helper}(${value})`
  }),
]
