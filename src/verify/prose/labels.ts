/** What a part of a finding is about. */
export type Role =
  | 'location'
  | 'line'
  | 'severity'
  | 'weakness'
  | 'title'
  | 'description'
  | 'code'
  | 'impact'
  | 'recommendation'
  | 'attack'
  | 'output'
  | 'references'
  | 'flow'
  | 'other'

/** Labels by role, lower case, as reviewers write them; some in other languages. */
const LABELS: Readonly<Record<Role, string>> = {
  location:
    'file|files|file path|filepath|location|locations|path|affected file|affected files|source file|where'
    + '|affected code location|code location'
    + '|vulnerable file|affected location|affected component|component|datei|fichier|archivo|emplacement'
    + '|ubicación|fundstelle|ort',
  line: 'line|lines|line number|line numbers|line no|zeile|zeilen|ligne|lignes|línea|líneas|line(s)',
  severity:
    'severity|risk|risk level|risk rating|criticality|priority|rating|severity level|level|schweregrad|gravité'
    + '|gravedad|severidad|cvss|cvss score|cvss vector',
  weakness:
    'cwe|cwe id|cwe-id|cwe ids|cwe(s)|cwes|weakness|weaknesses|weakness type|cwe reference|cwe classification'
    + '|classification|vulnerability type|type|category|vulnerability class|owasp|cve|kategorie|catégorie'
    + '|categoría',
  title: 'title|name|finding|vulnerability|issue title|titel|titre|título',
  description:
    'description|issue|problem|details|detail|explanation|overview|analysis|why|summary|what|observation'
    + '|root cause|technical details|vulnerability details|the issue|the problem|reason|rationale|beschreibung'
    + '|descripción|background',
  code:
    'code|vulnerable code|evidence|snippet|code snippet|affected code|current code|problematic code'
    + '|source code|vulnerable snippet|relevant code|offending code|before|code excerpt|excerpt|code example',
  impact:
    'impact|attack scenario|risk description|consequence|consequences|potential impact|security impact'
    + '|business impact|auswirkung|impacto|exploitability|attack vector|threat',
  recommendation:
    'what to do|recommendation|recommendations|recommended fix|fix|remediation|mitigation|mitigations'
    + '|suggested fix|solution|how to fix|suggestion|suggestions|resolution|proposed fix|recommended action'
    + '|recommended actions|secure code|fixed code|after|secure version|secure alternative|safe version|patch'
    + '|workaround|workarounds|patches|remediation steps|suggested remediation|recommended remediation'
    + '|empfehlung|lösung|recommandation|correction|recomendación|solución|corrected code|example fix'
    + '|secure example|correct code|action',
  attack:
    'poc|proof of concept|proof-of-concept|exploit|exploitation|exploit scenario|steps to reproduce'
    + '|reproduction|reproduction steps|payload|attack|attack example|example attack|example exploit'
    + '|example payload|how to reproduce|supporting material|supporting material/references|exploit example'
    + '|attack steps',
  output: 'output|response|result|actual result|expected result|log output|stack trace|traceback',
  references:
    'references|reference|links|see|see also|resources|further reading|credits|credit|referenzen|références'
    + '|referencias|additional resources|for more information',
  flow:
    'how the data gets there|data flow|dataflow|data flow path|flow|taint flow|taint trace|taint path|trace'
    + '|call chain|call path|source to sink|execution path|datenfluss|flux de données|flujo de datos',
  other:
    'confidence|confidence level|status|effort|tags|owasp top 10|date|author|reporter|version'
    + '|affected versions|fixed in|patched versions|detection|tool|rule|rule id|id|likelihood|notes|note'
    + '|positive aspects',
}

const ROLES: ReadonlyMap<string, Role> = new Map(
  (Object.entries(LABELS) as [Role, string][]).flatMap(([role, names]) =>
    names.split('|').map((name) => [name, role] as const),
  ),
)

