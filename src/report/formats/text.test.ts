import { strict as assert } from 'node:assert'
import { test } from 'node:test'
import { expectFile } from '../../../test/support/expect-file.ts'
import { CATALOGUE, Sketch } from '../../../test/support/sketch.ts'
import { found, shop, shopReview, SQL } from '../../../test/support/shop.ts'
import { baselineOf } from '../../review/baseline.ts'
import type { RenderOptions } from '../format.ts'
import { format } from './text.ts'

const OPTIONS = { colour: false, width: 100, catalogue: CATALOGUE, rules: [SQL] } as unknown as RenderOptions

test('a report for a terminal reads as recorded', () => {
  expectFile('test/data/report/shop.txt', format.render(shopReview(), OPTIONS))
})

test('prose keeps to the width of the terminal', () => {
  const review = shopReview()
  for (const width of [80, 100, 120]) {
    const long = format
      .render(review, { ...OPTIONS, width })
      .split('\n')
      .filter((line) => line.length > width && !/ \| |\/\//.test(line))
    assert.deepEqual(long, [], String(width))
  }
})

test('suppressed findings are listed with who silenced them', () => {
  const sketch = shop()
  const known = sketch.review([found(sketch)], { baseline: baselineOf(sketch.review([found(sketch)]), 'main') })
  assert.match(format.render(known, OPTIONS), /shop\/db\.py:6:5 CWE-89, known from the baseline main/)
  const other = new Sketch({ 'a.py': 'run(x)  # nosec\n' })
  const silenced = other.review([other.place(SQL, 'a.py', 'run(x)', { type: 'found', routes: [] })])
  assert.match(format.render(silenced, OPTIONS), /a\.py:1:1 CWE-89, by a comment: # nosec/)
})

test('the revision and uncommitted changes are said', () => {
  const review = shopReview()
  const lead = (revision: string): string =>
    format
      .render({ ...review, subject: { ...review.subject, revision } }, OPTIONS)
      .split('\n\n')[0]
      ?.replaceAll('\n', ' ') ?? ''
  assert.match(lead('abc+'), /at revision abc with uncommitted changes against CWE 4\.20 of 2026-04-30\.$/)
  assert.match(lead(''), /without a known revision against/)
})
