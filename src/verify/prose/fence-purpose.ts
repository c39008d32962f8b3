import type { Role } from './labels.ts'
import type { Fence, ProseDocument } from './lines.ts'

/** What a fenced block is: code of the file, a fix, an attack, or output. */
export interface FencePurpose {
  readonly kind: 'quote' | 'fix' | 'attack' | 'output'
  /** The code as it stands today; of a change, its lines before. */
  readonly text: string
}

/** Fences of these kinds hold commands, requests or data. */
const COMMANDS: ReadonlySet<string> = new Set([
  'bash', 'sh', 'shell', 'console', 'zsh', 'http', 'curl', 'powershell', 'cmd', 'terminal', 'shell-session',
])
const OUTPUTS: ReadonlySet<string> = new Set(['output', 'log', 'text', 'txt', 'plaintext', 'mermaid', 'csv'])

const FIX =
  /\u2705|\b(?:fix(?:ed)?|secure|safe|safer|instead|should be|corrected|remediat|recommend|patched|after|better|replace with|use this|good|improved|mitigat)/i
const VULNERABLE = /\u274c|\b(?:vulnerable|current|insecure|unsafe|problematic|before|bad|offending|affected)\b/i
const ATTACK = /\b(?:payload|exploit|attack|attacker|poc|proof of concept|malicious|curl|request|reproduce)\b/i

/** Tells the purpose by the role of the place, the fence's own word, and the line before. */
export function fencePurpose(document: ProseDocument, fence: Fence, role: Role): FencePurpose {
  const { text, info } = fence
  const lead = leadOf(document, fence.line)
  const head = text.slice(0, 200)
  if (info === 'diff' || info === 'patch') return { kind: 'quote', text: beforeChange(text) }
  if (COMMANDS.has(info) || /^\s*(?:\$ |curl |GET \/|POST \/|PUT \/|HTTP\/)/.test(head)) return { kind: 'attack', text }
  if (OUTPUTS.has(info)) return { kind: 'output', text }
  if (VULNERABLE.test(lead) && !FIX.test(lead)) return { kind: 'quote', text }
  if (/\u2705|^\W{0,6}(?:fixed|secure|safe|good|after)\b/i.test(head)) return { kind: 'fix', text }
  if (FIX.test(lead) && !VULNERABLE.test(lead)) return { kind: 'fix', text }
  switch (role) {
    case 'recommendation': return { kind: 'fix', text }
    case 'attack': case 'impact': return { kind: 'attack', text }
    // Steps of a flow are read with it.
    case 'output': case 'references': case 'flow': return { kind: 'output', text }
    default: return ATTACK.test(lead) ? { kind: 'attack', text } : { kind: 'quote', text }
  }
}

/** The words just before a fence. */
function leadOf({ lines }: ProseDocument, line: number): string {
  for (let at = line - 1; at >= 0 && at >= line - 3; at--) {
    const each = lines[at]
    if (each === undefined || each.kind === 'fence' || each.kind === 'code') return ''
    if (each.kind !== 'blank') return withoutNames(each.text.slice(-200))
  }
  return ''
}

/** A line without code and paths: a folder `good` says nothing of the block under it. */
function withoutNames(text: string): string {
  const prose = text.split('`').filter((_, at) => at % 2 === 0).join(' ')
  return prose.split(' ').filter((word) => !/[/\\]|\w\.\w/.test(word)).join(' ')
}

/** Lines of a change as they stand before it; the added ones when nothing is taken away. */
function beforeChange(text: string): string {
  const lines = text.split('\n').filter((line) => !/^(?:@@|---|\+\+\+|diff |index )/.test(line))
  const isRemoving = lines.some((line) => line.startsWith('-'))
  return lines
    .filter((line) => !isRemoving || !line.startsWith('+'))
    .map((line) => line.replace(/^[-+ ]/, ''))
    .join('\n')
}
