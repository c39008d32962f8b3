import type { Span } from '../core/text.ts'
import type { Node } from '../tree/node.ts'
import { areAllEqual } from './equality.ts'
import type { Condition } from './match.ts'

/** What a metavariable stands for in one match. */
export interface Bound extends Span {
  /** With its `$`. */
  readonly name: string
  /** Source text, or the content of a string, or a regex group. */
  readonly text: string
  /** The trees bound; empty where only text is (the content of a string, a module's name, a regex group). */
  readonly nodes: readonly Node[]
}

/** The bindings of a match, and what they suppose about the program. Never changed, only extended. */
export interface Environment {
  readonly bound: readonly Bound[]
  readonly conditions: readonly Condition[]
}

/** Nothing bound, nothing supposed. */
export const EMPTY: Environment = { bound: [], conditions: [] }

/** No way to match. */
export const NONE: readonly Environment[] = []

/** What a metavariable stands for, if anything. */
export function lookUp(environment: Environment, name: string): Bound | undefined {
  for (const each of environment.bound) if (each.name === name) return each
  return undefined
}

/** The environment with one more binding; `undefined` when the metavariable stands for something else already. */
export function bind(environment: Environment, bound: Bound): Environment | undefined {
  if (bound.name === '$_') return environment
  const earlier = lookUp(environment, bound.name)
  if (earlier === undefined) return { ...environment, bound: [...environment.bound, bound] }
  return isSame(earlier, bound) ? environment : undefined
}

/** Both environments together; `undefined` when they bind a metavariable differently. */
export function merge(one: Environment, other: Environment): Environment | undefined {
  let merged: Environment | undefined = one
  for (const each of other.bound) {
    merged = isNumbered(each.name) ? rebind(merged, each) : bind(merged, each)
    if (merged === undefined) return undefined
  }
  return other.conditions.reduce(suppose, merged)
}

/** The environment with one more condition, once. */
export function suppose(environment: Environment, condition: Condition): Environment {
  const key = conditionKey(condition)
  if (environment.conditions.some((each) => conditionKey(each) === key)) return environment
  return { ...environment, conditions: [...environment.conditions, condition] }
}

/** Whether every condition of `one` is one of `other` too. */
export function supposesNoMore(one: Environment, other: Environment): boolean {
  const known = new Set(other.conditions.map(conditionKey))
  return one.conditions.every((each) => known.has(conditionKey(each)))
}

/** Equal for environments that bind the same places and suppose the same. */
export function environmentKey(environment: Environment): string {
  let key = keys.get(environment)
  if (key === undefined) {
    const bound = environment.bound.map((each) => `${each.name}:${each.start}-${each.end}`).sort()
    key = `${bound.join(' ')}|${environment.conditions.map(conditionKey).sort().join(' ')}`
    keys.set(environment, key)
  }
  return key
}

/** Environments never change, so a key is made once. */
const keys = new WeakMap<Environment, string>()

/** Each environment once. */
export function unique(environments: readonly Environment[]): readonly Environment[] {
  if (environments.length < 2) return environments
  const byKey = new Map<string, Environment>()
  for (const each of environments) {
    const key = environmentKey(each)
    if (!byKey.has(key)) byKey.set(key, each)
  }
  return [...byKey.values()]
}

/** Bindings of numbered regex groups, `$1`: they never have to agree. */
function isNumbered(name: string): boolean {
  return /^\$\d/.test(name)
}

function rebind(environment: Environment, bound: Bound): Environment {
  return { ...environment, bound: [...environment.bound.filter((each) => each.name !== bound.name), bound] }
}

function isSame(one: Bound, other: Bound): boolean {
  if (one.nodes.length > 0 && other.nodes.length > 0) return areAllEqual(one.nodes, other.nodes)
  return plainText(one) === plainText(other)
}

/** A binding as text: a string's content and a name are the same whether bound as text or as tree. */
function plainText(of: Bound): string {
  const [only, ...more] = of.nodes
  if (only === undefined || more.length > 0) return of.text
  return only.kind === 'string' || only.kind === 'identifier' ? only.text : of.text
}

function conditionKey(condition: Condition): string {
  const place = `${condition.kind}@${condition.at.start}-${condition.at.end}`
  switch (condition.kind) {
    case 'name':
      return `${place}=${condition.name}`
    case 'type':
      return `${place}=${condition.type}`
    case 'constant':
      return condition.text === undefined ? place : `${place}=${condition.text}`
  }
}
