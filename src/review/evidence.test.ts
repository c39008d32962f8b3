import { strict as assert } from 'node:assert'
import { test } from 'node:test'
import { Sketch } from '../../test/support/sketch.ts'
import { SQL } from '../../test/support/shop.ts'
import { evidenceFor } from './evidence.ts'

const code = `x0 = source()\n${Array.from({ length: 100 }, (_, at) => `x${at + 1} = x${at}\n`).join('')}run(x100)\n`
const sketch = new Sketch({ 'a.py': code })

test('steps that stand at one place are one step', () => {
  const route = sketch.route('source', 'remote', 'the query', [
    ['a.py', 'source()', ''],
    ['a.py', 'source()', 'is read'],
    ['a.py', 'x1 = x0', 'goes on'],
    ['a.py', 'x1 = x0', 'is assigned'],
  ])
  const place = sketch.place(SQL, 'a.py', 'run(x100)', { type: 'found', routes: [route] })
  const { steps } = evidenceFor(sketch.input([place]), place, route)
  assert.deepEqual(
    steps.map((step) => [step.role, step.line]),
    [
      ['source', 1],
      ['step', 2],
      ['sink', 102],
    ],
  )
})

test('a very long route keeps its ends and says how many steps are left out', () => {
  const route = sketch.route('source', 'remote', 'the query', [
    ['a.py', 'source()', ''],
    ...Array.from({ length: 100 }, (_, at) => ['a.py', `x${at + 1} = x${at}\n`, 'is assigned'] as const),
  ])
  const place = sketch.place(SQL, 'a.py', 'run(x100)', { type: 'found', routes: [route] })
  const { steps } = evidenceFor(sketch.input([place]), place, route)
  assert.deepEqual([steps.length, steps[0]?.line, steps.at(-1)?.line], [61, 1, 102])
  assert.match(steps[30]?.what ?? '', /^\(41 steps are left out before this one\)/)
})

test('without a route the place itself is the evidence', () => {
  const place = sketch.place(SQL, 'a.py', 'run(x100)', { type: 'found', routes: [] })
  const { kind, steps } = evidenceFor(sketch.input([place]), place, undefined)
  assert.deepEqual([kind, steps.map((step) => step.role)], ['place', ['sink']])
})
