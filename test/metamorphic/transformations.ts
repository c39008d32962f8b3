import type { Random } from '../../bench/oracle/random.ts'
import { Flag } from '../../src/tree/node.ts'
import type { Node } from '../../src/tree/node.ts'
import { descendants } from '../../src/tree/visit.ts'
import { childIn, edited, indentAt, linesOf, parse, placed } from './source.ts'
import type { Edit, Placed, Sources } from './source.ts'

/** A change of a program that leaves what it does as it was. Sinks keep the comment on their line. */
export type Transformation = (sources: Sources, random: Random) => Promise<Sources>

/** Places changed in one file. */
const CHANGES = 5

/** Changes of each file by itself. */
function perFile(change: (text: string, root: Node, random: Random) => readonly Edit[]): Transformation {
  return async (sources, random) => {
    const out: Record<string, string> = {}
    for (const [path, text] of Object.entries(sources)) {
      out[path] = path.endsWith('.py') ? edited(text, change(text, await parse(text), random)) : text
    }
    return out
  }
}

/** Statements that stand on lines of their own in the body of a function. */
function statementsIn(text: string, root: Node): Placed[] {
  return placed(root).filter(({ node, around }) => {
    if (node.role !== 'statement' || around.some((each) => (each.flags & Flag.Recovered) !== 0)) return false
    const scope = around.find((each) => each.kind === 'function' || each.kind === 'class')
    return scope?.kind === 'function' && indentAt(text, node.start) !== undefined
  })
}

/** Code that never runs, or whose result nobody reads, before statements. */
export const addDeadCode: Transformation = perFile((text, root, random) => {
  const wanted = random.shuffled(statementsIn(text, root).filter(({ node, around }) => !isDocumentation(node, around))).slice(0, CHANGES)
  return wanted.map(({ node }, index) => {
    const indent = indentAt(text, node.start) ?? ''
    const dead = random.below(2) === 0
      ? `unused_${index} = 'a' + str(${index})\n${indent}`
      : `if False:\n${indent}    unused_${index} = ${index}\n${indent}`
    return { start: node.start, end: node.start, text: dead }
  })
})

function isDocumentation(node: Node, around: readonly Node[]): boolean {
  return around[0]?.children[0] === node && node.kind === 'expression-statement' && node.children[0]?.kind === 'string'
}

/** `if a: X else: Y` becomes `if not (a): Y else: X`. */
export const swapBranches: Transformation = perFile((text, root, random) => {
  const candidates = statementsIn(text, root).filter(({ node }) => isPlainChoice(text, node))
  return random.shuffled(candidates).slice(0, CHANGES).flatMap(({ node }): Edit[] => {
    const [test, yes, no] = [childIn(node, 'test'), childIn(node, 'then'), childIn(node, 'else')]
    if (!test || !yes || !no) return []
    const [first, second] = [linesOf(text, yes.start, yes.end), linesOf(text, no.start, no.end)]
    return [
      { start: test.start, end: test.end, text: `not (${text.slice(test.start, test.end)})` },
      { ...first, text: text.slice(second.start, second.end) }, { ...second, text: text.slice(first.start, first.end) },
    ]
  })
})

