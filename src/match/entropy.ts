/** Bits of surprise from which a text counts as made by chance: a handful of random letters and digits. */
const THRESHOLD = 28

/** A letter or digit among others of a token that is no word: one of 36. */
const BITS = Math.log2(36)

/** A character that only repeats the one before. */
const REPEATED_BITS = 0.2

/** Digits of a number that is none to count or to date with. */
const LONG_NUMBER = 12

/** Longest text that is measured; longer ones are told by their beginning. */
const MAX_LENGTH = 4096

/**
 * Whether a text looks made by chance, as keys and tokens do: words, numbers,
 * what stands between them and repeated characters say next to nothing, every
 * other letter or digit five bits. A measure of its own, without a word list.
 */
export function isHighEntropy(text: string): boolean {
  let bits = 0
  for (const [token] of text.slice(0, MAX_LENGTH).matchAll(/[A-Za-z0-9]+/g)) {
    if (isWritten(token)) continue
    for (let at = 0; at < token.length; at++) bits += at > 0 && token[at] === token[at - 1] ? REPEATED_BITS : BITS
  }
  return bits >= THRESHOLD
}

/** Whether a token is a number, a word, or words with capital letters between, perhaps numbered. */
function isWritten(token: string): boolean {
  const parts = token.match(/\d+|[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g) ?? []
  const numbers = parts.filter((part) => /^\d/.test(part))
  if (parts.length === numbers.length) return token.length < LONG_NUMBER
  if (/[a-z]/.test(token) && /[A-Z]{7}/.test(token)) return false
  const isScattered = parts.length >= 4 && parts.filter((part) => part.length <= 2).length * 2 > parts.length
  return !isScattered && numbers.length <= 1 && parts.every((part) => numbers.includes(part) || isWord(part))
}

/** Short ones always; others have vowels, and neither many consonants nor many vowels in a row. */
function isWord(part: string): boolean {
  const letters = part.toLowerCase()
  if (letters.length <= 2 || (letters.length <= 5 && part === part.toUpperCase())) return true
  return /[aeiouy]/.test(letters) && !/[^aeiouy]{5}|[aeiou]{4}|(.)\1\1/.test(letters)
}
