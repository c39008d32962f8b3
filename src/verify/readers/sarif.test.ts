import assert from 'node:assert/strict'
import test from 'node:test'
import { readReview } from '../read.ts'
import { assertPlaced, claimsOf, onlyFinding, readDocument } from '../../../test/support/documents.ts'

const RULE = {
  id: 'shop/sql',
  shortDescription: { text: 'Query built from input' },
  properties: { tags: ['security', 'external/cwe/cwe-089'] },
  defaultConfiguration: { level: 'error' },
}

const LOCATION = {
  physicalLocation: {
    artifactLocation: { uri: 'shop/cart.py', uriBaseId: '%SRCROOT%' },
    region: { startLine: 12, startColumn: 5, endLine: 13, endColumn: 9, snippet: { text: 'cur.execute(q)' } },
  },
}

const RESULT = { ruleId: 'shop/sql', ruleIndex: 0, message: { text: 'A query holds "input".' }, locations: [LOCATION] }

function log(run: object): object {
  return { $schema: 'https://example.org/sarif.json', version: '2.1.0', runs: [{ tool: { driver: { name: 'Looker', version: '3.1', rules: [RULE] } }, ...run }] }
}

test('a result says file, lines, code, weakness, severity', async () => {
  const review = await readDocument(log({ results: [RESULT] }))
  const finding = onlyFinding(review)
  assert.equal(review.format, 'sarif')
  assert.equal(review.author, 'Looker 3.1')
  assert.equal(finding.name, 'shop/sql')
  assert.equal(claimsOf(finding, 'file')[0]?.path, 'shop/cart.py')
  assert.deepEqual(claimsOf(finding, 'lines')[0]?.ranges, [{ start: 12, end: 13 }])
  assert.deepEqual(claimsOf(finding, 'quote').map((each) => [each.text, each.form]), [['cur.execute(q)', 'inline']])
  assert.deepEqual(claimsOf(finding, 'weakness').map((each) => each.id), [89])
  assert.equal(claimsOf(finding, 'severity')[0]?.level, 'high')
  assertPlaced(review, finding)
})

test('ids stand in taxa, in relationships of the rule, in property bags and in tags', async () => {
  const taxonomies = [{ name: 'CWE', taxa: [{ id: '20' }, { id: '78' }] }]
  const cases: readonly (readonly [string, object, readonly number[]])[] = [
    ['taxa by id', { taxonomies, results: [{ ...RESULT, taxa: [{ id: '79', toolComponent: { name: 'CWE', index: 0 } }] }] }, [79]],
    ['taxa by number', { taxonomies, results: [{ ...RESULT, taxa: [{ index: 1, toolComponent: { index: 0 } }] }] }, [78]],
    ['taxa of another taxonomy', { results: [{ ...RESULT, taxa: [{ id: '7', toolComponent: { name: 'OWASP' } }] }] }, [89]],
    ['property with a text', { results: [{ ...RESULT, properties: { cwe: 'CWE-22' } }] }, [22]],
    ['property with a list', { results: [{ ...RESULT, properties: { cwe: ['CWE-22', 'cwe-073', 22] } }] }, [22, 73]],
    ['tag with a name', { results: [{ ...RESULT, properties: { tags: ['CWE-94: Code Injection', 'cwe', 'LANGUAGE'] } }] }, [94]],
  ]
  for (const [name, run, expected] of cases) {
    const finding = onlyFinding(await readDocument(log(run)))
    assert.deepEqual(claimsOf(finding, 'weakness').map((each) => each.id), expected, name)
  }
})

test('relationships of the rule name a taxon', async () => {
  const rule = { id: 'G1', relationships: [{ target: { id: '327', toolComponent: { name: 'CWE' } }, kinds: ['superset'] }] }
  const run = { tool: { driver: { name: 'T', rules: [] }, extensions: [{ name: 'Pack', rules: [rule] }] } }
  const result = { message: { text: 'm' }, rule: { id: 'G1', index: 0, toolComponent: { index: 0 } } }
  const finding = onlyFinding(await readDocument(log({ ...run, results: [result] })))
  assert.equal(finding.name, 'G1')
  assert.deepEqual(claimsOf(finding, 'weakness').map((each) => each.id), [327])
})

test('addresses are decoded once, below bases that are relative', async () => {
  const bases = { ROOT: { uri: 'file:///home/me/work/' }, SRC: { uri: 'backend/', uriBaseId: 'ROOT' } }
  const cases: readonly (readonly [object, string])[] = [
    [{ uri: 'a%20b/c%2520d.py' }, 'a b/c%20d.py'],
    [{ uri: 'app.py', uriBaseId: 'SRC' }, 'backend/app.py'],
    [{ uri: 'app.py', uriBaseId: 'ROOT' }, 'app.py'],
    [{ uri: 'app.py', uriBaseId: '%SRCROOT%' }, 'app.py'],
    [{ uri: 'file:///home/me/work/app.py', uriBaseId: 'SRC' }, 'file:///home/me/work/app.py'],
    [{ uri: '100%/app.py' }, '100%/app.py'],
    [{ index: 1 }, 'lib/two.py'],
  ]
  for (const [artifactLocation, expected] of cases) {
    const run = {
      originalUriBaseIds: bases, artifacts: [{ location: { uri: 'one.py' } }, { location: { uri: 'lib/two.py' } }],
      results: [{ ...RESULT, locations: [{ physicalLocation: { artifactLocation, region: { startLine: 1 } } }] }],
    }
    assert.equal(claimsOf(onlyFinding(await readDocument(log(run))), 'file')[0]?.path, expected)
  }
})

