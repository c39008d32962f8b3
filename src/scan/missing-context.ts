import { Op, type FileFacts } from '../flow/facts.ts'
import type { Language } from '../tree/language.ts'

/** Names listed; the rest is counted. */
const NAMED = 8

/**
 * What code from standard input (`text`) uses and does not hold, in sentences; `''`
 * when nothing is missing. `isKnownModule` says whether an imported module is in the
 * program or described by a model; `assumed` are the names of `assumedNames`.
 */
export function missingContext(
  text: string, facts: FileFacts, language: Language, assumed: ReadonlyMap<string, string>, isKnownModule: (module: string) => boolean,
): string {
  const modules = new Set<string>()
  for (const each of facts.imports) if (!isKnownModule(each.module)) modules.add(each.module)
  const sentences = [
    isIndented(text) ? 'The code is indented: what it stands in, a class or a function, is not there.' : '',
    sentence('Not imported here, and taken for what is usually imported so', [...assumed].map(([name, meaning]) => (name === meaning ? name : `${name} (${meaning})`))),
    sentence('Defined elsewhere, and unknown here', unboundNames(facts, language).filter((name) => !assumed.has(name))),
    sentence('Imported, and not at hand', [...modules].sort()),
  ]
  return sentences.filter((each) => each !== '').join(' ')
}

/**
 * Names that a fragment uses without binding them, with what each is taken for: a
 * fragment is seldom given with its imports. `usualMeaning` says what is usually
 * imported under a name.
 */
export function assumedNames(
  facts: FileFacts, language: Language, usualMeaning: (name: string) => string | undefined,
): ReadonlyMap<string, string> {
  const assumed = new Map<string, string>()
  for (const name of unboundNames(facts, language)) {
    const meaning = usualMeaning(name)
    if (meaning !== undefined) assumed.set(name, meaning)
  }
  return assumed
}

/** Whether the first line that says something begins with blanks. */
function isIndented(text: string): boolean {
  const first = text.search(/\S/)
  return first > 0 && /[ \t]/.test(text.charAt(first - 1))
}

/** Names that are read, bound nowhere in the code, and not built in. */
function unboundNames(facts: FileFacts, language: Language): readonly string[] {
  const bound = new Set(language.flow?.builtins)
  for (const each of facts.functions) for (const { name } of each.bindings) bound.add(facts.strings[name] ?? '')
  for (const each of facts.imports) bound.add(each.bound)
  if (facts.imports.some((each) => each.name === '*')) return []
  const unbound = new Set<string>()
  for (const [value, op] of facts.op.entries()) {
    const name = op === Op['Name'] ? facts.strings[facts.a[value] ?? -1] : undefined
    if (name !== undefined && !bound.has(name)) unbound.add(name)
  }
  return [...unbound].sort()
}

function sentence(beginning: string, names: readonly string[]): string {
  if (names.length === 0) return ''
  const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : ''
  return `${beginning}: ${names.slice(0, NAMED).join(', ')}${more}.`
}
