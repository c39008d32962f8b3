import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Review } from '../../src/index.ts'
import type { Catalogue } from '../../src/cwe/catalogue.ts'
import { isFamily } from '../../src/verify/family.ts'
import { ingredientOf } from '../../src/verify/ingredients.ts'
import type { SeededRandom } from './random.ts'
import { placeBy, type StatedPlace } from './stated.ts'

/** The program around the findings, as far as a mutation needs to know it. */
export class World {
  readonly random: SeededRandom
  readonly #root: string
  readonly #review: Review
  readonly #catalogue: Catalogue
  readonly #texts = new Map<string, string>()

  constructor(root: string, review: Review, catalogue: Catalogue, random: SeededRandom) {
    this.#root = root
    this.#review = review
    this.#catalogue = catalogue
    this.random = random
  }

  /** Files that findings and considered places lie in. */
  get paths(): readonly string[] {
    return [...new Set([...this.#review.places, ...this.#review.findings].map((each) => each.place.path))].sort()
  }

  lines(path: string): readonly string[] {
    let text = this.#texts.get(path)
    if (text === undefined) {
      text = readFileSync(join(this.#root, path), 'utf8')
      this.#texts.set(path, text)
    }
    return text.split('\n')
  }

  /** Whether code stands in a file, white space not counted. */
  holds(path: string, code: string): boolean {
    return squashed(this.lines(path).join('\n')).includes(squashed(code))
  }

  /** A weakness that has nothing to do with another one. */
  unrelated(id: number, needsIngredient: boolean): { readonly id: number, readonly title: string } | undefined {
    const all = IDS.filter((each) => this.#isUsable(each) && !isFamily(this.#catalogue, id, each))
    const fit = needsIngredient ? all.filter((each) => ingredientOf(this.#catalogue, each) !== undefined) : all
    const chosen = this.random.pick(fit)
    return chosen === undefined ? undefined : { id: chosen, title: this.#catalogue.nameOf(chosen) ?? '' }
  }

  #isUsable(id: number): boolean {
    return this.#catalogue.get(id) !== undefined && !this.title(id).startsWith('DEPRECATED')
  }

  /** First steps of the flows of other findings. */
  sourcesElsewhere({ path, line }: StatedPlace): readonly StatedPlace[] {
    const routes = this.#review.findings.filter((each) => each.place.path !== path || each.place.line !== line).map((each) => each.evidence.steps)
    return routes.flatMap((steps) => (steps.length > 1 && steps[0] !== undefined ? [placeBy(steps[0])] : []))
  }

  /** Places that Assay considered and takes for safe, with their weakness. */
  safePlaces(): Review['places'] {
    return this.#review.places.filter((each) => each.outcome === 'safe' && each.cwe !== 0 && each.place.code.trim().length > 12)
  }

  title(id: number): string {
    return this.#catalogue.nameOf(id) ?? ''
  }

  /** Lines of the function around a place, by indentation, up to the place; empty at the top level. */
  functionAbove({ path, line }: StatedPlace): readonly string[] {
    const lines = this.lines(path)
    for (let at = line - 1; at >= 0; at--) {
      const head = lines[at] ?? ''
      if (/^\s*(?:async )?def /.test(head) && indentOf(head) < indentOf(lines[line - 1] ?? '')) return lines.slice(at, line)
    }
    return []
  }
}

/** Ids that are tried. */
const IDS: readonly number[] = Array.from({ length: 1_450 }, (_, at) => at + 1)

function indentOf(line: string): number {
  return line.length - line.trimStart().length
}

export function squashed(code: string): string {
  return code.replaceAll(/\s+/g, '')
}
