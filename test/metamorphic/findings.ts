import { judge } from '../../src/analysis/judge.ts'
import type { Place } from '../../src/analysis/place.ts'
import { SourceText } from '../../src/core/text.ts'
import type { Knowledge } from '../../src/models/knowledge.ts'
import type { Rule } from '../../src/rules/rule.ts'
import { outcomeName, programOf } from '../lab.ts'
import type { Sources } from './source.ts'

/** The comment by which a line with a considered place is known again, wherever it is moved. */
const MARK = / {2}#@(\d+)$/

/** What programs are judged with. */
export interface Judging {
  readonly rules: readonly Rule[]
  readonly knowledge: Knowledge
}

/** Considered places of a program, in order. */
export async function judged(sources: Sources, { rules, knowledge }: Judging): Promise<Place[]> {
  const program = await programOf(Object.fromEntries(Object.entries(sources).filter(([path]) => path.endsWith('.py'))), knowledge)
  return judge({ program, knowledge, rules, matches: new Map(), isReviewed: () => true })
}

/** The program with a mark on each line that holds a considered place. */
export async function marked(sources: Sources, judging: Judging): Promise<Sources> {
  const lines = new Map<string, Set<number>>()
  for (const place of await judged(sources, judging)) {
    const { path } = place.file
    const line = new SourceText(sources[path] ?? '').position(place.span.start).line
    lines.set(path, (lines.get(path) ?? new Set()).add(line))
  }
  let count = 0
  return Object.fromEntries(Object.entries(sources).map(([path, text]) => [path, text.split('\n').map((line, index) => (
    lines.get(path)?.has(index + 1) === true && !line.endsWith('\\') ? `${line}  #@${count++}` : line
  )).join('\n')]))
}

/** What is found, as `mark rule`, sorted; and what became of all marked places. */
export interface Found {
  readonly findings: readonly string[]
  /** `mark rule` to outcome. */
  readonly outcomes: ReadonlyMap<string, string>
}

/** Findings of a marked program by mark and rule. */
export async function foundIn(sources: Sources, judging: Judging): Promise<Found> {
  const outcomes = new Map<string, string>()
  const findings = new Set<string>()
  for (const place of await judged(sources, judging)) {
    const text = new SourceText(sources[place.file.path] ?? '')
    const mark = MARK.exec(text.line(text.position(place.span.start).line))?.[1]
    const key = `${mark ?? `unmarked ${place.file.path}`} ${place.rule.id}`
    if (place.outcome.type === 'found') findings.add(key)
    outcomes.set(key, outcomeName(place))
  }
  return { findings: [...findings].sort(), outcomes }
}
