import assert from 'node:assert/strict'
import { test } from 'node:test'
import { printTree } from '../../tree/print.ts'
import { validateTree } from '../../tree/validate.ts'
import { language } from './language.ts'

/** Version that brought the construct, the construct, the lowered statements. */
const TABLE: readonly (readonly [string, string, string])[] = [
  ['2.7', 'print "a" % b',
    `(expression-statement value:(call callee:(identifier 'print') argument:(binary '%' left:(string 'a')`
    + ` right:(identifier 'b'))))`],
  ['2.7', 'print a,', `(expression-statement value:(call callee:(identifier 'print') argument:(identifier 'a')))`],
  ['2.7', 'print >>f, a, b',
    `(expression-statement value:(call callee:(identifier 'print') argument:(keyword-argument`
    + ` name:(identifier+Synthetic 'file') value:(identifier 'f')) argument:(identifier 'a') argument:(identifier`
    + ` 'b')))`],
  ['2.7', 'exec code in ns',
    `(expression-statement value:(call callee:(identifier 'exec') argument:(identifier 'code')`
    + ` argument:(identifier 'ns')))`],
  ['2.7', 'exec compile(s) in ns, loc',
    `(expression-statement value:(call callee:(identifier 'exec') argument:(call callee:(identifier 'compile')`
    + ` argument:(identifier 's')) argument:(identifier 'ns') argument:(identifier 'loc')))`],
  ['2.7', 'exec "x"', `(expression-statement value:(call callee:(identifier 'exec') argument:(string 'x')))`],
  ['2.7', 'raise E, v', `(raise value:(call+Synthetic callee:(identifier 'E') argument:(identifier 'v')))`],
  ['2.7', 'raise E, v, tb',
    `(raise value:(call+Synthetic callee:(member+Synthetic object:(call+Synthetic callee:(identifier 'E')`
    + ` argument:(identifier 'v')) name:(identifier+Synthetic 'with_traceback')) argument:(identifier 'tb')))`],
  ['2.7', 'x = `a + 1`',
    `(assign target:(identifier 'x') value:(call+Recovered callee:(identifier+Synthetic 'repr') argument:(binary`
    + ` '+' left:(identifier 'a') right:(number '1'))))`],
  ['2.7', 'a <> b', `(expression-statement value:(binary '!=' left:(identifier 'a') right:(identifier 'b')))`],
  ['2.7', 'x = 0777', `(assign target:(identifier 'x') value:(number '511'))`],
  ['2.7', 'x = 0777L + 0xFFL + 10l',
    `(assign target:(identifier 'x') value:(binary '+' left:(binary '+' left:(number '511') right:(number '255'))`
    + ` right:(number '10')))`],
  ['2.7', 'x = ur\'a\\d\'', `(assign target:(identifier 'x') value:(string 'a\\\\d'))`],
  ['2.7', 'def f((a, b), c=1): pass',
    `(function name:(identifier 'f') parameter:(parameter target:(tuple+Parenthesized (identifier 'a')`
    + ` (identifier 'b'))) parameter:(parameter name:(identifier 'c') default:(number '1')) body:(block (pass)))`],
  ['2.7', 'lambda (a, b): a',
    `(expression-statement value:(function+Lambda parameter:(parameter target:(tuple+Parenthesized (identifier`
    + ` 'a') (identifier 'b'))) body:(identifier 'a')))`],
  ['2.7', 'try: a\nexcept (A, B), e: pass',
    `(try body:(block (expression-statement value:(identifier 'a'))) catch:(catch type:(tuple+Parenthesized`
    + ` (identifier 'A') (identifier 'B')) name:(identifier 'e') body:(block (pass))))`],
  ['2.7', 'try: a\nexcept A, e: pass',
    `(try body:(block (expression-statement value:(identifier 'a'))) catch:(catch type:(identifier 'A')`
    + ` name:(identifier 'e') body:(block (pass))))`],
  ['2.7', 'try: a\nexcept A, E: pass\nprint "x"',
    `(try body:(block (expression-statement value:(identifier 'a'))) catch:(catch type:(identifier 'A')`
    + ` name:(identifier 'E') body:(block (pass)))) (expression-statement value:(call callee:(identifier 'print')`
    + ` argument:(string 'x')))`],
  ['2.7', '[x for x in a, b]',
    `(expression-statement value:(comprehension 'list' (identifier 'x') clause:(comprehension-for`
    + ` target:(identifier 'x') iterable:(tuple (identifier 'a') (identifier 'b')))))`],
  ['3.0', 'True, False = 1, 0',
    `(assign target:(tuple (identifier 'True') (identifier 'False')) value:(tuple (number '1') (number '0')))`],
  ['3.0', 'async = 3', `(assign target:(identifier 'async') value:(number '3'))`],
  ['3.0', 'def async(self, await): return self.async',
    `(function name:(identifier 'async') parameter:(parameter name:(identifier 'self')) parameter:(parameter`
    + ` name:(identifier 'await')) body:(block (return value:(member object:(identifier 'self') name:(identifier`
    + ` 'async')))))`],
  ['3.0', 'nonlocal x', `(nonlocal name:(identifier 'x'))`],
  ['3.0', 'def f(a, b=1, *args, c, d=2, **kw): pass',
    `(function name:(identifier 'f') parameter:(parameter name:(identifier 'a')) parameter:(parameter`
    + ` name:(identifier 'b') default:(number '1')) parameter:(parameter+Rest name:(identifier 'args'))`
    + ` parameter:(parameter+KeywordOnly name:(identifier 'c')) parameter:(parameter+KeywordOnly name:(identifier`
    + ` 'd') default:(number '2')) parameter:(parameter+Double name:(identifier 'kw')) body:(block (pass)))`],
  ['3.0', 'def f(a: int, *b: str, c: \'T\' = None) -> R: pass',
    `(function name:(identifier 'f') parameter:(parameter name:(identifier 'a') annotation:(identifier 'int'))`
    + ` parameter:(parameter+Rest name:(identifier 'b') annotation:(identifier 'str'))`
    + ` parameter:(parameter+KeywordOnly name:(identifier 'c') annotation:(string 'T') default:(null))`
    + ` returns:(identifier 'R') body:(block (pass)))`],
  ['3.0', 'a, *b = c',
    `(assign target:(tuple (identifier 'a') (spread value:(identifier 'b'))) value:(identifier 'c'))`],
  ['3.0', 'class A(B, metaclass=M): pass',
    `(class name:(identifier 'A') base:(identifier 'B') base:(keyword-argument name:(identifier 'metaclass')`
    + ` value:(identifier 'M')) body:(block (pass)))`],
  ['3.0', 'raise E from x', `(raise value:(identifier 'E') cause:(identifier 'x'))`],
  ['3.0', 'try:\n  a\nexcept (A, B) as e:\n  b\nelse:\n  c\nfinally:\n  d',
    `(try body:(block (expression-statement value:(identifier 'a'))) catch:(catch type:(tuple+Parenthesized`
    + ` (identifier 'A') (identifier 'B')) name:(identifier 'e') body:(block (expression-statement`
    + ` value:(identifier 'b')))) else:(block (expression-statement value:(identifier 'c'))) finally:(block`
    + ` (expression-statement value:(identifier 'd'))))`],
  ['3.0', 'x = b\'a\\x00\\u0041\' b\'c\'',
    `(assign target:(identifier 'x') value:(string+Bytes 'a\\u0000\\\\u0041c'))`],
  ['3.0', 'from . import a', `(import-from '.' item:(import-item 'a'))`],
  ['3.0', 'from ..b.c import (d as e, f,)',
    `(import-from '..b.c' item:(import-item 'd' alias:(identifier 'e')) item:(import-item 'f'))`],
  ['3.0', 'from a import *', `(import-from+Star 'a')`],
  ['3.0', 'from __future__ import print_function', `(import-from '__future__' item:(import-item 'print_function'))`],
  ['3.0', 'import a.b as c, d', `(import item:(import-item 'a.b' alias:(identifier 'c')) item:(import-item 'd'))`],
  ['3.0', '{k: v for k, v in x if k if v}',
    `(expression-statement value:(comprehension 'dict' key:(identifier 'k') value:(identifier 'v')`
    + ` clause:(comprehension-for target:(tuple (identifier 'k') (identifier 'v')) iterable:(identifier 'x'))`
    + ` clause:(comprehension-if test:(identifier 'k')) clause:(comprehension-if test:(identifier 'v'))))`],
  ['3.0', '{x for x in y}',
    `(expression-statement value:(comprehension 'set' (identifier 'x') clause:(comprehension-for`
    + ` target:(identifier 'x') iterable:(identifier 'y'))))`],
  ['3.0', 'yield', '(expression-statement value:(yield))'],
  ['3.0', 'x = yield a, b',
    `(assign target:(identifier 'x') value:(yield value:(tuple (identifier 'a') (identifier 'b'))))`],
  ['3.0', 'a < b <= c',
    `(expression-statement value:(chain '< <=' operand:(identifier 'a') operand:(identifier 'b')`
    + ` operand:(identifier 'c')))`],
  ['3.0', 'a not in b', `(expression-statement value:(binary 'not in' left:(identifier 'a') right:(identifier 'b')))`],
  ['3.0', 'a is not b', `(expression-statement value:(binary 'is not' left:(identifier 'a') right:(identifier 'b')))`],
  ['3.0', 'not a == b',
    `(expression-statement value:(unary 'not' operand:(binary '==' left:(identifier 'a') right:(identifier`
    + ` 'b'))))`],
  ['3.0', 'a and b or not c',
    `(expression-statement value:(logical 'or' left:(logical 'and' left:(identifier 'a') right:(identifier 'b'))`
    + ` right:(unary 'not' operand:(identifier 'c'))))`],
  ['3.0', '-x ** 2',
    `(expression-statement value:(unary '-' operand:(binary '**' left:(identifier 'x') right:(number '2'))))`],
  ['3.0', 'x = a if b else c',
    `(assign target:(identifier 'x') value:(conditional then:(identifier 'a') test:(identifier 'b')`
    + ` else:(identifier 'c')))`],
  ['3.0', 'x[1:2, ::3, ...]',
    `(expression-statement value:(index object:(identifier 'x') key:(tuple (slice lower:(number '1')`
    + ` upper:(number '2')) (slice step:(number '3')) (constant 'Ellipsis'))))`],
  ['3.0', 'x[:]', `(expression-statement value:(index object:(identifier 'x') key:(slice)))`],
  ['3.0', 'a[b,]', `(expression-statement value:(index object:(identifier 'a') key:(tuple (identifier 'b'))))`],
  ['3.0', 'a = b = c', `(assign target:(identifier 'a') target:(identifier 'b') value:(identifier 'c'))`],
  ['3.0', 'a += 1', `(augmented-assign '+' target:(identifier 'a') value:(number '1'))`],
  ['3.0', 'a //= b', `(augmented-assign '//' target:(identifier 'a') value:(identifier 'b'))`],
  ['3.0', 'del a, b[1]', `(delete target:(identifier 'a') target:(index object:(identifier 'b') key:(number '1')))`],
  ['3.0', 'del (a, b)', `(delete target:(tuple+Parenthesized (identifier 'a') (identifier 'b')))`],
  ['3.0', 'global a, b', `(global name:(identifier 'a') name:(identifier 'b'))`],
  ['3.0', 'assert a, "m"', `(assert test:(identifier 'a') message:(string 'm'))`],
  ['3.0', 'for a, b in c:\n  break\nelse:\n  continue',
    `(for-each target:(tuple (identifier 'a') (identifier 'b')) iterable:(identifier 'c') body:(block (break))`
    + ` else:(block (continue)))`],
  ['3.0', 'while a: pass\nelse: pass', `(while test:(identifier 'a') body:(block (pass)) else:(block (pass)))`],
  ['3.0', 'if a: b\nelif c: d\nelse: e',
    `(if test:(identifier 'a') then:(block (expression-statement value:(identifier 'b'))) else:(if`
    + ` test:(identifier 'c') then:(block (expression-statement value:(identifier 'd'))) else:(block`
    + ` (expression-statement value:(identifier 'e')))))`],
  ['3.0', 'with a as b, c: pass',
    `(with item:(with-item value:(identifier 'a') target:(identifier 'b')) item:(with-item value:(identifier`
    + ` 'c')) body:(block (pass)))`],
  ['3.0', '@a.b(1)\n@c\ndef f(): pass',
    `(function decorator:(call callee:(member object:(identifier 'a') name:(identifier 'b')) argument:(number`
    + ` '1')) decorator:(identifier 'c') name:(identifier 'f') body:(block (pass)))`],
  ['3.0', '@a\nclass B: pass', `(class decorator:(identifier 'a') name:(identifier 'B') body:(block (pass)))`],
  ['3.0', 'lambda *a, k=1, **d: a',
    `(expression-statement value:(function+Lambda parameter:(parameter+Rest name:(identifier 'a'))`
    + ` parameter:(parameter+KeywordOnly name:(identifier 'k') default:(number '1')) parameter:(parameter+Double`
    + ` name:(identifier 'd')) body:(identifier 'a')))`],
  ['3.0', 'f(a, *b, c=1, **d)',
    `(expression-statement value:(call callee:(identifier 'f') argument:(identifier 'a') argument:(spread`
    + ` value:(identifier 'b')) argument:(keyword-argument name:(identifier 'c') value:(number '1'))`
    + ` argument:(spread+Double value:(identifier 'd'))))`],
  ['3.0', 'f(x for x in y)',
    `(expression-statement value:(call callee:(identifier 'f') argument:(comprehension 'generator' (identifier`
    + ` 'x') clause:(comprehension-for target:(identifier 'x') iterable:(identifier 'y')))))`],
  ['3.0', 'f(a)(b)[c].d',
    `(expression-statement value:(member object:(index object:(call callee:(call callee:(identifier 'f')`
    + ` argument:(identifier 'a')) argument:(identifier 'b')) key:(identifier 'c')) name:(identifier 'd')))`],
  ['3.0', 'x = ()', `(assign target:(identifier 'x') value:(tuple+Parenthesized))`],
  ['3.0', 'x = (1,)', `(assign target:(identifier 'x') value:(tuple+Parenthesized (number '1')))`],
  ['3.0', 'x = {1, 2}', `(assign target:(identifier 'x') value:(set (number '1') (number '2')))`],
  ['3.0', 'x = {}', `(assign target:(identifier 'x') value:(dict))`],
  ['3.0', 'x = 0xFF + 0o17 + 0b11 + 1e3 + .5 + 5. + 1j',
    `(assign target:(identifier 'x') value:(binary '+' left:(binary '+' left:(binary '+' left:(binary '+'`
    + ` left:(binary '+' left:(binary '+' left:(number '255') right:(number '15')) right:(number '3'))`
    + ` right:(number '1000')) right:(number '0.5')) right:(number '5')) right:(number '1j')))`],
  ['3.0', 'x = "a\\tb\\x41\\u1234\\101\\N{DASH}\\q"',
    `(assign target:(identifier 'x') value:(string 'a\\tbAሴA\\\\N{DASH}\\\\q'))`],
  ['3.0', 'x = r"\\d" + R\'\\n\'',
    `(assign target:(identifier 'x') value:(binary '+' left:(string '\\\\d') right:(string '\\\\n')))`],
  ['3.0', 'x = ("a"\n   \'b\' """c""")', `(assign target:(identifier 'x') value:(string 'abc'))`],
  ['3.0', 'print(a, file=b)',
    `(expression-statement value:(call callee:(identifier 'print') argument:(identifier 'a')`
    + ` argument:(keyword-argument name:(identifier 'file') value:(identifier 'b'))))`],
  ['3.0', 'print(a),',
    `(expression-statement value:(tuple (call callee:(identifier 'print') argument:(identifier 'a'))))`],
  ['3.0', 'None, True, ...', `(expression-statement value:(tuple (null) (boolean 'true') (constant 'Ellipsis')))`],
  ['3.0', 'é = ﬁ', `(assign target:(identifier 'é') value:(identifier 'fi'))`],
  ['3.3', 'yield from x', `(expression-statement value:(yield+Delegate value:(identifier 'x')))`],
  ['3.5', 'async def f():\n  async with a as b: pass\n  async for c in d: pass\n  return await e',
    `(function+Async name:(identifier 'f') body:(block (with+Async item:(with-item value:(identifier 'a')`
    + ` target:(identifier 'b')) body:(block (pass))) (for-each+Async target:(identifier 'c') iterable:(identifier`
    + ` 'd') body:(block (pass))) (return value:(await value:(identifier 'e')))))`],
  ['3.5', 'await a ** b',
    `(expression-statement value:(binary '**' left:(await value:(identifier 'a')) right:(identifier 'b')))`],
  ['3.5', 'a @ b', `(expression-statement value:(binary '@' left:(identifier 'a') right:(identifier 'b')))`],
  ['3.5', '[*a, *b]',
    `(expression-statement value:(list (spread value:(identifier 'a')) (spread value:(identifier 'b'))))`],
  ['3.5', '{**a, \'k\': 1}',
    `(expression-statement value:(dict (spread+Double value:(identifier 'a')) (pair key:(string 'k')`
    + ` value:(number '1'))))`],
  ['3.6', 'x: int = 3', `(assign target:(identifier 'x') annotation:(identifier 'int') value:(number '3'))`],
  ['3.6', 'x.y: list[int]',
    `(assign target:(member object:(identifier 'x') name:(identifier 'y')) annotation:(index object:(identifier`
    + ` 'list') key:(identifier 'int')))`],
  ['3.6', 'x = 1_000', `(assign target:(identifier 'x') value:(number '1000'))`],
  ['3.6', 'f\'a{b!r:>{w}}c\'',
    `(expression-statement value:(template (string 'a') (interpolation 'r' value:(identifier 'b')`
    + ` format:(template (string '>') (interpolation value:(identifier 'w')))) (string 'c')))`],
  ['3.6', 'f"{{}}{a:%Y-%m}"',
    `(expression-statement value:(template (string '{}') (interpolation value:(identifier 'a') format:(string`
    + ` '%Y-%m'))))`],
  ['3.6', '\'a\' f\'{b}\' \'c\'',
    `(expression-statement value:(template (string 'a') (interpolation value:(identifier 'b')) (string 'c')))`],
  ['3.6', 'f\'a\' \'b\'', `(expression-statement value:(string 'ab'))`],
  ['3.6', 'f\'{x:=5}\'',
    `(expression-statement value:(template (interpolation value:(identifier 'x') format:(string+Recovered`
    + ` '=5'))))`],
  ['3.6', 'rf\'\\d{a}\'',
    `(expression-statement value:(template (string '\\\\d') (interpolation value:(identifier 'a'))))`],
  ['3.6', '[x async for x in y if await z]',
    `(expression-statement value:(comprehension 'list' (identifier 'x') clause:(comprehension-for+Async`
    + ` target:(identifier 'x') iterable:(identifier 'y')) clause:(comprehension-if test:(await value:(identifier`
    + ` 'z')))))`],
  ['3.8', '(x := 1)', `(expression-statement value:(assign-expression target:(identifier 'x') value:(number '1')))`],
  ['3.8', 'while c := f(): pass',
    `(while test:(assign-expression target:(identifier 'c') value:(call callee:(identifier 'f'))) body:(block`
    + ` (pass)))`],
  ['3.8', 'def f(a, /, b, *, c): pass',
    `(function name:(identifier 'f') parameter:(parameter+PositionalOnly name:(identifier 'a'))`
    + ` parameter:(parameter name:(identifier 'b')) parameter:(parameter+KeywordOnly name:(identifier 'c'))`
    + ` body:(block (pass)))`],
  ['3.8', 'f\'{x=}\'', `(expression-statement value:(template (interpolation value:(identifier 'x'))))`],
  ['3.8', 'return *a, b', `(return value:(tuple (spread value:(identifier 'a')) (identifier 'b')))`],
  ['3.9', '@(yield)\ndef f(): pass', `(function decorator:(yield) name:(identifier 'f') body:(block (pass)))`],
  ['3.10', 'match x:\n  case 1 | -2: pass',
    `(switch subject:(identifier 'x') case:(case pattern:(pattern-or pattern:(pattern-value value:(number '1'))`
    + ` pattern:(pattern-value value:(unary '-' operand:(number '2')))) body:(block (pass))))`],
  ['3.10', 'match x, y:\n  case a, *_: pass',
    `(switch subject:(tuple (identifier 'x') (identifier 'y')) case:(case pattern:(pattern-sequence`
    + ` pattern:(pattern-capture 'a') pattern:(pattern-rest '_')) body:(block (pass))))`],
  ['3.10', 'match [x, y]:\n  case [a, _]: b = 1',
    `(switch subject:(tuple+Parenthesized (identifier 'x') (identifier 'y')) case:(case pattern:(pattern-sequence`
    + ` pattern:(pattern-capture 'a') pattern:(pattern-capture '_')) body:(block (assign target:(identifier 'b') value:(number '1')))))`],
  ['3.10', 'match[x, y]: int', `(assign target:(index object:(identifier 'match') key:(tuple (identifier 'x') (identifier 'y'))) annotation:(identifier 'int'))`],
  ['3.10', 'match x:\n  case {"k": v, **rest} if v: pass',
    `(switch subject:(identifier 'x') case:(case pattern:(pattern-mapping pattern:(pattern-entry key:(string 'k')`
    + ` pattern:(pattern-capture 'v')) pattern:(pattern-rest+Double 'rest')) guard:(identifier 'v') body:(block`
    + ` (pass))))`],
  ['3.10', 'match x:\n  case A.B(c, d=[1, _]) as e: pass',
    `(switch subject:(identifier 'x') case:(case pattern:(pattern-as pattern:(pattern-class callee:(member`
    + ` object:(identifier 'A') name:(identifier 'B')) pattern:(pattern-capture 'c') pattern:(pattern-field`
    + ` name:(identifier 'd') pattern:(pattern-sequence pattern:(pattern-value value:(number '1'))`
    + ` pattern:(pattern-capture '_')))) name:(identifier 'e')) body:(block (pass))))`],
  ['3.10', 'match x:\n  case A(d=p as q): pass',
    `(switch subject:(identifier 'x') case:(case pattern:(pattern-class callee:(identifier 'A')`
    + ` pattern:(pattern-field name:(identifier 'd') pattern:(pattern-as pattern:(pattern-capture 'p')`
    + ` name:(identifier 'q')))) body:(block (pass))))`],
  ['3.10', 'match x:\n  case a.b: pass\n  case (c): pass\n  case (c,): pass\n  case None: pass\n'
    + '  case "s": pass\n  case 1-2j: pass',
    `(switch subject:(identifier 'x') case:(case pattern:(pattern-value value:(member object:(identifier 'a')`
    + ` name:(identifier 'b'))) body:(block (pass))) case:(case pattern:(pattern-capture 'c') body:(block (pass)))`
    + ` case:(case pattern:(pattern-sequence pattern:(pattern-capture 'c')) body:(block (pass))) case:(case`
    + ` pattern:(pattern-value value:(null)) body:(block (pass))) case:(case pattern:(pattern-value value:(string`
    + ` 's')) body:(block (pass))) case:(case pattern:(pattern-value value:(binary '-' left:(number '1')`
    + ` right:(number '2j'))) body:(block (pass))))`],
  ['3.10', 'match = 1; match(x); case = type = 2',
    `(assign target:(identifier 'match') value:(number '1')) (expression-statement value:(call callee:(identifier`
    + ` 'match') argument:(identifier 'x'))) (assign target:(identifier 'case') target:(identifier 'type')`
    + ` value:(number '2'))`],
  ['3.10', 'with (a as b, c as d): pass',
    `(with item:(with-item value:(identifier 'a') target:(identifier 'b')) item:(with-item value:(identifier 'c')`
    + ` target:(identifier 'd')) body:(block (pass)))`],
  ['3.11', 'try: a\nexcept* E as e: b',
    `(try body:(block (expression-statement value:(identifier 'a'))) catch:(catch+Group type:(identifier 'E')`
    + ` name:(identifier 'e') body:(block (expression-statement value:(identifier 'b')))))`],
  ['3.11', 'x[*a, b]',
    `(expression-statement value:(index object:(identifier 'x') key:(tuple (spread value:(identifier 'a'))`
    + ` (identifier 'b'))))`],
  ['3.11', 'def f(*args: *Ts): pass',
    `(function name:(identifier 'f') parameter:(parameter+Rest name:(identifier 'args') annotation:(spread`
    + ` value:(identifier 'Ts'))) body:(block (pass)))`],
  ['3.12', 'def f[T: int, *Ts, **P](a: T) -> T: pass',
    `(function name:(identifier 'f') type-parameter:(type-parameter name:(identifier 'T') annotation:(identifier`
    + ` 'int')) type-parameter:(type-parameter+Rest name:(identifier 'Ts')) type-parameter:(type-parameter+Double`
    + ` name:(identifier 'P')) parameter:(parameter name:(identifier 'a') annotation:(identifier 'T'))`
    + ` returns:(identifier 'T') body:(block (pass)))`],
  ['3.12', 'class A[T](B[T]): pass',
    `(class name:(identifier 'A') type-parameter:(type-parameter name:(identifier 'T')) base:(index`
    + ` object:(identifier 'B') key:(identifier 'T')) body:(block (pass)))`],
  ['3.12', 'type X[T] = list[T]',
    `(type-alias name:(identifier 'X') type-parameter:(type-parameter name:(identifier 'T')) value:(index`
    + ` object:(identifier 'list') key:(identifier 'T')))`],
  ['3.12', 'f"{d["k"]} {f"{x}"}"',
    `(expression-statement value:(template (interpolation value:(index object:(identifier 'd') key:(string 'k')))`
    + ` (string ' ') (interpolation value:(template (interpolation value:(identifier 'x'))))))`],
  ['3.12', 'f"{\n  a  # c\n}"', `(expression-statement value:(template (interpolation value:(identifier 'a'))))`],
  ['3.12', 'f"{\'\\n\'.join(a)}"',
    `(expression-statement value:(template (interpolation value:(call callee:(member object:(string '\\n')`
    + ` name:(identifier 'join')) argument:(identifier 'a')))))`],
  ['3.13', 'def f[T = int, *Ts = *tuple[int], **P = [int]](): pass',
    `(function name:(identifier 'f') type-parameter:(type-parameter name:(identifier 'T') default:(identifier`
    + ` 'int')) type-parameter:(type-parameter+Rest name:(identifier 'Ts') default:(spread value:(index`
    + ` object:(identifier 'tuple') key:(identifier 'int')))) type-parameter:(type-parameter+Double`
    + ` name:(identifier 'P') default:(list (identifier 'int'))) body:(block (pass)))`],
  ['3.13', 'class A[T: str = "s"]: pass',
    `(class name:(identifier 'A') type-parameter:(type-parameter name:(identifier 'T') annotation:(identifier`
    + ` 'str') default:(string 's')) body:(block (pass)))`],
  ['3.13', 'type X[T = int] = list[T]',
    `(type-alias name:(identifier 'X') type-parameter:(type-parameter name:(identifier 'T') default:(identifier`
    + ` 'int')) value:(index object:(identifier 'list') key:(identifier 'T')))`],
  ['3.14', 'try: a\nexcept A, B: b',
    `(try body:(block (expression-statement value:(identifier 'a'))) catch:(catch type:(tuple (identifier 'A')`
    + ` (identifier 'B')) body:(block (expression-statement value:(identifier 'b')))))`],
  ['3.14', 'try: a\nexcept A, B, C: b',
    `(try body:(block (expression-statement value:(identifier 'a'))) catch:(catch type:(tuple (identifier 'A')`
    + ` (identifier 'B') (identifier 'C')) body:(block (expression-statement value:(identifier 'b')))))`],
  ['3.14', 'try: a\nexcept* A, B: b',
    `(try body:(block (expression-statement value:(identifier 'a'))) catch:(catch+Group type:(tuple (identifier`
    + ` 'A') (identifier 'B')) body:(block (expression-statement value:(identifier 'b')))))`],
  ['3.14', 'x = t"a{b!s}c"',
    `(assign target:(identifier 'x') value:(template+Deferred (string 'a') (interpolation 's' value:(identifier`
    + ` 'b')) (string 'c')))`],
  ['3.14', 'x = tr\'\\d\' t"{a}"',
    `(assign target:(identifier 'x') value:(template+Deferred (string '\\\\d') (interpolation value:(identifier`
    + ` 'a'))))`],
]

test('each construct of each version is lowered as the table says', async () => {
  const front = await language.open()
  for (const [version, code, tree] of TABLE) {
    const parsed = front.parse(code)
    const shown = `${version}: ${code}`
    assert.equal(printTree(parsed.root), `(module ${tree})`, shown)
    assert.deepEqual(parsed.problems, [], shown)
    assert.deepEqual(validateTree(parsed.root, code.length), [], shown)
    assert.equal(parsed.dialect, version === '2.7' ? 'python2' : '', shown)
  }
})

test('a construct is the same inside a function of a larger file', async () => {
  const front = await language.open()
  for (const [version, code, tree] of TABLE) {
    if (version === '2.7' || code.includes('__future__')) continue
    const indented = `if 1:\n  ${code.replaceAll('\n', '\n  ')}\ny = 1\n`
    // Lines inside a string literal are indented too, which changes no tree of the table.
    const printed = printTree(front.parse(indented).root)
    assert.ok(printed.includes(`then:(block ${tree})`), `${code}\n${printed}`)
  }
})
