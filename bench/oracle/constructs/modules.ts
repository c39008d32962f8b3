import { construct, type Construct } from '../construct.ts'

export const constructs: readonly Construct[] = [
  construct('global.stored', (b, value) => {
    const [store, read] = [b.layout.names.global('function'), b.layout.names.global('function')]
    const holder = b.layout.placeFor(b.module, 'any')
    const variable = b.layout.names.global('constant')
    holder.add(`
      ${variable} = ''


      def ${store}(${b.text('given_text')}):
          global ${variable}
          ${variable} = ${b.twin ? b.safe() : 'given_text'}


      def ${read}():
          return ${variable}
    `)
    b.line(`${b.module.reference(holder, store)}(${value})`)
    return `${b.module.reference(holder, read)}()`
  }),
  construct('global.container', (b, value) => {
    const [key, other] = b.twoWords()
    const table = b.define('constant', (name) => `${name} = {}`)
    b.line(`${table}[${b.quoted(key)}] = ${value}`)
    b.line(`${table}[${b.quoted(other)}] = ${b.safe()}`)
    return `${table}[${b.quoted(b.twin ? other : key)}]`
  }),
  construct('global.list', (b, value) => {
    const table = b.define('constant', (name) => `${name} = []`)
    b.line(`${table}.clear()`)
    b.line(`${table}.append(${b.safe()})`)
    b.line(`${table}.append(${value})`)
    return `${table}[${b.twin ? 0 : 1}]`
  }),
  construct('global.module-attribute', (b, value) => {
    const holder = b.layout.addModule()
    const [first, second] = [b.layout.names.global('constant'), b.layout.names.global('constant')]
    holder.add(`
      ${first} = ${b.safe()}
      ${second} = ${b.safe()}
    `)
    b.module.addImport(`import ${holder.dotted}`)
    b.line(`${holder.dotted}.${first} = ${value}`)
    return `${holder.dotted}.${b.twin ? second : first}`
  }),
  construct('global.object', (b, value) => {
    const [attribute, read, instance] = [b.value(), b.layout.names.global('function'), b.layout.names.global('constant')]
    const holder = b.layout.placeFor(b.module, 'any')
    const cls = b.layout.names.global('class')
    holder.add(`
      class ${cls}:
          def __init__(self):
              self.${attribute} = ${b.safe()}


      ${instance} = ${cls}()


      def ${read}():
          return ${b.twin ? `${cls}()` : instance}.${attribute}
    `)
    b.line(`${b.module.reference(holder, instance)}.${attribute} = ${value}`)
    return `${b.module.reference(holder, read)}()`
  }),
  construct('global.constant-table', (b, value) => {
    const [name, mode] = [b.value(), b.define('constant', (own) => `${own} = {'mode': ${b.twin ? "'strict'" : "'loose'"}}`, 'other')]
    b.line(`${name} = ${value} if ${mode}['mode'] == 'loose' else ${b.safe()}`)
    return name
  }),
  construct('global.singleton', (b, value) => {
    const [attribute, other, get] = [b.value(), b.value(), b.layout.names.global('function')]
    const holder = b.layout.placeFor(b.module, 'any')
    const [cls, instance] = [b.layout.names.global('class'), b.layout.names.global('constant')]
    holder.add(`
      class ${cls}:
          ${attribute} = ${b.safe()}
          ${other} = ${b.safe()}


      ${instance} = None


      def ${get}():
          global ${instance}
          if ${instance} is None:
              ${instance} = ${cls}()
          return ${instance}
    `)
    const reference = b.module.reference(holder, get)
    b.line(`${reference}().${attribute} = ${value}`)
    return `${reference}().${b.twin ? other : attribute}`
  }),
  construct('import.inside-function', (b, value) => {
    const name = b.layout.names.global('function')
    const holder = b.layout.addModule()
    holder.add(`
      def ${name}(${b.text('given_text')}):
          return ${b.twin ? b.safe() : 'given_text'}
    `)
    b.line(`from ${holder.dotted} import ${name}`)
    return `${name}(${value})`
  }),
  construct('import.star', (b, value) => {
    const name = b.layout.names.global('function')
    const holder = b.layout.addModule()
    holder.add(`
      def ${name}(${b.text('given_text')}):
          return ${b.twin ? b.safe() : 'given_text'}
    `)
    b.module.addImport(`from ${holder.dotted} import *`)
    return `${name}(${value})`
  }),
  construct('import.re-exported', (b, value) => {
    const name = b.layout.names.global('function')
    const [first, second] = [b.layout.addModule(), b.layout.addModule()]
    second.add(`
      def ${name}(${b.text('given_text')}):
          return ${b.twin ? b.safe() : 'given_text'}
    `)
    first.addImport(`from ${second.dotted} import ${name} as ${name}_public`)
    b.module.addImport(`from ${first.dotted} import ${name}_public`)
    return `${name}_public(${value})`
  }),
  construct('import.optional', (b, value) => {
    const name = b.layout.names.global('function')
    const holder = b.layout.addModule()
    holder.add(`
      def ${name}(${b.text('given_text')}):
          return given_text
    `)
    b.module.add(`
      try:
          from ${b.twin ? 'no_such_library_here' : holder.dotted} import ${name}
      except ImportError:
          def ${name}(given_text):
              return ${b.safe()}
    `)
    return `${name}(${value})`
  }),
  construct('import.dynamic', (b, value) => {
    const [name, other, loaded] = [b.layout.names.global('function'), b.layout.names.global('function'), b.thing()]
    const holder = b.layout.addModule()
    holder.add(`
      def ${name}(${b.text('given_text')}):
          return given_text


      def ${other}(given_text):
          return ${b.safe()}
    `)
    b.line(`${loaded} = ${b.use('importlib', 'import_module')}('${holder.dotted}')`)
    return `${loaded}.${b.twin ? other : name}(${value})`
  }),
  construct('import.circular', (b, value) => {
    const [there, back] = [b.layout.names.global('function'), b.layout.names.global('function')]
    const [holder, here] = [b.layout.addModule(), b.module]
    here.add(`
      def ${back}(${b.text('given_text')}):
          return ${b.twin ? b.safe() : 'given_text'}
    `)
    holder.addImport(`import ${here.dotted}`)
    holder.add(`
      def ${there}(${b.text('given_text')}):
          return ${here.dotted}.${back}(given_text)
    `)
    here.addImport(`import ${holder.dotted}`)
    return `${holder.dotted}.${there}(${value})`
  }),
  construct('import.shadowed', (b, value) => {
    const name = b.layout.names.global('function')
    const holder = b.layout.addModule()
    holder.add(`
      def ${name}(${b.text('given_text')}):
          return ${b.twin ? 'given_text' : b.safe()}
    `)
    b.module.addImport(`from ${holder.dotted} import ${name}`)
    b.module.add(`
      def ${name}(${b.text('given_text')}):
          return ${b.twin ? b.safe() : 'given_text'}
    `)
    return `${name}(${value})`
  }),
  construct('environment.stored', (b, value) => {
    const [key, other] = b.twoWords()
    const environment = `${b.use('os')}.environ`
    b.line(`${environment}['APP_${other.toUpperCase()}'] = ${b.safe()}`)
    b.line(`${environment}['APP_${key.toUpperCase()}'] = ${value}`)
    return `${environment}['APP_${(b.twin ? other : key).toUpperCase()}']`
  }),
]
