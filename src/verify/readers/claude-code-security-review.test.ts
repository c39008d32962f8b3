import assert from 'node:assert/strict'
import test from 'node:test'
import { readReview } from '../read.ts'
import { assertPlaced, claimsOf, onlyFinding, readDocument } from '../../../test/support/documents.ts'

const FINDING = {
  file: 'api/users.py', line: 31, severity: 'HIGH', category: 'sql_injection', confidence: 0.9,
  description: 'The name is put into the query without validation. `cur.execute("SELECT " + name + " FROM t")` runs it.',
  exploit_scenario: 'An attacker sends a name.', recommendation: 'Bind the name as a parameter.',
}

test('a finding says file, line, category, and what its words claim', async () => {
  const review = await readDocument({ findings: [FINDING], analysis_summary: { files_reviewed: 3, high_severity: 1, medium_severity: 0, low_severity: 0, review_completed: true } })
  const finding = onlyFinding(review)
  assert.equal(review.format, 'claude-code-security-review')
  assert.deepEqual(claimsOf(finding, 'lines')[0]?.ranges, [{ start: 31, end: 31 }])
  assert.deepEqual(claimsOf(finding, 'title').map((each) => [each.text, each.role]), [['sql_injection', 'category']])
  assert.equal(claimsOf(finding, 'absence').length, 1)
  assert.equal(claimsOf(finding, 'quote')[0]?.text, 'cur.execute("SELECT " + name + " FROM t")')
  assert.deepEqual(review.conclusions.map((each) => [each.kind, each.level, each.count]), [['count', 'high', 1], ['count', 'medium', 0], ['count', 'low', 0]])
  assertPlaced(review, finding)
})

test('the quote stands where the review says, escapes counted', async () => {
  const review = await readDocument([FINDING])
  const [quote] = claimsOf(onlyFinding(review), 'quote')
  assert.equal(review.text.slice(quote?.span.start, quote?.span.end), '`cur.execute(\\"SELECT \\" + name + \\" FROM t\\")`')
})

test('a filtered review counts what it kept, and says what it excluded', async () => {
  const excluded_findings = [{ finding: FINDING, exclusion_reason: 'low', filter_stage: 'rules' }]
  const review = await readDocument({ findings: [FINDING, FINDING], filtered_findings: [FINDING], excluded_findings })
  assert.equal(review.findings.length, 1)
  assert.match(review.problems[0] ?? '', /excludes 1 finding;/)
})

const document = JSON.stringify({ findings: [FINDING], analysis_summary: {} }, undefined, 2)

test('a document in a fence, between sentences, or after a byte order mark is found', async () => {
  for (const text of [`Here it is:\n\n\`\`\`json\n${document}\n\`\`\`\n`, `I looked at it.\n${document}\nThat is all.`, `\uFEFF${document}`]) {
    const review = await readReview(text, 'r')
    assert.equal(review.format, 'claude-code-security-review')
    assertPlaced(review, onlyFinding(review))
  }
})

test('a document in the answer of a command line keeps its places', async () => {
  for (const result of [document, `\`\`\`json\n${document}\n\`\`\``]) {
    const review = await readReview(JSON.stringify({ type: 'result', subtype: 'success', result }), 'r')
    const finding = onlyFinding(review)
    const [file] = claimsOf(finding, 'file')
    assert.equal(review.format, 'claude-code-security-review')
    assert.equal(review.text.slice(file?.span.start, file?.span.end), 'api/users.py')
    assert.ok(review.text.slice(finding.span.start, finding.span.end).startsWith('{'))
  }
})

test('a comma too many is taken; a document cut off is refused, not taken for clean', async () => {
  assert.equal((await readReview(document.replace('"analysis_summary": {}', '"analysis_summary": {},'), 'r')).findings.length, 1)
  await assert.rejects(readReview(document.slice(0, 200), 'r'), /no complete JSON/)
})

test('JSON of no known form is refused, prose that begins with a bracket is not', async () => {
  await assert.rejects(readReview('{"tool": "other", "list": []}', 'r'), /no known form/)
  assert.equal((await readReview('[HIGH] SQL injection in app.py line 3\n', 'r')).format, 'prose')
})

test('a small snippet of JSON in prose is part of the prose', async () => {
  const text = `# Review\n\n## 1. CWE-79: XSS in app.py line 3\n\nThe page shows the name as it is.\n${'It does so for every name that is sent. '.repeat(9)}\n\n\`\`\`json\n{"name": "x"}\n\`\`\`\n`
  assert.equal((await readReview(text, 'r')).format, 'prose')
})

test('an empty list of a complete answer is the claim that all is clean', async () => {
  const review = await readDocument({ findings: [], analysis_summary: { review_completed: false } })
  assert.deepEqual(review.conclusions.map((each) => each.kind), ['clean'])
  assert.match(review.problems[0] ?? '', /not completed/)
})
