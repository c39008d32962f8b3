import type { Catalogue } from '../cwe/catalogue.ts'
import type { Claim } from './claim.ts'
import type { CodeEvidence, EvidenceItem, Said } from './verdict.ts'
import type { Sources } from './evidence.ts'
import { withoutSecrets } from './redact.ts'

/** Characters of the review or the code that one verdict repeats. */
const MAX_SHOWN = 400

/** The review's own words for a claim, on one line; where it states it in members of a record, their values. */
export function saidBy(text: string, claim: Claim): Said {
  const written = text.slice(claim.span.start, claim.span.end)
  return { text: oneLine(/["{}\\]/.test(written) ? valueOf(claim) ?? written : written), span: claim.span }
}

function valueOf(claim: Claim): string | undefined {
  switch (claim.kind) {
    case 'lines':
      return claim.ranges.map(({ start, end }) => linesInWords(start, end)).join(', ')
    case 'cvss':
      return [claim.vector, claim.score === undefined ? '' : String(claim.score)]
        .filter((part) => part !== '')
        .join(' ')
    case 'context':
      return `${claim.context} code`
    case 'file':
      return claim.path
    case 'title':
    case 'description':
    case 'absence':
    case 'reach':
    case 'flow':
      return claim.text
    default:
      return undefined
  }
}

/** Text on one line, at most `MAX_SHOWN` characters. */
export function oneLine(text: string): string {
  const short = text.length > 4 * MAX_SHOWN ? text.slice(0, 4 * MAX_SHOWN) : text
  const line = short.split(/\s/).filter((word) => word !== '').join(' ')
  return line.length > MAX_SHOWN ? `${line.slice(0, MAX_SHOWN - 1)}…` : line
}

/** An entry of the catalogue as evidence. */
export function entryEvidence(catalogue: Catalogue, id: number, score?: number): EvidenceItem {
  const usage = catalogue.get(id)?.mapping
  return {
    kind: 'catalogue', id, name: catalogue.nameOf(id) ?? '',
    ...(score === undefined ? {} : { score: Math.round(score * 100) / 100 }),
    ...(usage === undefined ? {} : { usage }),
  }
}

/** Lines of the tree as evidence, at most ten. */
export function codeEvidence(
  sources: Sources,
  path: string,
  line: number,
  why: string,
  endLine: number = line,
): CodeEvidence {
  const source = sources.text(path)
  const lines: string[] = []
  for (let at = line; at <= endLine && lines.length < 10; at++) lines.push((source?.line(at) ?? '').slice(0, MAX_SHOWN))
  return {
    kind: 'code',
    path,
    line,
    endLine: Math.max(line, endLine),
    text: withoutSecrets(lines.join('\n')),
    revision: sources.revision,
    why,
  }
}

/** `line 3` or `lines 3-5`. */
export function linesInWords(line: number, endLine: number): string {
  return line === endLine ? `line ${line}` : `lines ${line}-${endLine}`
}

/** `1 file`, `3 files`. */
export function counted(count: number, one: string, many: string = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}
