import { Op } from '../flow/facts.ts'
import type { Program, Ref } from '../program/program.ts'
import { attributeStep, indexOf, isElement, keyStep } from './demand.ts'
import type { AccessPath } from './demand.ts'
import { instruction, operand } from './reader.ts'

/*
 * The attribute in which a language keeps an object's attributes, as a mapping: `vars(o)['name']`,
 * `o.__dict__['name']` and `o.name` are the same.
 */

/** Where a function reads the table of an object's attributes. */
export function attributeTablesOf(program: Program, object: Ref): readonly Ref[] {
  return program.uses(object).filter((user) => {
    const of = instruction(program, user)
    return of.op === Op.Attr && operand(of, of.a) === object && program.isAttributeTable(user)
  })
}

/** The part of the table that an attribute is; `undefined` when what is asked for is no attribute. */
export function inTable(path: AccessPath): AccessPath | undefined {
  const [first, ...rest] = path
  return first?.startsWith('.') ? [keyStep(first.slice(1)), ...rest] : undefined
}

/** The part of the object that a part of its table is; all of it when the attribute is not known. */
export function ofTable(path: AccessPath): AccessPath {
  const [first, ...rest] = path
  const name = first === undefined || !isElement(first) ? undefined : indexOf(first)
  return name === undefined ? [] : [attributeStep(name), ...rest]
}
