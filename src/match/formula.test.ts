import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SourceText } from '../core/text.ts'
import { language } from '../languages/python/language.ts'
import { compileRule, mayMatch, type CompiledRule } from './compile.ts'
import type { Formula, RuleFormula } from './formula.ts'
import type { RuleMatches } from './match.ts'
import { matchFile } from './match-file.ts'

const front = await language.open()

function compiled(formula: RuleFormula): CompiledRule {
  const { rule, problems } = compileRule({ id: 'r', formula, options: new Map() }, front)
  assert.deepEqual(problems, [])
  assert.ok(rule)
  return rule
}

function matchesOf(formula: RuleFormula, code: string): RuleMatches {
  const [result] = matchFile([compiled(formula)], front.parse(code), code)
  assert.ok(result)
  return result
}

/** Each match as line and text. */
function found(formula: Formula, code: string): string[] {
  const source = new SourceText(code)
  return matchesOf({ mode: 'search', formula }, code).matches.map((match) => {
    return `${source.position(match.start).line}: ${code.slice(match.start, match.end)}`
  })
}

const p = (pattern: string): Formula => ({ op: 'pattern', pattern })
const inside = (of: Formula): Formula => ({ op: 'inside', of })
const not = (of: Formula): Formula => ({ op: 'not', of })
const notInside = (of: Formula): Formula => ({ op: 'not-inside', of })
const all = (...of: Formula[]): Formula => ({ op: 'all', of, conditions: [], focus: [] })
const any = (...of: Formula[]): Formula => ({ op: 'any', of })

test('all: the smaller place stays and bindings agree', () => {
  assert.deepEqual(found(all(p('foo($X)'), p('$F(1)')), 'foo(1)\nfoo(2)\nbar(1)\n'), ['1: foo(1)'])
  const within = all(p('run($X)'), inside(p('def $F($X, ...):\n    ...')))
  assert.deepEqual(found(within, 'def f(a, b):\n    run(a)\n    run(b)\nrun(a)\n'), ['2: run(a)'])
})

test('inside with statements reaches to the end of its block', () => {
  const after = all(p('db.query($Q)'), inside(p('$Q = $A + $B\n...')))
  assert.deepEqual(found(after, 'def f(x):\n    db.query(q)\n    q = "a" + x\n    if x:\n        db.query(q)\ndb.query(q)\n'), ['5: db.query(q)'])
})

test('a lone metavariable only selects within what the others matched', () => {
  const selected = all(p('$X'), inside(p('foo($X)')))
  assert.deepEqual(found(selected, 'foo(a)\na\n'), ['1: a'])
})

test('not drops equal places, not-inside contained ones; what was dropped is told with the place of the reason', () => {
  const code = 'foo(1)\nfoo(bar(1))\nwith safe():\n    foo(2)\n'
  assert.deepEqual(found(all(p('foo(...)'), not(p('foo(1)'))), code), ['2: foo(bar(1))', '4: foo(2)'])
  const formula = all(p('foo(...)'), notInside(p('with safe():\n    ...')))
  assert.deepEqual(found(formula, code), ['1: foo(1)', '2: foo(bar(1))'])
  const { excluded } = matchesOf({ mode: 'search', formula }, code)
  assert.deepEqual(excluded.map((each) => [code.slice(each.start, each.end), code.slice(each.by.start, each.by.end)]), [
    ['foo(2)', 'with safe():\n    foo(2)'],
  ])
})

test('a negative that supposes something does not drop what does not suppose it', () => {
  const code = 'from .conf import LOADER\nload(x, LOADER)\n'
  assert.deepEqual(found(all(p('load(...)'), not(p('load($X, "safe")'))), code), ['2: load(x, LOADER)'])
})

test('either, and a nested all in it', () => {
  assert.deepEqual(found(any(p('foo()'), all(p('bar($X)'), not(p('bar(1)')))), 'foo()\nbar(1)\nbar(2)\n'), ['1: foo()', '3: bar(2)'])
})

test('regular expressions match text, comments too, and can narrow or drop', () => {
  const code = 'key = "AKIA1234"  # AKIA9999\nother = "x"\n'
  assert.deepEqual(found({ op: 'regex', regex: 'AKIA\\d{4}' }, code), ['1: AKIA1234', '1: AKIA9999'])
  assert.deepEqual(found(all(p('$X = $Y'), { op: 'not-regex', regex: 'AKIA' }), code), ['2: other = "x"'])
  const { matches } = matchesOf({ mode: 'search', formula: { op: 'regex', regex: '(?P<KEY>AKIA)(\\d+)' } }, code)
  assert.deepEqual(matches[0]?.bindings.map((each) => `${each.name}=${each.text}`), ['$KEY=AKIA', '$2=1234'])
})

