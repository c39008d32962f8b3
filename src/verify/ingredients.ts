import { join } from 'node:path'
import { readText } from '../core/files.ts'
import type { Catalogue } from '../cwe/catalogue.ts'
import { installation } from '../scan/installation.ts'

/** What a weakness cannot be without. */
export interface Ingredient {
  /** The entry that the table has it for: the id itself or an ancestor. */
  readonly id: number
  /** In words: "a database query". */
  readonly needs: string
  /** Parts of names that show it at the place. */
  readonly near: ReadonlySet<string>
  /** Pieces of text of which one must occur in the file or in what the place calls. */
  readonly anywhere: readonly string[]
}

interface StoredIngredient {
  readonly needs: string
  readonly near: readonly string[]
  readonly anywhere: readonly string[]
}

let loaded: ReadonlyMap<number, Ingredient> | undefined

/** The ingredient of a weakness or of its nearest ancestor that has one; `undefined` where the table is silent. */
export function ingredientOf(catalogue: Catalogue, id: number): Ingredient | undefined {
  loaded ??= load()
  for (const each of [id, ...catalogue.ancestors(id)]) {
    const found = loaded.get(each)
    if (found !== undefined) return found
  }
  return undefined
}

function load(): ReadonlyMap<number, Ingredient> {
  const file = join(installation().folder, 'data', 'verify', 'ingredients.json')
  const { ingredients } = JSON.parse(readText(file)) as {
    readonly ingredients: Readonly<Record<string, StoredIngredient>>
  }
  return new Map(
    Object.entries(ingredients).map(([id, { needs, near, anywhere }]) => {
      return [Number(id), { id: Number(id), needs, near: new Set(near), anywhere }]
    }),
  )
}
