import assert from 'node:assert/strict'
import test from 'node:test'
import { assertPlaced, claimsOf, onlyFinding, readDocument } from '../../../test/support/documents.ts'

const PRIMARY = { message: 'The key is fixed.', filePath: 'src/Keys.java', textRange: { startLine: 4, endLine: 5, startColumn: 0, endColumn: 7 } }

test('since 10.3 a rule stands beside the issues', async () => {
  const rule = {
    id: 'K1', name: 'Fixed key', description: 'Keys must not be fixed (CWE-321).', engineId: 'Looker', cleanCodeAttribute: 'TRUSTWORTHY',
    impacts: [{ softwareQuality: 'SECURITY', severity: 'HIGH' }],
  }
  const secondaryLocations = [{ message: 'used', filePath: 'src/Use.java', textRange: { startLine: 9 } }]
  const review = await readDocument({ rules: [rule], issues: [{ ruleId: 'K1', effortMinutes: 5, primaryLocation: PRIMARY, secondaryLocations }] })
  const finding = onlyFinding(review)
  assert.deepEqual([review.format, review.author, finding.name], ['sonarqube', 'Looker', 'K1'])
  assert.deepEqual(claimsOf(finding, 'lines')[0]?.ranges, [{ start: 4, end: 5 }])
  assert.deepEqual(claimsOf(finding, 'weakness').map((each) => each.id), [321])
  assert.equal(claimsOf(finding, 'severity')[0]?.level, 'high')
  assert.deepEqual(finding.otherPlaces?.map((each) => [each.path, each.startLine]), [['src/Use.java', 9]])
  assertPlaced(review, finding)
})

test('before, all stands in the issue', async () => {
  const issue = { engineId: 'Looker', ruleId: 'K1', severity: 'BLOCKER', type: 'VULNERABILITY', primaryLocation: { message: 'm', filePath: 'a\\b.cs' } }
  const finding = onlyFinding(await readDocument({ issues: [issue] }))
  assert.equal(claimsOf(finding, 'file')[0]?.path, 'a\\b.cs')
  assert.equal(claimsOf(finding, 'severity')[0]?.level, 'critical')
  assert.deepEqual(claimsOf(finding, 'weakness'), [])
})
