import assert from 'node:assert/strict'
import { cpSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { Workspace } from '../e2e/support.ts'
import { PROJECT } from '../shipped.ts'
import { DATA, dataText, judged, verdictOn, verifyText } from './support.ts'

/*
 * A known review with five findings that names no file and no revision, against
 * a tree written for it: as it was committed, and as it may have been before.
 */

const REVIEW = dataText('sample', 'review.txt')
const COMMITTED = join(DATA, 'sample', 'committed')
const SUBJECT = 'tests/functional/test_given_back.py'

test('the review against the committed tree', async () => {
  const { findings, counts, conclusions, subject } = await verifyText(REVIEW, COMMITTED)
  assert.equal(subject.format, 'prose')
  assert.deepEqual(findings.map((each) => [each.name, ...each.cwes, each.place?.path, each.place?.line]), [
    ['1', 200, SUBJECT, 49], ['2', 284, SUBJECT, 41], ['3', 613, SUBJECT, 88], ['4', 640, SUBJECT, 74], ['5', 668, SUBJECT, 88],
  ])
  assert.deepEqual(findings.map((each) => each.substance), ['ungrounded', 'refuted', 'ungrounded', 'referenced', 'refuted'])
  assert.deepEqual(findings.map((each) => each.label), ['imprecise', 'imprecise', 'wrong', 'wrong', 'wrong'])
  assert.deepEqual(findings.map((each) => judged(each, 'cwe.id')), ['confirmed class', 'confirmed pillar', 'confirmed base', 'confirmed base', 'confirmed class'])
  assert.deepEqual(findings.map((each) => judged(each, 'cwe.title')), [
    'near over-general', 'confirmed official', 'contradicted other-weakness', 'contradicted other-weakness', 'contradicted other-weakness',
  ])
  assert.deepEqual(findings.map((each) => judged(each, 'cwe.usage')), [
    'near discouraged', 'near discouraged', 'confirmed allowed-with-review', 'confirmed allowed-with-review', 'near discouraged',
  ])
  assert.deepEqual(findings.map((each) => judged(each, 'file')), Array<string>(5).fill('not-stated inferred'))
  assert.deepEqual(findings.map((each) => judged(each, 'line')), [
    'contradicted other-code', 'confirmed-elsewhere slight-drift', 'contradicted other-code', 'confirmed exact', 'contradicted other-code',
  ])
  assert.deepEqual(findings.map((each) => judged(each, 'quote')), [
    'near load-bearing', 'confirmed-elsewhere same-file', 'near load-bearing', 'confirmed joined', 'near load-bearing',
  ])
  assert.deepEqual(findings.map((each) => judged(each, 'context')), Array<string>(5).fill('not-stated test-code'))
  assert.equal(judged(findings[2], 'ingredient'), 'contradicted absent')
  assert.equal(judged(findings[3], 'ingredient'), 'contradicted absent')
  assert.equal(judged(findings[1], 'reach'), 'contradicted only-in-tests')
  assert.equal(judged(findings[3], 'absence'), 'unsupported none-in-scope')
  assert.equal(judged(findings[4], 'recommendation'), 'contradicted contradicts-intent')
  assert.deepEqual(findings.slice(0, 4).map((each) => judged(each, 'recommendation')), Array<string>(4).fill('not-checkable vague'))
  assert.equal(counts.findings, 5)
  assert.deepEqual(conclusions.map((each) => [each.subject, each.verdict]), [['conclusion', 'unsupported']])
})

test('the evidence of the sample can be looked up', async () => {
  const { findings } = await verifyText(REVIEW, COMMITTED)
  const title = verdictOn(findings[2], 'cwe.title')
  assert.deepEqual(title?.evidence.slice(0, 2), [
    { kind: 'catalogue', id: 613, name: 'Insufficient Session Expiration', score: 0.12, usage: 'Allowed-with-Review' },
    { kind: 'catalogue', id: 778, name: 'Insufficient Logging', score: 0.67, usage: 'Allowed' },
  ])
  const quote = verdictOn(findings[0], 'quote')
  assert.deepEqual(quote?.evidence.find((each) => each.kind === 'difference'), { kind: 'difference', said: '. stubs', found: '' })
  const reach = verdictOn(findings[1], 'reach')?.evidence[0]
  assert.ok(reach?.kind === 'code')
  assert.deepEqual([reach.path, reach.line, reach.text], ['fleet/test.py', 9, '    def start_service(self, name, host=None):'])
  const intent = verdictOn(findings[4], 'recommendation')?.evidence[0]
  assert.ok(intent?.kind === 'code' && intent.line === 90)
})

test('the review against the text that was never committed', async () => {
  const { findings, subject } = await verifyText(REVIEW, COMMITTED, { file: join(DATA, 'sample', 'patch-set', 'test_given_back.py') })
  assert.equal(subject.file, SUBJECT)
  assert.deepEqual(findings.map((each) => judged(each, 'quote')), [
    'confirmed verbatim', 'confirmed verbatim', 'confirmed verbatim', 'confirmed joined', 'confirmed verbatim',
  ])
  assert.deepEqual(findings.map((each) => judged(each, 'line')), Array<string>(5).fill('confirmed exact'))
  assert.deepEqual(findings.map((each) => each.substance), ['referenced', 'refuted', 'referenced', 'referenced', 'refuted'])
  assert.deepEqual(findings.map((each) => each.label), ['imprecise', 'imprecise', 'wrong', 'wrong', 'wrong'])
})

test('every committed version is searched, and what none has is not called invented', async (t) => {
  const workspace = new Workspace(t)
  cpSync(COMMITTED, workspace.folder, { recursive: true })
  workspace.git('init', '-q')
  workspace.git('add', '.')
  workspace.git('commit', '-q', '-m', 'first')
  const text = readFileSync(workspace.path(SUBJECT), 'utf8')
  workspace.write(SUBJECT, text.replace('CastAsCall(self)', 'CastAsCall(self.stubs)'))
  workspace.git('commit', '-q', '-a', '-m', 'second')
  workspace.write(SUBJECT, text)
  workspace.git('commit', '-q', '-a', '-m', 'third')
  const { findings, subject } = await verifyText(REVIEW, workspace.folder, { history: true, revision: 'HEAD' })
  assert.equal(subject.revision.from, 'given')
  assert.equal(judged(findings[0], 'quote'), 'confirmed-elsewhere other-revision')
  assert.equal(judged(findings[2], 'quote'), 'near load-bearing')
  assert.match(verdictOn(findings[2], 'quote')?.reason ?? '', /nor in any of the 3 committed versions searched/)
})

/** Names in the quoted code of the sample, those of its programs, and what the real file holds beside them. */
function wordsOfSample(): readonly string[] {
  const quoted = [...REVIEW.matchAll(/`([^`]+)`/g)].flatMap(([, code = '']) => code.match(/\w{4,}/g) ?? [])
  const names = quoted.filter((word) => !ORDINARY.has(word)).map((word) => word.toLowerCase())
  return [...new Set([...names, 'local-delete', 'forced_down', 'nova', 'openstack', '1679750', 'given_back', 'fleet'])]
}

/** English words that stand in the quoted code as well. */
const ORDINARY: ReadonlySet<string> = new Set(['self', 'server', 'none', 'status', 'enabled', 'disabled', 'local', 'delete', 'test'])

test('no word of the sample occurs in the code', () => {
  const words = wordsOfSample()
  for (const word of ['start_service', 'put_service', 'castascall', 'usefixture', 'flavor_id', 'stubs']) assert.ok(words.includes(word), word)
  const found: string[] = []
  for (const folder of [join(PROJECT, 'src', 'verify'), join(PROJECT, 'data', 'verify')]) {
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      if (!/\.(ts|json)$/.test(name)) continue
      const text = readFileSync(join(folder, name), 'utf8').toLowerCase()
      for (const word of words) if (text.includes(word)) found.push(`${name}: ${word}`)
    }
  }
  assert.deepEqual(found, [])
})
