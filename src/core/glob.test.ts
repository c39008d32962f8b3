import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pathFilter } from './glob.ts'
import { UsageError } from './problem.ts'

const matches = (pattern: string, path: string): boolean => pathFilter([pattern], '--exclude')(path)

test('a pattern without slash matches at any depth, one with slash from the root', () => {
  assert.equal(matches('*.py', 'a/b/c.py'), true)
  assert.equal(matches('*.py', 'c.py'), true)
  assert.equal(matches('tests', 'a/tests/b.py'), true)
  assert.equal(matches('src/*.py', 'src/a.py'), true)
  assert.equal(matches('src/*.py', 'lib/src/a.py'), false)
  assert.equal(matches('/tests', 'a/tests/b.py'), false)
  assert.equal(matches('src/**/gen', 'src/a/b/gen/x.py'), true)
})

test('a folder covers what is below it, a longer name is another folder', () => {
  assert.equal(matches('vendor/', 'vendor/a/b.py'), true)
  assert.equal(matches('vendor', 'vendored/a.py'), false)
})

test('patterns in the spelling of Windows', () => {
  assert.equal(matches('src\\gen', 'src/gen/a.py'), true)
  assert.equal(matches('.\\src\\*.py', 'src/a.py'), true)
})

test('hidden files match, parentheses and plus are ordinary characters', () => {
  assert.equal(matches('*.py', '.hidden/.a.py'), true)
  assert.equal(matches('(shop)/*.py', '(shop)/a.py'), true)
  assert.equal(matches('c++', 'c++/a.py'), true)
  assert.equal(matches('*.{a,b}', 'x.b'), true)
})

test('a pattern that could take for ever is refused', () => {
  assert.throws(() => matches('a*'.repeat(20), 'a'.repeat(4000)), UsageError)
  assert.throws(() => matches('', 'a'), UsageError)
  const start = process.cpuUsage().user
  assert.equal(matches('(a+)+$', 'a'.repeat(4000)), false)
  assert.equal(matches('*a*a*a*a*b', 'a'.repeat(200)), false)
  assert.ok(process.cpuUsage().user - start < 5_000_000)
})
