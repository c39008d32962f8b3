import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Claim, ClaimKind, ForeignFinding, ForeignReview } from '../../src/verify/claim.ts'
import { cleanQuote } from '../../src/verify/quoted-code.ts'
import { reader } from '../../src/verify/readers/prose.ts'
import { dataText } from './support.ts'

/* How reviews in markdown and plain text are understood: one file per form. */

function read(text: string): ForeignReview {
  return reader.read({ text, json: undefined })
}

function claims<Kind extends ClaimKind>(finding: ForeignFinding | undefined, kind: Kind): readonly Extract<Claim, { kind: Kind }>[] {
  return (finding?.claims ?? []).filter((claim): claim is Extract<Claim, { kind: Kind }> => claim.kind === kind)
}

/** Ids, file, first range, severity and quotes of each finding. */
function outline(review: ForeignReview): readonly unknown[] {
  return review.findings.map((finding) => ({
    ids: claims(finding, 'weakness').map((each) => each.id),
    file: claims(finding, 'file')[0]?.path,
    lines: claims(finding, 'lines')[0]?.ranges.map(({ start, end }) => `${start}-${end}`).join(),
    severity: claims(finding, 'severity')[0]?.level,
    quotes: claims(finding, 'quote').map((each) => each.text.split('\n')[0]),
  }))
}

test('chat with rules, coloured circles, a fence of the code and a fence of the fix, and tables that repeat', () => {
  const review = read(dataText('reviews', 'chat-with-fixes.md'))
  assert.deepEqual(outline(review), [
    { ids: [89], file: 'ledger/accounts.py', lines: '12-15', severity: 'high', quotes: ["query = \"SELECT id, balance FROM account WHERE owner = '%s'\" % owner"] },
    { ids: [328], file: 'ledger/accounts.py', lines: '39-39', severity: 'medium', quotes: [] },
  ])
  const [first] = review.findings
  assert.equal(claims(first, 'title')[0]?.text, 'SQL Injection')
  assert.match(claims(first, 'recommendation')[0]?.code ?? '', /store\.rows\(query, \[owner\]\)/)
  assert.equal(claims(first, 'flow').length, 1)
  assert.deepEqual(review.conclusions.map(({ kind, count }) => [kind, count]), [['count', 2]])
})

test('one heading per finding with bullets, the place in the heading', () => {
  const review = read(dataText('reviews', 'vulns.md'))
  assert.deepEqual(outline(review), [
    { ids: [], file: 'ledger/accounts.py', lines: '14-14', severity: 'high', quotes: [] },
    { ids: [], file: 'ledger/login.py', lines: '15-15', severity: 'medium', quotes: [] },
  ])
  assert.deepEqual(review.findings.map((each) => each.name), ['1', '2'])
  assert.deepEqual(claims(review.findings[1], 'construct').map((each) => [each.name, each.what]), [['random.random', 'call']])
})

test('one line per finding, and a line that says there is nothing', () => {
  const review = read(dataText('reviews', 'lines.txt'))
  assert.deepEqual(outline(review).map((each) => Object.values(each as object).slice(0, 4)), [
    [[89], 'ledger/accounts.py', '14-14', 'high'], [[338], 'ledger/login.py', '15-15', 'medium'], [[328], 'ledger/accounts.py', '39-39', 'low'],
  ])
  assert.deepEqual(review.conclusions.map((each) => each.kind), ['clean'])
})

