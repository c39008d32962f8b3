import type { ArgumentModel, CallbackModel, PropagatorModel } from '../models/model.ts'

/** What linking needs to know of libraries; the models' index satisfies it. */
export interface LibraryTypes {
  /** The documented name of what a name denotes. */
  canonical(name: string): string
  /** Type of a call's result; for the name of a class, the class. */
  returnType(name: string): string | undefined
  /** Type of what a call's result holds. */
  elementType(name: string): string | undefined
  /** Type of an attribute of a library type or module. */
  attributeType(type: string, attribute: string): string | undefined
  bases(type: string): readonly string[]
  isType(name: string): boolean
  /** Whether classes with this decorator have a constructor of their annotated names. */
  isRecordDecorator(name: string): boolean
  /** Whether classes that descend from this one have. */
  isRecordBase(name: string): boolean
  /** The argument that names the fields, where a call of this name makes such a class. */
  recordFieldsArgument(name: string): ArgumentModel | undefined
  /** The text that a name of a library stands for. */
  constant(name: string): string | undefined
  /** Last parts of the names of such texts. */
  constantNames(): ReadonlySet<string>
  /** Functions that a call of this name calls back. */
  callbacksOf(name: string): readonly CallbackModel[]
  /** Last parts of the names of such calls, of those that run the argument itself or this method of it. */
  callbackNames(method?: string): readonly string[]
  /** What a call of this name passes on. */
  propagatorsOf(name: string): readonly PropagatorModel[]
  /** Last parts of the names of calls that put something into their receiver. */
  fillerNames(): readonly string[]
}
