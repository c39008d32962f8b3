import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { Ajv } from 'ajv'
import { Workspace } from '../e2e/support.ts'
import type { Verification } from '../../src/verify/result.ts'
import type { Verdict } from '../../src/verify/verdict.ts'
import { rollUp } from '../../src/verify/roll-up.ts'
import { DATA, dataText, judged, verdictOn, verifyText } from './support.ts'

/* The review as a whole: roll-up, counts, conclusions, coverage, revisions, the record and the command. */

const LEDGER = join(DATA, 'programs', 'ledger')

function verdict(subject: Verdict['subject'], word: Verdict['verdict'], more: Partial<Verdict> = {}): Verdict {
  return { subject, verdict: word, reason: 'because', code: 'x', evidence: [], ...more }
}

test('the roll-up takes the first rule that applies, on two axes that never mix', () => {
  const right = verdict('quote', 'confirmed')
  const substance = (...verdicts: readonly Verdict[]): string => rollUp(verdicts).substance
  assert.equal(substance(right, verdict('absence', 'contradicted', { defect: { substance: 'refuted' } }), verdict('quote', 'unsupported', { defect: { substance: 'ungrounded' } })), 'refuted')
  assert.equal(substance(right, verdict('file', 'unsupported', { defect: { substance: 'ungrounded' } })), 'ungrounded')
  assert.equal(substance(right, verdict('line', 'confirmed-elsewhere', { defect: { substance: 'misplaced' } })), 'misplaced')
  assert.equal(substance(right), 'referenced')
  assert.equal(substance(right, verdict('ingredient', 'confirmed')), 'grounded')
  assert.equal(substance(right, verdict('flow', 'confirmed', { code: 'corroborated' })), 'corroborated')
  assert.equal(substance(verdict('cwe.id', 'confirmed')), 'unverifiable')
  assert.equal(substance(right, verdict('cwe.title', 'contradicted', { defect: { label: 'wrong' } })), 'referenced')
  assert.equal(rollUp([right, verdict('cwe.usage', 'near', { defect: { label: 'imprecise' } }), verdict('cwe.title', 'contradicted', { defect: { label: 'wrong' } })]).label, 'wrong')
  assert.equal(rollUp([right]).label, 'ok')
})

test('counts and conclusions are held against the findings', async () => {
  const review = (closing: string): string => `# Review\n\n${closing}\n\n## 1. SQL Injection (CWE-89)\n\n**Severity:** High\n\n**File:** \`ledger/accounts.py:14\`\n`
  const conclusions = async (closing: string): Promise<readonly string[]> => {
    return (await verifyText(review(closing), LEDGER)).conclusions.map((each) => `${each.subject} ${each.verdict} ${each.code}`)
  }
  assert.deepEqual(await conclusions('I found one vulnerability.'), ['count confirmed count'])
  assert.deepEqual(await conclusions('I found 3 critical issues and more.'), ['count not-checkable count'])
  assert.deepEqual(await conclusions('I found 7 issues.'), ['count contradicted count'])
  assert.deepEqual(await conclusions('The code is secure overall.'), ['conclusion contradicted own-findings'])
})

test('text that became no claim is reported', async () => {
  const { coverage } = await verifyText('## 1. SQL Injection (CWE-89)\n\n**File:** `ledger/accounts.py:14`\n\nThe moon was full when I wrote this down.\n', LEDGER)
  assert.deepEqual(coverage.unread.map((each) => each.text), ['The moon was full when I wrote this down.'])
  assert.equal(coverage.unreadCount, 1)
  assert.ok(coverage.share > 0.4 && coverage.share < 0.8)
})

test('the same finding twice is told', async () => {
  const one = '## 1. SQL Injection (CWE-89)\n\n**File:** `ledger/accounts.py:14`\n\n'
  const { findings } = await verifyText(one + one.replace('1.', '2.'), LEDGER)
  assert.deepEqual(findings.map((each) => judged(each, 'duplicate')), ['-', 'confirmed duplicate'])
})

test('places are given in characters and in bytes', async () => {
  const { findings } = await verifyText('Grüße\n\n## 1. SQL Injection (CWE-89)\n\n**File:** `ledger/accounts.py:14`\n', LEDGER)
  const [finding] = findings
  assert.deepEqual([finding?.span.start, finding?.bytes.start], [7, 9])
})

