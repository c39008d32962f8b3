import type { CallSites } from './call-sites.ts'
import type { Classes } from './classes.ts'
import type { Ref } from './program.ts'
import type { Space } from './space.ts'

/** What calls are found with. */
export interface ReachingParts {
  readonly space: Space
  readonly classes: Classes
  readonly sites: () => CallSites
}

/**
 * Calls that may reach a library's function, method or class with one of these
 * last names: those written with the name, with another name that is bound to
 * what has it, with the name of a class that inherits it, or with no name. Asking
 * what these may run finds every such call, and leaves the others unresolved.
 */
export function callsReaching(parts: ReachingParts, names: readonly string[]): ReadonlySet<Ref> {
  const sites = parts.sites()
  const wanted = new Set(names)
  const heirs = classNames(parts, wanted)
  const found = new Set(sites.unnamed)
  for (const name of sites.everyNameOf([...names, ...heirs])) {
    for (const call of sites.named(name)) found.add(call)
  }
  return found
}

/** Names of the program's classes that descend from a library class with one of the names. */
function classNames({ space, classes }: ReachingParts, wanted: ReadonlySet<string>): readonly string[] {
  const found = new Set<string>()
  for (const file of space.files) {
    for (const [index, { name }] of file.facts.classes.entries()) {
      const { library } = classes.lineage(file.classBase + index)
      if (library.some((each) => wanted.has(each.slice(each.lastIndexOf('.') + 1)))) found.add(name)
    }
  }
  return [...found]
}
