import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { symlinkSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { join } from 'node:path'
import { test } from 'node:test'
import { Workspace } from '../e2e/support.ts'
import { readJson } from '../../src/verify/json.ts'
import { tidy } from '../../src/verify/resolve-path.ts'
import { withoutSecrets } from '../../src/verify/redact.ts'
import { decodeReview } from '../../src/verify/review-text.ts'
import { DATA, dataText, judged, verifyText } from './support.ts'

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

test('keys and passwords of the code are not shown, and the same one looks the same everywhere', async (t) => {
  const key = 'b5f1d4c09a7e4e6f8f2f0a6d'
  const workspace = new Workspace(t, { 'settings.py': `import os\n\nSECRET_KEY = '${key}'\nNAME = 'a name with words'\n` })
  const { findings } = await verifyText('## 1. Hard-coded key (CWE-798)\n\n**File:** `settings.py:3`\n\n```\nSECRET_KEY =\n```\n', workspace.folder)
  const record = JSON.stringify(findings)
  assert.ok(!record.includes(key))
  assert.ok(record.includes(withoutSecrets(`SECRET_KEY = '${key}'`)))
  assert.match(withoutSecrets(`SECRET_KEY = '${key}'`), /^SECRET_KEY = '<secret [0-9a-f]{8}>'$/)
  assert.equal(withoutSecrets(`a = '${key}' # the token`).slice(-30), withoutSecrets(`b = '${key}' # the token`).slice(-30))
  assert.match(withoutSecrets('client("AKIAABCDEFGHIJKLMNOP")'), /^client\("<secret /)
  assert.match(withoutSecrets('-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA7bq\n-----END RSA PRIVATE KEY-----'), /KEY-----\n<secret [0-9a-f]{8}>\n-----END/)
  for (const plain of ["password = request.form['password']", "token = 'confirmation'", "key = 'users/1/avatar/large'", "def reset_token():"]) assert.equal(withoutSecrets(plain), plain)
})

test('what is no regular file is not read: pipes, devices, submodules', { skip: process.platform === 'win32' }, async (t) => {
  const workspace = new Workspace(t, { 'a.py': 'x = 1\n' })
  execFileSync('mkfifo', [workspace.path('pipe.py')])
  workspace.git('init', '-q')
  workspace.git('add', 'a.py')
  workspace.git('update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},module.py`)
  workspace.git('commit', '-q', '-m', 'one')
  const disk = await verifyText(citing('pipe.py'), workspace.folder)
  assert.equal(judged(disk.findings[0], 'file'), 'unsupported missing')
  const revision = await verifyText(citing('module.py'), workspace.folder, { revision: 'HEAD' })
  assert.equal(judged(revision.findings[0], 'file'), 'unsupported missing')
})

test('binary files and long lines are named, not searched in vain', async (t) => {
  const workspace = new Workspace(t, { 'web/data.js': 'a\0b', 'web/a.js': `${'f(1);'.repeat(100_000)}\n`, 'wide.py': '\ufeffx = call_of_it(1, 2)\n' })
  const { findings } = await verifyText(['web/data.js', 'web/a.js', 'wide.py'].map((path, at) => citing(path, 'x = call_of_it(1, 2)').replace('1.', `${at + 1}.`)).join('\n'), workspace.folder)
  assert.deepEqual(findings.map((each) => judged(each, 'quote')), ['not-checkable unsearchable', 'confirmed-elsewhere other-file', 'confirmed verbatim'])
})

test('paths that differ only in case are told apart', async (t) => {
  const workspace = new Workspace(t, { 'work/a.py': 'x = call_of_it(1, 2)\n' })
  const work = workspace.path('work')
  workspace.git('-C', work, 'init', '-q')
  const other = workspace.git('-C', work, 'hash-object', '-w', '--stdin').trim()
  workspace.git('-C', work, 'add', 'a.py')
  workspace.git('-C', work, 'update-index', '--add', '--cacheinfo', `100644,${other},A.py`)
  workspace.git('-C', work, 'commit', '-q', '-m', 'one')
  const { findings } = await verifyText(`${citing('a.py', 'x = call_of_it(1, 2)')}\n${citing('A.PY').replace('1.', '2.')}`, work, { revision: 'HEAD' })
  assert.deepEqual(findings.map((each) => judged(each, 'file')), ['confirmed exact', 'not-checkable ambiguous'])
})

test('programs that a repository configures are not run', async (t) => {
  const workspace = new Workspace(t, { 'a.py': 'x = call_of_it(1, 2)\n', '.gitattributes': '*.py diff=evil filter=evil\n' })
  workspace.git('init', '-q')
  workspace.git('add', '.')
  workspace.git('commit', '-q', '-m', 'one')
  const trap = `touch ${workspace.path('trapped')}`
  for (const [name, value] of [
    ['core.fsmonitor', trap], ['core.pager', trap], ['diff.external', trap], ['diff.evil.command', trap], ['diff.evil.textconv', trap], ['filter.evil.smudge', trap],
    ['filter.evil.clean', trap], ['core.sshCommand', trap], ['core.hooksPath', workspace.folder], ['alias.log', `!${trap}`], ['gpg.program', trap], ['log.showSignature', 'true'],
  ] as const) workspace.git('config', name, value)
  const { findings } = await verifyText(citing('a.py', 'y = nowhere_to_be_found(3)'), workspace.folder, { history: true, revision: 'HEAD' })
  assert.equal(judged(findings[0], 'quote'), 'unsupported not-found')
  assert.throws(() => execFileSync('ls', [workspace.path('trapped')], { stdio: 'ignore' }))
})

test('many large quotes against a large file with a history end', async (t) => {
  const line = (at: number): string => `value_${at} = compute(value_${at - 1}, ${at})`
  const workspace = new Workspace(t, { 'a.py': `${Array.from({ length: 8_000 }, (_, at) => line(at)).join('\n')}\n` })
  workspace.git('init', '-q')
  for (let at = 0; at < 5; at++) {
    workspace.write('a.py', `${Array.from({ length: 8_000 }, (_, to) => line(to + at)).join('\n')}\n`)
    workspace.git('add', '.')
    workspace.git('commit', '-q', '-m', 'next')
  }
  const quote = (at: number): string => Array.from({ length: 60 }, (_, to) => line(at + to).replace('compute', 'derive')).join('\n')
  const before = process.cpuUsage().user
  const { findings } = await verifyText(Array.from({ length: 40 }, (_, at) => citing('a.py', quote(at * 90)).replace('1.', `${at + 1}.`)).join('\n'), workspace.folder, { history: true })
  assert.equal(findings.length, 40)
  assert.ok((process.cpuUsage().user - before) / 1_000_000 < 20)
})

test('no verdict says whether a finding is true, or who wrote it', async () => {
  const words = /\b(?:valid finding|real vulnerability|true positive|false positive|hallucinat\w*|AI-written|made up by|fabricated|invented)\b/i
  for (const name of ['chat-with-fixes.md', 'vulns.md', 'lines.txt', 'advisory.md', 'list.md']) {
    const { findings, conclusions } = await verifyText(dataText('reviews', name), LEDGER)
    for (const { reason } of [...findings.flatMap((each) => each.verdicts), ...conclusions]) assert.doesNotMatch(reason, words)
  }
})
