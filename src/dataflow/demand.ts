import { LIMITS } from '../core/limits.ts'
import type { Ref } from '../program/program.ts'

/**
 * What the backward search asks for at one point: a part of a value, in a
 * calling context.
 */
export interface Demand {
  readonly value: Ref
  readonly path: AccessPath
  readonly stack: CallStack
  /** Where what is asked for is used, in the function and context that the value is in: later changes do not count. */
  readonly until?: Until
  /** Where the part that is asked for was taken out of the value: what is at an index later does not count. */
  readonly taken?: Until
}

/** An instruction, and the context that it is meant in. */
export interface Until {
  readonly at: Ref
  readonly stack: CallStack
}

/**
 * The part of a value that matters, outermost step first: `.name` an attribute,
 * `[k` a constant key or index, `*` any element, `~` what iterating gives, `~k` its
 * k-th, `{` a key of a mapping. Empty: all of it.
 */
export type AccessPath = readonly string[]

export const WHOLE: AccessPath = []
export const ANY = '*'
/** What iterating gives: of a mapping its keys. */
export const EACH = '~'
/** A key of a mapping. */
export const KEYS = '{'
/** In a library's propagation: an element of a mapping; on both sides under the same key. */
export const VALUE = '='
/** In a library's propagation: an element under a name, and on the other side the attribute of that name. */
export const SAME_NAME = '=['
export const SAME_NAME_ATTRIBUTE = '.='
/** The value as a text: what is built from parts counts, what a container holds does not. */
export const AS_TEXT: AccessPath = ['.(text)']

/** Path step of an attribute. */
export function attributeStep(name: string): string {
  return `.${name}`
}

/** Path step of a constant key or index. */
export function keyStep(key: string): string {
  return `[${key}`
}

/** The part of a container that is read: one step further in. Beyond the limit the innermost part is forgotten. */
export function deeper(step: string, path: AccessPath): AccessPath {
  return [step, ...path].slice(0, LIMITS.accessPath)
}

/** What iterating gives as its part of a number. */
export function nthStep(index: string): string {
  return `~${index}`
}

/** Whether a step asks for a part of a container, and not for an attribute. */
export function isElement(step: string | undefined): boolean {
  return step !== undefined && !step.startsWith('.')
}

/** Whether a step asks for the keys of a mapping, or does if what it is of is one. */
export function asksKeys(step: string | undefined): boolean {
  return step === KEYS || step?.startsWith(EACH) === true
}

/** The index of an element in order, or key, that a step names; `undefined` when it may be any. */
export function indexOf(step: string): string | undefined {
  return step.length > 1 && (step.startsWith('[') || step.startsWith(EACH)) ? step.slice(1) : undefined
}

/** What is left to ask of a value stored under `step`; `undefined` when the demand is for another part. */
export function within(path: AccessPath, step: string): AccessPath | undefined {
  const first = path[0]
  if (first === undefined) return WHOLE
  return fits(first, step) ? path.slice(1) : undefined
}

/** Whether a part that is asked for may be one that something is in. */
export function fits(one: string, other: string): boolean {
  if (one === other) return true
  if (!isElement(one) || !isElement(other)) return false
  if (one === KEYS || other === KEYS) return other === KEYS && asksKeys(one)
  const first = indexOf(one)
  const second = indexOf(other)
  // What iterating a sequence gives has a number; under another key are values of a mapping, whose keys iterating gives.
  if (asksKeys(one) ? isName(other) : asksKeys(other) && isName(one)) return false
  // An index from the end may be any from the start.
  return first === undefined || second === undefined || first === second || isFromEnd(first) !== isFromEnd(second)
}

/** Whether a step is for an element under a key that is no number. */
function isName(step: string): boolean {
  return step.startsWith('[') && !/^-?\d+$/.test(step.slice(1))
}

const FROM_END = /^-\d+$/

function isFromEnd(index: string): boolean {
  return FROM_END.test(index)
}

/** Calls entered through their result and not yet left, innermost first. Interned: equal stacks are identical. */
export interface CallStack {
  readonly id: number
  readonly call: Ref
  /** What is asked for inside the innermost call: the same in every context with the same entry. */
  readonly entry: string
  readonly outer: CallStack | undefined
  readonly depth: number
}

/** Makes and interns call stacks of one search. */
export class CallStacks {
  readonly empty: CallStack = { id: 0, call: -1, entry: '', outer: undefined, depth: 0 }
  readonly #known = new Map<string, CallStack>()

  /**
   * The stack after entering a call with a demand for `value` (and `path` of it) inside it;
   * `undefined` when the call is on it already: recursion adds nothing.
   */
  push(stack: CallStack, call: Ref, value: Ref, path: AccessPath, part = ''): CallStack | undefined {
    for (let each: CallStack | undefined = stack; each; each = each.outer) if (each.call === call) return undefined
    const entry = `${value}|${part}|${path.join('\u0001')}`
    const key = `${stack.id}:${call}:${entry}`
    let made = this.#known.get(key)
    if (!made) {
      made = { id: this.#known.size + 1, call, entry, outer: stack, depth: stack.depth + 1 }
      this.#known.set(key, made)
    }
    return made
  }
}

/** Identity of a demand within one search. */
export function demandKey(of: Demand): string {
  const until = of.until?.stack === of.stack ? of.until.at : -1
  const taken = of.taken?.stack === of.stack && of.path[0] !== undefined ? of.taken.at : -1
  return `${of.value}|${of.stack.id}|${until}|${taken}|${of.path.join('\u0001')}`
}