test('metavariable-regex is anchored at the start only, and sees the quotes of a string', () => {
  const withRegex = (regex: string, constantPropagation = false): Formula => ({
    op: 'all', of: [p('foo($X)')], focus: [], conditions: [{ kind: 'regex', metavariable: '$X', regex, constantPropagation }],
  })
  const code = 'K = "abc"\nfoo(abc)\nfoo("abc")\nfoo(xabc)\nfoo(K)\n'
  assert.deepEqual(found(withRegex('ab'), code), ['2: foo(abc)'])
  assert.deepEqual(found(withRegex('"ab'), code), ['3: foo("abc")'])
  assert.deepEqual(found(withRegex('"ab', true), code), ['3: foo("abc")', '5: foo(K)'])
  assert.deepEqual(found(withRegex('^a|x'), code), ['2: foo(abc)', '4: foo(xabc)'])
})

test('focus: one key is a union, several keys an intersection', () => {
  const focused = (focus: readonly (readonly string[])[], pattern = 'foo($X, $Y)'): Formula => ({ op: 'all', of: [p(pattern)], conditions: [], focus })
  assert.deepEqual(found(focused([['$X']]), 'foo(a, b)\n'), ['1: a'])
  assert.deepEqual(found(focused([['$X', '$Y']]), 'foo(a, b)\n'), ['1: a', '1: b'])
  assert.deepEqual(found(focused([['$X'], ['$Y']]), 'foo(a, b)\n'), [])
})

test('sections of a taint rule', () => {
  const item = (formula: Formula, exact: boolean): { formula: Formula, exact: boolean, bySideEffect: boolean } => ({ formula, exact, bySideEffect: false })
  const code = 'x = get()\nclean(x)\ny.append(x)\nrun(x)\n'
  const { sections } = matchesOf({
    mode: 'taint', sources: [item(p('get()'), false)], sinks: [item(p('exec()'), true), item(p('run(...)'), true)],
    sanitizers: [item(p('clean($X)'), false)], propagators: [{ ...item(p('$A.append($B)'), false), from: '$B', to: '$A' }],
  }, code)
  assert.deepEqual(sections.sources.map((each) => code.slice(each.start, each.end)), ['get()'])
  assert.deepEqual(sections.sinks.map((each) => [code.slice(each.start, each.end), each.item, each.exact]), [['run(x)', 1, true]])
  assert.deepEqual(sections.propagators.map((each) => [code.slice(each.from.start, each.from.end), code.slice(each.to.start, each.to.end)]), [['x', 'y']])
})

test('a text that lacks a word of the formula cannot match', () => {
  const rule = compiled({ mode: 'search', formula: all(any(p('os.system(...)'), p('subprocess.run(..., shell=True, ...)')), inside(p('def $F(request):\n    ...'))) })
  assert.equal(mayMatch(rule, 'from os import system as s\ndef f(request): s(1)'), true)
  assert.equal(mayMatch(rule, 'def f(request): pass'), false)
  assert.equal(mayMatch(rule, 'system(1)'), false)
  assert.equal(mayMatch(compiled({ mode: 'search', formula: p('$X == $X') }), ''), true)
})

test('parts that cannot be used are all named and the rule is not compiled', () => {
  const { rule, problems } = compileRule({
    id: 'r', options: new Map(),
    formula: { mode: 'search', formula: all(p('foo('), { op: 'regex', regex: '(a+)+b' }, { op: 'regex', regex: '(?R)' }) },
  }, front)
  assert.equal(rule, undefined)
  assert.equal(problems.length, 3)
  assert.match(problems[0] ?? '', /^the pattern `foo\(` cannot be read: /)
  assert.match(problems[1] ?? '', /exponential/)
  assert.match(problems[2] ?? '', /\(\?R\) is not supported/)
})

test('several ellipses and repeated choices end by the limit of steps, and say so', () => {
  const calls = `foo(${Array.from({ length: 400 }, (_, at) => `a${at}`).join(', ')})\n`.repeat(20)
  const { limits } = matchesOf({ mode: 'search', formula: p('foo(..., $A, ..., $B, ..., $C, ...)') }, calls)
  assert.ok(limits.length > 0)
  const dots = matchesOf({ mode: 'search', formula: p('foo(..., ..., ..., ..., a399, ..., ...)') }, calls)
  assert.equal(dots.matches.length, 20)
  assert.deepEqual(dots.limits, [])
})
