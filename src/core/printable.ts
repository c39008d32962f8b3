/**
 * Makes text from the code under review harmless to show. What a terminal,
 * a pager or a reader's eye would obey instead of see (control characters,
 * escape sequences, bidirectional overrides, invisible characters, lone
 * surrogates, separators) becomes a visible escape such as `\u{1b}`.
 */

/** Unicode categories Cc, Cf, Cs, Zl, Zp: control, format, lone surrogate, line and paragraph separator. */
const HARMFUL = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u{115f}\u{1160}\u{3164}\u{ffa0}]/gu

/** Text for one line: every harmful character, line ends and tabs included, as a visible escape. */
export function printable(text: string): string {
  return text.replace(HARMFUL, visible)
}

/** Text of several lines: as `printable`, but `\n` and tabs stay. */
export function printableLines(text: string): string {
  return text.replace(HARMFUL, (found) => (found === '\n' || found === '\t' ? found : visible(found)))
}

/**
 * Text without what the runners of build services obey when a step prints it:
 * `::error::` at the beginning of a line, `##[group]` and `##vso[task]` anywhere.
 */
export function withoutCommands(text: string): string {
  return text.replace(/^([ \t]*):(?=:)/gm, '$1\\u{3a}').replace(/##(?=\[|vso\[)/g, '#\\u{23}')
}

/**
 * JSON text that is harmless to show and has the same value: what JSON leaves
 * raw inside strings is written as `\u` escapes. Only for output of
 * `JSON.stringify`, where such characters stand in strings alone.
 */
export function printableJson(json: string): string {
  return json.replace(HARMFUL, (found) => (found === '\n' ? found : jsonEscape(found)))
}

/** Columns a terminal needs for text that is already printable: wide East Asian and emoji 2, combining marks 0. */
export function displayWidth(text: string): number {
  let width = 0
  for (const character of text) width += characterWidth(character)
  return width
}

function characterWidth(character: string): number {
  const code = character.codePointAt(0) ?? 0
  if (code < 0x300) return 1
  if (/^\p{M}$/u.test(character)) return 0
  return isWide(code) || /^\p{Emoji_Presentation}$/u.test(character) ? 2 : 1
}

/** The wide blocks of Unicode's East Asian Width property (UAX #11), as ranges. */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115e],
  [0x2e80, 0x303e],
  [0x3041, 0xa4cf],
  [0xa960, 0xa97c],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x20000, 0x3fffd],
]

function isWide(code: number): boolean {
  return WIDE.some(([first, last]) => code >= first && code <= last)
}

function visible(found: string): string {
  return `\\u{${(found.codePointAt(0) ?? 0).toString(16)}}`
}

function jsonEscape(found: string): string {
  let escaped = ''
  for (let at = 0; at < found.length; at++) escaped += `\\u${found.charCodeAt(at).toString(16).padStart(4, '0')}`
  return escaped
}
