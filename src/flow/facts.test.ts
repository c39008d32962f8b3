import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { LIMITS } from '../core/limits.ts'
import { language } from '../languages/python/language.ts'
import { node } from '../tree/node.ts'
import type { Node } from '../tree/node.ts'
import type { FrontEnd } from '../tree/language.ts'
import { Op } from './facts.ts'
import type { FileFacts, FunctionFacts, ValueId } from './facts.ts'
import { functionAt, valueAt } from './lookup.ts'
import { factsOf } from './lower.ts'
import { printValue } from './print.ts'
import { invariantsBroken } from './validate.ts'

let frontEnd: FrontEnd

before(async () => {
  frontEnd = await language.open()
})

function facts(source: string): FileFacts {
  const made = factsOf(frontEnd.parse(source), language)
  assert.deepEqual(invariantsBroken(made), [])
  return made
}

function lines(...text: string[]): string {
  return `${text.join('\n')}\n`
}

/** Entries of a value's list. */
function listOf(of: FileFacts, value: ValueId): ValueId[] {
  return [...of.args.subarray(of.argStart[value], of.argStart[value + 1])]
}

function named(of: FileFacts, qualifiedName: string): FunctionFacts {
  const found = of.functions.find((each) => each.qualifiedName === qualifiedName)
  assert.ok(found, `no function ${qualifiedName}`)
  return found
}

/** The value of the n-th place where the source spells `text`. */
function valueOf(of: FileFacts, source: string, text: string, nth = 0): ValueId {
  let start = source.indexOf(text)
  for (let left = nth; left > 0; left--) start = source.indexOf(text, start + 1)
  assert.ok(start >= 0, `no ${text}`)
  const value = valueAt(of, { start, end: start + text.length })
  assert.ok(value !== undefined, `no value at ${text}`)
  return value
}

/** Conditions known where a value is computed, as source text with `not` in front, innermost first. */
function conditionsAt(of: FileFacts, source: string, value: ValueId): string[] {
  const known: string[] = []
  for (let block = of.block[value] ?? -1; block >= 0; block = of.dominator[block] ?? -1) {
    const condition = of.condition[block] ?? -1
    if (condition < 0) continue
    known.push((of.sense[block] === 1 ? '' : 'not ') + source.slice(of.start[condition], of.end[condition]))
  }
  return known
}

function bindings(of: FileFacts, unit: FunctionFacts): string[] {
  return unit.bindings.map(({ name, value }) => `${of.strings[name] ?? '?'} = ${printValue(of, value)}`)
}

test('a guard that leaves holds for the rest of the function', () => {
  const source = lines(
    'def f(a):', '    if a not in OK:', '        raise E', '    for x in a:', '        if not x: continue',
    '        use(x)', '    end(a)',
  )
  const of = facts(source)
  assert.deepEqual(conditionsAt(of, source, valueOf(of, source, 'use(x)')), ['x', 'not a not in OK'])
  assert.deepEqual(conditionsAt(of, source, valueOf(of, source, 'end(a)')), ['not a not in OK'])
})

test('each part of a rejected `or` is known to be false, each part of an `and` to be true', () => {
  const source = lines(
    'def f(a, b):', '    if not a or b == 1:', '        return', '    use(a)', '    if a and ok(b): sink(b)',
    '    after(b)',
  )
  const of = facts(source)
  assert.deepEqual(conditionsAt(of, source, valueOf(of, source, 'use(a)')), ['not b == 1', 'a'])
  assert.deepEqual(conditionsAt(of, source, valueOf(of, source, 'sink(b)')), ['ok(b)', 'a', 'not b == 1', 'a'])
  assert.deepEqual(conditionsAt(of, source, valueOf(of, source, 'after(b)')), ['not b == 1', 'a'])
})

test('the right of `and` and both sides of a conditional stand under their conditions', () => {
  const source = 'x = a and b(a)\ny = c(a) if a else d(a)\n'
  const of = facts(source)
  assert.deepEqual(conditionsAt(of, source, valueOf(of, source, 'b(a)')), ['a'])
  assert.deepEqual(conditionsAt(of, source, valueOf(of, source, 'd(a)')), ['not a'])
})

/** What a phi's operands are, each with the conditions known where it comes by. */
function ways(of: FileFacts, source: string, phi: ValueId): string[] {
  assert.equal(of.op[phi], Op.Phi)
  return listOf(of, phi).map((each) => {
    const value = of.op[each] === Op.Refine ? of.a[each] ?? -1 : each
    return `${printValue(of, value)} if ${conditionsAt(of, source, each).join(', ')}`
  })
}

