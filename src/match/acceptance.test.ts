import assert from 'node:assert/strict'
import { test } from 'node:test'
import { language } from '../languages/python/language.ts'
import { compileRule, mayMatch, type Compilation } from './compile.ts'
import type { Formula, FormulaCondition, RuleFormula, TaintItem } from './formula.ts'
import type { Match, RuleMatches, SectionMatch } from './match.ts'
import { matchFile } from './match-file.ts'

const front = await language.open()

function compiled(formula: RuleFormula): Compilation {
  return compileRule({ id: 'r', formula, options: new Map() }, front)
}

function run(formula: RuleFormula, code: string): RuleMatches {
  const { rule, problems } = compiled(formula)
  assert.ok(rule, problems.join())
  const [matches] = matchFile([rule], front.parse(code), code)
  assert.ok(matches)
  if (matches.matches.length > 0) assert.ok(mayMatch(rule, code), 'the prefilter lets pass what matches')
  return matches
}

function search(formula: Formula, code: string): RuleMatches {
  return run({ mode: 'search', formula }, code)
}

const p = (pattern: string): Formula => ({ op: 'pattern', pattern })
const all = (
  of: readonly Formula[], conditions: readonly FormulaCondition[] = [], focus: readonly (readonly string[])[] = [],
): Formula => ({ op: 'all', of, conditions, focus })
const inside = (pattern: string): Formula => ({ op: 'inside', of: p(pattern) })
const not = (pattern: string): Formula => ({ op: 'not', of: p(pattern) })
const notInside = (pattern: string): Formula => ({ op: 'not-inside', of: p(pattern) })

/** `metavariable-regex` on `$X`. */
const by = (regex: string): FormulaCondition =>
  ({ kind: 'regex', metavariable: '$X', regex, constantPropagation: false })

/** The code of each match that holds without the program, each once, in order of place. */
function found(formula: Formula, code: string): string[] {
  return texts(search(formula, code).matches.filter((each) => each.conditions.length === 0), code)
}

function texts(matches: readonly Match[], code: string): string[] {
  const byPlace = new Map(matches.map((each) => [`${each.start}-${each.end}`, code.slice(each.start, each.end)]))
  return [...byPlace.values()]
}

/** A pattern, code, and the code of its matches. */
type Row = readonly [pattern: string, code: string, ...matched: string[]]

function check(rows: readonly Row[]): void {
  for (const [pattern, code, ...matched] of rows) {
    assert.deepEqual(found(p(pattern), code), matched, `${pattern}\n---\n${code}`)
  }
}

test('metavariables stand for any expression, and for the same one each time', () => {
  check([
    ['foo($X)', 'foo(1)\nfoo(a.b)\nfoo()\nfoo(1, 2)\n', 'foo(1)', 'foo(a.b)'],
    ['$X == $X', 'a == a\na == b\na.b == a . b\n', 'a == a', 'a.b == a . b'],
    ['foo($_, $_)', 'foo(1, 2)\n', 'foo(1, 2)'],
    ['$F(1)', 'f(1)\na.g(1)\nh(2)\n', 'f(1)', 'a.g(1)'],
    ['$O.$M(1)', 'f(1)\na.g(1)\n', 'a.g(1)'],
    ['$X = $X', 'a = a\na = b\n', 'a = a'],
    ['foo($X)', 'foo(f(foo(1)))\n', 'foo(f(foo(1)))', 'foo(1)'],
  ])
})

test('bindings are the text and place of what is bound', () => {
  const code = 'x = foo(a, b . c)\n'
  const [match] = search(p('$R = foo($X, $Y)'), code).matches
  const bound = match?.bindings.map((each) => `${each.name} ${each.text} ${each.start}`) ?? []
  assert.deepEqual(new Set(bound), new Set(['$R x 0', '$X a 8', '$Y b . c 11']))
})

