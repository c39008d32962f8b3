import type { ConsideredPlace, Finding, Location } from '../../src/index.ts'

/** What a finding states, in a form that can be changed and written again. */
export interface Stated {
  readonly rule: string
  readonly id: number
  readonly title: string
  readonly place: StatedPlace
  readonly isTest: boolean
  /** The source first; fewer than two are no flow. */
  readonly steps: readonly StatedPlace[]
  /** A sentence about the place; '' without. */
  readonly words: string
}

export interface StatedPlace {
  readonly path: string
  readonly line: number
  readonly endLine: number
  readonly code: string
}

export function statedBy(finding: Finding): Stated {
  return {
    rule: finding.rule,
    id: finding.cwe,
    title: finding.title.replace(/^CWE-\d+: /, ''),
    place: placeBy(finding.place),
    isTest: finding.isTest,
    steps: finding.evidence.steps.map(placeBy),
    words: '',
  }
}

/** A place that Assay considered: the weakness, the place and its code, and nothing about a flow. */
export function statedOf({ rule, cwe, place, isTest }: ConsideredPlace, title: string): Stated {
  return { rule, id: cwe, title, place: placeBy(place), isTest, steps: [], words: '' }
}

export function placeBy({ path, line, endLine, code }: Location): StatedPlace {
  return { path, line, endLine, code }
}

/** The findings as Assay writes them. */
export function asJson(all: readonly Stated[]): string {
  const place = (each: StatedPlace): object => ({ ...each, column: 1, endColumn: 1, cut: 0, shift: 0 })
  const findings = all.map((each, at) => ({
    number: at + 1,
    rule: each.rule,
    cwe: each.id,
    title: `CWE-${each.id}: ${each.title}`,
    place: place(each.place),
    isTest: each.isTest,
    why: each.words,
    evidence: { kind: 'flow', steps: each.steps.map((step) => ({ ...place(step), role: 'step', what: '' })) },
    recommendation: '',
    severity: 'high',
    confidence: 'high',
  }))
  return JSON.stringify(
    { format: 1, tool: { name: 'assay', version: '0' }, findings, suppressed: [], places: [] },
    undefined,
    1,
  )
}

/** The findings as a language model writes them; flows are left out. */
export function asMarkdown(all: readonly Stated[]): string {
  const parts = all.map((each, at) => {
    const { path, line, endLine, code } = each.place
    const lines = line === endLine ? `line ${line}` : `lines ${line}-${endLine}`
    return [
      `### ${at + 1}. CWE-${each.id}: ${each.title}`,
      '',
      `**File:** \`${path}\`, ${lines}`,
      '',
      '```python',
      code,
      '```',
      '',
      ...(each.words === '' ? [] : [each.words, '']),
    ].join('\n')
  })
  return `# Security review\n\n${parts.join('\n')}`
}
