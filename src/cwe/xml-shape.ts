import { Refusal } from './refusal.ts'

/** Longest tag with the text after it, comment, CDATA section or instruction; the 4.15 release reaches 5,056. */
const LONGEST_RUN = 250_000

/** What may follow `<` besides a tag, and what ends it. */
const DELIMITED = [['<!--', '-->'], ['<![CDATA[', ']]>'], ['<?', '?>']] as const

/**
 * Refuses declarations and endless constructs before a parser sees them, so that
 * no comment, attribute list or text can make it collect the whole document.
 *
 * One pass from `<` to `<`. It cuts a well-formed document where a parser does,
 * for `<` stands nowhere else outside the delimited constructs; at the first
 * place where the two could differ, the parser reports malformed XML.
 */
export function checkShape(text: string): void {
  let at = text.indexOf('<')
  while (at >= 0) {
    const inside = DELIMITED.find(([start]) => text.startsWith(start, at))
    if (inside === undefined && text.startsWith('<!', at)) {
      throw new Refusal('the XML has a DOCTYPE or another declaration, which a release never has')
    }
    const end = inside === undefined ? at + 1 : text.indexOf(inside[1], at + inside[0].length)
    if (end < 0) throw new Refusal('the XML is malformed or truncated (a construct never ends)')
    const next = text.indexOf('<', end)
    if ((next < 0 ? text.length : next) - at > LONGEST_RUN) {
      throw new Refusal(`the XML has a construct longer than ${LONGEST_RUN} characters`)
    }
    at = next
  }
}
