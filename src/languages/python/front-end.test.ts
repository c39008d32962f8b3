import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LIMITS } from '../../core/limits.ts'
import { has, Flag, type Node } from '../../tree/node.ts'
import { printTree } from '../../tree/print.ts'
import { descendants } from '../../tree/visit.ts'
import { language } from './language.ts'

const front = await language.open()

function nodes(text: string, kind: string): Node[] {
  return descendants(front.parse(text).root).filter((each) => each.kind === kind)
}

/** Kind and source text of what a text is lowered to, for nodes of some kinds. */
function places(text: string, ...kinds: string[]): string[] {
  return descendants(front.parse(text).root).filter((each) => kinds.includes(each.kind))
    .map((each) => text.slice(each.start, each.end))
}

test('spans are exact', () => {
  const text = "@d\ndef f(a, *b: int):\n    return os.system( 'l' 's' + f'x{a!r:>3}y{{' )  # c\n"
  assert.deepEqual(places(text, 'function'), [text.slice(0, text.indexOf('  # c'))])
  assert.deepEqual(places(text, 'parameter'), ['a', '*b: int'])
  assert.deepEqual(places(text, 'call'), ["os.system( 'l' 's' + f'x{a!r:>3}y{{' )"])
  assert.deepEqual(places(text, 'string'), ["'l' 's'", 'x', ':>3', 'y{{'])
  assert.deepEqual(places(text, 'interpolation'), ['{a!r:>3}'])
  assert.deepEqual(front.parse(text).comments.map((each) => text.slice(each.start, each.end)), ['# c'])
})

test('spans are in UTF-16 units, after characters outside the basic plane too', () => {
  assert.deepEqual(places('s = "😀é"; x = f(y)', 'call', 'string'), ['"😀é"', 'f(y)'])
})

test('recovered constructs keep exact spans', () => {
  assert.deepEqual(places('x = a + `b + c`', 'call', 'identifier'), ['x', 'a', '`b + c`', '`', 'b', 'c'])
  const generic = places('def f[T: str = int]():\n  pass', 'type-parameter', 'identifier')
  assert.deepEqual(generic, ['f', 'T: str = int', 'T', 'str', 'int'])
  const executed = places('exec compile(a) in b', 'call', 'identifier')
  assert.deepEqual(executed, ['exec compile(a) in b', 'exec', 'compile(a)', 'compile', 'a', 'b'])
})

test('carriage returns, form feeds, tabs and a byte order mark are read', () => {
  for (const text of ['\uFEFFx = 1\r\nif x:\r\n\ty = 2\r\n', '\fx = 1\n\fif x:\n\ty = 2\n', 'x = 1\rif x:\r  y = 2']) {
    const parsed = front.parse(text)
    assert.deepEqual(parsed.problems, [], JSON.stringify(text))
    assert.equal(printTree(parsed.root).match(/assign/g)?.length, 2)
  }
})

