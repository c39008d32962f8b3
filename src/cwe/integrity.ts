import { RESEARCH_VIEW } from './record.ts'
import type { CatalogueData, Weakness } from './record.ts'
import { Refusal } from './refusal.ts'

type Index = ReadonlyMap<number, Weakness>

/**
 * Checks what everything above relies on: each id once, every relation and member
 * leads to an entry, parents are weaknesses and form no cycle, only pillars and
 * deprecated entries lack one. Throws a `Refusal` naming the first defect.
 */
export function checkIntegrity(data: CatalogueData): void {
  const ids = new Set<number>()
  for (const { id } of [...data.weaknesses, ...data.categories, ...data.views]) {
    if (ids.has(id)) throw new Refusal(`the id ${id} is used twice`)
    ids.add(id)
  }
  const weaknesses = new Map(data.weaknesses.map((weakness) => [weakness.id, weakness]))
  const views = new Set(data.views.map((view) => view.id))
  if (!views.has(RESEARCH_VIEW)) throw new Refusal(`the view ${RESEARCH_VIEW} is missing`)
  for (const weakness of data.weaknesses) checkWeakness(weakness, weaknesses, ids, views)
  for (const { id, members } of [...data.categories, ...data.views]) checkKnown(id, 'member', members, ids)
  for (const { id, view } of data.categories) {
    if (view !== undefined && !views.has(view)) throw new Refusal(`category ${id} refers to ${view}, which is no view`)
  }
  for (const parents of parentsByView(data.weaknesses).values()) checkAcyclic(parents)
}

function checkWeakness(
  weakness: Weakness, weaknesses: Index, ids: ReadonlySet<number>, views: ReadonlySet<number>,
): void {
  const { id } = weakness
  checkParents(id, weakness.parents, weaknesses)
  for (const [view, parents] of Object.entries(weakness.viewParents ?? {})) {
    if (!views.has(Number(view))) throw new Refusal(`CWE-${id} has parents in ${view}, which is no view`)
    checkParents(id, parents, weaknesses)
  }
  for (const key of ['mappingAlternatives', 'replacedBy'] as const) checkKnown(id, key, weakness[key] ?? [], ids)
  for (const key of ['canPrecede', 'peerOf', 'canAlsoBe', 'requires', 'startsWith'] as const) {
    checkKnown(id, key, weakness[key] ?? [], ids)
  }
  if (weakness.status === 'Deprecated') return
  const isPillar = weakness.abstraction === 'Pillar'
  if (isPillar && weakness.parents.length > 0) throw new Refusal(`the pillar CWE-${id} has a parent`)
  if (!isPillar && weakness.parents.length === 0) throw new Refusal(`CWE-${id} has no parent and is no pillar`)
}

function checkParents(id: number, parents: readonly number[], weaknesses: Index): void {
  for (const parent of parents) {
    if (!weaknesses.has(parent)) throw new Refusal(`the parent ${parent} of CWE-${id} is no weakness`)
  }
}

function checkKnown(id: number, relation: string, targets: readonly number[], ids: ReadonlySet<number>): void {
  for (const target of targets) {
    if (!ids.has(target)) throw new Refusal(`CWE-${id} refers to ${target} (${relation}), which does not exist`)
  }
}

type ParentTable = Map<number, readonly number[]>

/** The parents of each weakness that has some in a view, by view. */
function parentsByView(weaknesses: readonly Weakness[]): Map<number, ParentTable> {
  const tables = new Map<number, ParentTable>()
  for (const { id, parents, viewParents = {} } of weaknesses) {
    const all: [number, readonly number[]][] = [
      [RESEARCH_VIEW, parents],
      ...Object.entries(viewParents).map(([view, ids]): [number, readonly number[]] => [Number(view), ids]),
    ]
    for (const [view, ids] of all) {
      if (ids.length === 0) continue
      const table = tables.get(view) ?? new Map<number, readonly number[]>()
      tables.set(view, table.set(id, ids))
    }
  }
  return tables
}

/** Frees from the top down whoever has no waiting parent; what remains stands on a cycle or below one. */
function checkAcyclic(table: ParentTable): void {
  const waiting = new Map<number, number>()
  const children = new Map<number, number[]>()
  const tops = new Set<number>()
  for (const [id, parents] of table) {
    waiting.set(id, parents.length)
    for (const parent of parents) {
      listOf(children, parent).push(id)
      if (!table.has(parent)) tops.add(parent)
    }
  }
  const free = [...tops]
  for (let id = free.pop(); id !== undefined; id = free.pop()) {
    for (const child of children.get(id) ?? []) {
      const left = (waiting.get(child) ?? 0) - 1
      waiting.set(child, left)
      if (left === 0) free.push(child)
    }
  }
  const stuck = [...waiting].filter(([, left]) => left > 0).map(([id]) => id).sort((a, b) => a - b)
  if (stuck.length > 0) throw new Refusal(`the parents form a cycle at or above CWE-${stuck[0]}`)
}

function listOf(lists: Map<number, number[]>, key: number): number[] {
  const list = lists.get(key) ?? []
  lists.set(key, list)
  return list
}
