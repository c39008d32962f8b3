import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { readText, writeAtomic } from '../core/files.ts'
import { UsageError } from '../core/problem.ts'
import { BASE_RELEASE } from './build.ts'
import { loadRelease } from './load.ts'
import { openCatalogue } from './open.ts'
import { sampleBytes, sampleWeakness, sampleXml, sampleZip } from './sample.ts'
import { readStored } from './stored.ts'
import { compareVersions } from './version.ts'

const SHIPPED = join('data', 'cwe')
const { catalogue } = openCatalogue(SHIPPED)
const folder = mkdtempSync(join(tmpdir(), 'assay-cwe-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const NEWER = sampleBytes({
  weaknesses: sampleWeakness(862, { name: 'Absent Authorization', content:
    '<Content_History><Previous_Entry_Name Date="2030-01-01">Missing Authorization</Previous_Entry_Name>' +
    '</Content_History>',
  }) + sampleWeakness(9001, { name: 'New Kind' }),
})

function release(version: string): Uint8Array {
  return Buffer.from(sampleXml().replace('Version="5.1"', `Version="${version}"`))
}

test('versions are compared by their number parts', () => {
  const ordered = ['4.9', '4.15', '4.19', '4.19.1', '4.20', '5.0']
  assert.deepEqual(ordered.toReversed().sort(compareVersions), ordered)
  assert.equal(compareVersions('4.20', '4.20.0'), 0)
})

test('a newer release gives content to write and the difference', () => {
  for (const bytes of [NEWER, sampleZip([{ name: 'cwec_v5.1.xml', content: NEWER }])]) {
    const loaded = loadRelease(catalogue, bytes, 'cwec.xml')
    assert.equal(loaded.version, '5.1')
    assert.match(loaded.text, /^CWE 5\.1 \(2030-01-02\) against CWE 4\.20 \(2026-04-30\), which is in use\.\n/)
    assert.match(loaded.text, /New \(1\):\n {2}CWE-9001: New Kind\n/)
    assert.match(loaded.text, /Gone \(\d+\):\n {2}CWE-1: DEPRECATED: Location \(category\)\n/)
    assert.match(loaded.text, /Renamed \(2\):\n {2}CWE-284: Sample 284 \(was: Improper Access Control\)/)
    assert.match(loaded.text, /CWE-862: Absent Authorization \(was: Missing Authorization\)/)
    assert.match(loaded.text, /Mapping usage \(1\):\n {2}CWE-862: .*: Allowed-with-Review -> Allowed\n/)
    const stored = readStored(loaded.content ?? '')
    assert.equal(stored.weaknesses.find(({ id }) => id === 862)?.name, 'Absent Authorization')
    assert.deepEqual(stored.formerNames?.['862'], ['Missing Authorization'])
  }
})

test('an official archive of full size is loaded', () => {
  const xml = readText(BASE_RELEASE.file).replace('Version="4.15"', 'Version="4.20.1"')
  const archive = sampleZip([{ name: 'cwec_v4.20.1.xml', content: Buffer.from(xml) }])
  const loaded = loadRelease(catalogue, archive, 'cwec.zip')
  assert.equal(loaded.version, '4.20.1')
  assert.match(loaded.text, /Gone \(23\):\n {2}CWE-1427: Improper Neutralization of Input Used for LLM Prompting\n/)
  assert.match(loaded.text, /Renamed \(4\):\n {2}CWE-598: Use of GET Request Method With .* Strings \(was: /)
  assert.match(loaded.text, /Mapping usage \(11\):\n {2}CWE-22: .*: Allowed-with-Review -> Allowed\n/)
  writeAtomic(join(folder, 'full', 'catalogue.json'), loaded.content ?? '')
  const opened = openCatalogue(SHIPPED, join(folder, 'full'))
  assert.deepEqual([opened.catalogue.version, opened.warning], ['4.20.1', undefined])
  assert.equal(opened.catalogue.nameOf(613), 'Insufficient Session Expiration')
})

test('an older release and the same one are compared and not loaded', () => {
  const older = loadRelease(catalogue, release('4.9'), 'old.xml')
  assert.equal(older.content, undefined)
  assert.match(older.text, /Not loaded: the file holds an older release\.\n$/)
  assert.match(loadRelease(catalogue, release('4.20'), 'same.xml').text, /holds the same release\.\n$/)
})

test('a file that is no release is the user\'s error and names the file', () => {
  const bytes = [Buffer.from('no xml'), Buffer.alloc(0), Buffer.from('PK\x03\x04 no zip'), sampleBytes({ end: '' })]
  for (const each of bytes) {
    assert.throws(() => loadRelease(catalogue, each, 'x.zip'), (error) => {
      return error instanceof UsageError && error.place === 'x.zip' && error.message.startsWith('Not a CWE release')
    })
  }
})

test('the user\'s catalogue is used when it is newer', () => {
  const content = loadRelease(catalogue, NEWER, 'x').content ?? ''
  writeAtomic(join(folder, 'newer', 'catalogue.json'), content)
  const opened = openCatalogue(SHIPPED, join(folder, 'newer'))
  assert.equal(opened.warning, undefined)
  assert.equal(opened.catalogue.title(862), 'CWE-862: Absent Authorization')
  assert.deepEqual(opened.catalogue.formerNames(862), ['Missing Authorization'])
  assert.deepEqual(readdirSync(join(folder, 'newer')), ['catalogue.json'])
})

test('an older one of the user is passed over, a missing one is no matter', () => {
  const content = (loadRelease(catalogue, NEWER, 'x').content ?? '').replace('"version": "5.1"', '"version": "4.19.1"')
  writeAtomic(join(folder, 'older', 'catalogue.json'), content)
  for (const directory of ['older', 'nothing']) {
    const opened = openCatalogue(SHIPPED, join(folder, directory))
    assert.deepEqual([opened.catalogue.version, opened.warning], ['4.20', undefined])
  }
})

test('a damaged or hostile one of the user is not used, and it is said', () => {
  const content = loadRelease(catalogue, NEWER, 'x').content ?? ''
  const damaged: readonly (readonly [string, string])[] = [
    ['cut', content.slice(0, content.length / 2)],
    ['no object', '[]'],
    ['format', content.replace('assay-cwe-catalogue/1', 'assay-cwe-catalogue/9')],
    ['version', content.replace('"version": "5.1"', '"version": "5.1-x"')],
    ['usage', content.replace('"mapping":"Allowed"', '"mapping":"Yes"')],
    ['name', content.replace('"New Kind"', '"New\\u001b[31m"')],
    ['dangling', content.replace('"parents":[284]', '"parents":[285]')],
    ['cycle', content.replace('"parents":[284]', '"parents":[862]')],
    ['members', content.replace('"members":[284]', '"members":{"length":1}')],
    ['former names', content.replace('["Missing Authorization"]', '[{}]')],
  ]
  for (const [what, text] of damaged) {
    assert.notEqual(text, content, what)
    writeAtomic(join(folder, 'bad', 'catalogue.json'), text)
    const opened = openCatalogue(SHIPPED, join(folder, 'bad'))
    assert.equal(opened.catalogue.version, '4.20', what)
    assert.match(opened.warning ?? '', /is not used: .*Run `assay cwe load` again/, what)
  }
})
