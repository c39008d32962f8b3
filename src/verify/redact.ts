import { hashOf } from '../core/hash.ts'
import { partsOfName } from './defences.ts'
import { tokensOf } from './tokens.ts'

/*
 * A verification is made to be sent to a stranger. Keys and passwords in lines
 * of the code are replaced in what it shows, each always by the same
 * placeholder; what is searched and compared is the code itself.
 */

/** Beginnings of keys that services give out, with the fewest characters that follow. */
const ISSUED: readonly (readonly [prefix: string, rest: number])[] = [
  ['AKIA', 16], ['ASIA', 16], ['ghp_', 30], ['gho_', 30], ['ghs_', 30], ['ghu_', 30], ['github_pat_', 30],
  ['glpat-', 16], ['xoxb-', 16], ['xoxp-', 16], ['xapp-', 16],
  ['sk_live_', 16], ['rk_live_', 16], ['sk-', 32], ['AIza', 30], ['npm_', 30], ['pypi-', 40], ['SG.', 40], ['eyJ', 40],
]

/** Parts of names that hold a credential. */
const CREDENTIALS: ReadonlySet<string> = new Set([
  'password', 'passwd', 'pwd', 'secret', 'token', 'key', 'apikey', 'credential', 'credentials', 'auth', 'salt',
  'passphrase',
])

/** Shorter literals are names and examples. */
const SHORTEST = 16

/** Lines of code as they may be shown. */
export function withoutSecrets(code: string): string {
  let isInKey = false
  return code.split('\n').map((line) => {
    if (line.includes('-----BEGIN') && line.includes('PRIVATE KEY')) isInKey = true
    const isBody = isInKey && isKeyBody(line)
    if (line.includes('-----END')) isInKey = false
    return isBody ? placeholder(line.trim()) : withoutLiterals(line)
  }).join('\n')
}

/** A line of nothing but the characters of a key. */
function isKeyBody(line: string): boolean {
  return /^\s*["']?[A-Za-z0-9+/=]{16,}\\?n?["']?,?\s*$/.test(line)
}

function withoutLiterals(line: string): string {
  const tokens = tokensOf(line)
  const names = tokens
    .filter((token) => token.kind === 'word' || token.kind === 'string')
    .flatMap((token) => partsOfName(token.text.replaceAll(/["']/g, '')))
  const isCredential = names.some((part) => CREDENTIALS.has(part))
  let shown = line
  for (const { kind, text } of tokens) {
    const value = kind === 'string' ? text.slice(1, -1) : text
    const isSecret = isIssued(value) || (kind === 'string' && isCredential && looksRandom(value))
    if (isSecret) shown = shown.replace(value, () => placeholder(value))
  }
  return shown
}

function isIssued(value: string): boolean {
  return ISSUED.some(
    ([prefix, rest]) => value.startsWith(prefix) && value.length >= prefix.length + rest && !value.includes(' '),
  )
}

/** Letters and digits mixed, and nothing that words or addresses are made of. */
function looksRandom(value: string): boolean {
  return (
    value.length >= SHORTEST &&
    /^[A-Za-z0-9+/=_$.!@#%^&*-]+$/.test(value) &&
    /\d/.test(value) &&
    /[A-Za-z]/.test(value) &&
    !/[/.]\w+[/.]/.test(value)
  )
}

function placeholder(value: string): string {
  return `<secret ${hashOf(value).slice(0, 8)}>`
}
