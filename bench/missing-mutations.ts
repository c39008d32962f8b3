import { basename } from 'node:path'
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { judge } from '../src/analysis/judge.ts'
import type { Place } from '../src/analysis/place.ts'
import { SourceText } from '../src/core/text.ts'
import { factsOf } from '../src/flow/lower.ts'
import { linkProgram } from '../src/program/link.ts'
import type { LinkInput } from '../src/program/space.ts'
import { symbolAt } from '../src/review/symbol.ts'
import type { FrontEnd } from '../src/tree/language.ts'
import { shipped } from '../test/shipped.ts'
import { readInputs } from './linked.ts'
import { mutantsOf, type Mutant, type MutantKind } from './missing/mutants.ts'
import { PROGRAMS } from './missing/names.ts'
import { SeededRandom } from './mutations/random.ts'

/*
 * How much of what is taken away is missed: in real programs, one check of a
 * caller or one record of an action is removed, one check moved behind what it
 * protects, one mode widened, one guard inverted at a time. The place must be
 * reported by a rule of the kind, in the function of the change or at its line,
 * and nothing may be reported elsewhere that was not before.
 *
 * node dist/bench/missing-mutations.js FOLDER... [--each N] [--seed N] [--list]
 *
 * The last part of each folder is the program's name in bench/missing/names.ts;
 * N mutants of each kind are made of each program.
 */

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { each: { type: 'string', default: '10' }, seed: { type: 'string', default: '1' }, list: { type: 'boolean', default: false } },
})

/** Rules that may report a mutant of a kind. */
const RULES: Readonly<Record<MutantKind, readonly string[]>> = {
  check: ['python.handler-without-check', 'python.change-without-own-check'],
  record: ['python.change-without-record'],
  order: ['python.change-before-check'],
  mode: ['python.world-writable-file', 'python.umask-takes-nothing'],
  guard: ['python.refusal-inverted'],
}
const KINDS: readonly MutantKind[] = ['check', 'record', 'order', 'mode', 'guard']

/** Lines between a decorator that is gone and the name of its function. */
const NEAR = 6

const { rules, knowledge } = shipped()
const used = rules.filter((rule) => KINDS.some((kind) => RULES[kind].includes(rule.id)))

interface Tally {
  made: number
  found: number
  elsewhere: number
}

const total = new Map<MutantKind, Tally>(KINDS.map((kind) => [kind, { made: 0, found: 0, elsewhere: 0 }]))
for (const folder of positionals) await measure(folder)
print('all programs', total)

async function measure(folder: string): Promise<void> {
  const names = PROGRAMS.find(({ program }) => program === basename(folder))
  if (names === undefined) throw new Error(`no names are known of the program ${basename(folder)}`)
  const inputs = await readInputs(folder)
  const before = new Set(report(inputs, undefined).filter(isFinding).map((each) => each.key))
  const all = inputs.filter(({ isTest }) => !isTest).flatMap(({ path }) => mutantsOf(path, readFileSync(`${folder}/${path}`, 'utf8'), names))
  const random = new SeededRandom(Number(values.seed))
  const tally = new Map<MutantKind, Tally>(KINDS.map((kind) => [kind, { made: 0, found: 0, elsewhere: 0 }]))
  const fronts = new Map<string, FrontEnd>()
  for (const kind of KINDS) {
    for (const mutant of random.sample(all.filter((each) => each.kind === kind), Number(values.each))) {
      const input = inputs.find(({ path }) => path === mutant.path)
      if (input === undefined) continue
      const front = fronts.get(input.language.id) ?? await input.language.open()
      fronts.set(input.language.id, front)
      const changed = { ...input, facts: factsOf(front.parse(mutant.text), input.language) }
      count(mutant, report(inputs.map((each) => (each === input ? changed : each)), mutant), before, tally)
    }
  }
  print(basename(folder), tally)
}

interface Reported {
  readonly key: string
  readonly rule: string
  readonly path: string
  readonly isAtMutant: boolean
  /** `found`, or why it is no finding. */
  readonly outcome: string
}

/** What is found in a program; with a mutant, whether it lies in the function of the change. */
function report(inputs: readonly LinkInput[], mutant: Mutant | undefined): readonly Reported[] {
  const program = linkProgram(inputs, knowledge)
  const places = judge({ program, knowledge, rules: used, matches: new Map(), isReviewed: () => true })
  const text = mutant === undefined ? undefined : new SourceText(mutant.text)
  const changedLine = text?.lineStarts[(mutant?.line ?? 1) - 1] ?? 0
  return places.filter(({ file }) => !file.isTest).map((place) => {
    const symbol = symbolAt(program, place.file, place.span.start)
    const isHere = mutant !== undefined && place.file.path === mutant.path
    const isAtMutant = isHere && (symbol === symbolAt(program, place.file, changedLine) || isNear(text, place, mutant.line))
    const outcome = place.outcome.type === 'found' ? 'found' : place.outcome.why
    return { key: `${place.rule.id} ${place.file.path} ${symbol}`, rule: place.rule.id, path: place.file.path, isAtMutant, outcome }
  })
}

function isNear(text: SourceText | undefined, place: Place, line: number): boolean {
  const own = text?.position(place.span.start).line ?? 0
  return own >= line - 1 && own <= line + NEAR
}

function isFinding({ outcome }: Reported): boolean {
  return outcome === 'found'
}

function count(mutant: Mutant, reported: readonly Reported[], before: ReadonlySet<string>, tally: ReadonlyMap<MutantKind, Tally>): void {
  const after = reported.filter((each) => isFinding(each) && !before.has(each.key))
  const isMeant = ({ rule, isAtMutant }: Reported): boolean => isAtMutant && RULES[mutant.kind].includes(rule)
  const isFound = after.some(isMeant)
  const elsewhere = after.filter(({ isAtMutant }) => !isAtMutant)
  for (const each of [tally.get(mutant.kind), total.get(mutant.kind)]) {
    if (each === undefined) continue
    each.made++
    if (isFound) each.found++
    each.elsewhere += elsewhere.length
  }
  if (!values.list) return
  const reasons = isFound ? [] : [...new Set(reported.filter(isMeant).map(({ outcome }) => outcome))]
  console.log([`${isFound ? 'found ' : 'missed'} ${mutant.kind} ${mutant.path}:${mutant.line}`, ...reasons, ...elsewhere.map(({ key }) => `elsewhere: ${key}`)].join('\n    '))
}

function print(name: string, tally: ReadonlyMap<MutantKind, Tally>): void {
  const rows = [...tally].filter(([, { made }]) => made > 0)
    .map(([kind, { made, found, elsewhere }]) => `${kind} ${found} of ${made}${elsewhere > 0 ? ` (${elsewhere} elsewhere)` : ''}`)
  const made = [...tally.values()].reduce((sum, each) => sum + each.made, 0)
  const found = [...tally.values()].reduce((sum, each) => sum + each.found, 0)
  console.log(`${name}: ${found} of ${made} found; ${rows.join(', ')}`)
}