test('an ellipsis stands for any number of arguments', () => {
  check([
    ['foo(...)', 'foo()\nfoo(1)\nfoo(1, *a, k=2, **b)\nbar()\n', 'foo()', 'foo(1)', 'foo(1, *a, k=2, **b)'],
    ['foo(1, ...)', 'foo()\nfoo(1)\nfoo(1, 2)\nfoo(2, 1)\n', 'foo(1)', 'foo(1, 2)'],
    ['foo(..., 1)', 'foo(1)\nfoo(2, 1)\nfoo(1, 2)\n', 'foo(1)', 'foo(2, 1)'],
    ['foo(..., 1, ..., 3, ...)', 'foo(1, 2, 3, 4)\nfoo(3, 1)\nfoo(1, 3)\n', 'foo(1, 2, 3, 4)', 'foo(1, 3)'],
    ['foo(..., $X, ..., $X, ...)', 'foo(1, 2, 1)\nfoo(1, 2, 3)\n', 'foo(1, 2, 1)'],
    ['foo($A, $...R)', 'foo(1, 2, 3)\nfoo()\nfoo(1)\n', 'foo(1, 2, 3)', 'foo(1)'],
  ])
  const code = 'foo(1, 2,  3)\n'
  const [match] = search(p('foo($A, $...R)'), code).matches
  assert.equal(match?.bindings.find((each) => each.name.includes('R'))?.text, '2,  3')
})

test('keyword arguments come in any order', () => {
  check([
    ['foo(a=1, b=2)', 'foo(b=2, a=1)\nfoo(a=1)\nfoo(a=1, b=3)\n', 'foo(b=2, a=1)'],
    ['foo(..., verify=False, ...)', 'foo(u, verify=False)\nfoo(verify=False, t=1)\nfoo(u, verify=True)\n',
      'foo(u, verify=False)', 'foo(verify=False, t=1)'],
    ['foo(..., $K=False, ...)', 'foo(u, a=1, b=False)\n', 'foo(u, a=1, b=False)'],
  ])
})

test('containers are ordered lists, unordered sets and dicts', () => {
  check([
    ['[1, ..., 3]', 'a = [1, 2, 3]\nb = [3, 1]\n', '[1, 2, 3]'],
    ['[1, 2]', 'a = [1, 2]\nb = [2, 1]\nc = [1, 2, 3]\n', '[1, 2]'],
    ['{..., "k": $V, ...}', 'a = {"a": 1, "k": 2}\nb = {"a": 1}\n', '{"a": 1, "k": 2}'],
    ['{"b": $X, "a": $Y}', 'a = {"a": 1, "b": 2}\n', '{"a": 1, "b": 2}'],
    ['($X, 2)', 'a = (1, 2)\nb = (2, 1)\n', '(1, 2)'],
  ])
})

test('strings: any string, bound content, exact text, whatever the quotes', () => {
  check([
    ['foo("...")', 'foo("a")\nfoo(\'\')\nfoo(b)\nfoo(f"{x}")\n', 'foo("a")', "foo('')"],
    ['foo("a")', "foo('a')\nfoo('''a''')\nfoo('b')\n", "foo('a')", "foo('''a''')"],
    ['foo("a $X")', 'foo("a b")\nfoo("a $X")\n', 'foo("a $X")'],
    ['foo("$X", "$X")', 'foo("a", \'a\')\nfoo("a", "b")\n', `foo("a", 'a')`],
    ['foo(f"...{$X}...")', 'foo(f"a {b} c")\nfoo(f"{b}")\nfoo("a")\n', 'foo(f"a {b} c")', 'foo(f"{b}")'],
    ['foo(8)', 'foo(0x8)\nfoo(9)\n', 'foo(0x8)'],
  ])
  const [match] = search(p('foo("$X")'), 'foo("abc")\n').matches
  assert.deepEqual(match?.bindings.map((each) => each.text), ['abc'])
})

test('a literal matches a name that is that constant', () => {
  check([
    ['foo("...")', 'X = "a"\nfoo(X)\n', 'foo(X)'],
    ['foo("a")', 'X = "a"\nY = "b"\nfoo(X)\nfoo(Y)\n', 'foo(X)'],
    ['foo("...")', 'def f(x):\n  foo(x)\n'],
    ['foo(1)', 'N = 1\nfoo(N)\n', 'foo(N)'],
  ])
})

