import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { CONSTRUCTS } from './catalogue.ts'
import { kindNames, outcomeOf, pairsOf, tallies, Tally, type Judged } from './figures.ts'
import { judgePrograms } from './judge.ts'
import { planCouples, unmetPairs } from './plan.ts'
import { writeProgram } from './program.ts'
import { writeFiles } from './truth.ts'

/*
 * Truth by execution: programs are generated, run with attacks, and reviewed;
 * the figures say how many real flows the review finds and how many near misses
 * it flags.
 *
 *   npm run oracle -- --seed N [--programs 2000] [--keep DIR] [--alone] [--only NAME]
 */

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' }, programs: { type: 'string', default: '2000' }, keep: { type: 'string' },
    alone: { type: 'boolean', default: false }, only: { type: 'string' }, json: { type: 'string' },
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

/** Puts the smallest program of each wrong outcome and construct into a folder. */
function keep(folder: string, judged: readonly Judged[]): void {
  const kept = new Set<string>()
  const labelled = judged.flatMap((each) => {
    const outcome = outcomeOf(each)
    const labels: string[] = outcome === 'found' || outcome === 'quiet' ? [] : [outcome]
    if (isUnlikeIntended(each)) labels.push('unlike')
    return labels.map((label) => [label, each] as const)
  })
  for (const [outcome, each] of labelled.sort(([, a], [, b]) => a.recipe.constructs.length - b.recipe.constructs.length)) {
    const { recipe, truth, reported } = each
    const names = recipe.constructs.map((one, at) => (at === recipe.twinAt ? `${one.name}!` : one.name)).join('+')
    const reasons = recipe.constructs.map((one) => `${outcome} ${one.name}`)
    if (reasons.every((reason) => kept.has(reason)) || kept.size > 2000) continue
    for (const reason of reasons) kept.add(reason)
    const target = join(folder, `${outcome}-${recipe.constructs.length}-${names}`.slice(0, 180))
    writeFiles(target, writeProgram(recipe).files)
    writeFileSync(join(target, 'outcome.json'), `${JSON.stringify({ outcome, framework: recipe.framework, kind: recipe.kind, truth, reported }, undefined, 2)}\n`)
  }
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
  console.log(String(total))
  if (values.keep !== undefined) keep(values.keep, judged)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
