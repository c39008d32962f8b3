import type { SourceText } from '../core/text.ts'

/** Places of one name in one file that are looked at. */
const MAX_PLACES = 500

/** Lines (from 1, ascending, each once) where a name or literal stands as a whole. */
export function placesOfName(source: SourceText, name: string): readonly number[] {
  const { text } = source
  const lines: number[] = []
  if (name === '') return lines
  for (let at = text.indexOf(name); at >= 0 && lines.length < MAX_PLACES; at = text.indexOf(name, at + name.length)) {
    if (!isWhole(text, at, name)) continue
    const { line } = source.position(at)
    if (lines.at(-1) !== line) lines.push(line)
  }
  return lines
}

/** Whether what stands at a place is the whole name and no part of a longer one. */
export function isWhole(text: string, at: number, name: string): boolean {
  const startsInside = isWordCharacter(name[0]) && isWordCharacter(text[at - 1])
  return !startsInside && !(isWordCharacter(name.at(-1)) && isWordCharacter(text[at + name.length]))
}

function isWordCharacter(character: string | undefined): boolean {
  return character !== undefined && /[\w$]/.test(character)
}
