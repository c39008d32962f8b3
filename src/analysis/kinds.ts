import type { Evidence } from '../dataflow/search.ts'
import { areDisjoint, includes, setWhere } from '../match/character-set.ts'
import type { CharacterSet } from '../match/character-set.ts'
import type { MatchedText } from '../match/regex-text.ts'

/**
 * What a fixed text in front of untrusted data means, per sink kind. The other
 * facts about kinds are in the models.
 */
const HARMLESS_AFTER: ReadonlyMap<string, RegExp> = new Map([
  // RFC 3986, section 3: once scheme, host and a delimiter stand fixed, what follows cannot change the host.
  ['url-fetch', /^[a-z][a-z0-9+.-]*:\/\/[^/?#@\\]+[/?#]/i],
  // What a cell begins with makes it a formula.
  ['spreadsheet', /^[^=+\-@\t\r\n]/],
  // RFC 5322, section 2.1: an empty line ends the headers of a message.
  ['mail', /\n\r?\n/],
  // A path on the same host: one slash, then not a second one (`//host` and `/\host` name another host).
  ['redirect', /^(?:[a-z][a-z0-9+.-]*:\/\/[^/?#@\\]+[/?#]|\/[^/\\]|[?#])/i],
])

/** Sink kinds for which a dictionary or list is data to be serialised, and only text is dangerous. */
const TEXT_ONLY: ReadonlySet<string> = new Set(['html'])

/** Whether a container given to a sink of this kind is harmless. */
export function isTextOnly(kind: string): boolean {
  return TEXT_ONLY.has(kind)
}

/** The expression a fixed prefix must match to make the rest harmless for a sink kind. */
export function harmlessAfter(kind: string): RegExp | undefined {
  return HARMLESS_AFTER.get(kind)
}

/**
 * Per sink kind: characters beside ASCII letters and digits that do no harm in a
 * text there, wherever they stand. Letters beyond ASCII have no meaning to these
 * interpreters.
 */
const HARMLESS: ReadonlyMap<string, string> = new Map([
  // POSIX, Shell Command Language, section 2.2 lists the characters that have a meaning; these are others.
  ['shell', '_@%+=:,./-'],
  // Neither quotes nor operators, and no comment. A single dot joins names.
  ['sql', '_., @$'],
  // A dot reaches attributes, anything else operators or calls.
  ['code', '_'],
  // The separators of any system, the parent folder and drives need others.
  ['path', '_-+=,@% '],
  // Outside of a tag, and as an attribute's value even without quotes; no scheme without a colon.
  ['html', '_.,-+@%!'],
  ['template', '_.,-+@=: '],
  ['redirect', '_-=&%+,'],
  ['url-fetch', '_-=&%+,'],
  ['xpath', '_-.'],
  ['xml', '_.,-+@%:=/ '],
  ['regex', '_@%,:=/ '],
  // RFC 4515 and RFC 4514 name those with a meaning in filters and names.
  ['ldap', '_-.@: /'],
  // A formula needs one of = + - @ in front.
  ['spreadsheet', ' _.,:;/'],
  // Only ends of lines divide headers.
  ['mail', ' !"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~\t'],
  ['http-header', ' !"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~\t'],
  // Which program runs is the harm.
])

/** Kinds for which letters and digits alone do harm already. */
const NAMES_HARM: ReadonlySet<string> = new Set(['program'])

/** Texts that do no harm whatever follows, when a value is known to begin with one. */
const CHECKED_PREFIXES: ReadonlyMap<string, RegExp> = new Map([
  ...HARMLESS_AFTER,
  // A folder with the separator behind it; without, the folder beside it with a longer name begins alike.
  ['path', /[/\\]$/],
])

/** Per sink kind: characters that do harm only two in a row, and whether they do so first or last too. */
const LONE: ReadonlyMap<string, readonly { character: string, mayBeOuter: boolean }[]> = new Map([
  // `..` is the parent folder.
  ['path', [{ character: '.', mayBeOuter: true }]],
  // `--` begins a comment, also with a hyphen in front of the value or behind it.
  ['sql', [{ character: '-', mayBeOuter: false }]],
])

const harmful = new Map<string, CharacterSet>()

/** Characters that can do harm in a text that reaches a sink of a kind. */
export function harmfulCharacters(kind: string): CharacterSet {
  let known = harmful.get(kind)
  if (!known) {
    const harmless = HARMLESS.get(kind) ?? '_'
    const areNamesHarmful = NAMES_HARM.has(kind)
    known = setWhere((character) => areNamesHarmful || !/[A-Za-z0-9]/.test(character) && !harmless.includes(character), areNamesHarmful)
    harmful.set(kind, known)
  }
  return known
}

/** Whether every text of a sort is harmless for a kind. */
export function isHarmlessText(kind: string, text: MatchedText): boolean {
  const lone = (LONE.get(kind) ?? []).filter(({ character, mayBeOuter }) => (
    !text.isDoubled(character) && (mayBeOuter || !text.isOuter(character))
  ))
  const isExcused = (character: string): boolean => lone.some((each) => each.character === character)
  return areDisjoint(text.characters, setWhere((character) => includes(harmfulCharacters(kind), character) && !isExcused(character), NAMES_HARM.has(kind)))
}

/** Whether a value that begins with a text is harmless for a kind, whatever else it holds. */
export function isHarmlessPrefix(kind: string, prefix: string): boolean {
  return CHECKED_PREFIXES.get(kind)?.test(prefix) === true
}

/** Per sink kind: what must be known of a text together that makes it harmless. */
const ENOUGH: ReadonlyMap<string, (evidence: Evidence) => boolean> = new Map([
  // A name inside of the folder that it is joined to: it neither goes up nor begins anew.
  ['path', ({ lacks, beginsNot }: Evidence): boolean => (
    lacks.some((each) => each === '..' || each === '.') && (lacks.includes('/') || beginsNot.includes('/'))
  )],
  // A path on the same host. A backslash, which browsers read as a slash, frameworks write as %5C.
  ['redirect', ({ begins, beginsNot, lacks }: Evidence): boolean => (
    begins.some((each) => each.startsWith('/')) && (beginsNot.includes('//') || lacks.includes('//'))
  )],
])

/** Says whether what is known of a text is enough for a kind; `undefined` for a kind where one check decides. */
export function evidenceFor(kind: string): ((evidence: Evidence) => boolean) | undefined {
  return ENOUGH.get(kind)
}
