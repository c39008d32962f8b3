import assert from 'node:assert/strict'
import test from 'node:test'
import { assertPlaced, claimsOf, onlyFinding, readDocument } from '../../../test/support/documents.ts'

const EXTRA = {
  message: 'Input reaches a query.', severity: 'ERROR', lines: '    cur.execute(q)', fingerprint: 'requires login', metavars: {}, is_ignored: false,
  metadata: { cwe: ["CWE-89: Improper Neutralization of Special Elements used in an SQL Command ('SQL Injection')"], category: 'security' },
}

const RESULT = { check_id: 'shop.sql', path: 'shop/db.py', start: { line: 7, col: 5, offset: 90 }, end: { line: 8, col: 2, offset: 120 }, extra: EXTRA }

function report(...results: readonly unknown[]): object {
  return { version: '1.2.3', results, errors: [], paths: { scanned: ['shop/db.py'] } }
}

test('a result says file, lines, code, weakness with its name, severity', async () => {
  const review = await readDocument(report(RESULT))
  const finding = onlyFinding(review)
  assert.equal(review.format, 'semgrep')
  assert.equal(review.author, 'Semgrep 1.2.3')
  assert.equal(finding.name, 'shop.sql')
  assert.deepEqual(claimsOf(finding, 'lines')[0]?.ranges, [{ start: 7, end: 8 }])
  assert.equal(claimsOf(finding, 'quote')[0]?.text, '    cur.execute(q)')
  assert.deepEqual(claimsOf(finding, 'title').map((each) => [each.id, each.role, each.text.slice(0, 8)]), [[89, 'weakness', 'Improper']])
  assertPlaced(review, finding)
})

test('ids are a text, a list, a number, or several', async () => {
  const cases: readonly (readonly [unknown, readonly number[]])[] = [
    ['CWE-79: Cross-site Scripting', [79]], [['CWE-79', 'CWE-80: Basic XSS'], [79, 80]], [79, [79]], ['79', [79]], ['cwe-079', [79]], [null, []], [{}, []],
  ]
  for (const [cwe, expected] of cases) {
    const finding = onlyFinding(await readDocument(report({ ...RESULT, extra: { ...EXTRA, metadata: { cwe } } })))
    assert.deepEqual(claimsOf(finding, 'weakness').map((each) => each.id), expected, JSON.stringify(cwe))
  }
})

test('what stands for code that is kept back is no code', async () => {
  const finding = onlyFinding(await readDocument(report({ ...RESULT, extra: { ...EXTRA, lines: 'requires login' } })))
  assert.deepEqual(claimsOf(finding, 'quote'), [])
})

test('a trace gives its steps, those inside calls too', async () => {
  const at = (line: number): object => ({ path: 'shop/db.py', start: { line, col: 1 }, end: { line, col: 9 } })
  const inner = ['CliLoc', [at(20), 'deep']]
  const dataflow_trace = {
    taint_source: ['CliLoc', [at(1), 'request.args']],
    intermediate_vars: [{ location: at(3), content: 'q' }],
    taint_sink: ['CliCall', [[at(7), 'run(q)'], [{ location: at(19), content: 'q' }], inner]],
  }
  const finding = onlyFinding(await readDocument(report({ ...RESULT, extra: { ...EXTRA, dataflow_trace } })))
  assert.deepEqual(claimsOf(finding, 'flow')[0]?.steps.map((step) => [step.startLine, step.quote]), [
    [1, 'request.args'], [3, 'q'], [7, 'run(q)'], [19, 'q'], [20, 'deep'],
  ])
})

test('calls in calls without end stop', async () => {
  let trace: unknown = ['CliLoc', [{ path: 'a.py', start: { line: 1 }, end: { line: 1 } }, 'x']]
  for (let at = 0; at < 14; at++) trace = ['CliCall', [[{ path: 'a.py', start: { line: 2 }, end: { line: 2 } }, 'x'], [], trace]]
  const finding = onlyFinding(await readDocument(report({ ...RESULT, extra: { ...EXTRA, dataflow_trace: { taint_source: trace, taint_sink: trace } } })))
  assert.equal(claimsOf(finding, 'flow').length, 1)
})

test('an empty report is the claim that all is clean', async () => {
  const review = await readDocument({ ...report(), errors: [{ code: 2, message: 'x' }] })
  assert.deepEqual([review.format, review.conclusions.map((each) => each.kind), review.problems.length], ['semgrep', ['clean'], 1])
})
