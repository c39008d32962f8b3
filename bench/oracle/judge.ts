import { join } from 'node:path'
import { mkdirSync } from 'node:fs'
import type { Judged } from './figures.ts'
import type { Couple } from './plan.ts'
import { writeProgram, type Program, type Recipe } from './program.ts'
import { reviewPrograms } from './review.ts'
import { measureTruth, writeFiles } from './truth.ts'

/** Programs reviewed at once; more would let equal names of different programs meet. */
const BATCH = 25

/** Writes, runs and reviews the programs of the couples, in a folder that is empty. */
export async function judgePrograms(folder: string, couples: readonly Couple[], alone: boolean): Promise<Judged[]> {
  const judged: Judged[] = []
  for (const side of ['flow', 'twin'] as const) {
    for (let at = 0; at < couples.length; at += BATCH) {
      const batch = join(folder, `${side}${at}`)
      mkdirSync(batch)
      judged.push(...await judgeBatch(batch, couples.slice(at, at + BATCH).map((couple) => couple[side]), alone))
    }
  }
  return judged
}

async function judgeBatch(folder: string, recipes: readonly Recipe[], alone: boolean): Promise<Judged[]> {
  const programs = new Map<string, Program>()
  for (const recipe of recipes) {
    const program = writeProgram(recipe)
    programs.set(recipe.package, program)
    writeFiles(join(folder, recipe.package), program.files)
  }
  const truths = measureTruth(folder, programs)
  const reported = await reviewPrograms(folder, [...programs.keys()], alone)
  return recipes.map((recipe) => {
    const truth = truths.get(recipe.package)
    if (truth === undefined) throw new Error(`no truth for ${recipe.package}`)
    return { id: recipe.package, recipe, truth, reported: reported.get(recipe.package) ?? [] }
  })
}
