import { LIMITS } from '../../../core/limits.ts'
import type { Problem } from '../../../core/problem.ts'
import type { Span } from '../../../core/text.ts'
import type { ConcreteTree } from '../../../syntax/concrete.ts'
import { ConcreteFlag } from '../../../syntax/concrete.ts'
import { ERROR_KIND, type Grammar } from '../../../syntax/grammar.ts'
import { node, type Node, type Role } from '../../../tree/node.ts'

/** Lowers the concrete node at an index into a tree node of the given role. */
export type Lower = (from: Lowering, at: number, role: Role) => Node

/** Lowering functions by the grammar's kind names. */
export type LowerTable = Readonly<Record<string, Lower>>

/** Fields of the grammar that the lowering asks for. */
const FIELDS = [
  'name', 'alias', 'module_name', 'argument', 'left', 'right', 'type', 'operator', 'operators', 'value', 'cause',
  'condition', 'consequence', 'alternative', 'subject', 'body', 'guard', 'type_parameters', 'parameters',
  'return_type', 'superclasses', 'definition', 'function', 'arguments', 'object', 'attribute', 'subscript', 'key',
  'expression', 'type_conversion', 'format_specifier', 'code',
] as const
type FieldName = (typeof FIELDS)[number]

/** What all parts of one file's lowering share. */
export interface Unit {
  readonly grammar: Grammar
  readonly text: string
  readonly table: readonly (Lower | undefined)[]
  readonly field: Readonly<Record<FieldName, number>>
  /** Kinds that are skipped wherever children are counted. */
  readonly skipped: Uint8Array
  readonly python2: boolean
  /** Whether this is a rule pattern, in which names may spell metavariables. */
  readonly pattern: boolean
  readonly problems: Problem[]
  /** Logical lines that the grammar was not shown because they cannot be read, by first offset. */
  readonly blanked: ReadonlyMap<number, Span>
  /** Characters that may still be parsed again to recover constructs; bounds the work on hostile files. */
  readonly reparse: { left: number }
}

/** A grammar with everything looked up once. */
export interface Prepared {
  readonly grammar: Grammar
  readonly table: readonly (Lower | undefined)[]
  readonly field: Readonly<Record<FieldName, number>>
  readonly skipped: Uint8Array
}

/** Looks up kinds and fields of a grammar by name. */
export function prepare(grammar: Grammar, table: LowerTable): Prepared {
  const byName = new Map(Object.entries(table))
  const skipped = new Uint8Array(grammar.kinds.length)
  grammar.kinds.forEach((name, kind) => {
    if (name === 'comment' || name === 'line_continuation' || name === ERROR_KIND) skipped[kind] = 1
  })
  const field = Object.fromEntries(FIELDS.map((name) => [name, grammar.field(name)])) as Record<FieldName, number>
  return { grammar, table: grammar.kinds.map((name) => byName.get(name)), field, skipped }
}

const TOO_DEEP = `Nested more than ${LIMITS.treeDepth} deep (limit treeDepth); what is inside is not analysed.`

/**
 * One concrete tree being lowered. Children are read by index; -1 stands for a
 * child that is not there.
 */
export class Lowering {
  readonly unit: Unit
  readonly tree: ConcreteTree
  readonly text: string
  readonly field: Unit['field']
  /** Whether the function being lowered has yielded so far. */
  yields = false
  readonly #kinds: readonly string[]
  #depth: number

  constructor(unit: Unit, tree: ConcreteTree, depth = 0) {
    this.unit = unit
    this.tree = tree
    this.text = unit.text
    this.field = unit.field
    this.#kinds = unit.grammar.kinds
    this.#depth = depth
  }

  start(at: number): number {
    return this.tree.start[at] ?? 0
  }

  end(at: number): number {
    return this.tree.end[at] ?? 0
  }

  kind(at: number): string {
    return this.#kinds[this.tree.kind[at] ?? 0] ?? ''
  }

  slice(at: number): string {
    return this.text.slice(this.tree.start[at], this.tree.end[at])
  }

  /** Index after a node's last descendant. */
  after(at: number): number {
    return this.tree.next[at] ?? at + 1
  }

  isNamed(at: number): boolean {
    return ((this.tree.flags[at] ?? 0) & ConcreteFlag.Named) !== 0
  }

  isMissing(at: number): boolean {
    return ((this.tree.flags[at] ?? 0) & ConcreteFlag.Missing) !== 0
  }

  isError(at: number): boolean {
    return this.tree.kind[at] === this.#kinds.length - 1
  }

  /** Comments, line continuations and error nodes, which may stand anywhere. */
  isSkipped(at: number): boolean {
    return this.unit.skipped[this.tree.kind[at] ?? 0] === 1
  }

  /** First child with a field; -1 when there is none. */
  child(at: number, field: number): number {
    const { field: fields, next } = this.tree
    const stop = next[at] ?? 0
    for (let each = at + 1; each < stop; each = next[each] ?? stop) if (fields[each] === field) return each
    return -1
  }

