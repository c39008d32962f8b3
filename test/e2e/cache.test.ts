import assert from 'node:assert/strict'
import { readFileSync, readdirSync, rmSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { runReview, type Review, type ReviewOptions } from '../../src/index.ts'
import { checksum, readPack, writePack } from '../../src/scan/pack.ts'
import { found, SHOP, Workspace } from './support.ts'

/** Runs in this process, to count what was parsed. */
async function counted(workspace: Workspace, options: Partial<ReviewOptions> = {}): Promise<{ parsed: number, lowered: number, read: number, review: Review }> {
  const { review, work } = await runReview({ paths: [workspace.folder], jobs: 1, cacheFolder: workspace.cache, ...options })
  return { ...work, review }
}

/** A user's rule by patterns; `call` is what it looks for. */
function rule(id: string, call: string): string {
  return [
    'rules:', `  - id: ${id}`, '    languages: [python]', '    severity: WARNING', `    message: ${call} is called`, `    pattern: ${call}(...)`,
    '    metadata: {cwe: "CWE-676: Use of Potentially Dangerous Function"}', '',
  ].join('\n')
}

const MODEL = `
model: python/lab
version: 1
language: python
library: lab
documentation: https://example.org/lab
sources:
  - call: lab.source
    kind: remote
    what: the laboratory
    doc: https://example.org/lab#source
sinks:
  - call: lab.query
    argument: 0
    kind: sql
    what: runs a query
    advice: Do not.
    doc: https://example.org/lab#query
`

/** Milliseconds after which a file's times show that it did not change. */
const SURELY_OLD = 2_200

/** A store of one review with another text, whole and sound. */
function remade(bytes: Uint8Array, change: (text: string) => string): Uint8Array {
  const pack = readPack(bytes)
  assert.ok(pack !== undefined)
  const [row] = pack.header as readonly { readonly question: string }[]
  const body = Buffer.from(change(Buffer.from(pack.body).toString()))
  return writePack([{ question: row?.question, length: body.length, checksum: checksum(body) }], [body])
}

const LAB = { 'lab_use.py': 'import lab\nlab.query(lab.source())\n', 'other.py': 'x = 1\n' }

test('a second review parses nothing and gives the same bytes', async (t) => {
  const workspace = new Workspace(t, SHOP)
  const cold = await counted(workspace)
  assert.deepEqual([cold.parsed, cold.lowered], [3, 3])
  // What a kept review is read back as is the review.
  assert.deepEqual(JSON.parse(JSON.stringify(cold.review)), cold.review)
  const warm = await counted(workspace)
  assert.deepEqual([warm.parsed, warm.lowered], [0, 0])
  assert.deepEqual(warm.review, cold.review)
  const without = await counted(workspace, { cache: false })
  assert.equal(without.parsed, 3)
  assert.deepEqual(without.review, cold.review)
})

test('editing a file parses that file', async (t) => {
  const workspace = new Workspace(t, SHOP)
  await counted(workspace)
  workspace.write('shop/db.py', `# a line above\n${SHOP['shop/db.py'] ?? ''}`)
  const edited = await counted(workspace)
  assert.equal(edited.parsed, 1)
  assert.deepEqual(found(edited.review), ['shop/db.py:6 89'])
})

test('editing a model parses nothing, and changes the answer', async (t) => {
  const workspace = new Workspace(t, LAB)
  const models = new Workspace(t, { 'lab.yaml': MODEL })
  const options = { modelFolder: models.folder }
  const first = await counted(workspace, options)
  assert.deepEqual([first.parsed, found(first.review)], [2, ['lab_use.py:2 89']])
  models.write('lab.yaml', MODEL.replace('call: lab.source', 'call: lab.nothing'))
  const edited = await counted(workspace, options)
  assert.deepEqual([edited.parsed, edited.lowered, found(edited.review)], [0, 0, []])
})

test('editing a rule parses at most the files in which it could match', async (t) => {
  const workspace = new Workspace(t, {
    'a.py': 'import one\none.first()\n', 'b.py': 'import two\ntwo.second()\n', 'c.py': 'x = 1\n',
  })
  const rules = new Workspace(t, { 'own.yaml': rule('own', 'one.first') })
  const options = { config: [rules.path('own.yaml')] }
  const first = await counted(workspace, options)
  assert.deepEqual([first.parsed, found(first.review)], [3, ['a.py:2 676']])
  assert.equal((await counted(workspace, options)).parsed, 0)
  rules.write('own.yaml', rule('own', 'two.second'))
  const edited = await counted(workspace, options)
  assert.deepEqual(found(edited.review), ['b.py:2 676'])
  assert.ok(edited.parsed <= 1, `${edited.parsed} files parsed, only b.py could match`)
  assert.equal(edited.lowered, 0)
})

test('a file whose times and size are as before is not read; one with the same size and an older time is', async (t) => {
  const workspace = new Workspace(t, SHOP)
  const now = Date.now() / 1000
  await counted(workspace)
  // Young files are read again: a change in the same tick of the clock would not show.
  assert.ok((await counted(workspace)).read > 0)
  const path = workspace.path('shop/db.py')
  writeFileSync(path, readFileSync(path, 'utf8').replace('+ name +', '+ "ab" +').padEnd(statSync(path).size))
  utimesSync(path, now - 1000, now - 1000)
  assert.deepEqual(found((await counted(workspace)).review), [])
})

test('a review of files that are surely unchanged is taken as it was; whatever else is asked, or changed, is reviewed anew', async (t) => {
  const workspace = new Workspace(t, { ...SHOP, 'lab_use.py': LAB['lab_use.py'] })
  await setTimeout(SURELY_OLD)
  const first = await counted(workspace)
  assert.deepEqual([first.parsed, found(first.review)], [4, ['shop/db.py:5 89']])
  const [store] = readdirSync(workspace.cache).filter((name) => name.endsWith('.reviews'))
  const path = join(workspace.cache, store ?? '')
  const mark = (): void => writeFileSync(path, remade(readFileSync(path), (text) => text.replace('"files":4', '"files":4444')))
  mark()
  assert.equal((await counted(workspace)).review.subject.files, 4444, 'taken as it was')
  assert.equal((await counted(workspace, { severity: 'high' })).review.subject.files, 4, 'another question')
  assert.equal((await counted(workspace, { cwe: [89] })).review.subject.files, 4, 'other rules')
  mark()
  workspace.write('models/lab.yaml', MODEL)
  const modelled = await counted(workspace, { modelFolder: workspace.path('models') })
  assert.deepEqual(found(modelled.review), ['lab_use.py:2 89'], 'other models')
  workspace.write('shop/db.py', (SHOP['shop/db.py'] ?? '').replace('+ name +', '+ "ab" +'))
  assert.deepEqual(found((await counted(workspace)).review), [], 'another file')
})

test('a kept review that is not of the documented shape is not used', async (t) => {
  const workspace = new Workspace(t, SHOP)
  await setTimeout(SURELY_OLD)
  const first = await counted(workspace)
  const [store] = readdirSync(workspace.cache).filter((name) => name.endsWith('.reviews'))
  const path = join(workspace.cache, store ?? '')
  writeFileSync(path, remade(readFileSync(path), (text) => text.replace('"findings":[', '"findings":[7,')))
  assert.deepEqual((await counted(workspace)).review, first.review)
})

test('the cache lies in the user\'s folder, and nothing is written into the reviewed tree', (t) => {
  const workspace = new Workspace(t, SHOP)
  const before = readdirSync(workspace.folder, { recursive: true })
  workspace.review('.')
  assert.deepEqual(readdirSync(workspace.folder, { recursive: true }), before)
  assert.ok(readdirSync(join(workspace.cache, 'assay')).some((name) => name.endsWith('.facts')))
  const other = new Workspace(t, SHOP)
  other.review('.', '--no-cache')
  assert.throws(() => readdirSync(join(other.cache, 'assay')))
})

test('a damaged, foreign or hostile cache is said and done anew', (t) => {
  const workspace = new Workspace(t, SHOP)
  const sound = workspace.review('.')
  const folder = join(workspace.cache, 'assay')
  const facts = (): string => join(folder, readdirSync(folder).find((name) => name.endsWith('.facts')) ?? '')
  const matches = (): string => join(folder, readdirSync(folder).find((name) => name.endsWith('.matches')) ?? '')
  const flip = (path: string, part: number): void => {
    const bytes = readFileSync(path)
    const at = Math.floor(bytes.length * part)
    bytes[at] = (bytes[at] ?? 0) ^ 0x5a
    writeFileSync(path, bytes)
  }
  const reviews = (): string => join(folder, readdirSync(folder).find((name) => name.endsWith('.reviews')) ?? '')
  const damages: readonly (readonly [string, () => void])[] = [
    ['facts cut', () => truncateSync(facts(), Math.floor(statSync(facts()).size / 2))],
    ['facts emptied', () => truncateSync(facts(), 0)],
    ['facts header', () => flip(facts(), 0.05)],
    ['facts body', () => flip(facts(), 0.9)],
    ['facts foreign', () => writeFileSync(facts(), '{"not": "ours"}')],
    ['matches cut', () => truncateSync(matches(), 10)],
    ['matches foreign', () => writeFileSync(matches(), Buffer.alloc(1000, 1))],
    ['reviews cut', () => truncateSync(reviews(), 100)],
    ['reviews body', () => flip(reviews(), 0.9)],
  ]
  for (const [name, damage] of damages) {
    // With a review that is kept, the other stores are not looked into.
    if (!name.startsWith('reviews')) rmSync(reviews(), { force: true })
    damage()
    const { problems, findings, places } = workspace.review('.')
    assert.deepEqual({ findings, places }, { findings: sound.findings, places: sound.places }, name)
    assert.ok(problems.some((problem) => problem.kind === 'cache'), name)
    assert.deepEqual(workspace.review('.'), sound, `${name}: repaired`)
  }
})

test('a cache folder that cannot be made is said, and the review is the same', (t) => {
  const workspace = new Workspace(t, SHOP)
  writeFileSync(workspace.cache, 'a file where the folder should be')
  const review = workspace.review('.')
  assert.deepEqual(found(review), ['shop/db.py:5 89'])
  assert.ok(review.problems.some((problem) => problem.kind === 'cache' && problem.message.includes('cannot be written')))
})

test('any number of workers, cold and warm: the same bytes', (t) => {
  const files: Record<string, string> = { ...SHOP }
  for (let at = 0; at < 60; at++) files[`shop/more_${at}.py`] = `from shop import db\n\ndef call_${at}(x):\n    return db.find(x + ${at})\n`
  const workspace = new Workspace(t, files)
  const run = (...args: readonly string[]): string => workspace.assay(['review', '.', '--format', 'json', ...args]).stdout
  const one = run('--no-cache', '--jobs', '1')
  assert.match(one, /"cwe": ?89/)
  assert.equal(run('--no-cache', '--jobs', '3'), one)
  assert.equal(run('--jobs', '2'), one, 'cold')
  assert.equal(run('--jobs', '4'), one, 'warm')
})
