import type { CatalogueData, Category, View, Weakness } from './record.ts'

/** What a reader of findings notices between two releases. Lists ascend by id. */
export interface ReleaseDifference {
  readonly added: readonly { readonly id: number; readonly kind: EntryKind; readonly name: string }[]
  readonly removed: readonly { readonly id: number; readonly kind: EntryKind; readonly name: string }[]
  readonly renamed: readonly { readonly id: number; readonly from: string; readonly to: string }[]
  readonly usage: readonly { readonly id: number; readonly name: string; readonly from: string; readonly to: string }[]
}

type EntryKind = 'weakness' | 'category' | 'view'

interface Known {
  readonly kind: EntryKind
  readonly record: Weakness | Category | View
}

/** Compares two releases by id. */
export function differenceOf(before: CatalogueData, after: CatalogueData): ReleaseDifference {
  const old = entriesOf(before)
  const now = entriesOf(after)
  const both = [...now].filter(([id]) => old.has(id)).map(([id, entry]) => ({ id, from: old.get(id), to: entry }))
  return {
    added: [...now].filter(([id]) => !old.has(id)).map(([id, entry]) => described(id, entry)),
    removed: [...old].filter(([id]) => !now.has(id)).map(([id, entry]) => described(id, entry)),
    renamed: both
      .map(({ id, from, to }) => ({ id, from: from?.record.name ?? '', to: to.record.name }))
      .filter(({ from, to }) => from !== to),
    usage: both
      .map(({ id, from, to }) => ({ id, name: to.record.name, from: usageOf(from), to: usageOf(to) }))
      .filter(({ from, to }) => from !== to),
  }
}

/** The difference as text, one line for each entry. */
export function printDifference(difference: ReleaseDifference): string {
  const { added, removed, renamed, usage } = difference
  const lines = [
    ...section('New', added.map(({ id, kind, name }) => `CWE-${id}: ${name}${ofKind(kind)}`)),
    ...section('Gone', removed.map(({ id, kind, name }) => `CWE-${id}: ${name}${ofKind(kind)}`)),
    ...section('Renamed', renamed.map(({ id, from, to }) => `CWE-${id}: ${to} (was: ${from})`)),
    ...section('Mapping usage', usage.map(({ id, name, from, to }) => `CWE-${id}: ${name}: ${from} -> ${to}`)),
  ]
  return lines.length === 0 ? 'No entry is new, renamed or of another mapping usage.\n' : `${lines.join('\n')}\n`
}

function entriesOf(data: CatalogueData): Map<number, Known> {
  const entries: [number, Known][] = [
    ...data.weaknesses.map((record): [number, Known] => [record.id, { kind: 'weakness', record }]),
    ...data.categories.map((record): [number, Known] => [record.id, { kind: 'category', record }]),
    ...data.views.map((record): [number, Known] => [record.id, { kind: 'view', record }]),
  ]
  return new Map(entries.sort(([a], [b]) => a - b))
}

function described(id: number, { kind, record }: Known): ReleaseDifference['added'][number] {
  return { id, kind, name: record.name }
}

/** A category's or view's usage is its kind: an entry that became one shows as a change. */
function usageOf(entry: Known | undefined): string {
  if (entry === undefined) return ''
  return 'mapping' in entry.record ? entry.record.mapping : entry.kind
}

function ofKind(kind: EntryKind): string {
  return kind === 'weakness' ? '' : ` (${kind})`
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`${title} (${lines.length}):`, ...lines.map((line) => `  ${line}`)]
}