test('a value replaced unless it passes a check carries the check into the join', () => {
  const source = lines(
    "def f(a):", "    if a not in OK:", "        a = 'x'", "    use(a)",
  )
  const of = facts(source)
  assert.deepEqual(ways(of, source, valueOf(of, source, 'a', source.split('a').length - 2)), [
    'Const "x" 0 if a not in OK', 'Param "a" 0 if not a not in OK',
  ])
})

test('the arms of a choice carry their conditions', () => {
  const source = lines(
    "def f(a):", "    b = a if ok(a) else 'x'", "    c = ok(a) and a",
  )
  const of = facts(source)
  const choice = valueOf(of, source, "a if ok(a) else 'x'")
  assert.deepEqual(ways(of, source, choice), ['Param "a" 0 if ok(a)', 'Const "x" 0 if not ok(a)'])
  assert.equal(ways(of, source, valueOf(of, source, 'ok(a) and a'))[1], 'Param "a" 0 if ok(a)')
})

test('code after a jump keeps its values, sees what came before and changes nothing', () => {
  const source = lines(
    'def f(a):', '    x = 1', '    if a:', '        return x', '        x = 2', '        dead(x)', '    live(x)',
  )
  const of = facts(source)
  const dead = valueOf(of, source, 'dead(x)')
  assert.deepEqual(conditionsAt(of, source, dead), ['a'])
  assert.equal(printValue(of, valueOf(of, source, 'x', 3)), 'Const "2" 1')
  assert.equal(printValue(of, valueOf(of, source, 'x', 4)), 'Const "1" 1')
  assert.deepEqual(conditionsAt(of, source, valueOf(of, source, 'live(x)')), ['not a'])
  assert.ok(!of.successors.includes(of.block[dead] ?? -1))
})

test('a finally keeps what the body checked', () => {
  const source = lines(
    'def f(a):', '    try:', '        check(a)', '    finally:', '        done()', '    use(a)',
  )
  const of = facts(source)
  const check = of.block[valueOf(of, source, 'check(a)')] ?? -1
  let block = of.block[valueOf(of, source, 'use(a)')] ?? -1
  while (block >= 0 && block !== check) block = of.dominator[block] ?? -1
  assert.equal(block, check)
})

test('a handler sees every value assigned in the body, not only the last of a block', () => {
  const source = lines(
    'def f():', '    x = 1', '    try:', '        x = 2', '        a()', '        x = 3', '    except E:',
    '        use(x)', '    end(x)',
  )
  const of = facts(source)
  const texts = (value: ValueId): string[] => (of.op[value] === Op.Phi
    ? listOf(of, value).flatMap(texts)
    : [of.strings[of.a[value] ?? -1] ?? '?'])
  assert.deepEqual(new Set(texts(valueOf(of, source, 'x', 4))), new Set(['1', '2', '3']))
})

test('captured variables list everything assigned to them', () => {
  const source = lines(
    'def f(a):', '    b = 1', '    def g(): return a, b', '    b = 2', '    return g',
  )
  const of = facts(source)
  const g = named(of, 'f.g')
  const captures = [...of.op.keys()].filter((value) => of.op[value] === Op.Capture)
  for (const each of captures) assert.ok(each >= g.firstValue && each < g.firstValue + g.valueCount)
  const lists = captures.map((value) => listOf(of, value).map((each) => printValue(of, each)))
  assert.deepEqual(lists, [['Param "a" 0'], ['Const "1" 1', 'Const "2" 1']])
})

test('a variable assigned by an inner function is never taken for its last assignment', () => {
  const source = lines(
    'def f():', '    x = 1', '    def g():', '        nonlocal x', '        x = read()', '    g()', '    return x',
  )
  const of = facts(source)
  const read = valueOf(of, source, 'x', 3)
  assert.equal(of.op[read], Op.Capture)
  const values = listOf(of, read).map((each) => of.op[each])
  assert.deepEqual(new Set(values), new Set([Op.Const, Op.Call]))
})

test('many captures of a variable with many values stay small', () => {
  const parts = Array.from({ length: 60 }, (_, at) => `    v = ${at}\n    def g${at}(): return v\n`)
  const of = facts(`def f():\n${parts.join('')}`)
  const captures = [...of.op.keys()].filter((value) => of.op[value] === Op.Capture)
  const sizes = captures.map((value) => (of.argStart[value + 1] ?? 0) - (of.argStart[value] ?? 0))
  assert.deepEqual(sizes, [60, ...Array.from({ length: 59 }, () => 1)])
  assert.equal(of.args[of.argStart[captures[5] ?? 0] ?? 0], captures[0])
})