test('bases that refer to each other end', async () => {
  const bases = { A: { uri: 'x/', uriBaseId: 'B' }, B: { uri: 'y/', uriBaseId: 'A' } }
  const location = { physicalLocation: { artifactLocation: { uri: 'f.py', uriBaseId: 'A' } } }
  const finding = onlyFinding(await readDocument(log({ originalUriBaseIds: bases, results: [{ ...RESULT, locations: [location] }] })))
  assert.equal(claimsOf(finding, 'file').length, 1)
})

test('a region by characters alone names no line', async () => {
  const location = { physicalLocation: { artifactLocation: { uri: 'f.py' }, region: { charOffset: 120, charLength: 4 } } }
  const finding = onlyFinding(await readDocument(log({ results: [{ ...RESULT, locations: [location] }] })))
  assert.deepEqual(claimsOf(finding, 'lines'), [])
})

test('a flow has its steps in order, those that flows share too', async () => {
  const at = (line: number): object => ({ physicalLocation: { artifactLocation: { uri: 'f.py' }, region: { startLine: line } } })
  const codeFlows = [{ threadFlows: [{ locations: [{ location: at(3) }, { index: 0 }, { location: at(9) }] }] }]
  const run = { threadFlowLocations: [{ location: at(5) }], results: [{ ...RESULT, codeFlows, relatedLocations: [at(44)] }] }
  const finding = onlyFinding(await readDocument(log(run)))
  assert.deepEqual(claimsOf(finding, 'flow')[0]?.steps.map((step) => step.startLine), [3, 5, 9])
  assert.deepEqual(finding.otherPlaces?.map((each) => [each.path, each.startLine]), [['f.py', 44]])
})

test('results that say that all is well are no findings; suppressed ones are', async () => {
  const results = [
    { ...RESULT, kind: 'pass' }, { ...RESULT, kind: 'notApplicable' }, { ...RESULT, baselineState: 'absent' },
    { ...RESULT, suppressions: [{ kind: 'inSource' }] }, { ...RESULT, kind: 'review' },
  ]
  const review = await readDocument(log({ results }))
  assert.equal(review.findings.length, 2)
  assert.equal(review.problems.length, 2)
  assert.match(review.problems[0] ?? '', /^3 results/)
  assert.match(review.problems[1] ?? '', /^1 results? .*suppressed/)
})

test('no results is the claim that all is clean; no list of results is none', async () => {
  assert.deepEqual((await readDocument(log({ results: [] }))).conclusions.map((each) => each.kind), ['clean'])
  const silent = await readDocument(log({}))
  assert.deepEqual(silent.conclusions, [])
  assert.equal(silent.problems.length, 1)
})

test('the revision is the one of the version control', async () => {
  const revisionId = 'c0ffee'.padEnd(40, '0')
  const review = await readDocument(log({ versionControlProvenance: [{ repositoryUri: 'https://example.org/r', revisionId }], results: [] }))
  assert.deepEqual(review.revisions.map((each) => [each.revision, review.text.slice(each.span.start, each.span.end)]), [[revisionId, revisionId]])
})

test('a number of a rule that disagrees with the id does not count', async () => {
  const rules = [{ id: 'A', properties: { tags: ['CWE-1'] } }, { id: 'B', properties: { tags: ['CWE-2'] } }]
  const run = { tool: { driver: { name: 'T', rules } }, results: [{ message: { text: 'm' }, ruleId: 'B/part', ruleIndex: 0 }] }
  assert.deepEqual(claimsOf(onlyFinding(await readDocument(log(run))), 'weakness').map((each) => each.id), [2])
})

test('results that are no records stay findings', async () => {
  const review = await readDocument(log({ results: [null, 'x', RESULT, { locations: 'none', message: 3 }] }))
  assert.equal(review.findings.length, 4)
  assert.equal(review.problems.filter((each) => each.includes('is no record')).length, 2)
})

test('repeated results are each a finding', async () => {
  assert.equal((await readDocument(log({ results: Array.from({ length: 3 }, () => RESULT) }))).findings.length, 3)
})

test('10,000 results of several runs are 10,000 findings', async () => {
  const results = Array.from({ length: 5_000 }, () => RESULT)
  const run = { tool: { driver: { name: 'T', rules: [RULE] } }, results }
  const review = await readDocument({ version: '2.1.0', runs: [run, run] })
  assert.equal(review.findings.length, 10_000)
  assert.equal(claimsOf(review.findings[9_999] ?? { name: '', span: { start: 0, end: 0 }, claims: [] }, 'weakness')[0]?.id, 89)
})

test('a document that ends too early is refused with the reason', async () => {
  const text = JSON.stringify(log({ results: [RESULT] }))
  await assert.rejects(readReview(text.slice(0, -20), 'cut.sarif'), /no complete JSON/)
  await assert.rejects(readReview(text.slice(0, -20), 'cut.sarif', 'sarif'), /no complete JSON/)
})

test('text of members that are not of the format is told', async () => {
  const remark = 'This text stands in a member that nobody knows.'
  const review = await readDocument(log({ results: [{ ...RESULT, remark }] }))
  const at = review.text.indexOf(remark)
  assert.ok(review.neutral.every(({ start, end }) => end <= at || start >= at + remark.length))
})

test('keys that objects have by nature are only keys', async () => {
  const review = await readReview('{"version":"2.1.0","runs":[{"results":[{"__proto__":{"kind":"pass"},"constructor":1,"message":{"text":"m"}}]}]}', 'r')
  assert.equal(review.findings.length, 1)
})
