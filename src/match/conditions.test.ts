import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SourceText } from '../core/text.ts'
import { language } from '../languages/python/language.ts'
import { compileRule } from './compile.ts'
import type { Formula, FormulaCondition } from './formula.ts'
import { matchFile } from './match-file.ts'

const front = await language.open()

/** Each match as line and text; ` ?` where the program has to decide. */
function found(pattern: string, condition: FormulaCondition, code: string): string[] {
  const formula: Formula = { op: 'all', of: [{ op: 'pattern', pattern }], conditions: [condition], focus: [] }
  const { rule, problems } = compileRule({ id: 'r', formula: { mode: 'search', formula }, options: new Map() }, front)
  assert.deepEqual(problems, [])
  assert.ok(rule)
  const source = new SourceText(code)
  return matchFile([rule], front.parse(code), code).flatMap(({ matches }) => matches.map(({ start, end, conditions }) => {
    return `${source.position(start).line}: ${code.slice(start, end)}${conditions.length > 0 ? ' ?' : ''}`
  }))
}

const within = (formula: Formula, language = ''): FormulaCondition => ({ kind: 'pattern', metavariable: '$X', language, formula })
const compare = (comparison: string, strip = false): FormulaCondition => ({ kind: 'comparison', metavariable: strip ? '$X' : '', comparison, strip })
const all = (...of: Formula[]): Formula => ({ op: 'all', of, conditions: [], focus: [] })

test('metavariable-pattern looks anywhere in what the metavariable stands for, and knows the imports of the file', () => {
  const code = 'from os import getenv\nf(1 + getenv("A"))\nf(2)\nf(other.getenv("A"))\ngetenv("A")\n'
  assert.deepEqual(found('f($X)', within({ op: 'pattern', pattern: 'os.getenv(...)' }), code), ['2: f(1 + getenv("A"))'])
})

test('metavariable-pattern: negatives alone are about the whole binding', () => {
  const no = within(all({ op: 'not', of: { op: 'pattern', pattern: '"..."' } }))
  assert.deepEqual(found('f($X)', no, 'f("a")\nf(g("a"))\nf(x)\n'), ['2: f(g("a"))', '3: f(x)'])
})

test('metavariable-pattern: bindings agree with those outside', () => {
  const same = within({ op: 'pattern', pattern: 'g($Y)' })
  assert.deepEqual(found('f($X, $Y)', same, 'f(g(a), a)\nf(g(a), b)\n'), ['1: f(g(a), a)'])
})

test('metavariable-pattern: expressions search the text of the binding, or the content of a string', () => {
  const regex = (source: string, language = ''): FormulaCondition => within({ op: 'regex', regex: source }, language)
  const code = 'f("secret")\nf(secret)\nf("a", "secret")\n'
  assert.deepEqual(found('f($X)', regex('^"secret'), code), ['1: f("secret")'])
  assert.deepEqual(found('f($X)', regex('^secret$', 'regex'), code), ['1: f("secret")', '2: f(secret)'])
})

test('metavariable-comparison reads literals, constants of the file and texts', () => {
  const code = 'SIZE = 1024\nf(512)\nf(SIZE)\nf(4096)\nf("512")\nf(unknown)\nf(-1)\n'
  assert.deepEqual(found('f($X)', compare('$X < 2048'), code), ['2: f(512)', '3: f(SIZE)', '7: f(-1)'])
  assert.deepEqual(found('f($X)', compare('$X < 2048', true), code), ['2: f(512)', '5: f("512")', '7: f(-1)'])
})

test('metavariable-type: a literal shows its type, of the rest the program decides', () => {
  const typed: FormulaCondition = { kind: 'type', metavariable: '$X', types: ['string'] }
  assert.deepEqual(found('f($X)', typed, 'f("a")\nf(x)\nf(1)\n'), ['1: f("a")', '2: f(x) ?', '3: f(1) ?'])
})