test('a commit that the review names is used, one that is unknown is told', async (t) => {
  const workspace = new Workspace(t, { 'a.py': 'old(1, 2, 3)\n' })
  workspace.git('init', '-q')
  workspace.git('add', '.')
  workspace.git('commit', '-q', '-m', 'one')
  const commit = workspace.git('rev-parse', 'HEAD').trim()
  workspace.write('a.py', 'new(1, 2, 3)\n')
  const review = `Reviewed at commit ${commit.slice(0, 10)}.\n\n## 1. Finding (CWE-89)\n\n**File:** \`a.py:1\`\n\n\`\`\`\nold(1, 2, 3)\n\`\`\`\n`
  const named = await verifyText(review, workspace.folder)
  assert.deepEqual([named.subject.revision.commit, named.subject.revision.from], [commit, 'review'])
  assert.equal(judged(named.findings[0], 'quote'), 'confirmed verbatim')
  const unknown = await verifyText(review.replace(commit.slice(0, 10), 'abcdef1234'), workspace.folder)
  assert.equal(unknown.subject.revision.from, 'disk')
  assert.match(unknown.problems.join(' '), /abcdef1234, which is not known here/)
})

test('of files on disk the commit is told, and whether cited ones are changed', async (t) => {
  const workspace = new Workspace(t, { 'a.py': 'old(1, 2, 3)\n', 'b.py': 'x = 1\n' })
  const review = '## 1. Finding (CWE-89)\n\n**File:** `a.py:1`\n'
  const told = async (): Promise<readonly unknown[]> => Object.values((await verifyText(review, workspace.folder)).subject.revision)
  assert.deepEqual(await told(), ['', '', 'disk', false])
  workspace.git('init', '-q')
  workspace.git('add', '.')
  workspace.git('commit', '-q', '-m', 'one')
  const head = workspace.git('rev-parse', 'HEAD').trim()
  const day = workspace.git('show', '--no-patch', '--format=%cs', 'HEAD').trim()
  workspace.write('b.py', 'x = 2\n')
  assert.deepEqual(await told(), [head, day, 'disk', false])
  workspace.write('a.py', 'new(1, 2, 3)\n')
  assert.deepEqual(await told(), [head, day, 'disk', true])
})

test('a file that was renamed is found, with its earlier versions', async (t) => {
  const workspace = new Workspace(t, { 'shop/old.py': 'def a():\n    call_of_old(1, 2)\n\n\ndef b():\n    return 12345\n' })
  workspace.git('init', '-q')
  workspace.git('add', '.')
  workspace.git('commit', '-q', '-m', 'one')
  workspace.git('mv', 'shop/old.py', 'shop/new.py')
  workspace.git('commit', '-q', '-m', 'two')
  workspace.write('shop/new.py', 'def a():\n    pass\n\n\ndef b():\n    return 12345\n')
  workspace.git('commit', '-q', '-a', '-m', 'three')
  const { findings } = await verifyText('## 1. Finding (CWE-89)\n\n**File:** `shop/old.py:2`\n\n```\ncall_of_old(1, 2)\n```\n', workspace.folder, { history: true })
  assert.equal(judged(findings[0], 'file'), 'confirmed-elsewhere renamed')
  assert.equal(judged(findings[0], 'quote'), 'confirmed-elsewhere other-revision')
  assert.equal(findings[0]?.substance, 'misplaced')
  const shown = verdictOn(findings[0], 'quote')?.evidence[0]
  assert.ok(shown?.kind === 'code' && shown.line === 2)
})

test('a bare repository can be judged against', async (t) => {
  const workspace = new Workspace(t, { 'work/a.py': 'old(1, 2, 3)\n' })
  const work = workspace.path('work')
  workspace.git('-C', work, 'init', '-q')
  workspace.git('-C', work, 'add', '.')
  workspace.git('-C', work, 'commit', '-q', '-m', 'one')
  workspace.git('clone', '-q', '--bare', work, workspace.path('bare'))
  const { findings } = await verifyText('## 1. Finding (CWE-89)\n\n**File:** `a.py:1`\n\n```\nold(1, 2, 3)\n```\n', workspace.path('bare'), { revision: 'main' })
  assert.equal(judged(findings[0], 'quote'), 'confirmed verbatim')
})

