import { child, childrenIn } from '../../tree/node.ts'
import type { Node } from '../../tree/node.ts'
import { ArgTag, CallFlag, Op } from '../facts.ts'
import { assignTo } from './assignments.ts'
import { expressionTable, statementTable } from './context.ts'
import type { Definition, LowerExpression, Lowering, LowerStatement } from './context.ts'
import type { Unit } from './scopes.ts'

/** Functions and classes as statements. Their bodies are lowered after the function they stand in. */
export const DEFINITIONS: [string, LowerStatement][] = statementTable({
  function: (into, of) => void define(into, of, functionValue),
  class: (into, of) => void define(into, of, classValue),
})

/** Functions and classes as expressions. */
export const FUNCTION_EXPRESSIONS: [string, LowerExpression][] = expressionTable({
  function: (into, of) => define(into, of, functionValue),
  class: (into, of) => define(into, of, classValue),
})

type DefinitionValue = (into: Lowering, of: Node, decorators: number[]) => number

/** Makes the value, applies the decorators from the inside out and binds the name. */
function define(into: Lowering, of: Node, make: DefinitionValue): number {
  const decorators = childrenIn(of, 'decorator')
  const applied = decorators.map((each) => into.expression(each))
  const made = make(into, of, applied)
  let value = made
  for (let at = applied.length - 1; at >= 0; at--) {
    const decorator = decorators[at]
    const callee = applied[at]
    if (!decorator || callee === undefined) continue
    value = into.emit(Op.Call, decorator, callee, CallFlag.Decorator, [ArgTag.Positional, value])
  }
  const name = child(of, 'name')
  if (name) into.assign(name, name.text, value)
  return made
}

function functionValue(into: Lowering, of: Node, decorators: number[]): number {
  const unit = into.file.scopes.unitOf.get(of)
  if (!unit) return into.emit(Op.Unknown, of)
  const definition = newDefinition(unit, decorators)
  lowerTypeParameters(into, of)
  for (const each of childrenIn(of, 'parameter')) {
    definition.annotations.push(into.optional(child(each, 'annotation')))
    definition.defaults.push(into.optional(child(each, 'default')))
  }
  definition.returns = into.optional(child(of, 'returns'))
  into.definitions.push(definition)
  return into.emit(Op.Function, of, unit.index)
}

function classValue(into: Lowering, of: Node, decorators: number[]): number {
  const unit = into.file.scopes.unitOf.get(of)
  const index = into.file.scopes.classOf.get(of)
  if (!unit || index === undefined) return into.emit(Op.Unknown, of)
  const definition = newDefinition(unit, decorators)
  lowerTypeParameters(into, of)
  for (const each of childrenIn(of, 'base')) {
    if (each.kind === 'keyword-argument') into.optional(child(each, 'value'))
    else definition.bases.push(into.expression(each))
  }
  into.definitions.push(definition)
  return into.emit(Op.Class, of, index)
}

/** Bounds and defaults of type parameters are evaluated where the definition stands. */
function lowerTypeParameters(into: Lowering, of: Node): void {
  for (const each of childrenIn(of, 'type-parameter')) {
    into.optional(child(each, 'annotation'))
    into.optional(child(each, 'default'))
  }
}

/** A definition whose values are still to come. */
export function newDefinition(unit: Unit, decorators: number[]): Definition {
  return { unit, decorators, bases: [], defaults: [], annotations: [], returns: -1 }
}

/** Lowers the parameters of a function and gives their values; other units have none. */
export function lowerParameters(into: Lowering): number[] {
  return childrenIn(into.unit.node, 'parameter').map((each, at) => parameter(into, each, at))
}

/** Lowers the body of a function, class or module, after its parameters. */
export function lowerBody(into: Lowering, parameters: readonly number[]): void {
  const { node, kind } = into.unit
  childrenIn(node, 'parameter').forEach((each, at) => {
    const target = child(each, 'target')
    const value = parameters[at]
    if (target && value !== undefined) assignTo(into, target, value)
  })
  const body = kind === 'module' ? node : child(node, 'body')
  if (kind === 'lambda' && body && body.kind !== 'block') {
    into.returns.push(into.emit(Op.Return, body, into.expression(body)))
  } else {
    into.statements(body)
  }
}

function parameter(into: Lowering, of: Node, at: number): number {
  const name = child(of, 'name')
  const value = into.emit(Op.Param, name ?? of, into.string(name?.text ?? ''), at)
  if (name) into.assign(name, name.text, value)
  return value
}
