import type { FunctionRef, Program, Ref } from '../program/program.ts'
import type { FlowSemantics } from './search.ts'
import type { Subject } from './subject.ts'

/** What is known of a value where a condition was tested, or of a call that has ended. */
export type Outcome = 'true' | 'false' | 'null' | 'some'

/** Checks one inside the other, as helpers that call helpers, that are looked through. */
export const MAX_NESTING = 6

/** What the parts of the reasoning about checks ask of one another. */
export interface Prover {
  readonly program: Program
  readonly semantics: FlowSemantics
  /** The check that shows a subject to be harmless at the end of a block of the function that has the subject. */
  inBlock(subject: Subject, block: number, nesting: number): Ref | undefined
  /** Of several ways to a block of a function the one that control comes by, where the others are never left. */
  onlyWay(of: FunctionRef, join: number): number | undefined
  /** Whether everything that a container can hold is known to come from elsewhere than an untrusted source. */
  isTrusted(container: Ref): boolean
  /** Whether a call of the program's functions shows it by what it gives, or by returning at all. */
  byCall(call: Ref, outcome: Outcome | 'returns', subject: Subject, nesting: number): boolean
}