test('`except A, e` binds or catches two, by the evidence of the file', () => {
  const clause = 'try: a\nexcept A, e: pass\n'
  const caught = (text: string): string => printTree(nodes(text, 'catch')[0] ?? front.parse(text).root)
  assert.match(caught(clause), /type:\(identifier 'A'\) name:\(identifier 'e'\)/)
  assert.match(caught(`${clause}print "x"\n`), /name:\(identifier 'e'\)/)
  const modern = `${clause}x = f"{a}"\nasync def f(): await g()\n`
  assert.match(caught(modern), /type:\(tuple \(identifier 'A'\) \(identifier 'e'\)\)/)
  assert.match(caught('try: a\nexcept A, B: pass\n'), /type:\(tuple/)
  assert.match(caught('try: a\nexcept A, B: pass\nprint "x"\n'), /name:\(identifier 'B'\)/)
  assert.match(caught('try: a\nexcept (A, B), C: pass\n'), /name:\(identifier 'C'\)/)
})

test('in Python 2 a parenthesis, bracket or sign after print is what is printed', () => {
  const printed = (statement: string): string =>
    printTree(front.parse(`raise E, v\n${statement}\n`).root.children[1] ?? front.parse('').root)
  const call = (...values: string[]): string =>
    `(expression-statement value:(call callee:(identifier 'print')${values.map((each) => ` argument:(${each})`).join('')}))`
  assert.equal(printed('print (a), b'), call("identifier 'a'", "identifier 'b'"))
  assert.equal(printed('print (a)'), call("identifier 'a'"))
  assert.equal(printed('print (a) % b'), call("binary '%' left:(identifier 'a') right:(identifier 'b')"))
  assert.equal(printed('print -1'), call("unary '-' operand:(number '1')"))
  assert.equal(printed('print [a][0]'), call("index object:(list (identifier 'a')) key:(number '0')"))
  assert.equal(printed('print(a, b)'), call("identifier 'a'", "identifier 'b'"))
})

test('what cannot be read is named by line, and the code around it is read', () => {
  const text = 'def f(x):\n    a = 1\n    b = = 2\n    return a\n\n'
    + 'class A:\n    def m(self):\n        foo(1,\n    def n(self):\n        pass\n'
  const parsed = front.parse(text)
  assert.deepEqual(parsed.problems.map(({ kind, span }) => [kind, text.slice(span?.start, span?.end)]), [
    ['unparsed', 'b = = 2'], ['unparsed', 'foo(1,'],
  ])
  const defined = nodes(text, 'function').map((each) => each.children[0]?.text)
  assert.deepEqual(defined, ['f', 'm', 'n'])
  assert.equal(nodes(text, 'return').length, 1)
})

test('a forgotten quote, bracket or colon does not take the rest of the file with it', () => {
  for (const bad of ['x = "abc', 'x = """abc', 'x = (1,', 'x = 1)', 'class B', 'if x', 'a b c', 'x = $']) {
    const text = `import os\n${bad}\ndef g(y):\n    os.system(y)\n`
    const parsed = front.parse(text)
    assert.equal(parsed.problems.length, 1, bad)
    assert.equal(text.slice(parsed.problems[0]?.span?.start, parsed.problems[0]?.span?.end), bad)
    const around = /^\(module \(import item:\(import-item 'os'\)\).*\(function name:\(identifier 'g'\)/
    assert.match(printTree(parsed.root), around, bad)
  }
})

test('a header that cannot be read keeps its block', () => {
  const text = 'y = 1\nclass A(:\n    os.system(z)\nx = $\n'
  assert.match(printTree(front.parse(text).root), /inner:\(block \(expression-statement value:\(call/)
})

test('a generator is known by its own yield', () => {
  const text = 'def f():\n  def g(): yield\n  return [(yield) for a in b]\n'
    + 'def h():\n  def i(): yield 1\nl = lambda: (yield)\n'
  const generators = nodes(text, 'function').filter((each) => has(each, Flag.Generator))
    .map((each) => text.slice(each.start, each.start + 7))
  assert.deepEqual(generators, ['def f()', 'def g()', 'def i()', 'lambda:'])
})

test('nesting beyond the limit is one unparsed region each, in time linear in the text', () => {
  const depth = 100_000
  const brackets = `${'['.repeat(depth)}1${']'.repeat(depth)}`
  for (const deep of [brackets, `${'-'.repeat(depth)}1`, `${'a + '.repeat(depth)}1`]) {
    const parsed = front.parse(`x = ${deep}\ny = f(1)\n`)
    assert.equal(parsed.problems.length, 1)
    assert.match(parsed.problems[0]?.message ?? '', new RegExp(`${LIMITS.treeDepth} deep \\(limit treeDepth\\)`))
    assert.match(printTree(parsed.root), /\(assign target:\(identifier 'y'\) value:\(call/)
  }
  const parentheses = front.parse(`x = ${'('.repeat(depth)}1${')'.repeat(depth)}\n`)
  assert.deepEqual(parentheses.problems, [])
  assert.equal(printTree(parentheses.root), "(module (assign target:(identifier 'x') value:(number '1')))")
  const unclosed = front.parse(`${'('.repeat(depth)}\ndef f(): pass\n`)
  assert.match(printTree(unclosed.root), /\(function name:\(identifier 'f'\)/)
})

test('a huge file is read', () => {
  const text = 'def f(a):\n    return g(a, b=[1, 2])\n'.repeat(40_000)
  const parsed = front.parse(text)
  assert.deepEqual(parsed.problems, [])
  assert.equal(parsed.root.children.length, 40_000)
})

const FRAGMENTS: readonly (readonly [string, string])[] = [
  ['    def m(self):\n        return 1\n',
    "(function name:(identifier 'm') parameter:(parameter name:(identifier 'self')) body:(block (return"
    + " value:(number '1'))))"],
  ['x = 1\n    y = 2\n    return y',
    "(assign target:(identifier 'x') value:(number '1')) (assign target:(identifier 'y') value:(number '2'))"
    + " (return value:(identifier 'y'))"],
  ['            return x\n        y = 2\n',
    "(return value:(identifier 'x')) (assign target:(identifier 'y') value:(number '2'))"],
  ['```python\nf(x)\n```\n', "(expression-statement value:(call callee:(identifier 'f') argument:(identifier 'x')))"],
  ['>>> for x in y:\n...     f(x)\n3\n',
    "(for-each target:(identifier 'x') iterable:(identifier 'y') body:(block (expression-statement value:(call"
    + " callee:(identifier 'f') argument:(identifier 'x')))))"],
  ['except E as e:\n    pass\n',
    "(try+Synthetic body:(block+Synthetic (pass+Synthetic)) catch:(catch type:(identifier 'E')"
    + " name:(identifier 'e') body:(block (pass))))"],
  ['    elif x:\n        y\n    z',
    "(if+Synthetic test:(number+Synthetic '0') then:(block+Synthetic (pass+Synthetic)) else:(if"
    + " test:(identifier 'x') then:(block (expression-statement value:(identifier 'y'))))) (expression-statement"
    + " value:(identifier 'z'))"],
]

test('a fragment is read as what it is a part of, with its own offsets', () => {
  for (const [text, tree] of FRAGMENTS) {
    const parsed = front.parseFragment(text)
    assert.equal(printTree(parsed.root), `(module ${tree})`, text)
    assert.deepEqual(parsed.problems, [], text)
    for (const each of descendants(parsed.root)) {
      if (each.kind === 'identifier') assert.equal(text.slice(each.start, each.end), each.text)
    }
  }
})

test('test code is known by the conventions of the test tools', () => {
  for (const path of ['tests/x.py', 'a/test/b.py', 'a/test_b.py', 'a/b_test.py', 'conftest.py', 'app/tests.py']) {
    assert.ok(language.isTest(path), path)
  }
  for (const path of ['a/contest.py', 'latest.py', 'attest/x.py', 'a/testing_tools.py']) {
    assert.ok(!language.isTest(path), path)
  }
})