/** The role that a label's words name; `undefined` for other words. */
export function roleOf(label: string): Role | undefined {
  const plain = label.toLowerCase().replaceAll(/[*_`#:]/g, '').replaceAll(/[^\p{L}\p{N}()/ -]/gu, ' ')
  const words = plain.split(' ').filter((word) => word !== '').join(' ')
  return ROLES.get(words) ?? severityRole(words)
}

/** `severity medium`, `high confidence`: a label that holds its value. */
function severityRole(words: string): Role | undefined {
  const [first = '', second = '', ...rest] = words.split(' ')
  const isLevel = rest.length === 0 && levelOf(second) !== undefined
  if (!isLevel) return undefined
  return first === 'severity' ? 'severity' : first === 'confidence' ? 'other' : undefined
}

/** A label at the beginning of a line, such as `**Severity:** High`. */
export interface Label {
  readonly role: Role
  /** The words of it. */
  readonly words: string
  /** Where its value begins in the line's text. */
  readonly valueAt: number
}

/** Longest label, in characters. */
const MAX_LABEL = 48

/** Reads a label off a line's text: `Label: value`, `**Label:** value`, `**Label**: value`, `**Label**` alone. */
export function labelOf(text: string): Label | undefined {
  const bold = text.startsWith('**') ? '**' : text.startsWith('__') ? '__' : ''
  const body = text.slice(bold.length)
  const colon = body.slice(0, MAX_LABEL).search(/[:\uff1a]/)
  const close = bold === '' ? -1 : body.indexOf(bold)
  if (colon < 0 || (close >= 0 && close < colon)) return boldLabel(body, close, bold)
  const words = body.slice(0, colon)
  const role = roleOf(words)
  if (role === undefined) return undefined
  let at = bold.length + colon + 1
  // The closing marks of a label that is set in bold, also behind a sign before it.
  if (words.includes('**') || words.includes('__') || bold !== '') while (text[at] === '*' || text[at] === '_') at += 1
  return { role, words: words.trim(), valueAt: skipSpace(text, at) }
}

/** `**Label**: value` and `**Label**` alone on its line. */
function boldLabel(body: string, close: number, bold: string): Label | undefined {
  if (close < 0 || close > MAX_LABEL) return undefined
  const words = body.slice(0, close)
  const role = roleOf(words)
  const rest = body.slice(close + bold.length)
  // `**Label.** text` as well.
  if (role === undefined || !(rest.trim() === '' || words.endsWith('.') || /^\s*[:\-\u2013\u2014\uff1a]/.test(rest))) {
    return undefined
  }
  const at = bold.length + close + bold.length
  const lead = /^\s*[:\-\u2013\u2014\uff1a]?/.exec(rest)
  return { role, words, valueAt: skipSpace(`${bold}${body}`, at + (lead?.[0].length ?? 0)) }
}

function skipSpace(text: string, at: number): number {
  let to = at
  while (text[to] === ' ' || text[to] === '\t') to += 1
  return to
}

/** Headings that group findings or frame them and are none themselves. */
const STRUCTURE: ReadonlySet<string> = new Set((
  'critical|high|medium|low|info|informational|moderate|minor|major|warning|warnings|note|notes|severity'
  + '|risk|priority|security|code|review|report'
  + '|audit|assessment|analysis|finding|findings|issue|issues|vulnerability|vulnerabilities|weakness|weaknesses'
  + '|summary|executive|overview'
  + '|introduction|scope|methodology|conclusion|conclusions|recommendations|recommendation|general|overall'
  + '|table|contents|appendix|results'
  + '|details|detailed|positive|observations|observation|good|practices|practice|strengths|well|done|things'
  + '|what|is|was|are|the|and|of|for|by|to'
  + '|next|steps|action|items|references|list|identified|found|total|problems|concerns|potential|key|main|cwe'
  + '|based|in|with|other|additional|remediation|plan|quick|wins|ratings|distribution|statistics|metrics|files'
  + '|reviewed|background|disclaimer|limitations|zusammenfassung|fazit|résumé|resumen'
).split('|'))

/** Whether a heading has only words that frame a review. */
export function isStructural(heading: string): boolean {
  const words = heading.toLowerCase().replaceAll(/[^\p{L} ]/gu, ' ').split(' ').filter((word) => word !== '')
  return words.every((word) => STRUCTURE.has(word))
}

/** Severity words by level. */
const LEVELS: Readonly<Record<string, 'none' | 'low' | 'medium' | 'high' | 'critical'>> = {
  critical: 'critical', severe: 'critical', blocker: 'critical', kritisch: 'critical', critique: 'critical',
  crítica: 'critical', crítico: 'critical',
  high: 'high', major: 'high', important: 'high', error: 'high', hoch: 'high', élevé: 'high', élevée: 'high',
  alta: 'high', alto: 'high',
  medium: 'medium', moderate: 'medium', warning: 'medium', mittel: 'medium', moyen: 'medium', moyenne: 'medium',
  media: 'medium', medio: 'medium',
  low: 'low', minor: 'low', niedrig: 'low', faible: 'low', baja: 'low', bajo: 'low',
  info: 'none', informational: 'none', information: 'none', none: 'none', note: 'none', style: 'none', best: 'none',
}

/** The level that a severity word names. */
export function levelOf(word: string): 'none' | 'low' | 'medium' | 'high' | 'critical' | undefined {
  const plain = word.toLowerCase().replaceAll(/[^\p{L}]/gu, '')
  return Object.hasOwn(LEVELS, plain) ? LEVELS[plain] : undefined
}
