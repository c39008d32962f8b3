import type { Span } from '../../core/text.ts'
import type { JsonValue } from '../reader.ts'

/** A value of one of the simple kinds with its place. */
export interface Placed<Value> {
  readonly value: Value
  readonly node: JsonValue
}

/** Text from a JSON string. */
export type Words = Placed<string>

/**
 * An object of a JSON document as a reader looks at it: every question has an
 * answer whatever the member holds, and what was never asked for is known in the
 * end, so that members a reader does not understand are told.
 */
export class JsonRecord {
  readonly node: Extract<JsonValue, { readonly kind: 'object' }>
  readonly #read = new Set<string>()
  readonly #inner: JsonRecord[] = []

  constructor(node: Extract<JsonValue, { readonly kind: 'object' }>) {
    this.node = node
  }

  /** The record of a value; `undefined` for one that is no object. */
  static of(value: JsonValue | undefined): JsonRecord | undefined {
    return value?.kind === 'object' ? new JsonRecord(value) : undefined
  }

  get span(): Span {
    return { start: this.node.start, end: this.node.end }
  }

  has(key: string): boolean {
    return this.node.members.has(key)
  }

  /** The member as it is. */
  value(key: string): JsonValue | undefined {
    this.#read.add(key)
    return this.node.members.get(key)
  }

  /** A string that holds more than white space. */
  text(key: string): Words | undefined {
    const node = this.value(key)
    return node?.kind === 'string' && node.value.trim() !== '' ? { value: node.value, node } : undefined
  }

  /** A number, also one written as a string. */
  number(key: string): Placed<number> | undefined {
    const node = this.value(key)
    if (node?.kind === 'number') return { value: node.value, node }
    if (node?.kind !== 'string' || !/^\s{0,8}-?\d{1,15}(?:\.\d{1,15})?\s{0,8}$/.test(node.value)) return undefined
    return { value: Number(node.value), node }
  }

  list(key: string): readonly JsonValue[] {
    const node = this.value(key)
    return node?.kind === 'array' ? node.items : []
  }

  /** The member as a record, whose own members are then part of the question. */
  record(key: string): JsonRecord | undefined {
    return this.#keep(JsonRecord.of(this.value(key)))
  }

  /** The objects of a list. */
  records(key: string): readonly JsonRecord[] {
    return this.list(key).flatMap((each) => this.#keep(JsonRecord.of(each)) ?? [])
  }

  /** The texts of a list, or the one text that stands in its place. */
  texts(key: string): readonly Words[] {
    const node = this.value(key)
    const nodes = node?.kind === 'array' ? node.items : node === undefined ? [] : [node]
    return nodes.flatMap((each) =>
      each.kind === 'string' && each.value.trim() !== '' ? [{ value: each.value, node: each }] : [],
    )
  }

  /** Members that are understood and say nothing of the code: ids, times, numbers of the tool. */
  skip(...keys: readonly string[]): this {
    for (const key of keys) this.#read.add(key)
    return this
  }

  /** As `skip`, for every member: the record describes the tool. */
  skipAll(): this {
    return this.skip(...this.node.members.keys())
  }

  /** Values of members that nobody asked for, here and in the records taken from here. */
  unread(): readonly JsonValue[] {
    const own = [...this.node.members].flatMap(([key, value]) => (this.#read.has(key) ? [] : [value]))
    return [...own, ...this.#inner.flatMap((each) => each.unread())]
  }

  #keep(record: JsonRecord | undefined): JsonRecord | undefined {
    if (record !== undefined) this.#inner.push(record)
    return record
  }
}

/** The record of a document's outermost value. */
export function rootRecord(json: JsonValue | undefined): JsonRecord | undefined {
  return JsonRecord.of(json)
}

/** Whether a value is a list whose first objects satisfy a test; an empty list does not. */
export function isListOf(
  value: JsonValue | undefined,
  test: (item: ReadonlyMap<string, JsonValue>) => boolean,
): boolean {
  if (value?.kind !== 'array') return false
  const first = value.items.find((each) => each.kind === 'object')
  return first?.kind === 'object' && test(first.members)
}
