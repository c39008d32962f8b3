import type { Construct } from './construct.ts'
import { constructs as assignment } from './constructs/assignment.ts'
import { constructs as callables } from './constructs/callables.ts'
import { constructs as calls } from './constructs/calls.ts'
import { constructs as classes } from './constructs/classes.ts'
import { constructs as containers } from './constructs/containers.ts'
import { constructs as control } from './constructs/control.ts'
import { constructs as guards } from './constructs/guards.ts'
import { constructs as library } from './constructs/library.ts'
import { constructs as modules } from './constructs/modules.ts'
import { constructs as more } from './constructs/more.ts'
import { constructs as objects } from './constructs/objects.ts'
import { constructs as sanitizers } from './constructs/sanitizers.ts'
import { constructs as sequences } from './constructs/sequences.ts'
import { constructs as strings } from './constructs/strings.ts'

/** Every construct there is, by name. */
export const CONSTRUCTS: readonly Construct[] = [
  ...assignment, ...callables, ...calls, ...classes, ...containers, ...control, ...guards, ...library, ...modules,
  ...more, ...objects,
  ...sanitizers, ...sequences, ...strings,
].sort((a, b) => (a.name < b.name ? -1 : 1))
