import { construct, type Construct } from '../construct.ts'

export const constructs: readonly Construct[] = [
  construct('object.attribute', (b, value) => {
    const [object, attribute, cls] = [b.thing(), b.value(), b.define('class', (name) => `
      class ${name}:
          pass
    `)]
    b.line(`${object} = ${cls}()`)
    b.line(`${object}.${attribute} = ${value}`)
    if (b.twin) b.line(`${object}.${attribute} = ${b.safe()}`)
    return `${object}.${attribute}`
  }),
  construct('object.other-object', (b, value) => {
    const [first, second, attribute] = [b.thing(), b.thing(), b.value()]
    const cls = b.define('class', (name) => `
      class ${name}:
          def __init__(self, ${b.text(attribute)}):
              self.${attribute} = ${attribute}
    `)
    b.line(`${first} = ${cls}(${value})`)
    b.line(`${second} = ${cls}(${b.safe()})`)
    return `${b.twin ? second : first}.${attribute}`
  }),
  construct('object.other-attribute', (b, value) => {
    const [object, first, second] = [b.thing(), b.value(), b.value()]
    const cls = b.define('class', (name) => `
      class ${name}(object):
          def __init__(self, ${first}, ${second}):
              self.${first} = ${first}
              self.${second} = ${second}
    `)
    b.line(`${object} = ${cls}(${value}, ${second}=${b.safe()})`)
    return `${object}.${b.twin ? second : first}`
  }),
  construct('object.getter', (b, value) => {
    const [object, attribute, other, getter, getOther] = [b.thing(), b.value(), b.value(), b.method(), b.method()]
    const cls = b.define('class', (name) => `
      class ${name}:
          def __init__(self, ${attribute}):
              self._${attribute} = ${attribute}
              self._${other} = ${b.safe()}

          def ${getter}(self):
              return self._${attribute}

          def ${getOther}(self):
              return self._${other}
    `)
    b.line(`${object} = ${cls}(${value})`)
    return `${object}.${b.twin ? getOther : getter}()`
  }),
  construct('object.setter', (b, value) => {
    const [object, attribute, other, setter] = [b.thing(), b.value(), b.value(), b.method()]
    const cls = b.define('class', (name) => `
      class ${name}:
          def __init__(self):
              self.${attribute} = ${b.safe()}
              self.${other} = ${b.safe()}

          def ${setter}(self, ${b.text('given_text')}):
              self.${attribute} = given_text
    `)
    b.line(`${object} = ${cls}()`)
    b.line(`${object}.${setter}(${value})`)
    return `${object}.${b.twin ? other : attribute}`
  }),
  construct('object.property', (b, value) => {
    const [object, attribute, property] = [b.thing(), b.value(), b.value()]
    const cls = b.define('class', (name) => `
      class ${name}:
          def __init__(self, ${attribute}):
              self._${attribute} = ${attribute}

          @property
          def ${property}(self):
              return ${b.twin ? b.safe() : `self._${attribute}`}
    `)
    b.line(`${object} = ${cls}(${value})`)
    return `${object}.${property}`
  }),
  construct('object.property-setter', (b, value) => {
    const [object, property] = [b.thing(), b.value()]
    const cls = b.define('class', (name) => `
      class ${name}:
          def __init__(self):
              self._${property} = ''

          @property
          def ${property}(self):
              return self._${property}

          @${property}.setter
          def ${property}(self, ${b.text('given_text')}):
              self._${property} = ${b.twin ? 'str(len(given_text))' : 'given_text'}
    `)
    b.line(`${object} = ${cls}()`)
    b.line(`${object}.${property} = ${value}`)
    return `${object}.${property}`
  }),
  construct('object.cached-property', (b, value) => {
    const [object, attribute, property] = [b.thing(), b.value(), b.value()]
    const cls = b.define('class', (name, m) => `
      class ${name}:
          def __init__(self, ${attribute}):
              self.${attribute} = ${attribute}

          @${m.use('functools', 'cached_property')}
          def ${property}(self):
              return ${b.twin ? `str(len(self.${attribute}))` : `self.${attribute}.strip()`}
    `)
    b.line(`${object} = ${cls}(${value})`)
    return `${object}.${property}`
  }),
  construct('object.class-attribute', (b, value) => {
    const [attribute, other] = [b.value(), b.value()]
    const cls = b.define('class', (name) => `
      class ${name}:
          ${attribute} = ${b.safe()}
          ${other} = ${b.safe()}
    `)
    b.line(`${cls}.${attribute} = ${value}`)
    return `${cls}.${b.twin ? other : attribute}`
  }),
  construct('object.class-attribute-by-instance', (b, value) => {
    const [object, attribute] = [b.thing(), b.value()]
    const cls = b.define('class', (name) => `
      class ${name}:
          ${attribute} = ${b.safe()}
    `)
    b.line(`${object} = ${cls}()`)
    b.line(`${b.twin ? object : cls}.${attribute} = ${value}`)
    // An assignment by an instance leaves the class, and so every other instance, as it is.
    return `${cls}().${attribute}`
  }),
  construct('object.dataclass', (b, value) => {
    const [object, first, second] = [b.thing(), b.value(), b.value()]
    const cls = b.define('class', (name, m) => `
      @${m.use('dataclasses', 'dataclass')}
      class ${name}:
          ${first}: str
          ${second}: str = ${b.safe()}
    `)
    b.line(`${object} = ${cls}(${b.random.chance(0.5) ? value : `${first}=${value}`})`)
    return `${object}.${b.twin ? second : first}`
  }),
  construct('object.dataclass-post-init', (b, value) => {
    const [object, first, second] = [b.thing(), b.value(), b.value()]
    const cls = b.define('class', (name, m) => `
      @${m.use('dataclasses', 'dataclass')}
      class ${name}:
          ${first}: str
          ${second}: str = ''

          def __post_init__(self):
              self.${second} = ${b.twin ? b.safe() : `self.${first}`}
    `)
    b.line(`${object} = ${cls}(${value})`)
    return `${object}.${second}`
  }),
  construct('object.named-tuple', (b, value) => {
    const [object, first, second] = [b.thing(), b.value(), b.value()]
    const cls = b.define('class', (name, m) => (b.random.chance(0.5)
      ? `${name} = ${m.use('collections', 'namedtuple')}('${name}', ['${first}', '${second}'])`
      : `
      class ${name}(${m.use('typing', 'NamedTuple')}):
          ${first}: str
          ${second}: str
    `))
    b.line(`${object} = ${cls}(${value}, ${b.safe()})`)
    return `${object}.${b.twin ? second : first}`
  }),
  construct('object.namespace', (b, value) => {
    const [object, first, second] = [b.thing(), b.value(), b.value()]
    b.line(`${object} = ${b.use('types', 'SimpleNamespace')}(${first}=${value}, ${second}=${b.safe()})`)
    return `${object}.${b.twin ? second : first}`
  }),
  construct('object.nested', (b, value) => {
    const [outer, inner, attribute, held] = [b.thing(), b.thing(), b.value(), b.thing()]
    const innerClass = b.define('class', (name) => `
      class ${name}:
          def __init__(self, ${attribute}):
              self.${attribute} = ${attribute}
    `)
    const outerClass = b.define('class', (name) => `
      class ${name}:
          def __init__(self, ${held}):
              self.${held} = ${held}
    `)
    b.line(`${inner} = ${innerClass}(${value})`)
    b.line(`${outer} = ${outerClass}(${inner})`)
    if (b.twin) b.line(`${outer}.${held} = ${innerClass}(${b.safe()})`)
    return `${outer}.${held}.${attribute}`
  }),
  construct('object.mutated-by-function', (b, value) => {
    const [object, attribute] = [b.thing(), b.value()]
    const cls = b.define('class', (name) => `
      class ${name}:
          ${attribute} = None
    `)
    const fill = b.define('function', (name) => `
      def ${name}(target_object, given_text):
          target_object.${attribute} = ${b.twin ? b.safe() : 'given_text'}
    `)
    b.line(`${object} = ${cls}()`)
    b.line(`${fill}(${object}, ${value})`)
    return `${object}.${attribute}`
  }),
  construct('object.container-inside', (b, value) => {
    const [object, held, add, first] = [b.thing(), b.thing(), b.method(), b.method()]
    const cls = b.define('class', (name) => `
      class ${name}:
          def __init__(self):
              self.${held} = []

          def ${add}(self, item):
              self.${held}.append(item)

          def ${first}(self):
              return self.${held}[${b.twin ? 0 : 1}]
    `)
    b.line(`${object} = ${cls}()`)
    b.line(`${object}.${add}(${b.safe()})`)
    b.line(`${object}.${add}(${value})`)
    return `${object}.${first}()`
  }),
  construct('object.getattr', (b, value) => {
    const [object, first, second] = [b.thing(), b.value(), b.value()]
    const cls = b.define('class', (name) => `
      class ${name}:
          def __init__(self, ${first}):
              self.${first} = ${first}
              self.${second} = ${b.safe()}
    `)
    b.line(`${object} = ${cls}(${value})`)
    return `getattr(${object}, '${b.twin ? second : first}')`
  }),
  construct('object.setattr', (b, value) => {
    const [object, first, second] = [b.thing(), b.value(), b.value()]
    const cls = b.define('class', (name) => `
      class ${name}:
          ${first} = ${b.safe()}
          ${second} = ${b.safe()}
    `)
    b.line(`${object} = ${cls}()`)
    b.line(`setattr(${object}, '${first}', ${value})`)
    return `${object}.${b.twin ? second : first}`
  }),
  construct('object.getattr-method', (b, value) => {
    const [object, first, second] = [b.thing(), b.method(), b.method()]
    const cls = b.define('class', (name) => `
      class ${name}:
          def ${first}(self, ${b.text('given_text')}):
              return given_text

          def ${second}(self, ${b.text('given_text')}):
              return ${b.safe()}
    `)
    b.line(`${object} = ${cls}()`)
    return `getattr(${object}, '${b.twin ? second : first}')(${value})`
  }),
  construct('object.vars', (b, value) => {
    const [object, first, second] = [b.thing(), b.value(), b.value()]
    const cls = b.define('class', (name) => `
      class ${name}:
          def __init__(self, **named):
              self.__dict__.update(named)
    `)
    b.line(`${object} = ${cls}(${first}=${value}, ${second}=${b.safe()})`)
    return `${object}.${b.twin ? second : first}`
  }),
]
