import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SourceText } from '../core/text.ts'
import { language } from '../languages/python/language.ts'
import { compileRule } from './compile.ts'
import { matchFile } from './match-file.ts'

const front = await language.open()

/** Matched texts' first lines with the bindings, as `3 $X=y`. */
function matched(pattern: string, code: string): string[] {
  const { rule, problems } = compileRule(
    { id: 'r', formula: { mode: 'search', formula: { op: 'pattern', pattern } }, options: new Map() }, front,
  )
  assert.deepEqual(problems, [], pattern)
  assert.ok(rule)
  const source = new SourceText(code)
  const [result] = matchFile([rule], front.parse(code), code)
  return (result?.matches ?? []).map((match) => {
    const bindings = match.bindings.map((each) => ` ${each.name}=${each.text}`).join('')
    const conditions = match.conditions.map((each) => {
      const what = each.kind === 'name' ? each.name : each.kind === 'type' ? each.type : each.text ?? '*'
      return ` if ${code.slice(each.at.start, each.at.end)} ${each.kind} ${what}`
    })
    return `${source.position(match.start).line}${bindings}${conditions.join('')}`
  })
}

/** Pattern, code, what is matched. */
type Row = readonly [string, string, readonly string[]]

function check(rows: readonly Row[]): void {
  for (const [pattern, code, expected] of rows) assert.deepEqual(matched(pattern, code), expected, `${pattern}\n---\n${code}`)
}

test('calls and arguments', () => {
  check([
    ['foo(1)', 'foo(1)\nfoo(2)\nbar(1)\n', ['1']],
    ['foo($X)', 'foo(1)\nfoo(1, 2)\nfoo()\n', ['1 $X=1']],
    ['foo($X, ...)', 'foo(1)\nfoo(1, 2, k=3)\nfoo()\n', ['1 $X=1', '2 $X=1']],
    ['foo(..., $X, ...)', 'foo(a, b)\n', ['1 $X=a', '1 $X=b']],
    ['foo(..., k=$V, ...)', 'foo(1, k=2, j=3)\nfoo(j=1)\n', ['1 $V=2']],
    ['foo(k=1, j=2)', 'foo(j=2, k=1)\nfoo(j=2, k=1, i=0)\n', ['1']],
    ['foo($X, $X)', 'foo(a.b, a.b)\nfoo(a, b)\n', ['1 $X=a.b']],
    ['foo(..., 5, ..., 6, ...)', 'foo(1, 5, 2, 6)\nfoo(6, 5)\n', ['1']],
    ['foo($...ARGS)', 'foo(a, b, c=1)\nfoo()\n', ['1 $...ARGS=a, b, c=1', '2 $...ARGS=']],
    ['random.choice($X)', 'import random, choice as ch\nrandom.ch(1)\nrandom.choice(2)\n', ['3 $X=2']],
    ['$X.bar(...)', 'a.b.bar(1)\n', ['1 $X=a.b']],
    ['$F(...)', 'f(g(1))\n', ['1 $F=f', '1 $F=g']],
    ['foo(*$A)', 'foo(*a)\nfoo(a)\n', ['1 $A=a']],
  ])
})

test('statements, nested blocks and ellipses', () => {
  check([
    ['$X = get()\n...\neval($X)', 'a = get()\nlog(a)\nif a:\n    eval(a)\neval(b)\n', ['1 $X=a']],
    ['foo()\nbar()', 'foo()\nbar()\nfoo()\nx\nbar()\n', ['1']],
    ['foo()\n...\nbar()', 'if a:\n    foo()\nbar()\n', []],
    ['foo()', 'x = foo()\nreturn_(foo())\n', ['1', '2']],
    ['a()\n...\nb()', 'a()\nx = c(b())\n', ['1']],
    ['def $F(...):\n    ...\n    return $X\n', 'def f(a):\n    x = 1\n    return x\n', ['1 $F=f $X=x']],
    ['def $F($A, ...):\n    ...', 'def f(x: int = 3, y=1):\n    pass\ndef g():\n    pass\n', ['1 $F=f $A=x']],
    ['if $C:\n    $S', 'if a:\n    b()\nelse:\n    c()\nif d:\n    e()\n    f()\n', ['1 $C=a $S=b()', '5 $C=d $S=e()\n    f()']],
    ['try:\n    ...\nexcept:\n    pass', 'try:\n    a()\nexcept:\n    pass\n', ['1']],
    ['with open($P) as $F:\n    ...', 'with open(p) as f, x:\n    pass\n', ['1 $P=p $F=f']],
    ['for $X in $Y:\n    ...', 'for a in b:\n    pass\n', ['1 $X=a $Y=b']],
    ['if $C:\n    a()\nelse:\n    ...', 'if x:\n    a()\nelif y:\n    b()\n', ['1 $C=x']],
    ['if $C:\n    ...\n    b()', 'if x:\n    a()\n    b()\n    c()\n', ['1 $C=x']],
    ['if $C:\n    b()', 'if x:\n    b()\n    c()\n', []],
    ['with $X:\n    ...', 'with a as b:\n    pass\n', ['1 $X=a']],
    ['with open(...):\n    ...', 'with open(a) as b:\n    pass\n', []],
    ['def $F():\n    $...A\n    foo()\n    $...A', 'def f():\n    a()\n    foo()\n    a()\n', ['1 $F=f $...A=a()']],
    ['return $X', 'def f():\n    return 1\n', ['2 $X=1']],
    ['$X = $Y', 'a = b = 1\nc: int = 2\n(d := 3)\ne, f = 4, 5\n',
      ['1 $X=a $Y=1', '1 $X=b $Y=1', '2 $X=c $Y=2', '3 $X=d $Y=3', '4 $X=e $Y=4', '4 $X=f $Y=5', '4 $X=e, f $Y=4, 5']],
  ])
})

