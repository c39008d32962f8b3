import { construct, type Construct } from '../construct.ts'

export const constructs: readonly Construct[] = [
  construct('dict.literal-key', (b, value) => {
    const [bag, [key, other]] = [b.thing(), b.twoWords()]
    b.line(`${bag} = {${b.quoted(key)}: ${value}, ${b.quoted(other)}: ${b.safe()}}`)
    return `${bag}[${b.quoted(b.twin ? other : key)}]`
  }),
  construct('dict.stored-key', (b, value) => {
    const [bag, [key, other]] = [b.thing(), b.twoWords()]
    b.line(`${bag} = {}`)
    b.line(`${bag}[${b.quoted(key)}] = ${value}`)
    b.line(`${bag}[${b.quoted(other)}] = ${b.safe()}`)
    return `${bag}[${b.quoted(b.twin ? other : key)}]`
  }),
  construct('dict.overwritten-key', (b, value) => {
    const [bag, key] = [b.thing(), b.key()]
    b.line(`${bag} = {${key}: ${value}}`)
    if (b.twin) b.line(`${bag}[${key}] = ${b.safe()}`)
    else b.line(`${bag}['extra'] = ${b.safe()}`)
    return `${bag}[${key}]`
  }),
  construct('dict.keyword-call', (b, value) => {
    const [bag, [key, other]] = [b.thing(), b.twoWords()]
    b.line(`${bag} = dict(${key}=${value}, ${other}=${b.safe()})`)
    return `${bag}.get(${b.quoted(b.twin ? other : key)})`
  }),
  construct('dict.update', (b, value) => {
    const [bag, [key, other]] = [b.thing(), b.twoWords()]
    b.line(`${bag} = {${b.quoted(other)}: ${b.safe()}}`)
    b.line(`${bag}.update({${b.quoted(key)}: ${value}})`)
    return `${bag}[${b.quoted(b.twin ? other : key)}]`
  }),
  construct('dict.update-overwrites', (b, value) => {
    const [bag, [key, other]] = [b.thing(), b.twoWords()]
    b.line(`${bag} = {${b.quoted(key)}: ${value}}`)
    b.line(`${bag}.update(${b.twin ? key : other}=${b.safe()})`)
    return `${bag}[${b.quoted(key)}]`
  }),
  construct('dict.setdefault', (b, value) => {
    const [bag, key] = [b.thing(), b.key()]
    b.line(`${bag} = {${b.twin ? `${key}: ${b.safe()}` : ''}}`)
    b.line(`${bag}.setdefault(${key}, ${value})`)
    return `${bag}[${key}]`
  }),
  construct('dict.pop-key', (b, value) => {
    const [bag, name, [key, other]] = [b.thing(), b.value(), b.twoWords()]
    b.line(`${bag} = {${b.quoted(key)}: ${value}, ${b.quoted(other)}: ${b.safe()}}`)
    b.line(`${name} = ${bag}.pop(${b.quoted(b.twin ? other : key)})`)
    return name
  }),
  construct('dict.copied', (b, value) => {
    const [bag, copy, key] = [b.thing(), b.thing(), b.key()]
    b.line(`${bag} = {${key}: ${b.twin ? b.safe() : value}}`)
    b.line(`${copy} = ${bag}.copy()`)
    // A change of the original after the copy is not in the copy.
    b.line(`${bag}[${key}] = ${b.twin ? value : b.safe()}`)
    return `${copy}[${key}]`
  }),
  construct('dict.merged', (b, value) => {
    const [first, second, key] = [b.thing(), b.thing(), b.key()]
    b.line(`${first} = {${key}: ${b.safe()}, 'extra': 1}`)
    b.line(`${second} = {${key}: ${value}}`)
    const [left, right] = b.twin ? [second, first] : [first, second]
    const merged = b.thing()
    b.line(b.random.chance(0.5) ? `${merged} = {**${left}, **${right}}` : `${merged} = ${left} | ${right}`)
    return `${merged}[${key}]`
  }),
  construct('dict.nested', (b, value) => {
    const [bag, [key, other], inner] = [b.thing(), b.twoWords(), b.key()]
    b.line(`${bag} = {${b.quoted(key)}: {${inner}: ${value}}, ${b.quoted(other)}: {${inner}: ${b.safe()}}}`)
    return `${bag}[${b.quoted(b.twin ? other : key)}][${inner}]`
  }),
  construct('dict.looped', (b, value) => {
    const [bag, key, each, [word, other]] = [b.thing(), b.value(), b.value(), b.twoWords()]
    b.line(`${bag} = {${b.quoted(word)}: ${b.twin ? b.safe() : value}, ${b.quoted(other)}: ${b.safe()}}`)
    b.open(`for ${key}, ${each} in ${bag}.items():`)
    return b.random.chance(0.8) ? each : `${bag}[${key}]`
  }),
  construct('list.literal-index', (b, value) => {
    const bag = b.thing()
    b.line(`${bag} = [${b.safe()}, ${value}]`)
    return `${bag}[${b.twin ? 0 : b.random.pick(['1', '-1'])}]`
  }),
  construct('list.append', (b, value) => {
    const bag = b.thing()
    b.line(`${bag} = [${b.safe()}]`)
    b.line(`${bag}.append(${value})`)
    return `${bag}[${b.twin ? '0' : b.random.pick(['1', '-1'])}]`
  }),
  construct('list.insert', (b, value) => {
    const bag = b.thing()
    b.line(`${bag} = [${b.safe()}]`)
    b.line(`${bag}.insert(0, ${value})`)
    return `${bag}[${b.twin ? '1' : '0'}]`
  }),
  construct('list.pop', (b, value) => {
    const [bag, name] = [b.thing(), b.value()]
    b.line(`${bag} = [${b.safe()}]`)
    b.line(`${bag}.append(${value})`)
    b.line(`${name} = ${bag}.pop(${b.twin ? '0' : ''})`)
    return name
  }),
  construct('list.overwritten-index', (b, value) => {
    const bag = b.thing()
    b.line(`${bag} = [${value}, ${b.safe()}]`)
    b.line(`${bag}[${b.twin ? 0 : 1}] = ${b.safe()}`)
    return `${bag}[0]`
  }),
  construct('list.extended-joined', (b, value) => {
    const bag = b.thing()
    b.line(`${bag} = []`)
    b.line(`${bag}.extend([${b.twin ? b.safe() : value}])`)
    return `''.join(${bag})`
  }),
  construct('list.cleared', (b, value) => {
    const bag = b.thing()
    b.line(`${bag} = [${value}]`)
    if (b.twin) b.line(`${bag}.clear()`)
    b.line(`${bag}.append(${b.safe()})`)
    return `${bag}[0]`
  }),
  construct('list.aliased', (b, value) => {
    const [bag, other] = [b.thing(), b.thing()]
    b.line(`${bag} = []`)
    b.line(`${other} = ${b.twin ? `list(${bag})` : bag}`)
    b.line(`${bag}.append(${b.safe()})`)
    b.line(`${other}.append(${b.safe()})`)
    b.line(`${other}[0] = ${value}`)
    return `${bag}[0]`
  }),
  construct('list.sliced', (b, value) => {
    const [bag, part] = [b.thing(), b.thing()]
    b.line(`${bag} = [${b.safe()}, ${b.safe()}, ${value}]`)
    b.line(`${part} = ${bag}[${b.twin ? ':2' : '1:'}]`)
    return `${part}[1]`
  }),
  construct('list.nested', (b, value) => {
    const bag = b.thing()
    b.line(`${bag} = [[${b.safe()}, ${value}], [${b.safe()}, ${b.safe()}]]`)
    return `${bag}[${b.twin ? 1 : 0}][1]`
  }),
  construct('list.sorted-loop', (b, value) => {
    const [bag, each] = [b.thing(), b.value()]
    b.line(`${bag} = [${b.safe()}, ${b.twin ? b.safe() : value}]`)
    b.open(`for ${each} in ${b.random.pick([`sorted(${bag})`, `reversed(${bag})`, bag])}:`)
    return each
  }),
  construct('list.enumerated', (b, value) => {
    const [bag, each] = [b.thing(), b.value()]
    b.line(`${bag} = [${value}, ${b.safe()}]`)
    b.open(`for at, ${each} in enumerate(${bag}):`)
    if (!b.twin) return each
    return `str(at)`
  }),
  construct('list.zipped', (b, value) => {
    const [first, second] = [b.value(), b.value()]
    b.open(`for ${first}, ${second} in zip([${value}], [${b.safe()}]):`)
    return b.twin ? second : first
  }),
  construct('tuple.indexed', (b, value) => {
    const pair = b.thing()
    b.line(`${pair} = (${b.safe()}, ${value})`)
    return `${pair}[${b.twin ? 0 : 1}]`
  }),
  construct('set.member', (b, value) => {
    const [bag, each] = [b.thing(), b.value()]
    b.line(`${bag} = set()`)
    b.line(`${bag}.add(${b.twin ? b.safe() : value})`)
    b.open(`for ${each} in ${bag}:`)
    return each
  }),
  construct('defaultdict.appended', (b, value) => {
    const [bag, [key, other]] = [b.thing(), b.twoWords()]
    b.line(`${bag} = ${b.use('collections', 'defaultdict')}(list)`)
    b.line(`${bag}[${b.quoted(key)}].append(${value})`)
    b.line(`${bag}[${b.quoted(other)}].append(${b.safe()})`)
    return `${bag}[${b.quoted(b.twin ? other : key)}][0]`
  }),
  construct('deque.popleft', (b, value) => {
    const [queue, name] = [b.thing(), b.value()]
    b.line(`${queue} = ${b.use('collections', 'deque')}()`)
    b.line(`${queue}.append(${b.twin ? b.safe() : value})`)
    b.line(`${name} = ${queue}.popleft()`)
    return name
  }),
]
