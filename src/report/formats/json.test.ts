import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { Ajv } from 'ajv'
import { CATALOGUE, Sketch } from '../../../test/support/sketch.ts'
import { found, shop, shopReview, SQL } from '../../../test/support/shop.ts'
import { baselineOf } from '../../review/baseline.ts'
import type { Review } from '../../review/review.ts'
import type { RenderOptions } from '../format.ts'
import { format } from './json.ts'

const OPTIONS = { colour: false, width: 80, catalogue: CATALOGUE, rules: [SQL] } as unknown as RenderOptions
const validate = new Ajv({ allErrors: true, strict: true, strictRequired: false }).compile(
  JSON.parse(readFileSync('schemas/review.schema.json', 'utf8')),
)

function checked(review: Review): Review {
  const data = JSON.parse(format.render(review, OPTIONS))
  assert.equal(validate(data), true, JSON.stringify(validate.errors?.slice(0, 3), null, 2))
  return data
}

test('the review is valid by its schema and nothing is lost', () => {
  const review = shopReview()
  assert.deepEqual(checked(review), JSON.parse(JSON.stringify(review)))
  assert.equal(checked(review).places.length, 3)
})

test('suppressed findings are valid and kept', () => {
  const sketch = shop()
  const review = checked(
    sketch.review([found(sketch)], { baseline: baselineOf(sketch.review([found(sketch)]), 'main') }),
  )
  assert.deepEqual(
    review.suppressed.map((each) => [each.by, each.finding.place.line]),
    [['baseline', 6]],
  )
})

test('a review of nothing is valid', () => {
  assert.deepEqual(checked(new Sketch({}).review([])).findings, [])
})

test('the schema refuses a review with a property it does not know or lacks', () => {
  const data = JSON.parse(format.render(shopReview(), OPTIONS))
  assert.equal(validate({ ...data, more: 1 }), false)
  assert.equal(validate({ ...data, places: undefined }), false)
  assert.equal(validate({ ...data, format: 2 }), false)
})

test('hostile code keeps its value and is harmless to print', () => {
  const sketch = new Sketch({ 'a.py': 'run("\u001b[31m\u202e\u009b")\n' })
  const place = sketch.place(SQL, 'a.py', 'run("\u001b[31m\u202e\u009b")', { type: 'found', routes: [] })
  const report = format.render(sketch.review([place]), OPTIONS)
  assert.equal(JSON.parse(report).findings[0].place.code, 'run("\u001b[31m\u202e\u009b")')
  assert.doesNotMatch(report, /(?!\n)[\p{Cc}\p{Cf}]/u)
})
