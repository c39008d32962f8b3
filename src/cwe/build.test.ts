import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { test } from 'node:test'
import { readBytes, readText } from '../core/files.ts'
import { BASE_RELEASE, buildCatalogue } from './build.ts'
import { convertRelease } from './convert.ts'
import { WEAKNESS_KEYS } from './record.ts'
import { readShipped } from './stored.ts'

const FOLDER = join('data', 'cwe')
const CONTENT_SHA256 = '96be0706c5aa8cb779ee570bb8067e72ca60314c8d76514d375afbf6b640f49e'
const base = readBytes(BASE_RELEASE.file)
const built = buildCatalogue(base, readText(join(FOLDER, 'supplement-4.20.jsonl')))

test('the rebuilt catalogue has the content of CWE 4.20', () => {
  const { name, version, date, weaknesses, categories, views } = readShipped(built.catalogue)
  const content = JSON.stringify({ name, version, date, weaknesses, categories, views })
  assert.equal(createHash('sha256').update(content).digest('hex'), CONTENT_SHA256)
  assert.deepEqual([weaknesses.length, categories.length, views.length], [969, 422, 59])
})

test('the committed files are what the build makes', () => {
  assert.equal(readText(join(FOLDER, 'catalogue.json')), built.catalogue)
  assert.equal(readText(join(FOLDER, 'former-names.json')), built.formerNames)
})

test('the base release is converted whole', () => {
  const { data, formerNames } = convertRelease(base)
  assert.deepEqual([data.version, data.date], ['4.15', '2024-07-16'])
  assert.deepEqual([data.weaknesses.length, data.categories.length, data.views.length], [964, 409, 54])
  assert.equal([...formerNames.values()].flat().length, 768)
  assert.deepEqual(data.weaknesses.find((each) => each.id === 120)?.parents, [119])
})

test('a base of other bytes is not built from', () => {
  assert.throws(() => buildCatalogue(Buffer.concat([base, Buffer.from(' ')]), ''), /has the sha256/)
})

test('the terms of CWE stand in the generated files and in NOTICE', () => {
  const notice = readText('NOTICE')
  for (const file of [built.catalogue, built.formerNames]) {
    const { copyright, licence } = JSON.parse(file) as { copyright: string; licence: string }
    assert.match(copyright, /^Copyright © 2006–2026, The MITRE Corporation\. .*logo are trademarks of The MITRE/)
    assert.match(licence, /reproduce MITRE's copyright designation and this license in any such copy\.$/)
    assert.ok(notice.includes(copyright) && notice.includes(licence))
  }
})

test('records have one line each, keys in order and no unknown key', () => {
  assert.ok(built.catalogue.includes('\n{"id":89,"name":"Improper Neutralization of Special Elements used in an SQL'))
  for (const weakness of readShipped(built.catalogue).weaknesses) {
    const keys = Object.keys(weakness)
    assert.deepEqual(keys, WEAKNESS_KEYS.filter((key) => keys.includes(key)), `CWE-${weakness.id}`)
  }
})

test('former names hold the four titles replaced after 4.15', () => {
  const { names } = JSON.parse(built.formerNames) as { names: Record<string, string[]> }
  assert.equal(names['598']?.at(-1), 'Use of GET Request Method With Sensitive Query Strings')
  assert.equal(names['942']?.at(-1), 'Permissive Cross-domain Policy with Untrusted Domains')
  assert.equal(names['1116']?.at(-1), 'Inaccurate Comments')
  assert.match(names['1039']?.at(-1) ?? '', /^Automated Recognition Mechanism .*Input Perturbations$/)
  assert.equal(Object.values(names).flat().length, 772)
  assert.equal(Object.keys(names).length, 474)
})
