import { child, childrenIn } from '../../tree/node.ts'
import type { Node } from '../../tree/node.ts'
import { Op } from '../facts.ts'
import { statementTable } from './context.ts'
import type { Lowering, LowerStatement } from './context.ts'
import { test } from './conditions.ts'

/** `switch` and `match` with their patterns. */
export const PATTERNS: [string, LowerStatement][] = statementTable({ switch: lowerSwitch })

/**
 * Cases are tried in order. A value pattern is the comparison `==`, a class
 * pattern the binary operator `instanceof`; other tests have no condition.
 */
function lowerSwitch(into: Lowering, of: Node): void {
  const { blocks } = into.builder
  const subject = into.part(of, 'subject')
  const before = blocks.open()
  const join = into.block()
  into.nesting++
  for (const each of childrenIn(of, 'case')) {
    blocks.cursor = each.start
    const next = into.block()
    const matched = into.block()
    alternatives(into, childrenIn(each, 'pattern'), subject, matched, next)
    blocks.start(matched, before)
    const guard = child(each, 'guard')
    if (guard) {
      const body = into.block()
      test(into, guard, body, next)
      blocks.start(body, blocks.current)
    }
    into.statements(child(each, 'body'))
    blocks.jump(join)
    blocks.start(next, before)
  }
  blocks.jump(join)
  into.nesting--
  blocks.cursor = of.end
  blocks.start(join, before)
}

/** Any of several patterns; with none it is the default case. */
function alternatives(
  into: Lowering, patterns: readonly Node[], subject: number, matched: number, failed: number,
): void {
  const { blocks } = into.builder
  if (patterns.length === 0) blocks.jump(matched)
  patterns.forEach((pattern, at) => {
    const next = at === patterns.length - 1 ? failed : into.block()
    match(into, pattern, subject, next)
    blocks.jump(matched)
    if (next !== failed) blocks.start(next, blocks.current)
  })
}

/** Goes on in the current block when the pattern matches, having bound its names; else to `failed`. */
function match(into: Lowering, pattern: Node, subject: number, failed: number): void {
  into.enter(pattern, () => {
    const lower = BY_KIND.get(pattern.kind)
    if (lower) lower(into, pattern, subject, failed)
    else compare(into, pattern, pattern, subject, failed)
  })
}

type LowerPattern = (into: Lowering, of: Node, subject: number, failed: number) => void

const BY_KIND: ReadonlyMap<string, LowerPattern> = new Map<string, LowerPattern>([
  ['pattern-value', (into, of, subject, failed) => compare(into, of, child(of, 'value'), subject, failed)],
  ['pattern-capture', (into, of, subject) => {
    if (of.text !== '_') into.assign(of, of.text, subject)
  }],
  ['pattern-rest', (into, of, subject) => {
    if (of.text !== '_' && of.text !== '') into.assign(of, of.text, subject)
  }],
  ['pattern-as', (into, of, subject, failed) => {
    const inner = child(of, 'pattern')
    const name = child(of, 'name')
    if (inner) match(into, inner, subject, failed)
    if (name) into.assign(name, name.text, subject)
  }],
  ['pattern-or', (into, of, subject, failed) => {
    const matched = into.block()
    const before = into.builder.blocks.open()
    alternatives(into, of.children, subject, matched, failed)
    into.builder.blocks.start(matched, before)
  }],
  ['pattern-sequence', (into, of, subject, failed) => {
    perhaps(into, failed)
    let isKnown = true
    of.children.forEach((part, at) => {
      if (part.kind === 'pattern-rest') isKnown = false
      match(into, part, into.emit(Op.Unpack, part, subject, isKnown ? at : -1), failed)
    })
  }],
  ['pattern-mapping', (into, of, subject, failed) => {
    perhaps(into, failed)
    for (const part of of.children) {
      if (part.kind !== 'pattern-entry') {
        match(into, part, subject, failed)
        continue
      }
      const key = into.part(part, 'key')
      const inner = child(part, 'pattern')
      if (inner) match(into, inner, into.emit(Op.Index, part, subject, key), failed)
    }
  }],
  ['pattern-class', classPattern],
])

function classPattern(into: Lowering, of: Node, subject: number, failed: number): void {
  const type = into.part(of, 'callee')
  refute(into, into.emit(Op.Binary, of, subject, type, [into.string('instanceof')]), failed)
  childrenIn(of, 'pattern').forEach((part) => {
    if (part.kind !== 'pattern-field') {
      // Which attribute a position means is known to the class only.
      match(into, part, into.emit(Op.Unpack, part, subject, -1), failed)
      return
    }
    const inner = child(part, 'pattern')
    const read = into.emit(Op.Attr, part, subject, into.string(child(part, 'name')?.text ?? ''))
    if (inner) match(into, inner, read, failed)
  })
}

function compare(into: Lowering, of: Node, value: Node | undefined, subject: number, failed: number): void {
  if (!value) return perhaps(into, failed)
  const expected = into.expression(value)
  refute(into, into.emit(Op.Binary, of, subject, expected, [into.string('==')]), failed)
}

/** A test that nothing is known of. */
function perhaps(into: Lowering, failed: number): void {
  refute(into, -1, failed)
}

function refute(into: Lowering, condition: number, failed: number): void {
  const { blocks } = into.builder
  const next = into.block()
  blocks.branch(condition, next, failed)
  blocks.start(next, blocks.current)
}
