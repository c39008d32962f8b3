import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import { Ajv } from 'ajv'
import { shipped } from '../../test/shipped.ts'
import { expectFile } from '../../test/support/expect-file.ts'
import { hostileVerification, sampleFinding, verificationOf } from '../../test/support/verification.ts'
import { verifierParts } from './discover.ts'
import type { VerificationRenderOptions } from './format.ts'
import { format as json } from './formats/json.ts'
import { format as markdown } from './formats/markdown.ts'
import { format as sarif } from './formats/sarif.ts'
import { format as text } from './formats/text.ts'
import { NOT_DECIDED } from './result.ts'

const OPTIONS: VerificationRenderOptions = { colour: false, width: 100, catalogue: shipped().catalogue }
const SEEDS = Array.from({ length: 300 }, (_, at) => at + 1)

const THREE = verificationOf([
  sampleFinding(),
  sampleFinding({ number: 2, cwes: [89], title: 'SQL Injection', substance: 'corroborated', label: 'ok', because: 'Assay reports it there itself.', verdicts: [] }),
  sampleFinding({ number: 3, cwes: [22], title: 'Path Traversal', substance: 'refuted', label: 'ok', because: 'The line shows the check.' }),
], { problems: ['A file was too large.'] })

test('each form reads as recorded', () => {
  expectFile('test/data/verify/three.txt', text.render(THREE, OPTIONS))
  expectFile('test/data/verify/three.md', markdown.render(THREE, OPTIONS))
})

test('the first screen says what stands, what falls, what is open, and what is not decided', () => {
  const screen = text.render(THREE, OPTIONS).split('\n').slice(0, 24).join('\n')
  for (const part of ['What stands: 1 of 3', 'What falls: 1 of 3', 'What could not be checked: 1 of 3', '#2 CWE-89', '#3 CWE-22', 'The line shows the check', '1 wrong', 'A file was too large.', NOT_DECIDED]) {
    assert.ok(screen.includes(part), part)
  }
})

test('every form is there, found by folder', async () => {
  assert.deepEqual((await verifierParts()).formats.map((each) => each.name), ['json', 'markdown', 'sarif', 'text'])
})

test('every form says what is not decided', async () => {
  for (const format of (await verifierParts()).formats) assert.ok(format.render(THREE, OPTIONS).includes(NOT_DECIDED), format.name)
})

test('no form gives a terminal anything to obey', async () => {
  for (const format of (await verifierParts()).formats) {
    for (const seed of SEEDS) {
      const shown = format.render(hostileVerification(seed), OPTIONS)
      assert.doesNotMatch(shown, /[\p{Cs}\u202e\u2028]/u, `${format.name} ${seed}`)
      assert.doesNotMatch(shown.replaceAll('\n', ''), format.name === 'markdown' ? /[\u0000-\u0008\u000b-\u001f]/ : /\p{Cc}/u, `${format.name} ${seed}`)
    }
  }
})

test('no form gives a build service anything to obey', () => {
  for (const format of [text, markdown]) {
    for (const seed of SEEDS) assert.doesNotMatch(format.render(hostileVerification(seed), OPTIONS), /^\s*::|##\[|##vso\[/m, String(seed))
  }
})

test('text keeps to the width but for code and single words', () => {
  for (const width of [60, 80, 100, 120]) {
    const long = text.render(THREE, { ...OPTIONS, width }).split('\n').filter((line) => line.length > width && !line.includes(' | '))
    assert.deepEqual(long, [])
  }
})

test('with colour the words are the same', () => {
  const coloured = text.render(THREE, { ...OPTIONS, colour: true })
  assert.notEqual(coloured, text.render(THREE, OPTIONS))
  assert.equal(coloured.replaceAll(/\u001b\[\d+m/g, ''), text.render(THREE, OPTIONS))
})

test('nothing of the review is markup in markdown', () => {
  for (const seed of SEEDS) {
    const shown = withoutCode(markdown.render(hostileVerification(seed), OPTIONS))
    assert.doesNotMatch(shown, /<[a-z!/]|(?<!\\)\]\(|https?:\/\/|www\.|(?<![\w`])@\w/i, String(seed))
  }
})

/** Markdown without fenced blocks and code spans, in which nothing is markup. */
function withoutCode(shown: string): string {
  const open: string[] = []
  let fence = ''
  for (const line of shown.split('\n')) {
    const marks = /^ *(`{3,})$/.exec(line)?.[1] ?? ''
    if (fence === '' && marks !== '') fence = marks
    else if (fence !== '' && marks === fence) fence = ''
    else if (fence === '') open.push(line.replaceAll(/(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g, ''))
  }
  return open.join('\n')
}

test('json is valid by the schema', () => {
  const validate = new Ajv({ strict: false, allErrors: true }).compile(JSON.parse(readFileSync('schemas/verification.schema.json', 'utf8')))
  for (const verification of [THREE, ...SEEDS.map(hostileVerification)]) {
    assert.equal(validate(JSON.parse(json.render(verification, OPTIONS))), true, JSON.stringify(validate.errors?.slice(0, 2)))
    assert.deepEqual(JSON.parse(json.render(verification, OPTIONS)), JSON.parse(JSON.stringify(verification)))
  }
})

/** The schema is of draft 4, of which it uses nothing that draft 7 reads differently but the name of its id. */
function oasisSchema(): object {
  const { $schema: _draft, id: _id, ...schema } = JSON.parse(readFileSync('test/data/sarif/sarif-2.1.0-rtm.5.json', 'utf8'))
  return schema
}

test('sarif is valid by the schema of the OASIS standard, one result per finding', () => {
  const validate = new Ajv({ strict: false, allErrors: true, validateFormats: false, unicodeRegExp: false }).compile(oasisSchema())
  for (const verification of [THREE, ...SEEDS.map(hostileVerification)]) {
    const log = JSON.parse(sarif.render(verification, OPTIONS))
    assert.equal(validate(log), true, JSON.stringify(validate.errors?.slice(0, 2)))
    assert.equal(log.runs[0].results.length, verification.findings.length)
    for (const result of log.runs[0].results) assert.ok(result.kind === 'fail' || result.level === 'none')
  }
})

test('long reviews are told in part, and the rest is counted', () => {
  const many = verificationOf(Array.from({ length: 300 }, (_, at) => sampleFinding({ number: at + 1 })))
  assert.match(text.render(many, OPTIONS), /and 100 more findings, all in the json format/)
  assert.match(markdown.render(many, OPTIONS), /250 more findings were checked in the same way/)
})
