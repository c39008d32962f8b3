import { construct, type Construct } from '../construct.ts'

/** The text of an f-string's or a format's literal part. */
function literal(text: string): string {
  return text.replaceAll('{', '{{').replaceAll('}', '}}')
}

export const constructs: readonly Construct[] = [
  construct('text.f-string', (b, value) => {
    const [name, part] = [b.value(), b.value()]
    const [before, after] = b.around()
    b.line(`${part} = ${b.twin ? b.safe() : value}`)
    b.line(`${name} = f${b.quoted(`${literal(before)}{${part}}${literal(after)}`)}`)
    return name
  }),
  construct('text.f-string-conversion', (b, value) => {
    const [name, part] = [b.value(), b.value()]
    b.line(`${part} = ${value}`)
    // Only the length is put in, padded or not.
    b.line(`${name} = f${b.quoted(b.twin ? `{len(${part}):>4}` : `{${part}!s:>4}`)}`)
    return name
  }),
  construct('text.percent', (b, value) => {
    const name = b.value()
    const [before, after] = b.around()
    b.line(`${name} = ${b.quoted(`${before}%s${after}`)} % ${b.twin ? `(${b.safe()},)` : `(${value},)`}`)
    return name
  }),
  construct('text.percent-mapping', (b, value) => {
    const [name, [key, other]] = [b.value(), b.twoWords()]
    const [before, after] = b.around()
    b.line(`${name} = ${b.quoted(`${before}%(${key})s${after}`)} % {${b.quoted(b.twin ? other : key)}: ${value}, ${b.quoted(b.twin ? key : other)}: ${b.safe()}}`)
    return name
  }),
  construct('text.format-positional', (b, value) => {
    const name = b.value()
    const [before, after] = b.around()
    b.line(`${name} = ${b.quoted(`${literal(before)}{${b.twin ? 1 : 0}}${literal(after)}`)}.format(${value}, ${b.safe()})`)
    return name
  }),
  construct('text.format-named', (b, value) => {
    const [name, [key, other]] = [b.value(), b.twoWords()]
    const [before, after] = b.around()
    b.line(`${name} = ${b.quoted(`${literal(before)}{${key}}${literal(after)}`)}.format(${b.twin ? other : key}=${value}, ${b.twin ? key : other}=${b.safe()})`)
    return name
  }),
  construct('text.format-number', (b, value) => {
    const name = b.value()
    // A %d takes numbers only.
    b.line(`${name} = ${b.twin ? `'%d' % int(${value})` : `'%s' % ${value}`}`)
    return name
  }),
  construct('text.joined', (b, value) => {
    const [name, parts] = [b.value(), b.thing()]
    const [before, after] = b.around()
    b.line(`${parts} = [${b.quoted(before)}, ${b.twin ? b.safe() : value}, ${b.quoted(after)}]`)
    b.line(`${name} = ''.join(${parts})`)
    return name
  }),
  construct('text.replaced', (b, value) => {
    const name = b.value()
    b.line(`${name} = ${b.twin ? `'aXb'.replace(${value}, ${b.safe()})` : `'X'.replace('X', ${value})`}`)
    return name
  }),
  construct('text.cased', (b, value) => {
    const name = b.value()
    b.line(`${name} = ${b.twin ? b.safe() : value}.${b.random.pick(['strip()', 'lower()', 'rstrip()', 'casefold()', 'lstrip()'])}`)
    return name
  }),
  construct('text.split', (b, value) => {
    const name = b.value()
    b.line(`${name} = (${value} + '~' + ${b.safe()}).${b.random.pick(["split('~')", "rsplit('~', 1)"])}[${b.twin ? 1 : 0}]`)
    // What follows the client's own separator is the client's, too.
    return name
  }),
  construct('text.partitioned', (b, value) => {
    const [first, between, last] = [b.value(), b.value(), b.value()]
    b.line(`${first}, ${between}, ${last} = (${b.safe()} + '~' + ${value}).partition('~')`)
    return b.twin ? first : last
  }),
  construct('text.template', (b, value) => {
    const [name, [key, other]] = [b.value(), b.twoWords()]
    b.line(`${name} = ${b.use('string', 'Template')}(${b.quoted(`\${${key}}`)}).substitute(${b.twin ? other : key}=${value}, ${b.twin ? key : other}=${b.safe()})`)
    return name
  }),
  construct('text.buffer', (b, value) => {
    const buffer = b.thing()
    b.line(`${buffer} = ${b.use('io', 'StringIO')}()`)
    b.line(`${buffer}.write(${b.twin ? b.safe() : value})`)
    return `${buffer}.getvalue()`
  }),
  construct('text.encoded', (b, value) => {
    const [raw, name] = [b.value(), b.value()]
    b.line(`${raw} = ${b.twin ? b.safe() : value}.encode('utf-8')`)
    b.line(`${name} = ${raw}.decode('utf-8')`)
    return name
  }),
  construct('text.base64', (b, value) => {
    const [raw, name] = [b.value(), b.value()]
    b.line(`${raw} = ${b.use('base64', 'b64encode')}(${value}.encode())`)
    // Encoded text has letters and digits only, decoded text is the client's again.
    b.line(`${name} = ${b.twin ? `${raw}.hex()` : `${b.use('base64', 'b64decode')}(${raw}).decode()`}`)
    return name
  }),
  construct('text.json-round-trip', (b, value) => {
    const [raw, name, key] = [b.value(), b.thing(), b.key()]
    b.line(`${raw} = ${b.use('json', 'dumps')}({${key}: ${value}, 'extra': ${b.safe()}})`)
    b.line(`${name} = ${b.use('json', 'loads')}(${raw})`)
    return `${name}[${b.twin ? "'extra'" : key}]`
  }),
  construct('text.regex-group', (b, value) => {
    const [found, name] = [b.thing(), b.value()]
    const pattern = b.twin ? '([0-9]*)' : '(.*)'
    b.line(`${found} = ${b.use('re', 'match')}(r'${pattern}', ${value}, ${b.use('re', 'DOTALL')})`)
    b.line(`${name} = ${found}.group(1)`)
    return name
  }),
  construct('text.regex-sub', (b, value) => {
    const name = b.value()
    b.line(`${name} = ${b.use('re', 'sub')}(r'${b.twin ? '[^0-9]' : '[~]'}', '', ${value})`)
    return name
  }),
  construct('text.shortened', (b, value) => {
    const name = b.value()
    b.line(`${name} = ${b.twin ? `str(len(${value}[:200]))` : `${value}[:200]`}`)
    return name
  }),
  construct('text.hash', (b, value) => {
    const name = b.value()
    const digest = `${b.use('hashlib', 'sha256')}(${value}.encode()).hexdigest()`
    b.line(`${name} = ${b.twin ? digest : `${value} or ${digest}`}`)
    return name
  }),
]