/** Each match as line and text, for rules with options; ` ?` where the program has to decide. */
function foundWith(options: Readonly<Record<string, boolean>>, formula: Formula, code: string): string[] {
  const { rule, problems } = compileRule({ id: 'r', formula: { mode: 'search', formula }, options: new Map(Object.entries(options)) }, front)
  assert.deepEqual(problems, [])
  assert.ok(rule)
  const source = new SourceText(code)
  return matchFile([rule], front.parse(code), code).flatMap(({ matches }) => matches.map(({ start, end, conditions }) => {
    return `${source.position(start).line}: ${code.slice(start, end)}${conditions.length > 0 ? ' ?' : ''}`
  }))
}

test('symbolic propagation: a name also matches as what it is assigned, where that is done once and before', () => {
  const code = 'def f(d):\n    s = open_session()\n    s.get(1)\n    t = s\n    t.get(2)\n    if d:\n        u = open_session()\n    u = d\n    u.get(3)\n    v.get(4)\n    v = open_session()\n'
  const formula: Formula = { op: 'pattern', pattern: 'open_session().get(...)' }
  assert.deepEqual(foundWith({ symbolic_propagation: true }, formula, code), ['3: s.get(1)', '5: t.get(2)'])
  assert.deepEqual(foundWith({}, formula, code), [])
})

test('symbolic propagation: metavariables agree through names', () => {
  const code = 'def f(a):\n    b = a\n    g(a, b)\n    g(a, c)\n'
  assert.deepEqual(foundWith({ symbolic_propagation: true }, { op: 'pattern', pattern: 'g($X, $X)' }, code), ['3: g(a, b)'])
})

test('an import counts for what stands after it; before, only the program knows', () => {
  const code = 'w(1)\nimport plain as w\nfrom other import run\nrun(1)\n'
  assert.deepEqual(foundWith({}, { op: 'pattern', pattern: 'other.run(...)' }, code), ['4: run(1)'])
  assert.deepEqual(foundWith({}, { op: 'pattern', pattern: 'other.run(...)' }, 'run(1)\nfrom other import run\n'), ['1: run(1) ?'])
})

test('a call that is given anything also matches a decorator that is given nothing', () => {
  const code = 'from functools import cache\n@cache\ndef f(): pass\n@functools.cache(1)\ndef g(): pass\n'
  assert.deepEqual(foundWith({}, { op: 'pattern', pattern: 'functools.cache(...)' }, code), ['2: cache', '4: functools.cache(1)'])
  assert.deepEqual(foundWith({}, { op: 'pattern', pattern: 'functools.cache(1)' }, code), ['4: functools.cache(1)'])
})

test('assert with an ellipsis also matches one with a message', () => {
  assert.deepEqual(foundWith({}, { op: 'pattern', pattern: 'assert ...' }, 'assert a, "b"\nassert a\n'), ['1: assert a, "b"', '2: assert a'])
})

test('a constant that only the program knows is a question to it within a metavariable', () => {
  const code = 'def f(b):\n    a = False\n    g(a)\n    if b:\n        a = True\n        g(a)\n    g(a)\n'
  assert.deepEqual(found('g($X)', within({ op: 'pattern', pattern: 'False' }), code), ['3: g(a)', '7: g(a) ?'])
})

test('metavariable-analysis: of a literal the content counts, of a name what it is known to be', () => {
  const analysis = (analyzer: 'entropy' | 'redos'): FormulaCondition => ({ kind: 'analysis', metavariable: '$X', analyzer })
  const code = 'A = "(a+)+$"\nf(r"(a+)+$")\nf(A)\nf("(ab)+$")\nf(b)\nf("jH7sKq2Lz9XwVb")\n'
  assert.deepEqual(found('f($X)', analysis('redos'), code), ['2: f(r"(a+)+$")', '3: f(A)'])
  assert.deepEqual(found('f("$X")', analysis('redos'), code), ['2: f(r"(a+)+$")', '3: f(A)'])
  assert.deepEqual(found('f("$X")', analysis('entropy'), code), ['6: f("jH7sKq2Lz9XwVb")'])
})

