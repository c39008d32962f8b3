import type { Construct } from './construct.ts'
import { constructs as assignment } from './constructs/assignment.ts'

/** Every construct there is, by name. */
export const CONSTRUCTS: readonly Construct[] = [
  ...assignment,
].sort((a, b) => (a.name < b.name ? -1 : 1))
