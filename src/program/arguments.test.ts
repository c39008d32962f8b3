import assert from 'node:assert/strict'
import { test } from 'node:test'
import { linked } from '../../test/support/linked.ts'

const FUNCTIONS = [
  'def f(a, b=0, *rest, c=1, **more): pass', 'def only(a, /, b, *, c): pass', 'class K:',
  '    def __init__(self, x): pass', '    def m(self, y): pass', '    @classmethod', '    def made(cls, z): pass',
  '    @staticmethod', '    def free(w): pass', '',
].join('\n')

test('arguments by position, by keyword and by default', async () => {
  const program = await linked({ 'main.py': `${FUNCTIONS}f(1, 2, 3, 4)\nf(b=5, a=6, c=7, d=8)\n` })
  const positional = (parameter: string): readonly string[] => program.passed('main.py', 'f(1, 2, 3, 4)', 'main.py:f', parameter)
  assert.deepEqual(positional('a'), ['1'])
  assert.deepEqual(positional('b'), ['2'])
  assert.deepEqual(positional('rest'), ['3', '4'])
  assert.deepEqual(positional('c'), ['default 1'])
  assert.deepEqual(positional('more'), [])
  const named = (parameter: string): readonly string[] => program.passed('main.py', 'f(b=5, a=6, c=7, d=8)', 'main.py:f', parameter)
  assert.deepEqual(named('a'), ['6'])
  assert.deepEqual(named('b'), ['5'])
  assert.deepEqual(named('c'), ['7'])
  assert.deepEqual(named('more'), ['8'])
})

test('spreads reach what is not given by itself, and a default may still hold', async () => {
  const program = await linked({ 'main.py': `${FUNCTIONS}f(1, *xs)\nf(*xs, **kw)\nonly(1, **kw)\n` })
  assert.deepEqual(program.passed('main.py', 'f(1, *xs)', 'main.py:f', 'a'), ['1'])
  assert.deepEqual(program.passed('main.py', 'f(1, *xs)', 'main.py:f', 'b'), ['element xs', 'default 0'])
  assert.deepEqual(program.passed('main.py', 'f(1, *xs)', 'main.py:f', 'c'), ['default 1'])
  assert.deepEqual(program.passed('main.py', 'f(*xs, **kw)', 'main.py:f', 'a'), ['element xs', 'element kw'])
  assert.deepEqual(program.passed('main.py', 'only(1, **kw)', 'main.py:only', 'a'), ['1'])
  assert.deepEqual(program.passed('main.py', 'only(1, **kw)', 'main.py:only', 'c'), ['element kw'])
})

test('the receiver of methods: bound, unbound, of the class, of a constructor, none of a static one', async () => {
  const program = await linked({
    'main.py': `${FUNCTIONS}k = K(1)\nk.m(2)\nK.m(k, 3)\nK.made(4)\nk.free(5)\n`,
  })
  assert.deepEqual(program.passed('main.py', 'K(1)', 'main.py:K.__init__', 'self'), ['K(1)'])
  assert.deepEqual(program.passed('main.py', 'K(1)', 'main.py:K.__init__', 'x'), ['1'])
  assert.deepEqual(program.passed('main.py', 'k.m(2)', 'main.py:K.m', 'y'), ['2'])
  assert.deepEqual(program.passed('main.py', 'K.m(k, 3)', 'main.py:K.m', 'self'), ['K(1)'])
  assert.deepEqual(program.passed('main.py', 'K.m(k, 3)', 'main.py:K.m', 'y'), ['3'])
  assert.deepEqual(program.passed('main.py', 'K.made(4)', 'main.py:K.made', 'z'), ['4'])
  assert.deepEqual(program.passed('main.py', 'k.free(5)', 'main.py:K.free', 'w'), ['5'])
})

test('what a decorator puts in a method\'s place is bound like the method', async () => {
  const program = await linked({
    'main.py': [
      'def deco(f):', '    def wrapper(self, x):', '        return f(self, x)', '    return wrapper', 'class K:',
      '    @deco', '    def m(self, y): pass', 'K().m(1)', '',
    ].join('\n'),
  })
  assert.deepEqual(program.targets('main.py', 'K().m(1)'), ['main.py:deco.wrapper'])
  assert.deepEqual(program.passed('main.py', 'K().m(1)', 'main.py:deco.wrapper', 'self'), ['K()'])
  assert.deepEqual(program.passed('main.py', 'K().m(1)', 'main.py:deco.wrapper', 'x'), ['1'])
  assert.deepEqual(program.targets('main.py', 'f(self, x)'), ['main.py:K.m'])
  assert.deepEqual(program.passed('main.py', 'f(self, x)', 'main.py:K.m', 'y'), ['x'])
})

test('the way to the parent class passes on the receiver', async () => {
  const program = await linked({
    'main.py': [
      'class A:', '    def m(self, x): pass', 'class B(A):', '    def m(self, x):', '        super().m(x)', '',
    ].join('\n'),
  })
  assert.deepEqual(program.targets('main.py', 'super().m(x)'), ['main.py:A.m'])
  assert.deepEqual(program.passed('main.py', 'super().m(x)', 'main.py:A.m', 'self'), ['self'])
  assert.deepEqual(program.passed('main.py', 'super().m(x)', 'main.py:A.m', 'x'), ['x'])
})
