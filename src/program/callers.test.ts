import assert from 'node:assert/strict'
import { test } from 'node:test'
import { callsOf, everyAnswer, linked } from '../../test/support/linked.ts'

const FILES = {
  'a.py': [
    'import b', 'from b import target as other, Thing', 'alias = b.target', 'b.target(1)', 'other(2)', 'alias(3)',
    'table = {"t": b.target}', 'table["t"](4)', 'def apply(f):', '    return f(5)', 'apply(b.target)',
    'Thing(6)', 'class Sub(Thing):', '    pass', 'Sub(7)', 'def unrelated():', '    target(8)', '',
  ].join('\n'),
  'b.py': [
    'def logged(f):', '    def wrapper(*args):', '        return f(*args)', '    return wrapper',
    'def named(name):', '    def outer(f):', '        def inner(*args):', '            return f(*args)',
    '        return inner', '    return outer', 'def target(x): pass', '@logged', 'def once(x): pass',
    '@named("n")', 'def twice(x): pass', 'once(9)', 'twice(10)', 'class Thing:', '    def __init__(self, x):',
    '        self.go = target', '    def run(self):', '        self.go(11)', '',
  ].join('\n'),
}

test('callers are found under every name: import, alias, table, parameter, field', async () => {
  const program = await linked(FILES)
  assert.deepEqual(program.callers('b.py', 'target'), ['b.target(1)', 'other(2)', 'alias(3)', 'table["t"](4)', 'f(5)', 'self.go(11)'])
})

test('constructors are called by their classes and those that inherit them', async () => {
  const program = await linked(FILES)
  assert.deepEqual(program.callers('b.py', 'Thing.__init__'), ['Thing(6)', 'Sub(7)'])
})

test('decorated functions: callers of the function, of the wrapper, and of the function in the wrapper', async () => {
  const program = await linked(FILES)
  assert.deepEqual(program.callers('b.py', 'once'), ['f(*args)'])
  assert.deepEqual(program.callers('b.py', 'logged.wrapper'), ['once(9)'])
  assert.deepEqual(program.callers('b.py', 'named.outer.inner'), ['twice(10)'])
  assert.deepEqual(program.callers('b.py', 'twice'), ['f(*args)'])
})

test('a function that nothing calls has no callers', async () => {
  const program = await linked(FILES)
  assert.deepEqual(program.callers('a.py', 'unrelated'), [])
})

test('callers in tests are only found when they are asked for', async () => {
  const program = await linked({ 'b.py': 'def f(x): pass\nf(1)\n', 'tests/test_b.py': 'import b\ndef test_f():\n    b.f(2)\n' })
  assert.deepEqual(program.callers('b.py', 'f', false), ['f(1)'])
  assert.deepEqual(program.callers('b.py', 'f', true), ['f(1)', 'b.f(2)'])
})

test('callers agree with targets', async () => {
  const program = await linked(FILES)
  for (const call of callsOf(program.program)) {
    for (const target of program.program.targets(call).functions) {
      assert.ok(program.program.callers(target, true).includes(call), `${program.code(call)} calls ${program.name(target)}`)
    }
  }
})

test('answers do not depend on the order of questions', async () => {
  const cyclic = {
    ...FILES,
    'c.py': [
      'from d import even', 'from b import Thing', 'def odd(n, t):', '    return even(n, t) or t',
      'class Node:', '    def __init__(self, next):', '        self.next = next', '    def walk(self):',
      '        return self.next.walk()', 'Node(Node(Thing(1))).walk()', 'odd(1, Thing(2)).run()', '',
    ].join('\n'),
    'd.py': 'from c import odd\ndef even(n, t):\n    return odd(n, t)\neven(1, even).run()\n',
  }
  const forward = await linked(cyclic)
  const backward = await linked(cyclic)
  const calls = callsOf(forward.program)
  const asked = everyAnswer(forward.program, calls)
  assert.deepEqual(everyAnswer(backward.program, [...calls].reverse()).reverse(), asked)
})
