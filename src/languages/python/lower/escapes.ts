const SIMPLE = new Map([
  ['\\', '\\'], ["'", "'"], ['"', '"'], ['a', '\x07'], ['b', '\b'], ['f', '\f'], ['n', '\n'], ['r', '\r'], ['t', '\t'],
  ['v', '\v'], ['\n', ''], ['\r\n', ''],
])

const ESCAPE = /\\(\r\n|[0-7]{1,3}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[^])/gu

/**
 * The value of a string literal's content. Unknown escapes stay as written, as
 * Python keeps them; so do named characters (`\N{DASH}`), whose names would need
 * the character database. Byte strings know no `\u` and `\U`.
 */
export function decodeEscapes(content: string, isBytes: boolean): string {
  if (!content.includes('\\')) return content.includes('\r') ? content.replaceAll('\r\n', '\n') : content
  return content.replace(ESCAPE, (written: string, body: string) => {
    const simple = SIMPLE.get(body)
    if (simple !== undefined) return simple
    if (/^[0-7]/.test(body)) return String.fromCharCode(Number.parseInt(body, 8))
    const letter = body[0]
    if (body.length === 1) return written
    if (letter === 'x') return String.fromCharCode(Number.parseInt(body.slice(1), 16))
    if (isBytes) return written
    const code = Number.parseInt(body.slice(1), 16)
    return code <= 0x10ffff ? String.fromCodePoint(code) : written
  })
}
