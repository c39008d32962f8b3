import { child, childrenIn } from '../../tree/node.ts'
import type { Node } from '../../tree/node.ts'
import { ContainerKind, Op } from '../facts.ts'
import { statementTable } from './context.ts'
import type { Lowering, LowerStatement } from './context.ts'
import { elementsOf } from './elements.ts'

/** Assignments of all forms. */
export const ASSIGNMENTS: [string, LowerStatement][] = statementTable({
  assign,
  'augmented-assign': augmented,
  delete: (into, of) => {
    for (const each of of.children) remove(into, each)
  },
  'type-alias': (into, of) => {
    const name = child(of, 'name')
    const value = into.part(of, 'value')
    if (name) into.assign(name, name.text, value)
  },
})

function assign(into: Lowering, of: Node): void {
  const targets = childrenIn(of, 'target')
  const value = child(of, 'value')
  const annotation = child(of, 'annotation')
  if (annotation) return annotated(into, of, targets, value, annotation)
  if (!value) return
  if (isPlainSequence(value)) return assignSequence(into, targets, value)
  const result = into.expression(value)
  for (const target of targets) assignTo(into, target, result)
}

/** `a, b = c, d`: each target gets its own value. */
function assignSequence(into: Lowering, targets: readonly Node[], value: Node): void {
  const elements = elementsOf(into, value)
  const kind = value.kind === 'list' ? ContainerKind.List : ContainerKind.Tuple
  const whole = into.emit(Op.Container, value, -1, kind, elements)
  for (const target of targets) {
    const parts = target.children
    const matches = isPlainSequence(target) && parts.length * 2 === elements.length
    if (matches) {
      into.note(target, whole)
      parts.forEach((part, at) => assignTo(into, part, elements[at * 2 + 1] ?? whole))
    } else {
      assignTo(into, target, whole)
    }
  }
}

function isPlainSequence(of: Node): boolean {
  return (of.kind === 'tuple' || of.kind === 'list') && of.children.length > 0
    && of.children.every((each) => each.kind !== 'spread')
}

/** `x: T = v`; a declaration without a value binds only in a class or module, where it declares a member. */
function annotated(
  into: Lowering, of: Node, targets: readonly Node[], value: Node | undefined, annotation: Node,
): void {
  const given = into.optional(value)
  const type = into.expression(annotation)
  const result = into.emit(Op.Annotated, of, given, type)
  for (const target of targets) {
    if (value) assignTo(into, target, result)
    else if (target.kind === 'identifier') into.declare(target, target.text, result)
    else into.expression(target)
  }
}

/** Assigns a value to a target of any form. */
export function assignTo(into: Lowering, target: Node, value: number): void {
  switch (target.kind) {
    case 'identifier':
      into.assign(target, target.text, value)
      return
    case 'member': {
      const name = into.string(child(target, 'name')?.text ?? '')
      into.note(target, value)
      into.emit(Op.SetAttr, target, into.part(target, 'object'), name, [value])
      return
    }
    case 'index': {
      const object = into.part(target, 'object')
      into.note(target, value)
      into.emit(Op.SetIndex, target, object, into.part(target, 'key'), [value])
      return
    }
    case 'tuple':
    case 'list':
      unpack(into, target, value)
      return
    case 'spread': {
      const inner = child(target, 'value')
      if (inner) assignTo(into, inner, value)
      return
    }
    default:
      into.expression(target)
  }
}

/** Gives each target of a sequence its part; behind a starred target the position is unknown. */
function unpack(into: Lowering, target: Node, value: number): void {
  into.note(target, value)
  let isKnown = true
  target.children.forEach((part, at) => {
    if (part.kind === 'spread') isKnown = false
    assignTo(into, part, into.emit(Op.Unpack, part, value, isKnown ? at : -1))
  })
}

function augmented(into: Lowering, of: Node): void {
  const target = child(of, 'target')
  const operand = child(of, 'value')
  if (!target || !operand) return
  const operator = [into.string(of.text)]
  if (target.kind === 'member') {
    const object = into.part(target, 'object')
    const name = into.string(child(target, 'name')?.text ?? '')
    const old = into.emit(Op.Attr, target, object, name)
    const made = into.emit(Op.Binary, of, old, into.expression(operand), operator)
    into.emit(Op.SetAttr, target, object, name, [made])
  } else if (target.kind === 'index') {
    const object = into.part(target, 'object')
    const key = into.part(target, 'key')
    const old = into.emit(Op.Index, target, object, key)
    const made = into.emit(Op.Binary, of, old, into.expression(operand), operator)
    into.emit(Op.SetIndex, target, object, key, [made])
  } else {
    const old = into.expression(target)
    const made = into.emit(Op.Binary, of, old, into.expression(operand), operator)
    if (target.kind === 'identifier') into.assign(target, target.text, made)
  }
}

function remove(into: Lowering, target: Node): void {
  if (target.kind === 'identifier') into.forget(target.text)
  else if (target.kind === 'member') into.emit(Op.Delete, target, into.part(target, 'object'))
  else if (target.kind === 'index') {
    const object = into.part(target, 'object')
    into.emit(Op.Delete, target, object, into.part(target, 'key'))
  } else if (target.kind === 'tuple' || target.kind === 'list') {
    for (const each of target.children) if (each.kind !== 'tuple') remove(into, each)
  }
}
