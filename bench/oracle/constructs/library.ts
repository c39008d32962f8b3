import { construct, type Construct } from '../construct.ts'

/** Values that go through the standard library and come back. */
export const constructs: readonly Construct[] = [
  construct('library.thread', (b, value) => {
    const [next, parameter, thread] = [b.continuation(), b.value(), b.thing()]
    b.line(`${thread} = ${b.use('threading', 'Thread')}(target=${b.reference(next)}, args=(${b.twin ? b.safe() : value},))`)
    b.line(`${thread}.start()`)
    b.line(`${thread}.join()`)
    b.enterFunction(next, [b.text(parameter)])
    return parameter
  }),
  construct('library.executor', (b, value) => {
    const [pool, future] = [b.thing(), b.thing()]
    const helper = b.define('function', (name) => `
      def ${name}(${b.text('given_text')}):
          return ${b.twin ? 'str(len(given_text))' : 'given_text'}
    `)
    b.open(`with ${b.use('concurrent.futures', 'ThreadPoolExecutor')}(max_workers=1) as ${pool}:`)
    b.line(`${future} = ${pool}.submit(${helper}, ${value})`)
    b.close()
    return `${future}.result()`
  }),
  construct('library.queue', (b, value) => {
    const [queue, name] = [b.thing(), b.value()]
    b.line(`${queue} = ${b.use('queue', 'Queue')}()`)
    b.line(`${queue}.put(${b.twin ? b.safe() : value})`)
    b.line(`${name} = ${queue}.get()`)
    return name
  }),
  construct('library.context-variable', (b, value) => {
    const variable = b.define('constant', (name, m) => `${name} = ${m.use('contextvars', 'ContextVar')}('${name.toLowerCase()}', default='')`)
    b.line(`${variable}.set(${value})`)
    if (b.twin) b.line(`${variable}.set(${b.safe()})`)
    return `${variable}.get()`
  }),
  construct('library.copied-object', (b, value) => {
    const [object, copied, attribute] = [b.thing(), b.thing(), b.value()]
    const cls = b.define('class', (name) => `
      class ${name}:
          def __init__(self, ${attribute}):
              self.${attribute} = ${attribute}
    `)
    b.line(`${object} = ${cls}(${b.twin ? b.safe() : value})`)
    b.line(`${copied} = ${b.use('copy', b.random.pick(['copy', 'deepcopy']))}(${object})`)
    b.line(`${object}.${attribute} = ${b.twin ? value : b.safe()}`)
    return `${copied}.${attribute}`
  }),
  construct('library.dataclass-replaced', (b, value) => {
    const [object, changed, first, second] = [b.thing(), b.thing(), b.value(), b.value()]
    const cls = b.define('class', (name, m) => `
      @${m.use('dataclasses', 'dataclass')}(frozen=True)
      class ${name}:
          ${first}: str
          ${second}: str = ''
    `)
    b.line(`${object} = ${cls}(${b.safe()}, ${b.safe()})`)
    b.line(`${changed} = ${b.use('dataclasses', 'replace')}(${object}, ${first}=${value})`)
    return `${changed}.${b.twin ? second : first}`
  }),
  construct('library.dataclass-as-dict', (b, value) => {
    const [object, first, second] = [b.thing(), b.value(), b.value()]
    const cls = b.define('class', (name, m) => `
      @${m.use('dataclasses', 'dataclass')}
      class ${name}:
          ${first}: str
          ${second}: str
    `)
    b.line(`${object} = ${cls}(${first}=${value}, ${second}=${b.safe()})`)
    return `${b.use('dataclasses', 'asdict')}(${object})['${b.twin ? second : first}']`
  }),
  construct('library.dataclass-list-field', (b, value) => {
    const [object, held] = [b.thing(), b.thing()]
    const cls = b.define('class', (name, m) => `
      @${m.use('dataclasses', 'dataclass')}
      class ${name}:
          ${held}: list = ${m.use('dataclasses', 'field')}(default_factory=list)
    `)
    b.line(`${object} = ${cls}()`)
    b.line(`${object}.${held}.append(${b.twin ? b.safe() : value})`)
    return `${object}.${held}[0]`
  }),
  construct('library.itertools-slice', (b, value) => {
    const each = b.value()
    b.open(`for ${each} in ${b.use('itertools', 'islice')}([${b.safe()}, ${value}], ${b.twin ? '0, 1' : '1, 2'}):`)
    return each
  }),
  construct('library.operator-function', (b, value) => {
    const name = b.value()
    b.line(`${name} = ${b.use('operator', 'add')}(${b.twin ? b.safe() : value}, '')`)
    return name
  }),
  construct('library.attribute-getter', (b, value) => {
    const [object, getter, first, second] = [b.thing(), b.thing(), b.value(), b.value()]
    b.line(`${object} = ${b.use('types', 'SimpleNamespace')}(${first}=${value}, ${second}=${b.safe()})`)
    b.line(`${getter} = ${b.use('operator', 'attrgetter')}('${b.twin ? second : first}')`)
    return `${getter}(${object})`
  }),
  construct('library.chain-map', (b, value) => {
    const [bag, key] = [b.thing(), b.key()]
    const [first, second] = b.twin ? [b.safe(), value] : [value, b.safe()]
    b.line(`${bag} = ${b.use('collections', 'ChainMap')}({${key}: ${first}}, {${key}: ${second}})`)
    return `${bag}[${key}]`
  }),
  construct('library.ordered-dictionary', (b, value) => {
    const [bag, key, other] = [b.thing(), ...b.twoWords()]
    b.line(`${bag} = ${b.use('collections', 'OrderedDict')}()`)
    b.line(`${bag}['${key}'] = ${value}`)
    b.line(`${bag}['${other}'] = ${b.safe()}`)
    return `${bag}['${b.twin ? other : key}']`
  }),
  construct('library.find-all', (b, value) => {
    const found = b.thing()
    b.line(`${found} = ${b.use('re', 'findall')}(r'${b.twin ? '[0-9]' : '(?s).+'}', ${value})`)
    return `''.join(${found})`
  }),
  construct('library.exit-stack', (b, value) => {
    const [stack, name] = [b.thing(), b.value()]
    const manager = b.define('function', (own, m) => `
      @${m.use('contextlib', 'contextmanager')}
      def ${own}(given_text):
          yield ${b.twin ? b.safe() : 'given_text'}
    `)
    b.open(`with ${b.use('contextlib', 'ExitStack')}() as ${stack}:`)
    b.line(`${name} = ${stack}.enter_context(${manager}(${value}))`)
    return name
  }),
  construct('library.quoted-and-back', (b, value) => {
    const name = b.value()
    const quoted = `${b.use('urllib.parse', 'quote')}(${value}, safe='')`
    // Percent signs mean nothing to every sink, so what is not unquoted again is plain text.
    b.line(`${name} = ${b.twin ? `str(len(${quoted}))` : `${b.use('urllib.parse', 'unquote')}(${quoted})`}`)
    return name
  }),
  construct('library.uuid', (b, value) => {
    const name = b.value()
    b.line(`${name} = str(${b.use('uuid', 'uuid5')}(${b.use('uuid', 'NAMESPACE_URL')}, ${value}))`)
    if (!b.twin) b.line(`${name} = ${value} or ${name}`)
    return name
  }),
]