test('anywhere: bindings agree with a match at any place of the file', () => {
  const p = (pattern: string): Formula => ({ op: 'pattern', pattern })
  const code = 'use(a)\nuse(b)\nopen(a)\n'
  assert.deepEqual(foundWith({}, all(p('use($X)'), { op: 'anywhere', of: p('open($X)') }), code), ['1: use(a)'])
  assert.deepEqual(foundWith({}, all(p('use($X)'), { op: 'not-anywhere', of: p('open($X)') }), code), ['2: use(b)'])
})

test('as: a metavariable stands for the whole match', () => {
  const call: Formula = { op: 'all', of: [{ op: 'pattern', pattern: 'f(...)' }], conditions: [], focus: [], as: '$CALL' }
  const code = 'g(f(1), f(1))\ng(f(1), f(2))\n'
  const twice: Formula = all({ op: 'inside', of: { op: 'pattern', pattern: 'g($CALL, $CALL)' } }, call)
  assert.deepEqual(foundWith({}, twice, code), ['1: f(1)', '1: f(1)'])
})

test('metavariable-pattern: generic patterns read the content of a string', () => {
  const tag = within({ op: 'pattern', pattern: '<$TAG ...' }, 'generic')
  assert.deepEqual(found('f($X)', tag, 'f("<b>x</b>")\nf("a < b")\nf("b")\n'), ['1: f("<b>x</b>")', '2: f("a < b")'])
  const { problems } = compileRule({ id: 'r', formula: { mode: 'search', formula: all({ op: 'pattern', pattern: 'f($X)' }) }, options: new Map() }, front)
  assert.deepEqual(problems, [])
})

test('constants: the last assignment before counts where nothing but it can have been made last', () => {
  const one = (code: string): string[] => foundWith({}, { op: 'pattern', pattern: 'g("x")' }, code)
  assert.deepEqual(one('a = "y"\na = "x"\ng(a)\na = "y"\ng(a)\n'), ['3: g(a)'])
  assert.deepEqual(one('a = "x"\nif b:\n    a = "y"\ng(a)\n'), ['4: g(a) ?'])
  assert.deepEqual(one('a = "x"\nfor b in c:\n    g(a)\n    a = "y"\n'), ['3: g(a) ?'])
  assert.deepEqual(one('a = "x"\na = "y"\ndef f():\n    g(a)\na = "x"\n'), ['4: g(a) ?'])
})

test('decorators: a bare one also means one that is given nothing, not one that is given something', () => {
  const code = '@d\ndef a(): pass\n@d()\ndef b(): pass\n@d(1)\ndef c(): pass\n'
  assert.deepEqual(foundWith({}, { op: 'pattern', pattern: '@d\ndef $F(...):\n  ...' }, code).map((each) => each.slice(0, 1)), ['1', '3'])
  assert.deepEqual(foundWith({}, { op: 'pattern', pattern: '@$D\ndef $F(...):\n  ...' }, code).map((each) => each.slice(0, 1)), ['1', '3'])
})

test('an open list is also one that is computed, and an open handler one with a name', () => {
  assert.deepEqual(foundWith({}, { op: 'pattern', pattern: 'f([...])' }, 'f([x for x in y])\nf([1])\nf({x for x in y})\n'), ['1: f([x for x in y])', '2: f([1])'])
  const handler = 'try:\n  ...\nexcept ...:\n  ...\n'
  assert.deepEqual(foundWith({}, { op: 'pattern', pattern: handler }, 'try:\n  a\nexcept E as e:\n  b\n').length, 1)
})

test('an import of everything explains only names that a pattern writes out', () => {
  const code = 'from m import *\nf(x)\n'
  assert.deepEqual(foundWith({}, { op: 'pattern', pattern: 'f(m.x)' }, code), ['2: f(x)'])
  assert.deepEqual(foundWith({}, { op: 'pattern', pattern: 'f($M.x)' }, code), [])
})