test('an ellipsis between statements stays within the block, but goes into nested ones', () => {
  check([
    ['foo($X)\n...\nbar($X)', 'foo(1)\nx\nbar(1)\n', 'foo(1)\nx\nbar(1)'],
    ['foo($X)\n...\nbar($X)', 'foo(1)\nbar(2)\n'],
    ['foo()\n...\nbar()', 'foo()\nif c:\n  bar()\nbaz()\n', 'foo()\nif c:\n  bar()'],
    ['foo()\n...\nbar()', 'if c:\n  foo()\nbar()\n'],
    ['foo()\nbar()', 'foo()\nx\nbar()\n'],
    ['foo()\nbar()', 'x\nfoo()\nbar()\ny\n', 'foo()\nbar()'],
    ['$X = foo()\n...\nbar($X)', 'a = foo()\nb = 1\nreturn_ = bar(a)\n', 'a = foo()\nb = 1\nreturn_ = bar(a)'],
  ])
})

test('less is more: headers, decorators, annotations, else, bases', () => {
  check([
    ['class $A', 'class A(B):\n  x = 1\n', 'class A(B):\n  x = 1'],
    ['class $A(B): ...', 'class A(C, B): pass\nclass D(E): pass\n', 'class A(C, B): pass'],
    ['def $F(...): ...', '@d\ndef f(a: int, *b) -> str:\n  return 1\n', '@d\ndef f(a: int, *b) -> str:\n  return 1'],
    ['def f(..., $X, ...)', 'def f(a, b=1): pass\ndef g(): pass\n', 'def f(a, b=1): pass'],
    ['@b\ndef $F(...): ...', '@a\n@b\ndef f(): pass\n@a\ndef g(): pass\n', '@a\n@b\ndef f(): pass'],
    ['if $C: foo()', 'if a:\n  foo()\nelse:\n  bar()\n', 'if a:\n  foo()\nelse:\n  bar()'],
    ['$X = 1', 'x: int = 1\n', 'x: int = 1'],
    ['class $A:\n  ...\n  def g(...): ...\n  ...', 'class A:\n  def g(self): pass\n  def f(self): pass\n',
      'class A:\n  def g(self): pass\n  def f(self): pass'],
    ['try: ...\nexcept $E: pass', 'try:\n  a()\nexcept B:\n  x()\nexcept C:\n  pass\n',
      'try:\n  a()\nexcept B:\n  x()\nexcept C:\n  pass'],
  ])
})

test('deep expressions, chains, operators', () => {
  check([
    ['foo(<... $X.user ...>)', 'foo(bar(req.user + 1))\nfoo(req)\n', 'foo(bar(req.user + 1))'],
    ['if <... foo() ...>: ...', 'if a and not foo():\n  b()\n', 'if a and not foo():\n  b()'],
    ['$O. ... .save()', 'a.b(1).c.save()\na.save()\na.load()\n', 'a.b(1).c.save()', 'a.save()'],
    ['"..." + ...', 'x = "a" + b\ny = c + d\n', '"a" + b'],
    ['"..." % $X', 'x = "a" % b\n', '"a" % b'],
    ['return <... foo() ...>', 'def f():\n  return [foo()]\n', 'return [foo()]'],
    ['$X[$K]', 'a["b"]\n', 'a["b"]'],
    ['lambda $X: $X', 'f = lambda y: y\ng = lambda y: z\n', 'lambda y: y'],
  ])
})

test('imports give names their meaning', () => {
  check([
    ['os.system(...)', 'import os\nos.system(x)\n', 'os.system(x)'],
    ['os.system(...)', 'from os import system as s\ns(x)\n', 's(x)'],
    ['os.system(...)', 'import os as o\no.system(x)\n', 'o.system(x)'],
    ['os.path.join(...)', 'from os import path\npath.join(x)\n', 'path.join(x)'],
    ['os.path.join(...)', 'import os.path as p\np.join(x)\n', 'p.join(x)'],
    ['os.system(...)', 'from os import *\nsystem(x)\n', 'system(x)'],
    ['os.system(...)', 'def system(x): pass\nsystem(x)\n'],
    ['os.system(...)', 'from os import popen as system\nsystem(x)\n'],
    ['flask.request.$A', 'from flask import request\nx = request.args\n', 'request.args'],
    ['class $A(models.Model): ...', 'from models import Model as M\nclass A(M): pass\n', 'class A(M): pass'],
    ['import $X', 'import a.b\n', 'import a.b'],
    ['from $M import foo', 'from m.n import bar, foo\n', 'from m.n import bar, foo'],
    ['import os', 'import os as o\n', 'import os as o'],
    ['import a.b', 'from a import b\nfrom a import c\n', 'from a import b'],
    ['import a', 'from a.b import c\n', 'from a.b import c'],
    ['from a import b', 'import a.b\nimport a\n', 'import a.b'],
    ['import a.b', 'from .a import b\nfrom a import *\n'],
  ])
})

