import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseRequirement, satisfiesRequirement } from './labels.ts'

function holds(source: string, ...labels: string[]): boolean | undefined {
  const requirement = parseRequirement(source)
  return requirement && satisfiesRequirement(requirement, new Set(labels))
}

test('requirements: and binds more tightly than or, not most of all', () => {
  assert.deepEqual([holds('A', 'A'), holds('A'), holds('not A'), holds('not A and B', 'B')], [true, false, true, true])
  assert.deepEqual([holds('A or B and C', 'A'), holds('(A or B) and C', 'A'), holds('A and not (B or C)', 'A')], [true, false, true])
})

test('what is no expression of labels is refused', () => {
  const wrong = ['', 'A B', 'and', 'A and', '(A', 'A)', 'not', '1', 'A & B', '('.repeat(100) + 'A' + ')'.repeat(100)]
  assert.deepEqual(wrong.filter((each) => parseRequirement(each) !== undefined), [])
})
