import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Judged } from './figures.ts'
import type { Couple } from './plan.ts'
import { writeProgram, type Program, type Recipe } from './program.ts'
import { reportedFlows } from './review.ts'
import { measureTruth, writeFiles } from './truth.ts'

/** Programs reviewed at once, beside each other in one folder; each has a top-level name of its own. */
const TOGETHER = 25

/** Writes, runs and reviews the programs of the couples, in a folder that is empty; with `alone`, each program by itself. */
export async function judgePrograms(folder: string, couples: readonly Couple[], alone: boolean): Promise<Judged[]> {
  const size = alone ? 1 : TOGETHER
  const judged: Judged[] = []
  for (const side of ['flow', 'twin'] as const) {
    for (let at = 0; at < couples.length; at += size) {
      const batch = join(folder, `${side}${at}`)
      mkdirSync(batch)
      judged.push(...await judgeTogether(batch, couples.slice(at, at + size).map((couple) => couple[side])))
    }
  }
  return judged
}

/** Writes, runs and reviews programs that lie beside each other in a folder. */
export async function judgeTogether(folder: string, recipes: readonly Recipe[]): Promise<Judged[]> {
  const programs = new Map<string, Program>()
  for (const recipe of recipes) {
    const program = writeProgram(recipe)
    programs.set(recipe.package, program)
    writeFiles(folder, program.files)
  }
  const truths = measureTruth(folder, programs)
  const reported = await reportedFlows(folder)
  return recipes.map((recipe) => {
    const truth = truths.get(recipe.package)
    const files = programs.get(recipe.package)?.files
    if (truth === undefined || files === undefined) throw new Error(`no truth for ${recipe.package}`)
    return { id: recipe.package, recipe, truth, reported: reported.filter((each) => files.has(each.path)) }
  })
}
