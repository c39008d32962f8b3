import { printableJson } from '../../core/printable.ts'
import type { VerificationFormat } from '../format.ts'

/** The record itself, as `schemas/verification.schema.json` describes it. */
export const format: VerificationFormat = {
  name: 'json',
  summary: 'the whole record, versioned',
  render(verification) {
    return `${printableJson(JSON.stringify(verification, undefined, 2))}\n`
  },
}
