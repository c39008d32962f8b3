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
  unrelated(id: number): Named | undefined {
    return this.#pick(this.#unrelatedTo(id))
  }

  /** One of which it is known what it needs, and the function around the place shows none of that. */
  impossible(id: number, place: StatedPlace): Named | undefined {
    const words = new Set(
      [place.code, ...this.functionAround(place)]
        .join('\n')
        .toLowerCase()
        .split(/[^a-z0-9]+/),
    )
    return this.#pick(
      this.#unrelatedTo(id).filter((each) => {
        const ingredient = ingredientOf(this.#catalogue, each)
        return ingredient !== undefined && ![...ingredient.near].some((name) => words.has(name))
      }),
    )
  }

  #unrelatedTo(id: number): readonly number[] {
    return IDS.filter((each) => this.#isUsable(each) && !isFamily(this.#catalogue, id, each))
  }

  #pick(ids: readonly number[]): Named | undefined {
    const chosen = this.random.pick(ids)
    return chosen === undefined ? undefined : { id: chosen, title: this.#catalogue.nameOf(chosen) ?? '' }
  }

  #isUsable(id: number): boolean {
    return this.#catalogue.get(id) !== undefined && !this.title(id).startsWith('DEPRECATED')
  }

  /** First steps of the flows of other findings. */
  sourcesElsewhere({ path, line }: StatedPlace): readonly StatedPlace[] {
    const routes = this.#review.findings
      .filter((each) => each.place.path !== path || each.place.line !== line)
      .map((each) => each.evidence.steps)
    return routes.flatMap((steps) => (steps.length > 1 && steps[0] !== undefined ? [placeBy(steps[0])] : []))
  }

  /** Places that Assay considered and takes for safe, with their weakness. */
  safePlaces(): Review['places'] {
    return this.#review.places.filter(
      (each) => each.outcome === 'safe' && each.cwe !== 0 && each.place.code.trim().length > 12,
    )
  }

  /** Some of the considered places that became no finding, spread over the program. */
  somePlaces(most: number): Review['places'] {
    const usable = this.#review.places.filter(
      (each) => each.finding === '' && each.cwe !== 0 && each.place.cut === 0 && each.place.code.trim().length > 12,
    )
    const step = Math.max(1, Math.floor(usable.length / Math.max(1, most)))
    return usable.filter((_, at) => at % step === 0).slice(0, most)
  }

  title(id: number): string {
    return this.#catalogue.nameOf(id) ?? ''
  }

  /** Lines of the function around a place, by indentation, up to the place; empty at the top level. */
  functionAbove({ path, line }: StatedPlace): readonly string[] {
    const lines = this.lines(path)
    for (let at = line - 1; at >= 0; at--) {
      const head = lines[at] ?? ''
      if (/^\s*(?:async )?def /.test(head) && indentOf(head) < indentOf(lines[line - 1] ?? '')) {
        return lines.slice(at, line)
      }
    }
    return []
  }

  /** The whole of that function. */
  functionAround(place: StatedPlace): readonly string[] {
    const above = this.functionAbove(place)
    const depth = indentOf(above[0] ?? '')
    const below = this.lines(place.path).slice(place.line)
    const end = below.findIndex((each) => each.trim() !== '' && indentOf(each) <= depth)
    return above.length === 0 ? [] : [...above, ...below.slice(0, end < 0 ? below.length : end)]
  }
}

/** A weakness by its own name. */
interface Named {
  readonly id: number
  readonly title: string
}

/** Ids that are tried. */
const IDS: readonly number[] = Array.from({ length: 1_450 }, (_, at) => at + 1)

function indentOf(line: string): number {
  return line.length - line.trimStart().length
}

export function squashed(code: string): string {
  return code.replaceAll(/\s+/g, '')
}