  /** All children with a field that are named nodes. */
  childrenWith(at: number, field: number): number[] {
    return this.named(at).filter((each) => this.tree.field[each] === field)
  }

  /** First named child; -1 when there is none. */
  firstNamed(at: number): number {
    const { next, flags } = this.tree
    const stop = next[at] ?? 0
    for (let each = at + 1; each < stop; each = next[each] ?? stop) {
      if (((flags[each] ?? 0) & ConcreteFlag.Named) !== 0 && !this.isSkipped(each)) return each
    }
    return -1
  }

  /** First child of a kind; -1 when there is none. */
  childOfKind(at: number, kind: string): number {
    const { next } = this.tree
    const stop = next[at] ?? 0
    for (let each = at + 1; each < stop; each = next[each] ?? stop) if (this.kind(each) === kind) return each
    return -1
  }

  /** Named children without comments and error nodes. */
  named(at: number): number[] {
    const found: number[] = []
    const { next, flags } = this.tree
    const stop = next[at] ?? 0
    for (let each = at + 1; each < stop; each = next[each] ?? stop) {
      if (((flags[each] ?? 0) & ConcreteFlag.Named) !== 0 && !this.isSkipped(each)) found.push(each)
    }
    return found
  }

  /** All children, tokens included, without comments and error nodes. */
  tokens(at: number): number[] {
    const found: number[] = []
    const { next } = this.tree
    const stop = next[at] ?? 0
    for (let each = at + 1; each < stop; each = next[each] ?? stop) if (!this.isSkipped(each)) found.push(each)
    return found
  }

  /** Error nodes directly below. */
  errors(at: number): number[] {
    const found: number[] = []
    const { next } = this.tree
    const stop = next[at] ?? 0
    for (let each = at + 1; each < stop; each = next[each] ?? stop) if (this.isError(each)) found.push(each)
    return found
  }

  /** Lowers one concrete node. A missing child gives an empty error node at `place`. */
  lower(at: number, role: Role, place = 0): Node {
    if (at < 0) return node('error', role, place, place)
    const lower = this.unit.table[this.tree.kind[at] ?? 0]
    if (lower === undefined || this.isMissing(at)) return this.notUnderstood(at, role)
    return this.guarded(at, role, lower)
  }

  /** Calls a lowering function one level deeper, unless that is too deep. */
  guarded(at: number, role: Role, lower: Lower): Node {
    const isLeaf = this.tree.next[at] === at + 1
    if (this.#depth >= LIMITS.treeDepth && !isLeaf) return this.tooDeep(at, role)
    this.#depth++
    const made = lower(this, at, role)
    this.#depth--
    return made
  }

  /** Lowers a child by field that the grammar demands. */
  must(at: number, field: number, role: Role): Node {
    return this.lower(this.child(at, field), role, this.end(at))
  }

  /** Parses a part of the text again; `undefined` when the work for that is used up. */
  reparse(start: number, end: number): Lowering | undefined {
    this.unit.reparse.left -= end - start
    if (this.unit.reparse.left < 0 || this.#depth >= LIMITS.treeDepth) return undefined
    const tree = this.unit.grammar.parse(this.text.slice(start, end), start)
    // Inside a blanked line nothing else is blanked.
    const unit = this.unit.blanked.size === 0 ? this.unit : { ...this.unit, blanked: new Map<number, Span>() }
    return new Lowering(unit, tree, this.#depth + 1)
  }

  /** Whether a node of this kind becomes a tree node of its own. */
  isLowered(at: number): boolean {
    return this.unit.table[this.tree.kind[at] ?? 0] !== undefined
  }

  /** An error node that keeps what is understood inside. */
  notUnderstood(at: number, role: Role): Node {
    const inner: Node[] = []
    if (this.#depth < LIMITS.treeDepth) {
      this.#depth++
      for (const each of this.named(at)) if (this.isLowered(each)) inner.push(this.lower(each, 'inner'))
      this.#depth--
    }
    return node('error', role, this.start(at), this.end(at), inner)
  }

  /** Where a construct with a body ends: at its last part, without the comments that follow that. */
  endOf(parts: readonly Node[], at: number): number {
    return parts.at(-1)?.end ?? this.end(at)
  }

  /** How many levels more may be lowered here. */
  get room(): number {
    return LIMITS.treeDepth - this.#depth
  }

  tooDeep(at: number, role: Role): Node {
    const { problems } = this.unit
    const last = problems.at(-1)
    // Neighbours at the limit are one region.
    const joins = last?.message === TOO_DEEP && last.span !== undefined && this.start(at) - last.span.end <= 8
    const start = joins ? last.span.start : this.start(at)
    if (joins) problems.pop()
    problems.push({ kind: 'unparsed', path: '', span: { start, end: this.end(at) }, message: TOO_DEEP })
    return node('error', role, this.start(at), this.end(at))
  }
}
