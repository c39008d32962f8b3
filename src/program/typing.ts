import type { Annotations, Part } from './annotations.ts'
import type { Classes } from './classes.ts'
import type { Denotations } from './denote.ts'
import type { Questions } from './fixpoint.ts'
import type { Generics } from './generics.ts'
import type { Heap } from './heap.ts'
import type { LibraryTypes } from './knowledge.ts'
import type { Members } from './members.ts'
import type { ArgumentValueRef, FunctionRef, Ref } from './program.ts'
import type { Space } from './space.ts'
import type { TypeTests } from './type-tests.ts'

/** What types are derived from. */
export interface TypeParts {
  readonly questions: Questions
  readonly space: Space
  readonly denotations: Denotations
  readonly classes: Classes
  readonly members: Members
  readonly annotations: Annotations
  readonly generics: Generics
  readonly tests: TypeTests
  readonly library: LibraryTypes
  readonly heap: Heap
  /** Types of parameters said from outside. */
  readonly given: ReadonlyMap<Ref, readonly string[]>
}

/** Answers about the types of values. */
export interface TypeAnswers {
  of(value: Ref): readonly string[]
  /** Types of an object where its member is used: as tested around the use, else as made. */
  atUse(object: Ref, use: Ref): readonly string[]
  /** Types of what a container's parts are. */
  elements(value: Ref, part: Part): readonly string[]
}

/** Types and calls known a round earlier, by which undeclared parameters are typed. */
export interface Round {
  readonly types: TypeAnswers
  readonly calls: CallAnswers
}

/** What types ask of calls. */
export interface CallAnswers {
  callers(of: FunctionRef, withTests: boolean): readonly Ref[]
  argumentsFor(call: Ref, target: FunctionRef, index: number): readonly ArgumentValueRef[]
}