test('a name from another file is a condition, not a match', () => {
  const code = 'from .compat import system\nsystem(x)\n'
  const { matches } = search(p('os.system(...)'), code)
  assert.deepEqual(matches.map((each) => each.conditions), [[
    { kind: 'name', name: 'os.system', at: { start: 27, end: 33 } },
  ]])
})

test('a typed metavariable is a condition', () => {
  const code = 'foo(c)\n'
  const { matches } = search(p('foo(($X : db.Conn))'), code)
  assert.deepEqual(matches.map((each) => each.conditions), [[
    { kind: 'type', type: 'db.Conn', at: { start: 4, end: 5 } },
  ]])
})

test('and: one range in the other, equal bindings, the smaller is kept', () => {
  const code = 'def f(a):\n  foo(a)\n  foo(b)\nfoo(c)\n'
  assert.deepEqual(found(all([p('foo($X)'), inside('def $F(...): ...')]), code), ['foo(a)', 'foo(b)'])
  assert.deepEqual(found(all([inside('def $F(..., $X, ...): ...'), p('foo($X)')]), code), ['foo(a)'])
  assert.deepEqual(found(all([p('foo(...)'), p('$G(a)')]), code), ['foo(a)'])
  assert.deepEqual(found(all([inside('def $F(...): ...'), inside('foo(a)')]), code), ['foo(a)'])
})

test('pattern-inside takes statements up to the end of the block', () => {
  const code = 'a = foo()\nif c:\n  bar(a)\nbar(a)\ndef f():\n  bar(b)\n'
  assert.deepEqual(found(all([p('bar($X)'), inside('$X = foo()\n...')]), code), ['bar(a)', 'bar(a)'])
})

test('not: an equal range is excluded, a contained one is not', () => {
  const code = 'foo(1)\nfoo(bar(2))\n'
  const result = search(all([p('foo($X)'), not('foo(1)')]), code)
  assert.deepEqual(texts(result.matches, code), ['foo(bar(2))'])
  assert.deepEqual(texts(result.excluded, code), ['foo(1)'])
  assert.deepEqual(result.excluded.map((each) => each.by), [{ start: 0, end: 6 }])
  assert.deepEqual(found(all([p('foo($X)'), not('bar(...)')]), code), ['foo(1)', 'foo(bar(2))'])
})

test('not-inside: a range within is excluded, with the enclosing range', () => {
  const code = 'with lock:\n  foo(1)\nfoo(2)\n'
  const result = search(all([p('foo($X)'), notInside('with lock: ...')]), code)
  assert.deepEqual(texts(result.matches, code), ['foo(2)'])
  assert.deepEqual(result.excluded.map((each) => each.by), [{ start: 0, end: 19 }])
})

test('a negative pattern has to agree in the bindings', () => {
  const code = 'def f(a):\n  check(a)\n  foo(a)\ndef g(a):\n  check(b)\n  foo(a)\n'
  const formula = all([p('foo($X)'), notInside('check($X)\n...')])
  const { matches } = search(formula, code)
  assert.deepEqual(matches.map((each) => each.start), [code.lastIndexOf('foo')])
})

test('a negative that only the program can decide is an exception of the match', () => {
  const code = 'from .compat import system\nsystem(x)\n'
  const by = { start: 27, end: 36 }
  const { matches, excluded } = search(all([p('system($X)'), not('os.system(...)')]), code)
  assert.deepEqual(matches.map((each) => each.unless), [[
    { by, conditions: [{ kind: 'name', name: 'os.system', at: { start: 27, end: 33 } }] },
  ]])
  assert.deepEqual(excluded, [])
})

