import assert from 'node:assert/strict'
import test from 'node:test'
import { assertPlaced, claimsOf, onlyFinding, readDocument } from '../../../test/support/documents.ts'

const ISSUE = {
  severity: 'MEDIUM', confidence: 'HIGH', cwe: { id: '338', url: 'https://cwe.mitre.org/data/definitions/338.html' }, rule_id: 'G404',
  details: 'A generator that can be foreseen.', file: '/builds/app/token.go', code: '11: func token() int {\n12: \treturn rand.Int()\n13: }\n',
  line: '12', column: '9', nosec: false, suppressions: null,
}

function report(Issues: unknown): object {
  return { 'Golang errors': {}, Issues, Stats: { files: 1, lines: 20, nosec: 0, found: 1 }, GosecVersion: '2.1' }
}

test('an issue has its numbers as strings', async () => {
  const review = await readDocument(report([ISSUE]))
  const finding = onlyFinding(review)
  assert.equal(review.format, 'gosec')
  assert.equal(review.author, 'gosec 2.1')
  assert.equal(finding.name, 'G404')
  assert.deepEqual(claimsOf(finding, 'weakness').map((each) => each.id), [338])
  assert.equal(claimsOf(finding, 'file')[0]?.path, '/builds/app/token.go')
  assert.deepEqual(claimsOf(finding, 'lines')[0]?.ranges, [{ start: 12, end: 12 }])
  assertPlaced(review, finding)
})

test('lines are one, a range, a number, or nothing', async () => {
  const cases: readonly (readonly [unknown, readonly object[]])[] = [
    ['12-14', [{ start: 12, end: 14 }]], [12, [{ start: 12, end: 12 }]], ['14-12', [{ start: 14, end: 14 }]], ['0', []], ['', []], ['twelve', []], [null, []],
  ]
  for (const [line, expected] of cases) {
    assert.deepEqual(claimsOf(onlyFinding(await readDocument(report([{ ...ISSUE, line }]))), 'lines').flatMap((each) => each.ranges), expected)
  }
})

test('null in place of the issues is the claim that all is clean', async () => {
  const review = await readDocument(report(null))
  assert.deepEqual([review.findings.length, review.conclusions.map((each) => each.kind)], [0, ['clean']])
})
