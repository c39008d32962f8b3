import type { Scene } from './scene.ts'

/** One way in which a value moves, or is stopped, in a program. */
export interface Construct {
  /** `family.what`, unique. */
  readonly name: string
  /**
   * Writes it into the scene, for the value of an expression (a name or
   * something that can stand in parentheses), and returns the expression that
   * holds the value afterwards. When `scene.twin` is set, the one decisive
   * thing is different, so that an attack should not get through; whether it
   * does is measured. Constructs without a near miss of their own leave
   * `hasTwin` false and ignore it.
   */
  readonly write: (scene: Scene, value: string) => string
  readonly hasTwin: boolean
  /** Set when nothing but the sink can follow. */
  readonly isLast: boolean
}

/** A construct with a near miss. */
export function construct(name: string, write: (scene: Scene, value: string) => string): Construct {
  return { name, write, hasTwin: true, isLast: false }
}
