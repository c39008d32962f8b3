import type { Language } from '../tree/language.ts'

/** A file's text, and what had to be done to get it. */
export interface DecodedText {
  readonly text: string
  /** One sentence when bytes were replaced or the declared encoding is not known; `''` otherwise. */
  readonly trouble: string
}

/** Bytes of the beginning in which a language may declare the encoding. */
const DECLARATION = 512

/**
 * Decodes source code: by its byte order mark, by the encoding that the file
 * declares as its language has it, else as UTF-8. Bytes that are not valid are
 * replaced and named. `undefined` for a file that holds no text.
 */
export function decodeText(bytes: Uint8Array, language: Language): DecodedText | undefined {
  const marked = encodingOfMark(bytes)
  if (marked === undefined && bytes.includes(0)) return undefined
  const declared = marked ?? declaredEncoding(bytes, language)
  const encoding = declared ?? 'utf-8'
  const decoder = decoderFor(encoding)
  if (decoder === undefined) {
    const text = new TextDecoder().decode(bytes)
    return { text, trouble: `the declared encoding ${JSON.stringify(encoding.slice(0, 40))} is not known; read as UTF-8` }
  }
  try {
    return { text: decoder.decode(bytes), trouble: '' }
  } catch {
    const text = new TextDecoder(encoding).decode(bytes)
    return { text, trouble: `not valid ${encoding.toUpperCase()}; the bytes concerned were replaced` }
  }
}

function encodingOfMark(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 'utf-8' : undefined
}

function declaredEncoding(bytes: Uint8Array, language: Language): string | undefined {
  if (language.declaredEncoding === undefined) return undefined
  const beginning = Buffer.from(bytes.subarray(0, DECLARATION)).toString('latin1')
  return language.declaredEncoding(beginning)
}

/** `undefined` for an encoding that the platform does not know. */
function decoderFor(encoding: string): InstanceType<typeof TextDecoder> | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true })
  } catch {
    return undefined
  }
}
