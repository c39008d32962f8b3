import { pathFilter } from '../core/glob.ts'
import type { Rule } from '../rules/rule.ts'

/** Which files rules report on, by the paths that they include and exclude. */
export class RuleScopes {
  readonly #filters = new Map<Rule, (path: string) => boolean>()
  /** Rules of one kind of code mostly leave out the same paths. */
  readonly #alike = new Map<string, (path: string) => boolean>()

  /** Whether a rule reports on a file. */
  has(rule: Rule, path: string): boolean {
    let filter = this.#filters.get(rule)
    if (filter === undefined) {
      const key = JSON.stringify(rule.paths)
      filter = this.#alike.get(key) ?? remembering(filterOf(rule))
      this.#alike.set(key, filter)
      this.#filters.set(rule, filter)
    }
    return filter(path)
  }
}

function filterOf(rule: Rule): (path: string) => boolean {
  const { include, exclude } = rule.paths
  const place = `${rule.file}, paths of ${rule.id}`
  const isIncluded = include.length === 0 ? (): boolean => true : pathFilter(include, place)
  if (exclude.length === 0) return isIncluded
  const isExcluded = pathFilter(exclude, place)
  return (path) => isIncluded(path) && !isExcluded(path)
}

/** Asked by each rule in turn about the same files. */
function remembering(filter: (path: string) => boolean): (path: string) => boolean {
  const known = new Map<string, boolean>()
  return (path) => {
    let answer = known.get(path)
    if (answer === undefined) {
      answer = filter(path)
      known.set(path, answer)
    }
    return answer
  }
}