test('an exception is that of a constant too, and goes with the range into its focus', () => {
  const code = 'from .settings import NAME\nwith lock(NAME):\n  f(x)\n'
  const { matches } = search(all([p('f($X)'), notInside('with lock("..."): ...')], [], [['$X']]), code)
  assert.deepEqual(texts(matches, code), ['x'])
  assert.deepEqual(matches.map((each) => each.unless), [[
    { by: { start: 27, end: code.length - 1 }, conditions: [{ kind: 'constant', at: { start: 37, end: 41 } }] },
  ]])
})

test('a negative that supposes nothing excludes for certain', () => {
  const code = 'import os\nos.system(x)\n'
  const { matches, excluded } = search(all([p('os.system($X)'), not('os.system(x)')]), code)
  assert.deepEqual([matches.length, excluded.map((each) => each.unless)], [0, [undefined]])
})

test('regular expressions in the text', () => {
  assert.deepEqual(found({ op: 'regex', regex: 'fo+' }, 'foo fo\n'), ['foo', 'fo'])
  const code = 'foo("secret")\nfoo("open")\n'
  assert.deepEqual(found(all([p('foo(...)'), { op: 'not-regex', regex: 'secret' }]), code), ['foo("open")'])
  assert.deepEqual(found(all([p('foo(...)'), { op: 'regex', regex: '"\\w{6}"' }]), code), ['"secret"'])
})

test('named and numbered groups are bindings', () => {
  const [match] = search({ op: 'regex', regex: '(?P<key>\\w+)=(\\d+)' }, '# port=80\n').matches
  const bound = new Map(match?.bindings.map((each) => [each.name, each.text]))
  assert.equal(bound.get('$2') ?? bound.get('$1'), '80')
  assert.equal(bound.get('$key'), 'port')
})

test('metavariable-regex is anchored at the beginning and sees quotes', () => {
  const code = 'foo("abc")\nfoo(abc)\nfoo(xabc)\n'
  assert.deepEqual(found(all([p('foo($X)')], [by('ab')]), code), ['foo(abc)'])
  assert.deepEqual(found(all([p('foo($X)')], [by('"ab')]), code), ['foo("abc")'])
  assert.deepEqual(found(all([p('foo("$X")')], [by('abc$')]), code), ['foo("abc")'])
  assert.deepEqual(found(all([p('foo($X)')], [by('.*abc')]), code), ['foo("abc")', 'foo(abc)', 'foo(xabc)'])
})

test('focus: a list is a union, several are an intersection', () => {
  const code = 'foo(a, b)\n'
  assert.deepEqual(found(all([p('foo($X, $Y)')], [], [['$X']]), code), ['a'])
  assert.deepEqual(found(all([p('foo($X, $Y)')], [], [['$X', '$Y']]), code), ['a', 'b'])
  assert.deepEqual(found(all([p('foo($X, $Y)')], [], [['$X'], ['$Y']]), code), [])
})

test('a lone metavariable selects only within the surviving ranges', () => {
  const code = 'foo(a, b)\nbar(c)\n'
  assert.deepEqual(found(all([p('foo(...)'), p('$X')], [by('b$')]), code), ['b'])
  assert.deepEqual(found(all([inside('foo($X, ...)'), p('$X')]), code), ['a'])
})

test('either: branches do not share bindings', () => {
  const code = 'foo(1)\nbar(2)\n'
  assert.deepEqual(found({ op: 'any', of: [p('foo($X)'), p('bar($X)')] }, code), ['foo(1)', 'bar(2)'])
})