/** A choice whose branches stand on lines of their own. */
function isPlainChoice(text: string, node: Node): boolean {
  const [test, yes, no] = [childIn(node, 'test'), childIn(node, 'then'), childIn(node, 'else')]
  if (node.kind !== 'if' || !test || yes?.kind !== 'block' || no?.kind !== 'block') return false
  if (descendants(test).some((each) => each.kind === 'assign-expression')) return false
  const indented = [yes, no].every((each) => indentAt(text, each.start) !== undefined && indentAt(text, each.start) !== '')
  const between = text.slice(yes.end, no.start)
  return indented && text.endsWith('\n') && /^\s*(#[^\n]*)?\n\s*else:\s*(#[^\n]*)?\n\s*$/.test(between) && text[linesOf(text, no.start, no.end).end - 1] === '\n'
}

/** Plain functions of a module in another order. */
export const reorderFunctions: Transformation = perFile((text, root, random) => {
  const { children } = root
  const edits: Edit[] = []
  for (let at = 0; at + 1 < children.length; at++) {
    const [one, next] = [children[at], children[at + 1]]
    if (!one || !next || !isMovable(text, one) || !isMovable(text, next) || random.below(2) === 0) continue
    const [first, second] = [linesOf(text, one.start, one.end), linesOf(text, next.start, next.end)]
    if (first.end > second.start) continue
    edits.push({ ...first, text: text.slice(second.start, second.end) }, { ...second, text: text.slice(first.start, first.end) })
    at++
  }
  return edits
})

/** A function of a module that needs nothing to be defined before it. */
function isMovable(text: string, node: Node): boolean {
  if (node.kind !== 'function' || indentAt(text, node.start) !== '' || node.children.some((each) => each.role === 'decorator')) return false
  const parameters = node.children.filter((each) => each.role === 'parameter')
  if (childIn(node, 'returns') || parameters.some((each) => each.children.some(({ role }) => role === 'default' || role === 'annotation'))) return false
  return text.slice(node.start, node.start + 4) === 'def ' && text[linesOf(text, node.start, node.end).end - 1] === '\n'
}

/** `x = a + b` becomes `x = part(a, b)` with `def part(a, b): return a + b` before the statement of the module around it. */
export const extractFunctions: Transformation = perFile((text, root, random) => {
  const candidates = statementsIn(text, root).filter(({ node, around }) => isExtractable(text, node, around))
  return random.shuffled(candidates).slice(0, CHANGES).flatMap(({ node, around }, index): Edit[] => {
    const value = childIn(node, 'value')
    const outer = around.find((each) => each.role === 'statement' && indentAt(text, each.start) === '')
    const function_ = around.find((each) => each.kind === 'function')
    if (!value || !outer || !function_) return []
    const locals = localNames(function_)
    const used = new Set(namesRead(value).filter((name) => locals.has(name)))
    const names = [...used].sort().join(', ')
    const before = linesOf(text, firstOf(outer), firstOf(outer) + 1).start
    return [
      { start: value.start, end: value.end, text: `extracted_${index}(${names})` },
      { start: before, end: before, text: `def extracted_${index}(${names}):\n    return ${text.slice(value.start, value.end)}\n\n\n` },
    ]
  })
})

function isExtractable(text: string, node: Node, around: readonly Node[]): boolean {
  const value = childIn(node, 'value')
  if (node.kind !== 'assign' || !value || !EXTRACTED.has(value.kind) || text.slice(node.start, node.end).includes('\n')) return false
  // The lines of sinks stay as they are, and functions in functions may read what is around them.
  if (text.slice(node.start, linesOf(text, node.start, node.end).end).includes('#@')) return false
  if (around.filter((each) => each.kind === 'function').length > 1) return false
  const inside = descendants(value)
  const callee = inside.filter((each) => each.role === 'callee')
  if (inside.some((each) => OBJECTS.has(each.kind)) || callee.some((each) => each.kind !== 'identifier' || /^[A-Z]/.test(each.text))) return false
  return !inside.some((each) => NOT_EXTRACTED.has(each.kind) || each.kind === 'identifier' && each.text === 'super')
}

/**
 * Not containers and objects, neither made nor read: those that a function makes for others are told apart by
 * their class alone, and what is put into them not by time.
 */
const EXTRACTED: ReadonlySet<Node['kind']> = new Set<Node['kind']>(['call', 'binary', 'template'])
const OBJECTS: ReadonlySet<Node['kind']> = new Set<Node['kind']>(['list', 'dict', 'tuple', 'set', 'member', 'index', 'slice'])
const NOT_EXTRACTED: ReadonlySet<Node['kind']> = new Set<Node['kind']>([
  'await', 'yield', 'assign-expression', 'function', 'comprehension', 'error', 'spread', 'logical', 'conditional',
])

/** `x = f(a)` becomes `x = (a + 1)` where `def f(v): return v + 1`. */
export const inlineFunctions: Transformation = perFile((text, root, random) => {
  const bodies = new Map<string, { readonly parameters: readonly string[], readonly value: Node }>()
  for (const each of root.children) {
    const found = expressionOf(text, each)
    if (found) bodies.set(found.name, found)
  }
  const defined = descendants(root).filter((each) => each.kind === 'function').map((each) => childIn(each, 'name')?.text ?? '')
  for (const name of bodies.keys()) if (defined.filter((each) => each === name).length > 1) bodies.delete(name)
  const calls = placed(root).filter(({ node, around }) => node.kind === 'call' && !around.some((each) => each.role === 'decorator'))
  return random.shuffled(calls).flatMap(({ node }): Edit[] => {
    const callee = childIn(node, 'callee')
    const body = callee?.kind === 'identifier' ? bodies.get(callee.text) : undefined
    const given = node.children.filter((each) => each.role === 'argument')
    if (!body || given.length !== body.parameters.length || !given.every((each) => SIMPLE.has(each.kind))) return []
    const names = new Map(body.parameters.map((name, index) => [name, given[index]]))
    const uses = descendants(body.value).flatMap((each): Edit[] => {
      const argument = each.kind === 'identifier' && each.role !== 'name' ? names.get(each.text) : undefined
      return argument ? [{ start: each.start - body.value.start, end: each.end - body.value.start, text: text.slice(argument.start, argument.end) }] : []
    })
    return [{ start: node.start, end: node.end, text: `(${edited(text.slice(body.value.start, body.value.end), uses)})` }]
  }).slice(0, CHANGES)
})

const SIMPLE: ReadonlySet<Node['kind']> = new Set<Node['kind']>(['identifier', 'string', 'number', 'boolean', 'null'])

/** A function that is one expression and no sink. */
function expressionOf(text: string, node: Node): { readonly name: string, readonly parameters: readonly string[], readonly value: Node } | undefined {
  const body = childIn(node, 'body')
  const [only] = body?.children ?? []
  const value = only?.kind === 'return' ? childIn(only, 'value') : undefined
  if (node.kind !== 'function' || !isMovable(text, node) || body?.children.length !== 1 || !value) return undefined
  const source = text.slice(value.start, value.end)
  const own = descendants(value).some((each) => NOT_EXTRACTED.has(each.kind) || each.kind === 'keyword-argument')
  if (own || source.includes('\n') || text.slice(value.start, linesOf(text, value.start, value.end).end).includes('#@')) return undefined
  const parameters = node.children.filter((each) => each.role === 'parameter')
  if (parameters.some((each) => each.flags !== 0)) return undefined
  return { name: childIn(node, 'name')?.text ?? '', parameters: parameters.map((each) => childIn(each, 'name')?.text ?? ''), value }
}

/** Functions that read nothing of their module but its imports go to a file of their own. */
export const moveFunctions: Transformation = async (sources, random) => {
  const out: Record<string, string> = { ...sources }
  for (const [path, text] of Object.entries(sources)) {
    if (!path.endsWith('.py')) continue
    const root = await parse(text)
    const imports = root.children.filter((each) => each.kind === 'import' || each.kind === 'import-from')
    const imported = new Set(imports.flatMap((each) => each.children).map((each) => childIn(each, 'alias')?.text ?? each.text.split('.')[0] ?? ''))
    const bound = new Set(root.children.filter((each) => each.kind !== 'import' && each.kind !== 'import-from').flatMap(namesBound))
    const movable = root.children.filter((each) => isMovable(text, each) && namesRead(each).every((name) => imported.has(name) || !bound.has(name)))
    const moved = random.shuffled(movable).slice(0, CHANGES)
    if (moved.length === 0) continue
    const folder = path.slice(0, path.lastIndexOf('/') + 1)
    const stem = `moved_${path.slice(folder.length).replace(/\W/g, '_')}`
    const edits = moved.map((each): Edit => {
      const whole = linesOf(text, each.start, each.end)
      return { ...whole, text: `from ${folder === '' ? '' : '.'}${stem} import ${childIn(each, 'name')?.text ?? ''}\n` }
    })
    const header = imports.filter((each) => each.text !== '__future__').map((each) => text.slice(each.start, each.end)).join('\n')
    out[path] = edited(text, edits)
    out[`${folder}${stem}.py`] = `${header}\n\n${moved.map((each) => text.slice(linesOf(text, each.start, each.end).start, linesOf(text, each.start, each.end).end)).join('\n\n')}`
  }
  return out
}

/** Functions and variables of functions get other names, everywhere; `known` are names that others give a meaning. */
export function rename(known: ReadonlySet<string>): Transformation {
  return async (sources) => {
    const roots = new Map<string, Node>()
    for (const [path, text] of Object.entries(sources)) if (path.endsWith('.py')) roots.set(path, await parse(text))
    const fixed = new Set(known)
    const own = new Set<string>()
    for (const [path, root] of roots) {
      for (const part of path.replace(/\.py$/, '').split('/')) fixed.add(part)
      for (const { node, around } of placed(root)) namesIn(node, around, own, fixed)
    }
    const renamed = [...own].filter((name) => !fixed.has(name) && !name.startsWith('__'))
    const out: Record<string, string> = { ...sources }
    for (const [path, root] of roots) {
      const edits = descendants(root).flatMap((each): Edit[] => (
        each.kind === 'identifier' && renamed.includes(each.text) && each.end - each.start === each.text.length
          ? [{ start: each.start, end: each.end, text: `${each.text}_renamed` }] : []
      ))
      const aliases = descendants(root).flatMap((each): Edit[] => (
        each.kind === 'import-item' && renamed.includes(each.text)
          ? [{ start: each.start, end: each.start + each.text.length, text: `${each.text}_renamed` }] : []
      ))
      out[path] = edited(sources[path] ?? '', [...edits, ...aliases])
    }
    return out
  }
}

/** Sorts the names of a node into those that the program gives and those that stand where their spelling has a meaning. */
function namesIn(node: Node, around: readonly Node[], own: Set<string>, fixed: Set<string>): void {
  const isPlain = node.kind === 'function' && !node.children.some((each) => each.role === 'decorator')
  if (isPlain) own.add(childIn(node, 'name')?.text ?? '')
  if (node.kind === 'identifier' && node.role === 'target') own.add(node.text)
  for (const name of spelledNames(node, around)) fixed.add(name)
}

/** Names whose spelling has a meaning where a node stands: in strings, modules, classes, parameters and attributes. */
function spelledNames(node: Node, around: readonly Node[]): readonly string[] {
  switch (node.kind) {
    case 'string':
    case 'template':
      return node.text.match(/\w+/g) ?? []
    case 'import-item':
      return around[0]?.kind === 'import' ? node.text.split('.') : []
    case 'import-from':
      return node.text.split('.')
    case 'class':
      return descendants(node).filter((each) => each.role === 'name').map((each) => each.text)
    case 'keyword-argument':
    case 'parameter':
    case 'member':
      return [childIn(node, 'name')?.text ?? '']
    default:
      return node.kind === 'error' || node.kind.startsWith('pattern') ? descendants(node).map((each) => each.text) : []
  }
}

/** Names bound in a function: parameters and everything assigned. */
function localNames(of: Node): ReadonlySet<string> {
  const found = new Set<string>()
  const outside = new Set<string>()
  for (const each of descendants(of)) {
    if (each.kind === 'parameter') found.add(childIn(each, 'name')?.text ?? '')
    else if (each.kind === 'global' || each.kind === 'nonlocal') for (const name of each.children) outside.add(name.text)
    else for (const name of namesBound(each)) if (each !== of) found.add(name)
  }
  return new Set([...found].filter((name) => name !== '' && !outside.has(name)))
}

/** Names that one node binds. */
function namesBound(node: Node): readonly string[] {
  if (node.kind === 'import-item') return [childIn(node, 'alias')?.text ?? node.text.split('.')[0] ?? '']
  const named = node.kind === 'function' || node.kind === 'class' || node.kind === 'catch' ? [childIn(node, 'name')] : []
  const targets = node.children.filter((each) => each.role === 'target').flatMap((each) => descendants(each).filter(({ role, kind }) => kind === 'identifier' && role !== 'name'))
  return [...named, ...targets].flatMap((each) => (each ? [each.text] : []))
}

/** Names that an expression or statement reads. */
function namesRead(node: Node): readonly string[] {
  return descendants(node).filter((each) => each.kind === 'identifier' && each.role !== 'name').map((each) => each.text)
}

/** Start of a statement with its decorators. */
function firstOf(node: Node): number {
  return Math.min(node.start, ...node.children.filter((each) => each.role === 'decorator').map((each) => each.start))
}