test('the record follows its schema', async () => {
  const schema = JSON.parse(dataText('..', '..', 'schemas', 'verification.schema.json')) as object
  const validate = new Ajv({ allErrors: true }).compile(schema)
  for (const name of ['chat-with-fixes.md', 'vulns.md', 'lines.txt', 'advisory.md', 'list.md']) {
    validate(JSON.parse(JSON.stringify(await verifyText(dataText('reviews', name), LEDGER))))
    assert.deepEqual(validate.errors ?? [], [], name)
  }
  validate(JSON.parse(JSON.stringify(await verifyText(dataText('sample', 'review.txt'), join(DATA, 'sample', 'committed')))))
  assert.deepEqual(validate.errors ?? [], [])
})

test('the command: a file or standard input, exit codes, what the user did wrong', (t) => {
  const workspace = new Workspace(t, { 'a.py': 'x = 1\n', 'review.md': '## 1. SQL Injection (CWE-89)\n\n**File:** `b.py:3`\n' })
  const run = workspace.assay(['verify', 'review.md', '--against', '.', '--format', 'json'])
  assert.equal(run.status, 0, run.stderr)
  const record = JSON.parse(run.stdout) as Verification
  assert.deepEqual([record.findings[0]?.substance, record.subject.review, record.schema], ['ungrounded', 'review.md', 1])
  const piped = workspace.assay(['verify', '-', '--against', '.', '--format', 'json', '--fail-on', 'ungrounded'], '## 1. SQL Injection (CWE-89)\n\n**File:** `b.py:3`\n')
  assert.equal(piped.status, 1)
  assert.equal(workspace.assay(['verify', 'review.md', '--against', '.', '--fail-on', 'refuted']).status, 0)
  assert.equal(workspace.assay(['verify', 'review.md', '--against', '.', '--fail-on', 'wrong']).status, 0)
  for (const [args, message] of [
    [['verify', 'none.md', '--against', '.'], /cannot be read/], [['verify', 'review.md'], /--against/], [['verify', 'review.md', '--against', 'none'], /cannot be read/],
    [['verify', 'review.md', '--against', '.', '--rev', 'x'], /No git repository/], [['verify', 'review.md', '--against', '.', '--fail-on', 'x'], /no such substance/],
    [['verify', 'review.md', '--against', '.', '--review-format', 'x'], /no such form/], [['verify', 'review.md', '--against', '.', '--file', 'x.py'], /No such file/],
  ] as const) {
    const failed = workspace.assay(args)
    assert.equal(failed.status, 2, args.join(' '))
    assert.match(failed.stderr, message)
  }
})

test('what may cover the whole program leaves an absence at one place open', async (t) => {
  const workspace = new Workspace(t, {
    'shop/app.py': 'from flask import Flask\nfrom flask_wtf import CSRFProtect\n\napp = Flask(__name__)\nCSRFProtect(app)\n',
    'shop/orders.py': "from shop.app import app\n\n\n@app.route('/orders', methods=['POST'])\ndef order():\n    return place_order()\n",
  })
  const { findings } = await verifyText('## 1. CSRF (CWE-352)\n\n**File:** `shop/orders.py:6`\n\nThere is no CSRF protection.\n', workspace.folder)
  assert.equal(judged(findings[0], 'absence'), 'not-checkable program-wide')
  const shown = verdictOn(findings[0], 'absence')?.evidence[0]
  assert.ok(shown?.kind === 'code' && shown.path === 'shop/app.py' && shown.line === 5)
})

test('what a call does is looked up in the language of the call', async (t) => {
  const workspace = new Workspace(t, {
    'shop/orders.py': 'def order(form):\n    return stored(form)\n', 'web/orders.js': 'function stored(form) {\n  document.body.innerHTML = form\n}\n',
  })
  const { findings } = await verifyText('## 1. CWE-79\n\n**File:** `shop/orders.py:2`\n', workspace.folder)
  assert.equal(judged(findings[0], 'ingredient'), 'unsupported not-at-place')
})
