import { maybeClutter, maybeFixedCall } from './clutter.ts'
import type { Construct } from './construct.ts'
import { FRAMEWORKS, type Entry } from './frameworks.ts'
import { Layout, type LayoutKind } from './layout.ts'
import { Random } from './random.ts'
import { Scene } from './scene.ts'
import { maybeHandOver, SINK_KINDS } from './sinks.ts'
import { drawnStyle, PLAIN } from './style.ts'

/** What a program is made of; the same recipe gives the same text. */
export interface Recipe {
  readonly seed: number
  /** Top-level package, unique in a run. */
  readonly package: string
  readonly layout: LayoutKind
  /** Whether as much as possible stands in one file, for a program to be read by people. */
  readonly isOneFile: boolean
  readonly framework: string
  readonly kind: string
  /** Which of the kind's calls. */
  readonly sink: number
  readonly constructs: readonly Construct[]
  /** Which construct is written as a near miss; their number for the sink, -1 for none. */
  readonly twinAt: number
}

export interface Program {
  readonly files: ReadonlyMap<string, string>
  readonly entry: Entry
  /** Folder below the program's own that imports begin at: `''` or `src`. */
  readonly importRoot: string
  readonly kind: string
  readonly hints: readonly (readonly [string, string])[]
}

/** Writes the program. Throws when the recipe names something that does not exist. */
export function writeProgram(recipe: Recipe): Program {
  const random = new Random(recipe.seed)
  const kind = SINK_KINDS.find((each) => each.name === recipe.kind)
  const framework = FRAMEWORKS.find((each) => each.name === recipe.framework)
  if (kind === undefined || framework === undefined) throw new Error(`unknown in ${recipe.kind}, ${recipe.framework}`)
  const layout = new Layout(random, recipe.layout, recipe.package, recipe.isOneFile ? PLAIN : drawnStyle(random), recipe.isOneFile ? 1 : undefined)
  const scene = new Scene(layout, kind)
  const { value: first, entry } = framework.begin(scene)
  let value = first
  for (const [at, construct] of recipe.constructs.entries()) {
    // What a near miss draws more or less must not change the steps after it.
    random.restart(recipe.seed + at + 1)
    scene.twin = false
    if (!recipe.isOneFile) maybeClutter(scene)
    random.restart(recipe.seed + at + 1)
    scene.twin = at === recipe.twinAt
    value = construct.write(scene, value)
  }
  random.restart(recipe.seed + 100)
  scene.twin = false
  if (!recipe.isOneFile) maybeFixedCall(scene)
  if (!recipe.isOneFile && recipe.constructs.at(-1)?.isLast !== true) value = maybeHandOver(scene, value)
  const isNearMiss = recipe.twinAt === recipe.constructs.length
  const sinks = isNearMiss ? kind.nearMisses : kind.sinks
  sinks[recipe.sink % sinks.length]?.(scene, value)
  scene.finish()
  return {
    files: layout.files(), entry, importRoot: recipe.layout === 'source-folder' ? 'src' : '', kind: kind.name, hints: scene.hints,
  }
}
