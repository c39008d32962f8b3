import { construct, type Construct } from '../construct.ts'

export const constructs: readonly Construct[] = [
  construct('class.inherited-method', (b, value) => {
    const [object, method] = [b.thing(), b.method()]
    const cls = b.define('class', (name, m) => {
      const base = m.define('class', (own) => `
        class ${own}:
            def ${method}(self, ${b.text('given_text')}):
                return ${b.twin ? b.safe() : 'given_text'}
      `)
      return `
        class ${name}(${base}):
            pass
      `
    })
    b.line(`${object} = ${cls}()`)
    return `${object}.${method}(${value})`
  }),
  construct('class.overridden-method', (b, value) => {
    const [object, method] = [b.thing(), b.method()]
    const cls = b.define('class', (name, m) => {
      const base = m.define('class', (own) => `
        class ${own}:
            def ${method}(self, ${b.text('given_text')}):
                return ${b.twin ? 'given_text' : b.safe()}
      `)
      return `
        class ${name}(${base}):
            def ${method}(self, ${b.text('given_text')}):
                return ${b.twin ? b.safe() : 'given_text'}
      `
    })
    b.line(`${object} = ${cls}()`)
    return `${object}.${method}(${value})`
  }),
  construct('class.super-init', (b, value) => {
    const [object, attribute] = [b.thing(), b.value()]
    const cls = b.define('class', (name, m) => {
      const base = m.define('class', (own) => `
        class ${own}:
            def __init__(self, ${attribute}):
                self.${attribute} = ${attribute}
      `)
      return `
        class ${name}(${base}):
            def __init__(self, ${b.text('given_text')}):
                super().__init__(${b.twin ? b.safe() : 'given_text'})
      `
    })
    b.line(`${object} = ${cls}(${value})`)
    return `${object}.${attribute}`
  }),
  construct('class.super-method', (b, value) => {
    const [object, method] = [b.thing(), b.method()]
    const cls = b.define('class', (name, m) => {
      const base = m.define('class', (own) => `
        class ${own}:
            def ${method}(self, ${b.text('given_text')}):
                return given_text
      `)
      return `
        class ${name}(${base}):
            def ${method}(self, ${b.text('given_text')}):
                ${b.twin ? `super().${method}(given_text)\n                return ${b.safe()}` : `return super().${method}(given_text)`}
      `
    })
    b.line(`${object} = ${cls}()`)
    return `${object}.${method}(${value})`
  }),
  construct('class.mixin', (b, value) => {
    const [object, method] = [b.thing(), b.method()]
    const cls = b.define('class', (name, m) => {
      const mixin = m.define('class', (own) => `
        class ${own}:
            def ${method}(self, ${b.text('given_text')}):
                return ${b.twin ? b.safe() : 'given_text'}
      `)
      const base = m.define('class', (own) => `
        class ${own}:
            def ${method}(self, ${b.text('given_text')}):
                return ${b.twin ? 'given_text' : b.safe()}
      `)
      return `
        class ${name}(${mixin}, ${base}):
            """The first base's method is the one that counts."""
      `
    })
    b.line(`${object} = ${cls}()`)
    return `${object}.${method}(${value})`
  }),
  construct('class.template-method', (b, value) => {
    const [object, outer, step] = [b.thing(), b.method(), b.method()]
    const cls = b.define('class', (name, m) => {
      const base = m.define('class', (own) => `
        class ${own}:
            def ${outer}(self, ${b.text('given_text')}):
                return self.${step}(given_text)

            def ${step}(self, ${b.text('given_text')}):
                raise NotImplementedError
      `)
      return `
        class ${name}(${base}):
            def ${step}(self, ${b.text('given_text')}):
                return ${b.twin ? b.safe() : 'given_text'}
      `
    })
    b.line(`${object} = ${cls}()`)
    return `${object}.${outer}(${value})`
  }),
  construct('class.abstract-implementations', (b, value) => {
    const [object, method] = [b.thing(), b.method()]
    const chosen = b.define('class', (name, m) => {
      const base = m.define('class', (own, n) => `
        class ${own}(${n.use('abc', 'ABC')}):
            @${n.use('abc', 'abstractmethod')}
            def ${method}(self, ${b.text('given_text')}):
                ...
      `)
      m.define('class', (other) => `
        class ${other}(${base}):
            def ${method}(self, ${b.text('given_text')}):
                return ${b.safe()}
      `, 'here')
      return `
        class ${name}(${base}):
            def ${method}(self, ${b.text('given_text')}):
                return ${b.twin ? b.safe() : 'given_text'}
      `
    })
    const use = b.define('function', (name) => `
      def ${name}(implementation, given_text):
          return implementation.${method}(given_text)
    `)
    b.line(`${object} = ${chosen}()`)
    return `${use}(${object}, ${value})`
  }),
  construct('class.static-method', (b, value) => {
    const [first, second] = [b.method(), b.method()]
    const cls = b.define('class', (name) => `
      class ${name}:
          @staticmethod
          def ${first}(${b.text('given_text')}):
              return given_text

          @staticmethod
          def ${second}(${b.text('given_text')}):
              return ${b.safe()}
    `)
    return `${cls}.${b.twin ? second : first}(${value})`
  }),
  construct('class.class-method-factory', (b, value) => {
    const [object, attribute, factory] = [b.thing(), b.value(), b.method()]
    const cls = b.define('class', (name) => `
      class ${name}:
          def __init__(self, ${attribute}):
              self.${attribute} = ${attribute}

          @classmethod
          def ${factory}(cls, ${b.text('given_text')}):
              return cls(${b.twin ? b.safe() : 'given_text'})
    `)
    b.line(`${object} = ${cls}.${factory}(${value})`)
    return `${object}.${attribute}`
  }),
  construct('class.builder', (b, value) => {
    const [built, first, second, one, two, build] = [b.value(), b.value(), b.value(), b.method(), b.method(), b.method()]
    const cls = b.define('class', (name) => `
      class ${name}:
          def __init__(self):
              self.${first} = ''
              self.${second} = ''

          def ${one}(self, given_text):
              self.${first} = given_text
              return self

          def ${two}(self, given_text):
              self.${second} = given_text
              return self

          def ${build}(self):
              return self.${b.twin ? second : first}
    `)
    b.line(`${built} = ${cls}().${one}(${value}).${two}(${b.safe()}).${build}()`)
    return built
  }),
  construct('class.method-chain-overwritten', (b, value) => {
    const [built, attribute, set, build] = [b.value(), b.value(), b.method(), b.method()]
    const cls = b.define('class', (name) => `
      class ${name}:
          def ${set}(self, given_text):
              self.${attribute} = given_text
              return self

          def ${build}(self):
              return self.${attribute}
    `)
    const [first, second] = b.twin ? [value, b.safe()] : [b.safe(), value]
    b.line(`${built} = (${cls}()\n${' '.repeat(16)}.${set}(${first})\n${' '.repeat(16)}.${set}(${second})\n${' '.repeat(16)}.${build}())`)
    return built
  }),
  construct('class.call-operator', (b, value) => {
    const [object, attribute] = [b.thing(), b.value()]
    const cls = b.define('class', (name) => `
      class ${name}:
          def __init__(self, ${attribute}):
              self.${attribute} = ${attribute}

          def __call__(self, ${b.text('given_text')}):
              return ${b.twin ? `self.${attribute}` : 'given_text'}
    `)
    b.line(`${object} = ${cls}(${b.safe()})`)
    return `${object}(${value})`
  }),
  construct('class.item-operator', (b, value) => {
    const [object, held] = [b.thing(), b.thing()]
    const cls = b.define('class', (name) => `
      class ${name}:
          def __init__(self, ${held}):
              self.${held} = ${held}

          def __getitem__(self, key):
              return ${b.twin ? b.safe() : `self.${held}`}
    `)
    b.line(`${object} = ${cls}(${value})`)
    return `${object}[${b.key()}]`
  }),
  construct('class.set-item-operator', (b, value) => {
    const [object, held, [key, other]] = [b.thing(), b.thing(), b.twoWords()]
    const cls = b.define('class', (name) => `
      class ${name}:
          def __init__(self):
              self.${held} = {}

          def __setitem__(self, key, item):
              self.${held}[key] = item

          def __getitem__(self, key):
              return self.${held}[key]
    `)
    b.line(`${object} = ${cls}()`)
    b.line(`${object}[${b.quoted(key)}] = ${value}`)
    b.line(`${object}[${b.quoted(other)}] = ${b.safe()}`)
    return `${object}[${b.quoted(b.twin ? other : key)}]`
  }),
  construct('class.add-operator', (b, value) => {
    const [object, attribute] = [b.thing(), b.value()]
    const cls = b.define('class', (name) => `
      class ${name}:
          def __init__(self, ${attribute}):
              self.${attribute} = ${attribute}

          def __add__(self, other):
              return ${name}(${b.twin ? `self.${attribute}` : 'other'})
    `)
    b.line(`${object} = ${cls}(${b.safe()}) + ${value}`)
    return `${object}.${attribute}`
  }),
  construct('class.str-operator', (b, value) => {
    const [object, attribute] = [b.thing(), b.value()]
    const cls = b.define('class', (name) => `
      class ${name}:
          def __init__(self, ${attribute}):
              self.${attribute} = ${attribute}

          def __str__(self):
              return ${b.twin ? b.safe() : `self.${attribute}`}
    `)
    b.line(`${object} = ${cls}(${value})`)
    return b.random.chance(0.5) ? `str(${object})` : `'{}'.format(${object})`
  }),
  construct('class.iteration-operator', (b, value) => {
    const [object, held, each] = [b.thing(), b.thing(), b.value()]
    const cls = b.define('class', (name) => `
      class ${name}:
          def __init__(self, *${held}):
              self.${held} = ${held}

          def __iter__(self):
              return iter(${b.twin ? `[${b.safe()}]` : `self.${held}`})
    `)
    b.line(`${object} = ${cls}(${value})`)
    b.open(`for ${each} in ${object}:`)
    return each
  }),
  construct('class.getattr-operator', (b, value) => {
    const [object, held, attribute] = [b.thing(), b.thing(), b.value()]
    const cls = b.define('class', (name) => `
      class ${name}:
          def __init__(self, ${held}):
              self.${held} = ${held}

          def __getattr__(self, name):
              return ${b.twin ? b.safe() : `self.${held}`}
    `)
    b.line(`${object} = ${cls}(${value})`)
    return `${object}.${attribute}`
  }),
  construct('class.descriptor', (b, value) => {
    const [object, attribute] = [b.thing(), b.value()]
    const cls = b.define('class', (name, m) => {
      const descriptor = m.define('class', (own) => `
        class ${own}:
            def __set_name__(self, owner, name):
                self.key = '_' + name

            def __get__(self, instance, owner=None):
                return ${b.twin ? b.safe() : 'getattr(instance, self.key)'}

            def __set__(self, instance, item):
                setattr(instance, self.key, item)
      `)
      return `
        class ${name}:
            ${attribute} = ${descriptor}()
      `
    })
    b.line(`${object} = ${cls}()`)
    b.line(`${object}.${attribute} = ${value}`)
    return `${object}.${attribute}`
  }),
  construct('class.dict-subclass', (b, value) => {
    const [object, [key, other]] = [b.thing(), b.twoWords()]
    const cls = b.define('class', (name) => `
      class ${name}(dict):
          def __missing__(self, key):
              return ${b.safe()}
    `)
    b.line(`${object} = ${cls}()`)
    b.line(`${object}[${b.quoted(key)}] = ${value}`)
    return `${object}[${b.quoted(b.twin ? other : key)}]`
  }),
]
