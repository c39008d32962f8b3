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

test('wildcards stay within a name, two stars do not', () => {
  assert.equal(matches('src/*.c', 'src/a/b.c'), false)
  assert.equal(matches('src/**/*.c', 'src/b.c'), true)
  assert.equal(matches('src/**/*.c', 'src/a/b/c.c'), true)
  assert.equal(matches('src/**', 'src/a/b'), true)
  assert.equal(matches('**/gen/*.c', 'regen/a.c'), false)
  assert.equal(matches('/a?c', 'a/c'), false)
  assert.equal(matches('[a-c]x', 'bx'), true)
  assert.equal(matches('[!a-c]x', 'bx'), false)
  assert.equal(matches('*.{c,{h,hpp}}', 'a/b.hpp'), true)
})

test('what stands between stars stands in its order, and nothing twice', () => {
  assert.equal(matches('*test*.py', 'a/shop_test_1.py'), true)
  assert.equal(matches('*test*.py', 'shop.test/a.txt'), false)
  assert.equal(matches('*test*.py', 'mytest.py/a.txt'), true)
  assert.equal(matches('a*a', 'a'), false)
  assert.equal(matches('ab*bc', 'abc'), false)
  assert.equal(matches('*a*b*', 'xbxa'), false)
  assert.equal(matches('*ab*b', 'xab'), false)
})

test('hostile patterns and paths take no longer than their lengths', () => {
  const long = `${'a/'.repeat(1_000)}${'a'.repeat(200)}`
  assert.equal(matches(`${'*a'.repeat(100)}b`, long), false)
  assert.equal(matches(`${'**/a/'.repeat(80)}b`, long), false)
  assert.equal(matches('(a+)+$', 'a'.repeat(4_000)), false)
})

test('what is no pattern is refused with its place', () => {
  const refused = (pattern: string): (() => unknown) => () => pathFilter([pattern], 'assay.yaml, exclude')
  for (const pattern of ['', '  ', 'a'.repeat(501), '{a,b}'.repeat(7)]) {
    assert.throws(refused(pattern), (error) => error instanceof UsageError && error.place === 'assay.yaml, exclude')
  }
})
