import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { language } from '../languages/python/language.ts'
import type { FrontEnd } from '../tree/language.ts'
import type { FileFacts } from './facts.ts'
import { factsOf } from './lower.ts'
import { printFunction } from './print.ts'
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

/** The listing of one function, without indentation. */
function listing(source: string, index = 0): string[] {
  return printFunction(facts(source), index).split('\n').map((line) => line.trim())
}

const CONSTRUCTS: readonly (readonly [string, string, readonly string[]])[] = [
  ['a call with every form of argument', 'f(a, *b, k=c, **d)\n', [
    'b0:', 'v0 = Name "f"', 'v1 = Name "a"', 'v2 = Name "b"', 'v3 = Name "c"', 'v4 = Name "d"',
    'v5 = Call v0(v1, *v2, k=v3, **v4)',
  ]],
  ['the parent class is marked', 'super().m\n', ['b0:', 'v0 = Name "super"', 'v1 = Call v0() flags 8',
    'v2 = Attr v1.m']],
  ['a local variable is no instruction', 'x = 1\nf(x, x)\n', ['b0:', 'v0 = Const "1" 1', 'v1 = Name "f"',
    'v2 = Call v1(v0, v0)']],
  ['parts of an interpolated string', "f'a{b!r:>{c}}'\n", [
    'b0:', 'v0 = Const "a" 0', 'v1 = Name "b"', 'v2 = Unary !r v1', 'v3 = Const ">" 0', 'v4 = Name "c"',
    'v5 = Template 0 (v3, v4)',
    'v6 = Binary v2 format v5', 'v7 = Template 0 (v0, v6)',
  ]],
  ['a dictionary with a spread', "{'a': 1, **b}\n", [
    'b0:', 'v0 = Const "a" 0', 'v1 = Const "1" 1', 'v2 = Name "b"', 'v3 = Container dict(v0: v1, **v2)',
  ]],
  ['an element and slices', 'a[0]\na[1:n]\na[:n]\n', [
    'b0:', 'v0 = Name "a"', 'v1 = Const "0" 1', 'v2 = Index v0[v1]', 'v3 = Name "a"', 'v4 = Const "1" 1',
    'v5 = Name "n"',
    'v6 = Slice v3 3 (v4, v5)', 'v7 = Name "a"', 'v8 = Name "n"', 'v9 = Slice v7 2 (v8)',
  ]],
  ['a swap gives each its own value', 'a = 1\nb = 2\na, b = b, a\nf(a)\n', [
    'b0:', 'v0 = Const "1" 1', 'v1 = Const "2" 1', 'v2 = Container tuple(v1, v0)', 'v3 = Name "f"',
    'v4 = Call v3(v1)',
  ]],
  ['nested and starred targets', 'a, (b, *c), d = v\n', [
    'b0:', 'v0 = Name "v"', 'v1 = Unpack v0 0', 'v2 = Unpack v0 1', 'v3 = Unpack v2 0', 'v4 = Unpack v2 -1',
    'v5 = Unpack v0 2',
  ]],
  ['behind a starred target the place is unknown', '*a, b = v\n', ['b0:', 'v0 = Name "v"', 'v1 = Unpack v0 -1',
    'v2 = Unpack v0 -1']],
  ['augmented assignment to an attribute', 'a.b += 1\n', [
    'b0:', 'v0 = Name "a"', 'v1 = Attr v0.b', 'v2 = Const "1" 1', 'v3 = Binary v1 + v2', 'v4 = SetAttr v0.b = v3',
  ]],
  ['augmented assignment to an element', 'a[i] += 1\n', [
    'b0:', 'v0 = Name "a"', 'v1 = Name "i"', 'v2 = Index v0[v1]', 'v3 = Const "1" 1', 'v4 = Binary v2 + v3',
    'v5 = SetIndex v0[v1] = v4',
  ]],
  ['deletions', 'del a.b, a[0]\n', [
    'b0:', 'v0 = Name "a"', 'v1 = Delete v0', 'v2 = Name "a"', 'v3 = Const "0" 1', 'v4 = Delete v2 v3',
  ]],
  ['branches and what is known after them', 'x = 1\nif c:\n    x = 2\nf(x)\n', [
    'b0: -> b1 b2', 'v0 = Const "1" 1', 'v1 = Name "c"', 'b1: in b0 if v1 -> b3', 'v2 = Const "2" 1',
    'b2: in b0 if not v1 -> b3', 'b3: in b0', 'v3 = Phi (v2, v0)', 'v4 = Name "f"', 'v5 = Call v4(v3)',
  ]],
  ['no phi where nothing was assigned', 'x = 1\nif c:\n    y = 2\nf(x)\n', [
    'b0: -> b1 b2', 'v0 = Const "1" 1', 'v1 = Name "c"', 'b1: in b0 if v1 -> b3', 'v2 = Const "2" 1',
    'b2: in b0 if not v1 -> b3', 'b3: in b0', 'v3 = Name "f"', 'v4 = Call v3(v0)',
  ]],
  ['a condition is split at and, or, not', 'if a and not b:\n    f()\n', [
    'b0: -> b1 b2', 'v0 = Name "a"', 'b1: in b0 if not v0 -> b5', 'b2: in b0 if v0 -> b3 b4', 'v1 = Name "b"',
    'b3: in b2 if v1 -> b5',
    'b4: in b2 if not v1 -> b6', 'v2 = Name "f"', 'v3 = Call v2()', 'b5: in b0 -> b6', 'b6: in b0',
  ]],
  ['a short circuit as a value', 'x = a or b\n', [
    'b0: -> b1 b2', 'v0 = Name "a"', 'b1: in b0 if not v0 -> b2', 'v1 = Name "b"', 'b2: in b0', 'v2 = Phi or (v0, v1)',
  ]],
  ['a conditional expression', 'x = a if c else b\n', [
    'b0: -> b1 b2', 'v0 = Name "c"', 'b1: in b0 if v0 -> b3', 'v1 = Name "a"', 'b2: in b0 if not v0 -> b3',
    'v2 = Name "b"',
    'b3: in b0', 'v3 = Phi (v1, v2)',
  ]],
  ['a chain of comparisons', 'a < b <= c\n', [
    'b0:', 'v0 = Name "a"', 'v1 = Name "b"', 'v2 = Binary v0 < v1', 'v3 = Name "c"', 'v4 = Binary v1 <= v3',
    'v5 = Phi and (v2, v4)',
  ]],
  ['assert holds afterwards', 'assert a, b\nf()\n', [
    'b0: -> b1 b2', 'v0 = Name "a"', 'b1: in b0 if not v0', 'v1 = Name "b"', 'b2: in b0 if v0', 'v2 = Name "f"',
    'v3 = Call v2()',
  ]],
  ['a loop carries its variable round', 'x = 1\nwhile x:\n    x = f(x)\ng(x)\n', [
    'b0: -> b1', 'v0 = Const "1" 1', 'b1: in b0 -> b2 b3', 'v1 = Phi (v0, v3)', 'b2: in b1 if v1 -> b1',
    'v2 = Name "f"',
    'v3 = Call v2(v1)', 'b3: in b1 if not v1', 'v4 = Name "g"', 'v5 = Call v4(v1)',
  ]],
  ['for with else and break', 'for i in a:\n    if i:\n        break\nelse:\n    i = 0\nf(i)\n', [
    'b0: -> b1', 'v0 = Name "a"', 'b1: in b0 -> b2 b5', 'b2: in b1 -> b3 b4',
    'v1 = Element v0', 'b3: in b2 if v1 -> b6', 'v2 = Refine v1', 'b4: in b2 if not v1 -> b1', 'b5: in b1 -> b6',
    'v3 = Const "0" 1',
    'b6: in b1', 'v4 = Phi (v3, v2)', 'v5 = Name "f"', 'v6 = Call v5(v4)',
  ]],
  ['an endless loop is left by break only', 'while True:\n    if a:\n        break\nf()\n', [
    'b0: -> b1', 'b1: in b0 -> b2', 'b2: in b1 -> b3 b4', 'v0 = Name "a"', 'b3: in b2 if v0 -> b5',
    'b4: in b2 if not v0 -> b1',
    'b5: in b3', 'v1 = Name "f"', 'v2 = Call v1()',
  ]],
  ['a handler sees what the body may have assigned',
    'x = 1\ntry:\n    x = f()\nexcept E as e:\n    g(x, e)\nh(x)\n', [
    'b0: -> b1 b2', 'v0 = Const "1" 1', 'b1: in b0 -> b2 b4', 'v1 = Name "f"', 'v2 = Call v1()', 'b2: in b0 -> b3',
    'v3 = Phi (v0, v2)', 'b3: in b2 -> b4', 'v4 = Name "E"', 'v5 = Caught v4', 'v6 = Name "g"',
    'v7 = Call v6(v3, v5)',
    'v8 = Refine v3', 'b4: in b0', 'v9 = Phi (v2, v8)', 'v10 = Name "h"', 'v11 = Call v10(v9)',
  ]],
  ['else of try, and finally on the normal way',
    'try:\n    a()\nexcept E:\n    raise\nelse:\n    b()\nfinally:\n    c()\n', [
    'b0: -> b1 b2', 'b1: in b0 -> b2 b4', 'v0 = Name "a"', 'v1 = Call v0()', 'b2: in b0 -> b3', 'b3: in b2',
    'v2 = Name "E"',
    'v3 = Caught v2', 'v4 = Raise', 'b4: in b1 -> b5', 'v5 = Name "b"', 'v6 = Call v5()', 'b5: in b4',
    'v7 = Name "c"', 'v8 = Call v7()',
  ]],
  ['with, and what entering gives', 'with a() as b, c:\n    b\n', [
    'b0:', 'v0 = Name "a"', 'v1 = Call v0()', 'v2 = Enter v1', 'v3 = Name "c"', 'v4 = Enter v3',
  ]],
  ['a comprehension has variables of its own', 'i = 1\nx = [i for i in a]\nf(i)\n', [
    'b0:', 'v0 = Const "1" 1', 'v1 = Name "a"', 'v2 = Element v1', 'v3 = Container list(v2)', 'v4 = Name "f"',
    'v5 = Call v4(v0)',
  ]],
  ['the first iterable is evaluated outside', 'x = 1\nx = [x for x in x]\n', [
    'b0:', 'v0 = Const "1" 1', 'v1 = Element v0', 'v2 = Container list(v1)',
  ]],
  ['what a comprehension tests holds for its elements', '{k: f(k) for k in a if ok(k)}\n', [
    'b0: -> b1 b2', 'v0 = Name "a"', 'v1 = Element v0', 'v2 = Name "ok"', 'v3 = Call v2(v1)', 'b1: in b0 if v3 -> b2',
    'v4 = Name "f"', 'v5 = Call v4(v1)', 'v6 = Refine v1', 'b2: in b0', 'v7 = Container dict(v6: v5)',
  ]],
  ['an assignment in an expression', 'if (m := f()):\n    g(m)\n', [
    'b0: -> b1 b2', 'v0 = Name "f"', 'v1 = Call v0()', 'b1: in b0 if v1 -> b3', 'v2 = Name "g"',
    'v3 = Call v2(v1)', 'b2: in b0 if not v1 -> b3', 'b3: in b0',
  ]],
  ['value and class patterns are conditions', "match x:\n    case 1:\n        a()\n    case P(k=v):\n        b(v)\n", [
    'b0: -> b1 b3', 'v0 = Name "x"', 'v1 = Const "1" 1', 'v2 = Binary v0 == v1', 'b1: in b0 if v2 -> b2',
    'b2: in b1 -> b7',
    'v3 = Name "a"', 'v4 = Call v3()', 'b3: in b0 if not v2 -> b4 b6', 'v5 = Name "P"',
    'v6 = Binary v0 instanceof v5',
    'b4: in b3 if v6 -> b5', 'v7 = Attr v0.k', 'b5: in b4 -> b7', 'v8 = Name "b"', 'v9 = Call v8(v7)',
    'b6: in b3 if not v6 -> b7', 'b7: in b0',
  ]],
  ['decorators are calls, the outermost last', '@a\n@b(1)\ndef f(): pass\n', [
    'b0:', 'v0 = Name "a"', 'v1 = Name "b"', 'v2 = Const "1" 1', 'v3 = Call v1(v2)', 'v4 = Function f',
    'v5 = Call v3(v4) flags 4',
    'v6 = Call v0(v5) flags 4',
  ]],
  ['a declared type', 'x: int = 1\nf(x)\n', [
    'b0:', 'v0 = Const "1" 1', 'v1 = Name "int"', 'v2 = Annotated v0 v1', 'v3 = Name "f"', 'v4 = Call v3(v2)',
  ]],
  ['await and yield', 'await f()\nyield x\nyield from y\n', [
    'b0:', 'v0 = Name "f"', 'v1 = Call v0() flags 2', 'v2 = Await v1', 'v3 = Name "x"', 'v4 = Yield v3 0',
    'v5 = Name "y"', 'v6 = Yield v5 1',
  ]],
]

for (const [title, source, expected] of CONSTRUCTS) {
  test(`lowering: ${title}`, () => assert.deepEqual(listing(source), expected))
}
