import assert from 'node:assert/strict'
import test from 'node:test'
import { programOf } from '../../test/lab.ts'
import type { Ref } from '../program/program.ts'
import { Evaluator } from './evaluate.ts'

/** What the value bound to a name of the module `main` is known to be. */
async function knownOf(code: string, name: string, more: Readonly<Record<string, string>> = {}): Promise<unknown> {
  const program = await programOf({ 'main.py': code, ...more })
  const file = program.files.find((each) => each.path === 'main.py')
  const bound = file?.facts.functions[0]?.bindings.filter((each) => file.facts.strings[each.name] === name).at(-1)
  assert.ok(file !== undefined && bound !== undefined, name)
  const value: Ref = program.ref(file, bound.value)
  return new Evaluator(program).valueOf(value)
}

const KNOWN: readonly (readonly [string, unknown])[] = [
  ['1 + 2 * 3', 7],
  ['7 // 2', 3],
  ['-7 // 2', undefined],
  ['"a" + "b" == "ab"', true],
  ['f"{"a"}b"', 'ab'],
  ['not 0', true],
  ['None is None', true],
  ['3 in (1, 2, 3)', true],
  ['3 not in {1: 2}', true],
  ['3 in (1, unknown)', undefined],
  ['0.1 + 0.2', undefined],
  ['2 ** 80', undefined],
  ['"1" == 1', undefined],
  ['unknown', undefined],
]

for (const [expression, value] of KNOWN) {
  test(`${expression} is ${String(value)}`, async () => {
    assert.equal(await knownOf(`x = ${expression}\n`, 'x'), value)
  })
}

test('constants of other files, and of functions whose every result is the same', async () => {
  const more = { 'other.py': 'LEVEL = 3\ndef level(flag):\n    if flag:\n        return LEVEL\n    return 3\ndef either(flag):\n    return 3 if flag else 4\n' }
  const code = 'from other import LEVEL, level, either\na = LEVEL > 2\nb = level(1) == 3\nc = either(1) == 3\n'
  assert.equal(await knownOf(code, 'a', more), true)
  assert.equal(await knownOf(code, 'b', more), true)
  assert.equal(await knownOf(code, 'c', more), undefined)
})

test('a name bound twice to different values is not known, nor one that depends on itself', async () => {
  assert.equal(await knownOf('LEVEL = 1\ndef up():\n    global LEVEL\n    LEVEL = 2\nx = LEVEL + 1\ndef f():\n    return x\ny = f()\n', 'y'), undefined)
  assert.equal(await knownOf('def f():\n    return g()\ndef g():\n    return f()\nx = f()\n', 'x'), undefined)
})
