/*
 * What a sink of a taint rule requires: an expression of labels, which sources
 * give, with `and`, `or`, `not` and parentheses.
 */

export type Requirement =
  | { readonly type: 'label'; readonly label: string }
  | { readonly type: 'not'; readonly of: Requirement }
  | { readonly type: 'and' | 'or'; readonly left: Requirement; readonly right: Requirement }

/** The label of a source that names none, and what a sink requires that says nothing. */
export const DEFAULT_LABEL = '__SOURCE__'

/** Deepest nesting of an expression. */
const MAX_DEPTH = 50

/** Reads an expression; `undefined` when it is none. */
export function parseRequirement(source: string): Requirement | undefined {
  const words = source.match(/\w+|\S/g) ?? []
  let at = 0
  const take = (word: string): boolean => words[at] === word && ++at > 0
  const operand = (depth: number): Requirement | undefined => {
    if (depth > MAX_DEPTH) return undefined
    if (take('not')) {
      const of = operand(depth + 1)
      return of && { type: 'not', of }
    }
    if (take('(')) {
      const inner = joined(0, depth + 1)
      return take(')') ? inner : undefined
    }
    const label = words[at++] ?? ''
    return /^[A-Za-z_]\w*$/.test(label) && !RESERVED.includes(label) ? { type: 'label', label } : undefined
  }
  /** `or` binds less tightly than `and`. */
  const joined = (level: number, depth: number): Requirement | undefined => {
    const operator = OPERATORS[level]
    if (operator === undefined) return operand(depth)
    let left = joined(level + 1, depth)
    while (left !== undefined && take(operator)) {
      const right = joined(level + 1, depth)
      left = right && { type: operator, left, right }
    }
    return left
  }
  const found = joined(0, 0)
  return at === words.length ? found : undefined
}

const OPERATORS = ['or', 'and'] as const
const RESERVED: readonly string[] = [...OPERATORS, 'not']

/** Whether the labels of what arrives satisfy an expression. */
export function satisfiesRequirement(of: Requirement, labels: ReadonlySet<string>): boolean {
  switch (of.type) {
    case 'label':
      return labels.has(of.label)
    case 'not':
      return !satisfiesRequirement(of.of, labels)
    case 'and':
      return satisfiesRequirement(of.left, labels) && satisfiesRequirement(of.right, labels)
    case 'or':
      return satisfiesRequirement(of.left, labels) || satisfiesRequirement(of.right, labels)
  }
}
