import { strict as assert } from 'node:assert'
import { test } from 'node:test'
import { CATALOGUE } from '../../test/support/sketch.ts'
import { found, queryRoute, SAFE, shop, SQL } from '../../test/support/shop.ts'
import { UsageError } from '../core/problem.ts'
import { format as json } from '../report/formats/json.ts'
import { format as sarif } from '../report/formats/sarif.ts'
import type { RenderOptions } from '../report/format.ts'
import { baselineOf, readBaseline, writeBaseline } from './baseline.ts'

const OPTIONS = { colour: false, width: 80, catalogue: CATALOGUE, rules: [SQL] } as unknown as RenderOptions

const sketch = shop()
const old = [found(sketch)]
const now = [...old, sketch.place(SQL, 'shop/db.py', SAFE, { type: 'found', routes: [queryRoute(sketch)] })]
const before = sketch.review(old)

for (const [name, content] of [
  ['a baseline file', writeBaseline(before)],
  ['a json review', json.render(before, OPTIONS)],
  ['a sarif log', sarif.render(before, OPTIONS)],
] as const) {
  test(`only new findings remain against ${name}`, () => {
    const review = sketch.review(now, { baseline: readBaseline(content, 'known.json') })
    assert.deepEqual(
      review.findings.map((finding) => finding.place.line),
      [12],
    )
    assert.deepEqual(
      review.suppressed.map((each) => [each.by, each.reason, each.finding.place.line]),
      [['baseline', 'known.json', 6]],
    )
    assert.match(review.conclusion.sentences.join('\n'), /1 finding is suppressed: 1 known from the baseline/)
  })
}

test('a baseline can be another review, as of a revision', () => {
  const review = sketch.review(now, { baseline: baselineOf(before, 'main') })
  assert.deepEqual(
    review.findings.map((finding) => finding.place.line),
    [12],
  )
})

test('a baseline written from a review against a baseline keeps what is still there', () => {
  const review = sketch.review(now, { baseline: baselineOf(before, 'main') })
  const next = readBaseline(writeBaseline(review), 'next')
  assert.equal(sketch.review(now, { baseline: next }).findings.length, 0)
})

test('a baseline file is sorted, one finding per line, and says path and weakness', () => {
  const [first, second] = JSON.parse(writeBaseline(sketch.review(now))).findings
  assert.deepEqual([first.cwe, first.path, second.path], [89, 'shop/db.py', 'shop/db.py'])
  assert.ok(first.fingerprint < second.fingerprint)
  assert.deepEqual(JSON.parse(writeBaseline(sketch.review([]))), { assayBaseline: 1, findings: [] })
})

test('what is no baseline of ours is refused with what to do', () => {
  for (const content of [
    '',
    '{',
    'null',
    '[]',
    '7',
    '{}',
    '{"findings": []}',
    '{"assayBaseline": 2, "findings": []}',
    '{"assayBaseline": 1}',
    '{"assayBaseline": 1, "findings": [{"fingerprint": "../../x"}]}',
    '{"assayBaseline": 1, "findings": [null]}',
    '{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "Other"}}}]}',
    '{"__proto__": {"assayBaseline": 1, "findings": []}}',
    '['.repeat(200_000),
  ]) {
    assert.throws(
      () => readBaseline(content, 'x.json'),
      (error) => error instanceof UsageError && error.remedy !== '',
      content.slice(0, 60),
    )
  }
})