test('taint sections keep item, exactness and the ends of a propagator', () => {
  const item = (pattern: string, exact: boolean): TaintItem => ({ formula: p(pattern), exact, bySideEffect: false })
  const code = 'a = source()\nb.add(a)\nsink(b)\n'
  const { sections } = run({
    mode: 'taint',
    sources: [item('other()', false), item('source()', false)],
    sinks: [item('sink(...)', true)],
    sanitizers: [],
    propagators: [{ ...item('$T.add($F)', false), bySideEffect: true, from: '$F', to: '$T' }],
  }, code)
  const shown = (each: SectionMatch): unknown[] => [each.item, each.exact, code.slice(each.start, each.end)]
  assert.deepEqual(sections.sources.map(shown), [[1, false, 'source()']])
  assert.deepEqual(sections.sinks.map(shown), [[0, true, 'sink(b)']])
  const [propagator] = sections.propagators
  assert.deepEqual([propagator?.from, propagator?.to], [{ start: 19, end: 20 }, { start: 13, end: 14 }])
})

test('what cannot be read is a problem with a reason', () => {
  for (const formula of [p('foo('), all([p('foo($X)'), { op: 'not-regex', regex: '(' }])]) {
    const { rule, problems } = compiled({ mode: 'search', formula })
    assert.equal(rule, undefined)
    assert.equal(problems.length, 1)
  }
})

test('hostile code ends at a limit that is named', () => {
  const names = Array.from({ length: 1000 }, (_, at) => `a${at}`).join(', ')
  const many = `foo(x, ${names})\n`
  for (const pattern of ['foo(..., $A, ..., $B, ..., $C, ..., $A, ...)', 'foo($...A, $...B, $...C, x)']) {
    const { matches, limits } = search(p(pattern), many)
    assert.deepEqual([matches, limits], [[], ['matchSteps']], pattern)
  }
  const deep = `x = ${'('.repeat(300)}foo(1)${')'.repeat(300)}\n`
  assert.deepEqual(found(p('foo($X)'), deep), ['foo(1)'])
})

test('the prefilter refuses text that lacks a required name', () => {
  const { rule } = compiled({ mode: 'search', formula: p('os.system($X)') })
  assert.ok(rule)
  assert.equal(mayMatch(rule, 'x = 1\n'), false)
  assert.equal(mayMatch(rule, 'from os import system as s\ns(x)\n'), true)
  assert.equal(mayMatch(rule, 'system_of(x)\nfilesystem(x)\n'), false, 'a word is a whole word')
  assert.equal(mayMatch(rule, 'ecosystem(x)\nos.system(x)\n'), true)
})

test('the prefilter asks neither for the name of a type nor for one spelling of a name', () => {
  const { rule } = compiled({ mode: 'search', formula: p('foo(($X : db.Conn))') })
  assert.ok(rule)
  assert.equal(mayMatch(rule, 'foo(c)\n'), true)
  // Full-width letters, which the language reads as the ordinary ones.
  const wide = 'import os\n\uff4f\uff53.\uff53\uff59\uff53\uff54\uff45\uff4d(x)\n'
  assert.equal(search(p('os.system(...)'), wide).matches.length, 1)
})

test('an else-if is an if of its own; an else is only an else', () => {
  const code = 'if a:\n  x()\nelif b:\n  y()\nelse:\n  z()\n'
  assert.deepEqual(found(p('if $C: ...'), code), [code.trimEnd(), code.slice(code.indexOf('elif')).trimEnd()])
  assert.deepEqual(found(p('elif $C: ...'), code), [code.slice(code.indexOf('elif')).trimEnd()])
  assert.deepEqual(found(p('else:'), code).map((each) => each.includes('z()') && !each.includes('y()')), [true])
})

test('what a limit leaves open is no match', () => {
  const code = 'f("a")\n'.repeat(12_000)
  const { matches, limits } = search(all([p('f($X)'), not('f("...")')]), code)
  assert.deepEqual(matches, [])
  assert.deepEqual(limits, ['matchesPerFile'])
})

test('many ranges are joined in proportion to their number', () => {
  const code = Array.from({ length: 3000 }, (_, at) => `def g${at}(a):\n  f(a)\n  with l:\n    f(${at})\n`).join('')
  const formula = all([p('f($X)'), inside('def $F(...): ...'), notInside('with $L: ...')])
  const { matches, excluded, limits } = search(formula, code)
  assert.deepEqual([matches.length, excluded.length, limits], [3000, 3000, []])
})
