import assert from 'node:assert/strict'
import { test } from 'node:test'
import { linked } from '../../test/support/linked.ts'

test('names go through assignments, aliases of imports and aliases of models', async () => {
  const program = await linked({
    'main.py': [
      'import os.path as p', 'from framework.globals import request', 'import os', 'x = os.path', 'j = x.join',
      'def f(path):', '    p.join(path)', '    j(path)', '    request.args', '    path.join(1)', '    open(path)', '',
    ].join('\n'),
  }, { aliases: { 'framework.globals.request': 'framework.request' } })
  assert.deepEqual(program.names('main.py', 'p.join'), ['os.path.join'])
  assert.deepEqual(program.targets('main.py', 'j(path)'), ['os.path.join'])
  assert.deepEqual(program.names('main.py', 'request.args'), ['framework.request.args'])
  assert.deepEqual(program.names('main.py', 'path.join'), [])
  assert.deepEqual(program.targets('main.py', 'open(path)'), ['builtins.open'])
})

test('a module-level name hides the built-in one', async () => {
  const program = await linked({ 'main.py': 'def open(x): pass\ndef f(y):\n    open(y)\n' })
  assert.deepEqual(program.targets('main.py', 'open(y)'), ['main.py:open'])
})

test('attributes of the receiver are named by its class and its library ancestors', async () => {
  const program = await linked({
    'main.py': 'import web\nclass Page(web.View):\n    def show(self):\n        return self.request\n',
  })
  assert.deepEqual(program.names('main.py', 'self.request'), ['main.Page.request', 'web.View.request'])
})

test('functions held in tables, by key where it is known', async () => {
  const program = await linked({
    'main.py': [
      'def a(x): pass', 'def b(x): pass', "T = {'a': a, 'b': b}", 'def f(k):', "    T['a'](1)", '    T[k](2)',
      '    for each in [a, b]:', '        each(3)', '    k[0](4)', '',
    ].join('\n'),
  })
  assert.deepEqual(program.targets('main.py', "T['a'](1)"), ['main.py:a'])
  assert.deepEqual(program.targets('main.py', 'T[k](2)'), ['main.py:a', 'main.py:b'])
  assert.deepEqual(program.targets('main.py', 'each(3)'), ['main.py:a', 'main.py:b'])
  assert.deepEqual(program.targets('main.py', 'k[0](4)'), ['? dynamic'])
})

test('names that mean one another end', async () => {
  const program = await linked({
    'a.py': 'from b import x\nx(1)\ny = y\ny(2)\n',
    'b.py': 'from a import x\n',
  })
  assert.deepEqual(program.targets('a.py', 'x(1)'), ['? not found'])
  assert.deepEqual(program.targets('a.py', 'y(2)').length, 1)
})