test('global variables: written, read before, and symbolic at module level', () => {
  const source = lines(
    'n = None', 'def f():', '    global n', '    if n is None:', '        n = make()', '    return n', 'use(n)',
  )
  const of = facts(source)
  const f = named(of, 'f')
  const returned = of.a[f.returns[0] ?? -1] ?? -1
  assert.equal(of.op[returned], Op.Phi)
  const sources = listOf(of, returned).map((each) => printValue(of, each))
  assert.deepEqual(sources.map((each) => each.split(' ')[0]), ['Call', 'Refine'])
  const last = source.lastIndexOf('n')
  assert.equal(printValue(of, valueAt(of, { start: last, end: last + 1 }) ?? -1), 'Name "n"')
})

test('a class body sees enclosing names until it binds them, its methods do not see it', () => {
  const source = lines(
    'def f(x):', '    class C:', '        x = x', '        y = x', '        def m(self): return x, y',
    '    return C',
  )
  const of = facts(source)
  const body = named(of, 'f.C')
  assert.equal(body.kind, 'class-body')
  assert.deepEqual(bindings(of, body).map((each) => each.replace(/v\d+/g, 'v')), [
    'x = Capture "x" (v)', 'y = Capture "x" (v)', 'm = Function f.C.m',
  ])
  const m = named(of, 'f.C.m')
  const values = [...of.op.keys()].slice(m.firstValue, m.firstValue + m.valueCount)
  const inside = values.map((value) => printValue(of, value).split(' (')[0])
  assert.deepEqual(inside.filter((each) => !each?.startsWith('Param')).slice(0, 2), ['Capture "x"', 'Name "y"'])
})

test('module bindings keep every way a name is bound', () => {
  const source = lines(
    'try:', '    import json', 'except ImportError:', '    json = None', 'with a as b:', '    def f(): pass',
    'for c in d:', '    class E: pass',
  )
  const of = facts(source)
  const [module] = of.functions
  assert.ok(module)
  assert.deepEqual(bindings(of, module).map((each) => each.replace(/v\d+/g, 'v')), [
    'json = Import json', 'json = Const "" 3', 'b = Enter v', 'f = Function f', 'c = Element v', 'E = Class E',
  ])
})

test('imports as written, with what they bind', () => {
  const source = lines(
    'import a.b', 'import c.d as e', 'from ..f import g as h, i', 'if x:', '    from j import *', 'def k():',
    '    import l',
  )
  const of = facts(source)
  const shown = of.imports.map((each) => [each.module, each.name, each.bound, each.function, each.conditional])
  assert.deepEqual(shown, [
    ['a.b', '', 'a', 0, false], ['c.d', '', 'e', 0, false], ['..f', 'g', 'h', 0, false], ['..f', 'i', 'i', 0, false],
    ['j', '*', '', 0, true], ['l', '', 'l', 1, false],
  ])
})

test('functions and classes: parameters, defaults, decorators, bases', () => {
  const source = lines(
    '@route("/")', 'async def f(a, /, b: int = 1, *c, d=2, **e) -> str:', '    yield a', 'class K(B, metaclass=M):',
    '    def m(self): pass',
  )
  const of = facts(source)
  const f = named(of, 'f')
  assert.deepEqual([f.isAsync, f.isGenerator, f.parent, f.classIndex], [true, true, 0, -1])
  assert.deepEqual(f.parameters.map(({ name, kind }) => `${name} ${kind}`), [
    'a positional-only', 'b positional', 'c rest', 'd keyword-only', 'e keyword-rest',
  ])
  const shown = (value: ValueId): string => (value < 0 ? '' : printValue(of, value))
  assert.deepEqual(f.parameters.map((each) => shown(each.default)), ['', 'Const "1" 1', '', 'Const "2" 1', ''])
  assert.deepEqual(f.parameters.map((each) => shown(each.annotation)), ['', 'Name "int"', '', '', ''])
  assert.deepEqual(f.decorators.map((each) => source.slice(of.start[each], of.end[each])), ['route("/")'])
  assert.equal(shown(f.returnAnnotation), 'Name "str"')
  const [k] = of.classes
  assert.deepEqual(k?.bases.map(shown), ['Name "B"'])
  assert.equal(of.functions[k?.body ?? -1]?.qualifiedName, 'K')
  assert.equal(named(of, 'K.m').classIndex, 0)
})

