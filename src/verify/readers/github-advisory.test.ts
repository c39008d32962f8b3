import assert from 'node:assert/strict'
import test from 'node:test'
import { assertPlaced, claimsOf, onlyFinding, readDocument } from '../../../test/support/documents.ts'

const COMMIT = 'ab12'.padEnd(40, '3')

const MARKDOWN = [
  '### Summary', '', 'The upload in `src/upload.py` line 12 has no validation.', '',
  `See https://github.com/some/where/blob/${COMMIT}/src/upload.py#L12-L14 for "it".`, '', '### Patches', '', 'Update to 2.0.', '',
].join('\n')

test('an advisory is one finding, its markdown read as prose', async () => {
  const review = await readDocument({
    ghsa_id: 'GHSA-xxxx', summary: 'Upload of any file', description: MARKDOWN, severity: 'high',
    cwes: [{ cwe_id: 'CWE-434', name: 'Unrestricted Upload of File with Dangerous Type' }],
    cvss: { vector_string: 'CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H', score: 8.8 },
  })
  const finding = onlyFinding(review)
  assert.deepEqual([review.format, finding.name], ['github-advisory', 'GHSA-xxxx'])
  assert.deepEqual(claimsOf(finding, 'weakness').map((each) => each.id), [434])
  assert.deepEqual(claimsOf(finding, 'title').map((each) => [each.role, each.id]), [['heading', undefined], ['weakness', 434]])
  assert.equal(claimsOf(finding, 'cvss')[0]?.score, 8.8)
  assert.equal(claimsOf(finding, 'file')[0]?.path, 'src/upload.py')
  assert.equal(claimsOf(finding, 'absence').length, 1)
  assert.deepEqual(review.revisions.map((each) => each.revision), [COMMIT])
  assertPlaced(review, finding)
})

test('the form of the open schema has ids and vectors elsewhere', async () => {
  const review = await readDocument({
    schema_version: '1.4.0', id: 'GHSA-yyyy', summary: 's', details: MARKDOWN, affected: [{ package: { ecosystem: 'PyPI', name: 'p' } }],
    severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:L' }], database_specific: { cwe_ids: ['CWE-22', 'CWE-73'], severity: 'MODERATE' },
  })
  const finding = onlyFinding(review)
  assert.deepEqual(claimsOf(finding, 'weakness').map((each) => each.id), [22, 73])
  assert.equal(claimsOf(finding, 'severity')[0]?.level, 'medium')
  assert.equal(claimsOf(finding, 'cvss').length, 1)
})

test('a list of advisories is as many findings; a score of 0 is none', async () => {
  const one = { ghsa_id: 'GHSA-1', summary: 's', cvss: { vector_string: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:L', score: 0 } }
  const review = await readDocument([one, { ...one, ghsa_id: 'GHSA-2', cvss: { vector_string: null, score: null } }])
  assert.deepEqual(review.findings.map((each) => [each.name, claimsOf(each, 'cvss').map((claim) => claim.score)]), [['GHSA-1', [undefined]], ['GHSA-2', []]])
})
