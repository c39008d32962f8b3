import assert from 'node:assert/strict'
import { symlinkSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { join } from 'node:path'
import { test } from 'node:test'
import { Workspace } from '../e2e/support.ts'
import { readJson } from '../../src/verify/json.ts'
import { tidy } from '../../src/verify/resolve-path.ts'
import { decodeReview } from '../../src/verify/review-text.ts'
import { DATA, judged, verifyText } from './support.ts'

/* A review is text by a stranger: one test per threat. */

const LEDGER = join(DATA, 'programs', 'ledger')

function citing(path: string, quote = 'root:x:0:0'): string {
  return `## 1. Finding (CWE-22)\n\n**File:** \`${path}\`\n\n\`\`\`\n${quote}\n\`\`\`\n`
}

test('no path outside the tree is read, however it is spelled', async () => {
  for (const path of ['../../../../etc/passwd.conf', '/etc/passwd.conf:1', 'file:///etc/passwd.conf', '//server/share/a.py', 'C:\\Windows\\win.ini', 'ledger/../../ledger.py']) {
    const { findings } = await verifyText(citing(path), LEDGER)
    assert.match(judged(findings[0], 'file'), /^(not-checkable outside-root|unsupported missing|not-stated)/, path)
    assert.doesNotMatch(JSON.stringify(findings), /daemon:|\/bin\/sh/, path)
  }
  assert.equal(tidy('a/../../b.py'), undefined)
  assert.equal(tidy('a\0.py'), undefined)
  assert.equal(tidy('a/b.py:stream'), undefined)
  assert.equal(tidy('./a//b.py'), 'a/b.py')
})

test('a link in the tree is not followed', async (t) => {
  const workspace = new Workspace(t, { 'a.py': 'x = 1\n' })
  symlinkSync('/etc/passwd', workspace.path('b.py'))
  symlinkSync('/etc', workspace.path('c'))
  const { findings } = await verifyText(`${citing('b.py')}\n${citing('c/passwd.conf').replace('1.', '2.')}`, workspace.folder)
  assert.deepEqual(findings.map((each) => judged(each, 'file')), ['unsupported missing', 'unsupported missing'])
  assert.doesNotMatch(JSON.stringify(findings), /daemon:/)
})

test('deep, huge and odd JSON is refused with a reason', () => {
  const refusal = (text: string): string => {
    const outcome = readJson(text)
    return 'refusal' in outcome ? outcome.refusal : 'read'
  }
  assert.match(refusal('['.repeat(100_000)), /nested deeper than 64/)
  assert.match(refusal('{"a":1'), /ends inside a value/)
  assert.match(refusal('{"a":1} x'), /text follows/)
  assert.match(refusal('{"a":NaN}'), /no JSON/)
  assert.match(refusal('"\\x"'), /no JSON/)
  assert.match(refusal('1e999'), /no JSON/)
  const outcome = readJson('{"__proto__":{"x":1},"a":[1,2,],}')
  assert.ok('value' in outcome && outcome.value.kind === 'object')
  assert.deepEqual([...outcome.value.members.keys()], ['__proto__', 'a'])
  assert.equal(({} as { readonly x?: unknown }).x, undefined)
})

test('JSON that is no review is read as text, and nothing is lost in silence', async () => {
  const { findings, coverage } = await verifyText('['.repeat(10_000), LEDGER)
  assert.deepEqual(findings, [])
  assert.ok(coverage.share < 0.1)
})

test('an archive that grows too much, and what is no text', () => {
  assert.throws(() => decodeReview(gzipSync(Buffer.alloc(50_000_000, 65)), 'bomb.gz'), /larger than/)
  assert.throws(() => decodeReview(Buffer.from([0x1f, 0x8b, 1, 2]), 'bad.gz'), /cannot be decompressed/)
  assert.throws(() => decodeReview(Buffer.from('a\0b'), 'binary'), /no text/)
  assert.equal(decodeReview(gzipSync(Buffer.from('## 1. x')), 'a.gz').text, '## 1. x')
  assert.equal(decodeReview(Buffer.from('\ufeffabc', 'utf16le'), 'a').text, '\ufeffabc')
})

test('text made to be slow is quick', async () => {
  const parts = [
    '('.repeat(50_000), '`'.repeat(50_000), '``` '.repeat(20_000), 'CWE-'.repeat(20_000), '# '.repeat(30_000), `${'a.'.repeat(30_000)}py`, '['.repeat(30_000),
    `CWE-79: ${'( '.repeat(30_000)}`, `line ${'1,'.repeat(20_000)}`, `${'* '.repeat(20_000)}x`, `**${'a'.repeat(50_000)}`, 'no '.repeat(20_000), `CVSS:3.1/${'A:'.repeat(20_000)}`,
    '|'.repeat(50_000), `${' '.repeat(100_000)}x`, `1. CWE-79\n${'> '.repeat(20_000)}`, '\n1.'.repeat(20_000), 'commit '.repeat(20_000), `${'_'.repeat(50_000)}:`,
  ]
  for (const part of parts) {
    const before = process.cpuUsage().user
    await verifyText(`## 1. Finding (CWE-79)\n\n**File:** \`ledger/accounts.py:3\`\n\n${part}\n\n\`\`\`\n${part.slice(0, 20_000)}\n\`\`\`\n`, LEDGER)
    const milliseconds = (process.cpuUsage().user - before) / 1000
    assert.ok(milliseconds < 4_000, `${part.slice(0, 20)}: ${milliseconds} ms`)
  }
})

test('an over-long quote is cut, not compared', async () => {
  const { findings } = await verifyText(citing('ledger/accounts.py', 'x = (\n'.repeat(60_000)), LEDGER)
  assert.equal(judged(findings[0], 'quote'), 'unsupported not-found')
})

test('a file that is too large is not called empty', async (t) => {
  const workspace = new Workspace(t, { 'big.py': `x = 1\n${'# filler\n'.repeat(200_000)}` })
  const { findings } = await verifyText(citing('big.py', 'the_quote(of, this)'), workspace.folder)
  assert.deepEqual([judged(findings[0], 'file'), judged(findings[0], 'quote')], ['confirmed skipped', 'not-checkable unsearchable'])
})

test('a revision that is an option or a path is none', async (t) => {
  const workspace = new Workspace(t, { 'a.py': 'x = 1\n' })
  workspace.git('init', '-q')
  workspace.git('add', '.')
  workspace.git('commit', '-q', '-m', 'one')
  for (const revision of ['--output=/tmp/x', '-h', 'HEAD:a.py', 'a\0b', '@{upstream}']) {
    await assert.rejects(verifyText('', workspace.folder, { revision }), /No such revision/, revision)
  }
})

test('the same review gives the same bytes', async () => {
  const review = citing('ledger/accounts.py', 'query = "SELECT"')
  assert.equal(JSON.stringify(await verifyText(review, LEDGER)), JSON.stringify(await verifyText(review, LEDGER)))
})
