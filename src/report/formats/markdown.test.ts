import { test } from 'node:test'
import { expectFile } from '../../../test/support/expect-file.ts'
import { CATALOGUE } from '../../../test/support/sketch.ts'
import { shopReview, SQL } from '../../../test/support/shop.ts'
import type { RenderOptions } from '../format.ts'
import { format } from './markdown.ts'

test('a report for documents reads as recorded', () => {
  const options = { colour: false, width: 100, catalogue: CATALOGUE, rules: [SQL] } as unknown as RenderOptions
  expectFile('test/data/report/shop.md', format.render(shopReview(), options))
})
