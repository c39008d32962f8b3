import { LIMITS } from '../../core/limits.ts'
import type { Span } from '../../core/text.ts'
import { child } from '../../tree/node.ts'
import type { Kind, Node, Role } from '../../tree/node.ts'
import type { FlowFeatures } from '../../tree/language.ts'
import { Op } from '../facts.ts'
import type { ImportFacts } from '../facts.ts'
import type { Strings } from '../builder.ts'
import { FunctionBuilder } from '../ssa.ts'
import type { Instructions } from '../instructions.ts'
import type { Variables } from '../ssa.ts'
import type { Places } from './places.ts'
import { ownerOf } from './scopes.ts'
import type { Scope, Scopes, Unit, Variable } from './scopes.ts'

/** Lowers an expression and gives its value. */
export type LowerExpression = (into: Lowering, of: Node) => number
/** Lowers a statement. */
export type LowerStatement = (into: Lowering, of: Node) => void

/** Lowering functions by kind, one table per family of constructs. */
export interface Tables {
  readonly expressions: ReadonlyMap<string, LowerExpression>
  readonly statements: ReadonlyMap<string, LowerStatement>
}

/** What all functions of one file share while they are lowered. */
export interface FileLowering {
  readonly features: FlowFeatures
  readonly tables: Tables
  readonly strings: Strings
  readonly scopes: Scopes
  readonly places: Places
  /** Memory for the instructions of the function being lowered: there is one at a time. */
  readonly instructions: Instructions
  readonly imports: ImportFacts[]
}

/** A loop that `break` and `continue` leave. */
export interface Loop {
  readonly next: number
  readonly exit: number
}

/** A name's assignment in a module or class body, with provisional value. */
export interface ProvisionalBinding {
  readonly name: number
  readonly value: number
}

/** Values of the enclosing function that a function or class refers to; provisional until that function is finished. */
export interface Definition {
  readonly unit: Unit
  readonly decorators: number[]
  readonly bases: number[]
  readonly defaults: number[]
  readonly annotations: number[]
  returns: number
}

/** One function, class body or module being lowered. */
export class Lowering implements Variables {
  readonly file: FileLowering
  readonly unit: Unit
  readonly builder: FunctionBuilder
  readonly bindings: ProvisionalBinding[] = []
  readonly definitions: Definition[] = []
  readonly returns: number[] = []
  readonly captures: Map<Variable, number> = new Map<Variable, number>()
  readonly assigned: { readonly variable: Variable, readonly value: number }[] = []
  readonly loops: Loop[] = []
  /** Blocks made since the innermost `try` began; any of them may raise. */
  protectedFrom: number[] | undefined
  /** Branches, loops and `try` around the current statement. */
  nesting = 0
  scope: Scope
  #depth = 0
  #reading: Span

  constructor(file: FileLowering, unit: Unit) {
    this.file = file
    this.unit = unit
    this.scope = unit.scope
    this.#reading = unit.node
    this.builder = new FunctionBuilder(this, file.instructions)
    this.builder.blocks.cursor = unit.node.start
  }

  get variableCount(): number {
    return this.unit.variables.length
  }

  get features(): FlowFeatures {
    return this.file.features
  }

  nameOf(variable: number): number {
    return this.string(this.unit.variables[variable]?.name ?? '')
  }

  /** Variables declared `global` or `nonlocal` have a value before anything is assigned, others have none. */
  entryValue(number: number): number {
    const variable = this.unit.variables[number]
    if (!variable) return -1
    const { start, end } = this.#reading
    if (variable.kind === 'nonlocal') return this.#captured(variable, this.#reading)
    const isOutside = variable.kind === 'global'
      || (this.unit.kind === 'module' && this.features.builtins.includes(variable.name))
    return isOutside ? this.builder.emitFirst(Op.Name, start, end, this.string(variable.name)) : -1
  }

  string(text: string): number {
    return this.file.strings.id(text)
  }

  emit(op: number, at: Span, a = -1, b = -1, args?: readonly number[]): number {
    return this.builder.emit(op, at.start, at.end, a, b, args)
  }