test('strings, containers, chains', () => {
  check([
    ['foo("...")', 'foo("a")\nfoo(\'b\')\nfoo(x)\nfoo(f"{x}")\n', ['1', '2']],
    ['foo("$X")', 'foo("abc")\n', ['1 $X=abc']],
    ['foo("abc")', 'foo(\'abc\')\nfoo("abcd")\n', ['1']],
    ['foo("=~/^a.*/")', 'foo("abc")\nfoo("bc")\n', ['1']],
    ['f"...{$X}..."', 'f"a {b} c"\nf"a"\n', ['1 $X=b']],
    ['foo(f"...")', 'foo(f"{x}")\nfoo("x")\n', ['1']],
    ['[..., 1, ...]', '[0, 1, 2]\n[1]\n[]\n', ['1', '2']],
    ['{"k": $V}', '{"k": 1}\n{"k": 1, "j": 2}\n', ['1 $V=1']],
    ['{..., "k": $V, ...}', '{"j": 2, "k": 1}\n', ['1 $V=1']],
    ['$O. ... .end()', 'a.b().c.end()\n', ['1 $O=a.b().c', '1 $O=a.b()', '1 $O=a']],
    ['<... x ...>', 'y\n', []],
    ['foo(<... $X.y ...>)', 'foo(1 + g(a.y))\n', ['1 $X=a']],
    ['$X == $X', 'a == a\na == b\n', ['1 $X=a']],
    ['class $C(Base): ...', 'class A(Other, Base):\n    x = 1\nclass B: pass\n', ['1 $C=A']],
    ['class $C:\n    ...\n    def $M(self): ...\n', 'class A:\n    x = 1\n    def m(self):\n        pass\n', ['1 $C=A $M=m']],
    ['class $C:\n    ...\n    def $M(self):\n        ...\n', 'class A:\n    x = 1\n    def m(self):\n        pass\n', ['1 $C=A $M=m']],
    ['@$D\ndef $F(...):\n    ...', '@a\n@b\ndef f():\n    pass\n', ['1 $D=a $F=f', '1 $D=b $F=f']],
  ])
})

test('imports give other spellings of a name', () => {
  check([
    ['os.system(...)', 'import os\nos.system(1)\n', ['2']],
    ['os.system(...)', 'import os as o\no.system(1)\n', ['2']],
    ['os.system(...)', 'from os import system\nsystem(1)\n', ['2']],
    ['os.system(...)', 'from os import system as s\ns(1)\n', ['2']],
    ['os.system(...)', 'from os import *\nsystem(1)\n', ['2']],
    ['a.b.c(...)', 'from a import b as x\nx.c()\n', ['2']],
    ['a.b.c(...)', 'import a.b as x\nx.c()\n', ['2']],
    ['os.system(...)', 'from os import system\ndef f(system):\n    system(1)\n', []],
    ['os.system(...)', 'from .util import system\nsystem(1)\n', ['2 if system name os.system']],
    ['$M.system(...)', 'from os import system\nsystem(1)\n', ['2 $M=os']],
    ['import os', 'from os import path\nfrom osx import path\n', ['1']],
    ['import $X', 'import a.b as c, d\n', ['1 $X=a.b', '1 $X=d']],
    ['from a import $X', 'from a import b as c\nfrom a.d import e\n', ['1 $X=b', '2 $X=e']],
  ])
})

test('constants and types', () => {
  check([
    ['foo("...")', 'X = "a"\ndef f():\n    foo(X)\n', ['3']],
    ['foo("b")', 'X = "a"\nfoo(X)\n', []],
    ['foo("ab")', 'X = "a"\nfoo(X + "b")\nfoo(f"{X}b")\nfoo(f"{X!r}b")\n', ['2', '3']],
    ['"ab"', 'X = "a" + "b"\nfoo(X)\n', ['1', '2']],
    ['foo("$V")', 'X = "a"\nfoo(X + "b")\n', ['2 $V=ab']],
    ['foo("a")', 'from m import X\nfoo(X)\n', ['2 if X constant a']],
    ['foo("a")', 'def f(x):\n    foo(x)\n', []],
    ['foo($X: int)', 'foo(y)\n', ['1 $X=y if y type int']],
  ])
})
