import { printableJson } from '../../core/printable.ts'
import type { ReportFormat } from '../format.ts'

/** The whole review as data, every considered place included; `schemas/review.schema.json` describes it. */
export const format: ReportFormat = {
  name: 'json',
  summary: 'the whole review as data, all considered places included (schemas/review.schema.json)',
  render(review) {
    return `${printableJson(JSON.stringify(review, null, 2))}\n`
  },
}
