import assert from 'node:assert/strict'
import test from 'node:test'
import { assertPlaced, claimsOf, onlyFinding, readDocument } from '../../../test/support/documents.ts'

const VULNERABILITY = {
  id: 'a1', name: 'Path from input', description: 'The path comes from the request.', severity: 'Critical', solution: 'Check the path.',
  location: { file: 'web/files.rb', start_line: 30, end_line: 31, class: 'Files', method: 'show' },
  identifiers: [
    { type: 'looker_id', name: 'Looker R7', value: 'R7' }, { type: 'cwe', name: 'CWE-22', value: '22', url: 'https://cwe.mitre.org/data/definitions/22.html' },
    { type: 'owasp', name: 'A01:2021', value: 'A01:2021' },
  ],
}

function report(...vulnerabilities: readonly unknown[]): object {
  const scan = { scanner: { id: 'looker', name: 'Looker', version: '9' }, status: 'success', type: 'sast' }
  return { version: '15.0.0', vulnerabilities, scan }
}

test('a vulnerability says file, lines, weakness, severity, advice', async () => {
  const review = await readDocument(report(VULNERABILITY))
  const finding = onlyFinding(review)
  assert.deepEqual([review.format, review.author, finding.name], ['gitlab', 'Looker 9', 'R7'])
  assert.deepEqual(claimsOf(finding, 'lines')[0]?.ranges, [{ start: 30, end: 31 }])
  assert.deepEqual(claimsOf(finding, 'weakness').map((each) => each.id), [22])
  assert.equal(claimsOf(finding, 'severity')[0]?.level, 'critical')
  assert.equal(claimsOf(finding, 'recommendation')[0]?.text, 'Check the path.')
  assertPlaced(review, finding)
})

test('ids are numbers, texts, with and without name', async () => {
  const cases: readonly (readonly [readonly object[], readonly number[]])[] = [
    [[{ type: 'CWE', value: 89 }], [89]], [[{ type: 'cwe', name: 'CWE-89', value: '89' }, { type: 'cwe', name: 'CWE-943', value: '943' }], [89, 943]],
    [[{ type: 'cwe', name: 'CWE-89' }, { type: 'cwe', value: '89' }], [89]], [[{ type: 'cve', value: 'CVE-2020-1' }], []],
  ]
  for (const [identifiers, expected] of cases) {
    assert.deepEqual(claimsOf(onlyFinding(await readDocument(report({ ...VULNERABILITY, identifiers }))), 'weakness').map((each) => each.id), expected)
  }
})

test('lines may be missing', async () => {
  const finding = onlyFinding(await readDocument(report({ ...VULNERABILITY, location: { file: 'a.rb' } })))
  assert.deepEqual([claimsOf(finding, 'file').length, claimsOf(finding, 'lines').length], [1, 0])
})

test('a flow has its steps', async () => {
  const step = (line: number): object => ({ file_location: { file_name: 'web/files.rb', line_start: line, line_end: line }, node_type: 'propagation' })
  const finding = onlyFinding(await readDocument(report({ ...VULNERABILITY, code_flows: [[step(1), step(4)]] })))
  assert.deepEqual(claimsOf(finding, 'flow')[0]?.steps.map((each) => each.startLine), [1, 4])
})

test('no vulnerabilities are the claim that all is clean', async () => {
  assert.deepEqual((await readDocument(report())).conclusions.map((each) => each.kind), ['clean'])
})
