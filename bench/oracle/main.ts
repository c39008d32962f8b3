import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { CONSTRUCTS } from './catalogue.ts'
import { kindNames, outcomeOf, pairsOf, tallies, Tally, type Judged } from './figures.ts'
import { judgePrograms } from './judge.ts'
import { planCouples, unmetPairs } from './plan.ts'
import { writeProgram } from './program.ts'
import { coreName, reduceWrong, type Reduced } from './reduce.ts'
import { writeFiles } from './truth.ts'

/*
 * Truth by execution: programs are generated, run with attacks, and reviewed;
 * the figures say how many real flows the review finds and how many near misses
 * it flags.
 *
 *   npm run oracle -- --seed N [--programs 2000] [--reduce] [--keep DIR] [--alone] [--only PREFIX]
 *
 * `--reduce` makes what was judged wrongly as small as it stays wrong, and `--keep` puts that into a folder.
 */

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' }, programs: { type: 'string', default: '2000' }, keep: { type: 'string' },
    alone: { type: 'boolean', default: false }, only: { type: 'string' }, reduce: { type: 'boolean', default: false },
  },
})

function print(title: string, rows: readonly (readonly [string, Tally])[]): void {
  console.log(`\n${title}`)
  for (const [name, tally] of rows) console.log(`  ${name.padEnd(44)} ${String(tally)}`)
}

/** A near miss through which an attack gets, or a flow through which none does. */
function isUnlikeIntended({ recipe, truth }: Judged): boolean {
  return truth.broken === '' && (recipe.twinAt === -1) !== (truth.hits.length > 0)
}

/** Reports of other lines than those an attack arrives at, in programs that have such lines. */
function reportedElsewhere(judged: readonly Judged[]): number {
  const isElsewhere = ({ truth, reported }: Judged): number => reported.filter((each) => (
    !truth.hits.some(([path, line]) => path === each.path && each.line <= line && line <= each.endLine)
  )).length
  return judged.filter((each) => each.truth.hits.length > 0).reduce((sum, each) => sum + isElsewhere(each), 0)
}

/** Puts the smallest program of each cause into a folder. */
function keep(folder: string, causes: readonly (readonly [string, readonly Judged[]])[]): void {
  for (const [cause, [each]] of causes) {
    if (each === undefined) continue
    const { recipe, truth, reported } = each
    const target = join(folder, cause.replaceAll(' + ', '+').replaceAll(' ', '-').slice(0, 180))
    writeFiles(target, writeProgram(recipe).files)
    writeFileSync(join(target, 'outcome.json'), `${JSON.stringify({ cause, framework: recipe.framework, kind: recipe.kind, truth, reported }, undefined, 2)}\n`)
  }
}

/** Programs that did not run, and those that behaved unlike what was intended: mistakes of the generator. */
function odd(judged: readonly Judged[]): [string, Judged[]][] {
  const names = (each: Judged): string => each.recipe.constructs.map((one, at) => (at === each.recipe.twinAt ? `${one.name}!` : one.name)).join('+')
  return [
    ...judged.filter((each) => each.truth.broken !== '').map((each): [string, Judged[]] => [`broken ${names(each)}`, [each]]),
    ...judged.filter(isUnlikeIntended).map((each): [string, Judged[]] => [`unlike ${names(each)}`, [each]]),
  ]
}

/** Smallest programs by what they show, the most frequent first. */
function causesOf(reduced: readonly Reduced[]): [string, Judged[]][] {
  const causes = new Map<string, Judged[]>()
  for (const each of reduced) causes.set(coreName(each), [...causes.get(coreName(each)) ?? [], each.core])
  return [...causes].sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1))
}

const constructs = values.only === undefined ? CONSTRUCTS : CONSTRUCTS.filter((each) => each.name.startsWith(values.only ?? ''))
const couples = planCouples(Number(values.seed), Math.ceil(Number(values.programs) / 2), constructs)
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'assay-oracle-')))
try {
  const judged = await judgePrograms(folder, couples, values.alone)
  const [unmet, pairs] = unmetPairs(couples, constructs)
  const total = new Tally()
  for (const each of judged) total.add(outcomeOf(each))
  const unlikeIntended = judged.filter(isUnlikeIntended)
  print('Construct', tallies(judged, (recipe) => recipe.constructs.map((each) => each.name)))
  print('Construct that differs in the near miss', tallies(judged, (recipe) => (recipe.twinAt === -1 ? [] : [recipe.constructs[recipe.twinAt]?.name ?? 'sink'])))
  print('Kind of construct', tallies(judged, kindNames))
  print('Pairs, the worst 20', tallies(judged, pairsOf).slice(0, 20))
  print('Framework', tallies(judged, (recipe) => [recipe.framework]))
  print('Layout', tallies(judged, (recipe) => [recipe.layout]))
  print('Sink', tallies(judged, (recipe) => [recipe.kind]))
  print('Number of constructs', tallies(judged, (recipe) => [String(recipe.constructs.length)]))
  console.log(`\n${judged.length} programs of ${constructs.length} constructs, seed ${values.seed}; ${unmet} of ${pairs} pairs of their kinds did not meet`)
  console.log(`${total.of('broken')} did not run; ${unlikeIntended.length} behaved unlike what was intended (truth is what they did)`)
  console.log(`${reportedElsewhere(judged)} reports, in programs with a flow, of lines where no attack arrives`)
  console.log(String(total))
  if (values.keep !== undefined || values.reduce) {
    const causes = causesOf(await reduceWrong(join(folder, 'reduced'), judged))
    console.log('\nSmallest programs that are wrong in the same way')
    for (const [cause, { length }] of causes) console.log(`  ${String(length).padStart(4)}  ${cause}`)
    if (values.keep !== undefined) keep(values.keep, [...causes, ...odd(judged)])
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
