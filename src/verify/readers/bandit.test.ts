import assert from 'node:assert/strict'
import test from 'node:test'
import { assertPlaced, claimsOf, onlyFinding, readDocument } from '../../../test/support/documents.ts'

const ISSUE = {
  code: '40 def run(cmd):\n41     call(cmd, shell=True)\n42 \n', col_offset: 4, end_col_offset: 25, filename: './tool/run.py', issue_confidence: 'HIGH',
  issue_cwe: { id: 78, link: 'https://cwe.mitre.org/data/definitions/78.html' }, issue_severity: 'HIGH', issue_text: 'A call with a shell.',
  line_number: 41, line_range: [41, 42, 43], more_info: 'https://example.org/b', test_id: 'B602', test_name: 'a_name',
}

function report(...results: readonly unknown[]): object {
  return { errors: [], generated_at: '2026-01-01T00:00:00Z', metrics: { _totals: { loc: 3 } }, results }
}

test('an issue says file, lines, code, weakness, severity', async () => {
  const review = await readDocument(report(ISSUE))
  const finding = onlyFinding(review)
  assert.equal(review.format, 'bandit')
  assert.equal(finding.name, 'B602')
  assert.equal(claimsOf(finding, 'file')[0]?.path, './tool/run.py')
  assert.deepEqual(claimsOf(finding, 'lines')[0]?.ranges, [{ start: 41, end: 43 }])
  assert.deepEqual(claimsOf(finding, 'weakness').map((each) => each.id), [78])
  assert.match(claimsOf(finding, 'quote')[0]?.text ?? '', /^40 def run/)
  assert.deepEqual(claimsOf(finding, 'severity').map((each) => [each.text, each.level]), [['HIGH', 'high']])
  assertPlaced(review, finding)
})

test('an issue without a weakness has none, not number 0', async () => {
  for (const issue_cwe of [{}, null, { id: 0 }, undefined]) {
    assert.deepEqual(claimsOf(onlyFinding(await readDocument(report({ ...ISSUE, issue_cwe }))), 'weakness'), [])
  }
})

test('no results is the claim that all is clean; errors are told', async () => {
  const review = await readDocument({ ...report(), errors: [{ filename: './a.py', reason: 'syntax error' }] })
  assert.equal(review.format, 'bandit')
  assert.deepEqual(review.conclusions.map((each) => each.kind), ['clean'])
  assert.match(review.problems[0] ?? '', /\.\/a\.py/)
})
