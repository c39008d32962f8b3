import { language } from '../../src/languages/python/language.ts'
import { visit } from '../../src/tree/visit.ts'
import type { FrontEnd } from '../../src/tree/language.ts'
import type { Node } from '../../src/tree/node.ts'

/** A program, path to text. */
export type Sources = Readonly<Record<string, string>>

/** A change of a text: what stands in a span is replaced. */
export interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** A node with the nodes around it, the nearest first. */
export interface Placed {
  readonly node: Node
  readonly around: readonly Node[]
}

let opened: Promise<FrontEnd> | undefined

/** Reads a text. */
export async function parse(text: string): Promise<Node> {
  opened ??= language.open()
  return (await opened).parse(text).root
}

/** Every node with what is around it, in order of place. */
export function placed(root: Node): Placed[] {
  const found: Placed[] = []
  const parents = new Map<Node, Placed>()
  visit(root, (node) => {
    const known = parents.get(node) ?? { node, around: [] }
    found.push(known)
    for (const child of node.children) parents.set(child, { node: child, around: [node, ...known.around] })
    return true
  })
  return found
}

/** The child in a role. */
export function childIn(node: Node, role: Node['role']): Node | undefined {
  return node.children.find((each) => each.role === role)
}

/** Applies changes that do not overlap; of two that do, the later one is left out. */
export function edited(text: string, edits: readonly Edit[]): string {
  let out = ''
  let at = 0
  for (const each of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    if (each.start < at) continue
    out += text.slice(at, each.start) + each.text
    at = each.end
  }
  return out + text.slice(at)
}

/** The white space before a place, where nothing else stands before it on its line. */
export function indentAt(text: string, start: number): string | undefined {
  const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start)
  return /^[ \t]*$/.test(before) ? before : undefined
}

/** Whole lines that a span touches, the last line end included. */
export function linesOf(text: string, start: number, end: number): { readonly start: number, readonly end: number } {
  const next = text.indexOf('\n', Math.max(start, end - 1))
  return { start: text.lastIndexOf('\n', start - 1) + 1, end: next < 0 ? text.length : next + 1 }
}