test('a report about one thing, with a permanent link that names file, line and commit', () => {
  const review = read(dataText('reviews', 'advisory.md'))
  assert.deepEqual(outline(review), [{
    ids: [89], file: 'ledger/accounts.py', lines: '14-14', severity: undefined, quotes: ["query = \"SELECT id, balance FROM account WHERE owner = '%s'\" % owner"],
  }])
  assert.deepEqual(review.revisions.map((each) => each.revision), ['0123456789abcdef0123456789abcdef01234567'])
  assert.equal(claims(review.findings[0], 'cvss')[0]?.vector, 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H')
})

test('a numbered list whose steps at the end are no findings', () => {
  const review = read(dataText('reviews', 'list.md'))
  assert.deepEqual(outline(review).map((each) => Object.values(each as object).slice(0, 4)), [
    [[89], 'ledger/accounts.py', '14-14', 'high'], [[798], 'ledger/login.py', '10-10', 'medium'],
  ])
})

test('ids in all their spellings, several in one finding', () => {
  const ids = (text: string): readonly number[] => claims(read(`## 1. Finding (${text})\n\n**File:** a.py:1\n`).findings[0], 'weakness').map((each) => each.id)
  assert.deepEqual(ids('CWE-79'), [79])
  assert.deepEqual(ids('CWE 79'), [79])
  assert.deepEqual(ids('cwe079'), [79])
  assert.deepEqual(ids('CWE_79'), [79])
  assert.deepEqual(ids('CWE-190->CWE-122'), [190, 122])
  assert.deepEqual(ids('CWE-79, CWE-80'), [79, 80])
  assert.deepEqual(ids('[CWE-79](https://cwe.mitre.org/data/definitions/79.html)'), [79, 79])
})

test('lines in all their spellings', () => {
  const lines = (text: string): string => {
    const [claim] = claims(read(`## 1. Finding (CWE-79)\n\n${text}\n`).findings[0], 'lines')
    return claim === undefined ? '' : `${claim.isApproximate ? '~' : ''}${claim.ranges.map(({ start, end }) => `${start}-${end}`).join()}`
  }
  assert.equal(lines('Line 12 is wrong.'), '12-12')
  assert.equal(lines('Lines 12-15 are wrong.'), '12-15')
  assert.equal(lines('Lines 12–15 are wrong.'), '12-15')
  assert.equal(lines('Lines 12 to 15 are wrong.'), '12-15')
  assert.equal(lines('See lines 12 and 15.'), '12-12,15-15')
  assert.equal(lines('**Lines:** 12, 15-17'), '12-12,15-17')
  assert.equal(lines('**Location:** `src/a.ts#L10-L12`'), '10-12')
  assert.equal(lines('`src/a.ts:10:4` is wrong.'), '10-10')
  assert.equal(lines('It is around line 40.'), '~40-40')
  assert.equal(lines('L42 is wrong.'), '42-42')
})

test('what does not stand in the file as code is no quote', () => {
  const review = read([
    '## 1. SQL Injection (CWE-89)', '', '**File:** `shop/db.py:4`', '', '**Proof of Concept**', '', '```', "name = \"' OR 1=1 --\"", '```', '',
    '**Recommendation:**', '', '```python', 'cursor.execute(query, (name,))', '```', '', '```bash', 'curl http://localhost/', '```', '',
  ].join('\n'))
  assert.deepEqual(claims(review.findings[0], 'quote'), [])
})

test('a change is quoted as it was before', () => {
  const review = read('## 1. Weak hash (CWE-328)\n\n`a.py:3`\n\n```diff\n- return md5(x)\n+ return sha256(x)\n```\n')
  assert.deepEqual(claims(review.findings[0], 'quote').map((each) => each.text), [' return md5(x)'])
})

test('every claim lies in its finding, findings do not overlap', () => {
  for (const name of ['chat-with-fixes.md', 'vulns.md', 'lines.txt', 'list.md']) {
    const { findings } = read(dataText('reviews', name))
    for (const [at, { span, claims: own }] of findings.entries()) {
      for (const claim of own) assert.ok(claim.span.start >= span.start && claim.span.end <= span.end + 1, `${name} ${claim.kind}`)
      assert.ok((findings[at + 1]?.span.start ?? Infinity) >= span.end, name)
    }
  }
})

test('line ends and byte order marks of any system', () => {
  const text = `\ufeff${dataText('reviews', 'vulns.md').replaceAll('\n', '\r\n')}`
  assert.deepEqual(outline(read(text)), outline(read(dataText('reviews', 'vulns.md'))))
})

test('reviews without findings', () => {
  assert.deepEqual(read('').findings, [])
  assert.deepEqual(read('# Security review\n\nNo issues found.\n').findings, [])
  assert.equal(read('# Security review\n\nNo issues found.\n').conclusions[0]?.kind, 'clean')
})

test('headings by severity give the findings below their severity', () => {
  const review = read('# Review\n\n## High\n\n### Traversal\n\n`a.py:3` opens what is asked for (CWE-22).\n\n## Low\n\n### Debug\n\n`b.py:4` has debug on (CWE-489).\n')
  assert.deepEqual(outline(review).map((each) => Object.values(each as object).slice(0, 4)), [[[22], 'a.py', '3-3', 'high'], [[489], 'b.py', '4-4', 'low']])
})

test('a table is read when there is nothing better', () => {
  const review = read('| Severity | Issue | Place |\n|---|---|---|\n| High | SQL injection (CWE-89) | `a.py:3` |\n| Low | Debug (CWE-489) | `b.py:4` |\n')
  assert.deepEqual(outline(review).map((each) => Object.values(each as object).slice(0, 3)), [[[89], 'a.py', '3-3'], [[489], 'b.py', '4-4']])
})

test('a path in the line before a block says nothing of what the block is', () => {
  const review = (path: string): string => `### 1. SQL Injection (CWE-89)\n\n**File:** \`${path}\`, line 14\n\n\`\`\`python\nreturn store.rows(query)\n\`\`\`\n`
  for (const path of ['good/accounts.py', 'bad/accounts.py', 'exploit/attack.py', 'safe.py']) {
    assert.deepEqual(claims(read(review(path)).findings[0], 'quote').map((each) => each.text), ['return store.rows(query)'], path)
  }
})

test('code with line numbers before it is a block, and a row of a table is none', () => {
  const frame = '1. CWE-89: SQL Injection\n   shop/db.py:5:4 in find\n\n   5 |     cursor.execute(query)\n     |     ^^^^^^^^^^^^^^^^^^^^^\n\n   Why: The query is made of text.\n'
  const [finding] = read(frame).findings
  assert.deepEqual(claims(finding, 'quote').map((each) => cleanQuote(each.text)?.text.trim()), ['cursor.execute(query)'])
  assert.deepEqual(claims(read('1. CWE-89: SQL Injection\n   shop/db.py:5\n\n   1 | High | shop/db.py\n').findings[0], 'quote'), [])
})

test('a list of steps is a flow, with the code under each step', () => {
  const list = [
    '## 1. CWE-89: SQL Injection', '', '`shop/db.py:5`', '', '**How the data gets there**', '', '1. source `shop/views.py:8:20`: the query string', '',
    '   ```', '   8 |     return db.find(term)', '     |            ^^^^', '   ```', '', '2. sink `shop/db.py:5:4`', '', '   ```', '   5 |     cursor.execute(query)', '   ```', '',
    '**What to do.** Pass the term as a parameter.', '', '**Severity high.** Anybody can send it.', '',
  ].join('\n')
  const [finding] = read(list).findings
  const [flow] = claims(finding, 'flow')
  assert.deepEqual(flow?.steps.map((each) => [each.path, each.startLine, each.quote?.trim()]), [['shop/views.py', 8, 'return db.find(term)'], ['shop/db.py', 5, 'cursor.execute(query)']])
  assert.deepEqual(claims(finding, 'quote'), [])
  assert.equal(claims(finding, 'recommendation')[0]?.text, 'Pass the term as a parameter.')
  assert.equal(claims(finding, 'severity')[0]?.level, 'high')
})

test('only a sentence calls the code secure', () => {
  const conclusion = (closing: string): readonly string[] => read(`## 1. CWE-89: SQL Injection\n\n\`shop/db.py:5\`\n\n# Conclusion\n\n${closing}\n`).conclusions.map((each) => each.kind)
  assert.deepEqual(conclusion('The code is generally secure.'), ['secure'])
  assert.deepEqual(conclusion('found safe no source undecided places considered for'), [])
})

test('what stands after a label for files is a file also when it could be a name of code', () => {
  for (const path of ['a.min.js', 'app.conf', 'package.json']) {
    assert.equal(claims(read(`## 1. SQL Injection (CWE-89)\n\n**File:** \`${path}\`\n`).findings[0], 'file')[0]?.path, path)
  }
})