  /** Lowers one expression. What is nested too deep or is no expression becomes an unknown value. */
  expression(of: Node): number {
    const lower = this.file.tables.expressions.get(of.kind)
    if (!lower) return this.unknown(of)
    if (this.#depth >= LIMITS.treeDepth) return this.emit(Op.Unknown, of)
    this.#depth++
    const value = lower(this, of)
    this.#depth--
    return value
  }

  /** The value of a child that the tree's shape demands; unknown in a tree that lacks it. */
  part(of: Node, role: Role): number {
    const found = child(of, role)
    return found ? this.expression(found) : this.emit(Op.Unknown, of)
  }

  /** The value of a child that may be missing, -1 then. */
  optional(of: Node | undefined): number {
    return of ? this.expression(of) : -1
  }

  /** Lowers a statement, or every statement of a block. */
  statement(of: Node): void {
    if (this.#depth >= LIMITS.treeDepth) return
    this.#depth++
    this.builder.blocks.cursor = of.start
    const lower = this.file.tables.statements.get(of.kind)
    if (lower) lower(this, of)
    else this.expression(of)
    this.#depth--
  }

  statements(of: Node | undefined): void {
    if (of) this.statement(of)
  }

  /** A value for something not understood, made of what is understood in it. */
  unknown(of: Node): number {
    if (this.#depth >= LIMITS.treeDepth) return this.emit(Op.Unknown, of)
    this.#depth++
    const values: number[] = []
    for (const each of of.children) {
      if (this.file.tables.statements.has(each.kind)) this.statement(each)
      else values.push(this.expression(each))
    }
    this.#depth--
    return this.emit(Op.Unknown, of, -1, -1, values)
  }

  /** Does something one level deeper, unless that is too deep. */
  enter(of: Node, lower: () => void): void {
    if (this.#depth >= LIMITS.treeDepth) {
      this.emit(Op.Unknown, of)
      return
    }
    this.#depth++
    lower()
    this.#depth--
  }

  /** A block; part of the innermost `try`, if there is one. */
  block(): number {
    const made = this.builder.blocks.make()
    this.protectedFrom?.push(made)
    return made
  }

  // Variables

  /** Reads a name: a local variable's value, a captured one, or a symbolic name. */
  readName(of: Node): number {
    const found = this.#resolve(of.text, this.scope)
    if (!found) return this.emit(Op.Name, of, this.string(of.text))
    if (found.unit !== this.unit) return this.#captured(found, of)
    if (found.shared) {
      return this.unit.kind === 'module' ? this.emit(Op.Name, of, this.string(of.text)) : this.#captured(found, of)
    }
    this.#reading = of
    const value = this.builder.read(found.number)
    if (value < 0) return this.#readOutside(of)
    this.note(of, value)
    return value
  }

  /** Assigns a name. `of` is where the name stands. */
  assign(of: Span, name: string, value: number): void {
    this.note(of, value)
    let at: Scope | undefined = this.scope
    let variable: Variable | undefined
    for (; at && at.unit === this.unit && !variable; at = at.parent) variable = at.variables.get(name)
    if (!variable) return
    this.#keepForHandlers(variable)
    this.builder.write(variable.number, value)
    if (variable.kind === 'global') this.emit(Op.SetName, of, this.string(name), -1, [value])
    if (variable.kind === 'nonlocal') this.emit(Op.SetCapture, of, this.string(name), -1, [value])
    const owner = variable.kind === 'nonlocal' ? ownerOf(variable) : variable
    if (owner) this.assigned.push({ variable: owner, value })
    if (this.#hasMembers && variable.kind === 'local' && this.unit.scope.variables.get(name) === variable) {
      this.bindings.push({ name: this.string(name), value })
    }
  }

  /** Inside `try` a second assignment starts a new block: handlers see what variables hold at the ends of blocks. */
  #keepForHandlers(variable: Variable): void {
    if (!this.protectedFrom || !this.builder.holds(variable.number)) return
    const { blocks } = this.builder
    const next = this.block()
    blocks.jump(next)
    blocks.start(next, blocks.current)
  }

  /** Declares a member of a class body or module without assigning it. */
  declare(of: Span, name: string, value: number): void {
    this.note(of, value)
    if (this.#hasMembers) this.bindings.push({ name: this.string(name), value })
  }

  get #hasMembers(): boolean {
    return this.unit.kind === 'module' || this.unit.kind === 'class-body'
  }

  /** Forgets a name's value. */
  forget(name: string): void {
    const variable = this.#resolve(name, this.scope)
    if (variable && variable.unit === this.unit) this.builder.write(variable.number, -1)
  }

  /** Notes that the variable standing here has the value. */
  note(of: Span, value: number): void {
    this.file.places.note(of.start, of.end, value)
  }

  /** A class body reads names it has not bound yet from outside. */
  #readOutside(of: Node): number {
    const outer = this.unit.kind === 'class-body' && this.unit.scope.parent
      ? this.#resolve(of.text, this.unit.scope.parent)
      : undefined
    return outer ? this.#captured(outer, of) : this.emit(Op.Name, of, this.string(of.text))
  }

  /** The variable a name is in a scope; `undefined` for names of the module and beyond, seen from inside a function. */
  #resolve(name: string, from: Scope): Variable | undefined {
    for (let scope: Scope | undefined = from; scope; scope = scope.parent) {
      const { unit } = scope
      const isForeign = unit !== this.unit && !scope.isComprehension
      if (isForeign && unit.kind === 'module') return undefined
      if (isForeign && unit.kind === 'class-body' && this.features.classScopeSkipped) continue
      const found = scope.variables.get(name)
      if (!found) continue
      if (unit === this.unit) return found
      if (found.kind === 'global') return undefined
      return found.kind === 'nonlocal' ? ownerOf(found) : found
    }
    return undefined
  }

  #captured(variable: Variable, of: Span): number {
    const owner = variable.kind === 'nonlocal' ? ownerOf(variable) ?? variable : variable
    const known = this.captures.get(owner)
    if (known !== undefined) {
      this.note(of, known)
      return known
    }
    const value = this.builder.emitFirst(Op.Capture, of.start, of.end, this.string(owner.name))
    this.captures.set(owner, value)
    return value
  }
}

/** A table from kind to lowering function. */
export function expressionTable(
  entries: Readonly<Partial<Record<Kind, LowerExpression>>>,
): [string, LowerExpression][] {
  return Object.entries(entries)
}

/** A table from kind to lowering function. */
export function statementTable(entries: Readonly<Partial<Record<Kind, LowerStatement>>>): [string, LowerStatement][] {
  return Object.entries(entries)
}
