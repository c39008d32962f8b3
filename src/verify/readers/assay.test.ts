import assert from 'node:assert/strict'
import test from 'node:test'
import { assertPlaced, claimsOf, onlyFinding, readDocument } from '../../../test/support/documents.ts'

const PLACE = { path: 'app/db.py', line: 7, column: 5, endLine: 8, endColumn: 9, code: '    cur.execute(\n        q)', cut: 0, shift: 0 }

const FINDING = {
  number: 1, fingerprint: 'f', rule: 'r.sql', cwe: 89, title: "CWE-89: Improper Neutralization of Special Elements used in an SQL Command ('SQL Injection')",
  place: PLACE, isTest: false, why: 'The name reaches the query. No validation lies on this route.', recommendation: 'Bind it.', severity: 'high',
  evidence: { kind: 'flow', steps: [{ ...PLACE, line: 2, endLine: 2, role: 'source', what: 'A parameter' }, { ...PLACE, role: 'sink', what: 'A query' }] },
}

function report(parts: object): object {
  return { format: 1, tool: { name: 'assay', version: '0.1' }, subject: { paths: ['.'], revision: 'abc1234' }, findings: [FINDING], suppressed: [], places: [], ...parts }
}

test('a finding says file, lines, code, weakness with its name, flow, context', async () => {
  const review = await readDocument(report({}))
  const finding = onlyFinding(review)
  assert.deepEqual([review.format, review.author, finding.name], ['assay', 'Assay 0.1', 'r.sql'])
  assert.deepEqual(claimsOf(finding, 'weakness').map((each) => each.id), [89])
  assert.deepEqual(claimsOf(finding, 'title').map((each) => [each.role, each.id]), [['weakness', 89]])
  assert.deepEqual(claimsOf(finding, 'lines')[0]?.ranges, [{ start: 7, end: 8 }])
  assert.deepEqual(claimsOf(finding, 'flow')[0]?.steps.map((each) => each.startLine), [2, 7])
  assert.deepEqual(claimsOf(finding, 'context'), [])
  assert.equal(claimsOf(finding, 'absence').length, 1)
  assert.deepEqual(review.revisions.map((each) => each.revision), ['abc1234'])
  assertPlaced(review, finding)
})

test('suppressed findings are findings; a work tree with changes is no revision', async () => {
  const review = await readDocument(report({ subject: { revision: 'abc1234+' }, suppressed: [{ finding: { ...FINDING, rule: 'r.two' }, by: 'comment', reason: 'x' }] }))
  assert.deepEqual(review.findings.map((each) => each.name), ['r.sql', 'r.two'])
  assert.deepEqual(review.revisions, [])
  assert.equal(review.problems.length, 1)
})

test('a finding in test code says so', async () => {
  const review = await readDocument(report({ findings: [{ ...FINDING, isTest: true }] }))
  const [context] = claimsOf(onlyFinding(review), 'context')
  assert.equal(context?.context, 'test')
  assert.equal(review.text.slice(context?.span.start, context?.span.end), '"isTest": true')
})
