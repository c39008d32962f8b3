/** ASCII characters each, and everything else together. */
const SIZE = 129
const OTHER = 128

/** A set of characters, exact for ASCII and all or nothing beyond it. */
export type CharacterSet = Readonly<Uint8Array>

/** The set of the characters for which a test holds; `others` for those beyond ASCII. */
export function setWhere(test: (character: string) => boolean, others: boolean): CharacterSet {
  const set = new Uint8Array(SIZE)
  for (let code = 0; code < OTHER; code++) if (test(String.fromCharCode(code))) set[code] = 1
  if (others) set[OTHER] = 1
  return set
}

/** Whether no character is in both. */
export function areDisjoint(one: CharacterSet, other: CharacterSet): boolean {
  for (let at = 0; at < SIZE; at++) if (one[at] === 1 && other[at] === 1) return false
  return true
}

/** All characters of any of the sets. */
export function unionOf(sets: readonly CharacterSet[]): CharacterSet {
  const union = new Uint8Array(SIZE)
  for (const set of sets) for (let at = 0; at < SIZE; at++) if (set[at] === 1) union[at] = 1
  return union
}

/** Whether a character is in the set. */
export function includes(set: CharacterSet, character: string): boolean {
  return set[Math.min(character.codePointAt(0) ?? OTHER, OTHER)] === 1
}