test('declared exports, unless they cannot be read', () => {
  assert.deepEqual(facts("__all__ = ['b', 'a']\n__all__ += ('c',)\n").exports, ['a', 'b', 'c'])
  assert.equal(facts('__all__ = names()\n').exports, undefined)
  assert.equal(facts('x = 1\n').exports, undefined)
})

test('the value of any expression is found by its span', () => {
  const source = lines(
    'def f(a):', '    b = g(a.c[0], *a)', '    for d in b: d', '    return -b + (lambda: a)()',
  )
  const of = facts(source)
  const expected: readonly (readonly [string, number, string])[] = [
    ['a.c', 0, 'Attr'], ['a.c[0]', 0, 'Index'], ['g(a.c[0], *a)', 0, 'Call'], ['b', 0, 'Call'],
    ['d', 1, 'Element'], ['-b', 0, 'Unary'],
    ['lambda: a', 0, 'Function'], ['g', 0, 'Name'], ['0', 0, 'Const'],
  ]
  for (const [text, nth, op] of expected) {
    assert.equal(printValue(of, valueOf(of, source, text, nth)).split(' ')[0], op, text)
  }
  assert.equal(valueAt(of, { start: 0, end: 2 }), undefined)
  const lambda = of.functions.findIndex((each) => each.kind === 'lambda')
  assert.equal(functionAt(of, source.indexOf('lambda') + 8), lambda)
  assert.equal(functionAt(of, source.indexOf('for')), of.functions.indexOf(named(of, 'f')))
  assert.equal(functionAt(of, source.length), 0)
})

test('a function beyond the limit keeps its parameters and is named', () => {
  const count = Math.ceil(LIMITS.functionValues / 3) + 1
  const rows = Array.from({ length: count }, (_, at) => `  a${at} = b(${at})\n`).join('')
  const of = facts(`def f(p, q=1):\n${rows}  def inner(): return p\ndef g(p): return p\n`)
  assert.deepEqual(of.unlowered.map((index) => of.functions[index]?.name), ['f'])
  const parameters = named(of, 'f').parameters.map(({ name, value }) => [name, of.op[value]])
  assert.deepEqual(parameters, [['p', Op.Param], ['q', Op.Param]])
  assert.equal(named(of, 'g').returns.length, 1)
})

test('long chains do not exhaust the stack', () => {
  const length = 10_000
  let sum: Node = node('identifier', 'left', 0, 1, [], 'a')
  let or: Node = sum
  for (let at = 1; at < length; at++) {
    const right = node('identifier', 'right', at, at + 1, [], 'a')
    sum = node('binary', 'left', 0, at + 1, [sum, right], '+')
    or = node('logical', 'left', 0, at + 1, [or, right], 'or')
  }
  let branch: Node | undefined
  for (let at = length; at > 0; at--) {
    const test = node('identifier', 'test', at, at + 1, [], 'a')
    const then = node('block', 'then', at + 1, at + 1)
    branch = node('if', at === 1 ? 'statement' : 'else', at, length + 1, branch ? [test, then, branch] : [test, then])
  }
  const statement = (value: Node): Node =>
    node('expression-statement', 'statement', value.start, value.end, [{ ...value, role: 'value' }])
  assert.ok(branch)
  const root = node('module', 'root', 0, length + 1, [statement(sum), statement(or), branch])
  const of = factsOf({ root, comments: [], problems: [], dialect: '' }, language)
  assert.deepEqual(invariantsBroken(of), [])
  assert.equal([...of.op].filter((op) => op === Op.Binary).length, length - 1)
  assert.equal([...of.condition].filter((value) => value >= 0).length, 2 * length + length - 1)
})

test('code nested deeper than the limit becomes an unknown value', () => {
  let deep: Node = node('identifier', 'value', 0, 1, [], 'a')
  for (let at = 0; at < LIMITS.treeDepth * 4; at++) {
    deep = node('unary', 'value', 0, 1, [{ ...deep, role: 'operand' }], '-')
  }
  const root = node('module', 'root', 0, 1, [node('expression-statement', 'statement', 0, 1, [deep])])
  const of = factsOf({ root, comments: [], problems: [], dialect: '' }, language)
  assert.deepEqual(invariantsBroken(of), [])
  assert.ok(of.op.includes(Op.Unknown ?? -1))
})
