import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { CONSTRUCTS } from './catalogue.ts'
import { planCouples } from './plan.ts'
import { writeProgram, type Recipe } from './program.ts'
import { judgeSample, readSample, type SampleProgram } from './recorded.ts'
import { measureTruth, writeFiles } from './truth.ts'

/*
 * The fixed sample that the tests review: programs with what running them showed.
 *
 *   node dist/bench/oracle/sample.js             writes the programs and their truth anew
 *   node dist/bench/oracle/sample.js --failing   writes the list of those that are judged wrongly now
 */

/** Chosen once; another seed is another sample. */
const SEED = 20_251
const COUPLES = 50

const DATA = fileURLToPath(new URL('../../../test/data/oracle/', import.meta.url))

const { values } = parseArgs({ options: { failing: { type: 'boolean', default: false } } })

function recipes(): Recipe[] {
  const couples = planCouples(SEED, CONSTRUCTS.length + COUPLES, CONSTRUCTS).slice(CONSTRUCTS.length)
  // Both of a couple lie in one folder, so the near miss gets a name of its own.
  return couples.flatMap(({ flow, twin }) => [flow, { ...twin, package: `${twin.package}_b` }])
}

function measured(folder: string): SampleProgram[] {
  const written = recipes().map((recipe) => [recipe, writeProgram(recipe)] as const)
  for (const [, program] of written) writeFiles(folder, program.files)
  const truths = measureTruth(folder, new Map(written.map(([recipe, program]) => [recipe.package, program])))
  return written.map(([recipe, program]) => {
    const truth = truths.get(recipe.package)
    if (truth === undefined || truth.broken !== '') throw new Error(`${recipe.package} does not run: ${truth?.broken ?? ''}`)
    const constructs = recipe.constructs.map((each, at) => (at === recipe.twinAt ? `${each.name}, near miss` : each.name))
    return { name: recipe.package, constructs, files: Object.fromEntries(program.files), arrives: truth.hits }
  })
}

if (values.failing) {
  const wrong = (await judgeSample(readSample(DATA))).filter(([, outcome]) => outcome === 'missed' || outcome === 'flagged')
  writeFileSync(join(DATA, 'failing.json'), `${JSON.stringify(Object.fromEntries(wrong), undefined, 2)}\n`)
  console.log(`${wrong.length} of the sample are judged wrongly`)
} else {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'assay-sample-')))
  try {
    const programs = measured(folder)
    writeFileSync(join(DATA, 'sample.json'), `${JSON.stringify({ seed: SEED, programs }, undefined, 1)}\n`)
    console.log(`${programs.length} programs, an attack arrives in ${programs.filter((each) => each.arrives.length > 0).length}`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
