import { join } from 'node:path'
import { mkdirSync } from 'node:fs'
import { outcomeOf, type Judged, type Outcome } from './figures.ts'
import { judgeTogether } from './judge.ts'
import type { Recipe } from './program.ts'

/** Recipes judged at once. */
const TOGETHER = 25

/** A wrong program with the smallest one found that is wrong in the same way. */
export interface Reduced {
  readonly outcome: Outcome
  readonly from: Judged
  readonly core: Judged
}

/**
 * Makes wrong programs smaller, one part less at a time, for as long as they
 * stay wrong in the same way. Those that hold a construct which is wrong alone
 * are taken to be wrong for that reason.
 */
export async function reduceWrong(folder: string, judged: readonly Judged[]): Promise<Reduced[]> {
  const alone = new Map(judged.filter((each) => each.recipe.constructs.length === 1).map((each) => [singleKey(each), each]))
  const done: Reduced[] = []
  let waiting: Reduced[] = []
  for (const from of judged) {
    const outcome = outcomeOf(from)
    if (outcome !== 'missed' && outcome !== 'flagged') continue
    const single = explanation(from, outcome, alone)
    if (single === undefined) waiting.push({ outcome, from, core: from })
    else done.push({ outcome, from, core: single })
  }
  for (let round = 0; waiting.length > 0; round++) {
    const offers = waiting.map((each) => smaller(each.core.recipe))
    const answers = await judgeAll(join(folder, `round${round}`), offers.flat())
    const next: Reduced[] = []
    for (const [at, each] of waiting.entries()) {
      const own = answers.splice(0, offers[at]?.length ?? 0)
      const better = own.find((one) => outcomeOf(one) === each.outcome)
      if (better === undefined) done.push(each)
      else next.push({ ...each, core: better })
    }
    waiting = next
  }
  return done
}

/** What the core shows, in words: constructs, and where it lies when that is not the simplest. */
export function coreName({ outcome, core: { recipe } }: Reduced): string {
  const constructs = recipe.constructs.map((each, at) => (at === recipe.twinAt ? `${each.name}!` : each.name))
  const sink = recipe.twinAt === recipe.constructs.length ? ['sink!'] : []
  const place = [recipe.framework === 'flask.view' ? '' : recipe.framework, recipe.kind === 'shell' ? '' : recipe.kind, recipe.isOneFile ? '' : recipe.layout]
  return `${outcome} ${[...constructs, ...sink, ...place.filter((each) => each !== '')].join(' + ')}`
}

function singleKey({ recipe }: Judged): string {
  return `${recipe.constructs[0]?.name ?? ''} ${recipe.twinAt}`
}

function explanation({ recipe }: Judged, outcome: Outcome, alone: ReadonlyMap<string, Judged>): Judged | undefined {
  for (const [at, { name }] of recipe.constructs.entries()) {
    const single = alone.get(`${name} ${at === recipe.twinAt ? 0 : -1}`)
    if (single !== undefined && outcomeOf(single) === outcome) return single
  }
  return undefined
}

/** The recipe with one thing less or simpler, the most helpful first. */
function smaller(recipe: Recipe): Recipe[] {
  const offers: Recipe[] = []
  if (recipe.framework !== 'flask.view') offers.push({ ...recipe, framework: 'flask.view' })
  if (!recipe.isOneFile) offers.push({ ...recipe, layout: 'package', isOneFile: true })
  if (recipe.kind !== 'shell') offers.push({ ...recipe, kind: 'shell' })
  for (const at of recipe.constructs.keys()) {
    if (at === recipe.twinAt) continue
    offers.push({ ...recipe, constructs: recipe.constructs.filter((_, other) => other !== at), twinAt: recipe.twinAt > at ? recipe.twinAt - 1 : recipe.twinAt })
  }
  return offers
}

async function judgeAll(folder: string, recipes: readonly Recipe[]): Promise<Judged[]> {
  const judged: Judged[] = []
  for (let at = 0; at < recipes.length; at += TOGETHER) {
    const batch = join(folder, String(at))
    mkdirSync(batch, { recursive: true })
    // Several come from one program, so each gets a name of its own.
    const named = recipes.slice(at, at + TOGETHER).map((recipe, index) => ({ ...recipe, package: `${recipe.package.replace(/_r\d+$/, '')}_r${index}` }))
    judged.push(...await judgeTogether(batch, named))
  }
  return judged
}
