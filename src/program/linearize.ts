import type { ClassRef } from './program.ts'

/**
 * The order in which a class and its ancestors are asked for a member: the C3
 * order (https://docs.python.org/3/howto/mro.html), which keeps the order of
 * bases and puts every class before its own bases. Where the bases contradict
 * one another there is none; then `near`, the order of distance, is kept.
 * `near` holds the class and all its ancestors, and bounds the work.
 */
export function linearize(
  of: ClassRef, near: readonly ClassRef[], basesOf: (of: ClassRef) => readonly ClassRef[],
): readonly ClassRef[] {
  if (near.length <= 2) return near
  const known = new Set(near)
  const orders = new Map<ClassRef, readonly ClassRef[]>()
  const open = new Set<ClassRef>()
  const orderOf = (each: ClassRef): readonly ClassRef[] => {
    const made = orders.get(each)
    if (made) return made
    if (open.has(each)) return [each]
    open.add(each)
    const bases = basesOf(each).filter((base) => known.has(base) && base !== each)
    const merged = merge([...bases.map(orderOf), bases])
    open.delete(each)
    const order = merged === undefined ? undefined : [each, ...merged.filter((one) => one !== each)]
    orders.set(each, order ?? near)
    return order ?? near
  }
  const order = orderOf(of)
  return order.length === near.length ? order : near
}

/** Merges orders so that none is contradicted; `undefined` when that cannot be. */
function merge(orders: readonly (readonly ClassRef[])[]): ClassRef[] | undefined {
  let rest = orders.map((order) => [...order]).filter((order) => order.length > 0)
  const merged: ClassRef[] = []
  while (rest.length > 0) {
    const next = rest.map((order) => order[0]).find((head) => rest.every((order) => !order.includes(head ?? -1, 1)))
    if (next === undefined) return undefined
    merged.push(next)
    rest = rest.map((order) => (order[0] === next ? order.slice(1) : order)).filter((order) => order.length > 0)
  }
  return merged
}
