import assert from 'node:assert/strict'
import { test } from 'node:test'
import { idsOfShortName } from '../../src/verify/titles/short-names.ts'
import { TitleLadder, type TitleStep } from '../../src/verify/titles/ladder.ts'
import { plainTitle, titleWords } from '../../src/verify/titles/words.ts'
import { dataText } from './support.ts'
import { shipped } from '../shipped.ts'

/* The title ladder, on short titles as people write them and on every wrong pairing of them. */

const { catalogue } = shipped()
const ladder = new TitleLadder(catalogue)
const TITLES: readonly (readonly [number, string])[] = dataText('titles.txt').split('\n').filter((line) => line !== '').map((line) => {
  const space = line.indexOf(' ')
  return [Number(line.slice(0, space)), line.slice(space + 1)] as const
})
const ACCEPTED: ReadonlySet<TitleStep> = new Set(['official', 'normalised', 'former', 'alternate', 'short', 'truncated', 'paraphrase', 'over-general'])

function isRelated(one: number, other: number): boolean {
  return one === other || catalogue.isAncestor(one, other) || catalogue.isAncestor(other, one)
    || catalogue.parents(one).some((parent) => catalogue.parents(other).includes(parent))
}

test('every official name, former name and alternate term is accepted for its own entry', () => {
  for (const { id, name, alternateTerms = [] } of catalogue.data.weaknesses) {
    assert.equal(ladder.judge(id, name).step, 'official')
    for (const each of [name.toUpperCase(), ...catalogue.formerNames(id), ...alternateTerms]) assert.ok(ACCEPTED.has(ladder.judge(id, each).step), `${id} ${each}`)
  }
})

test('seventy short titles are accepted for their entries', () => {
  assert.equal(TITLES.length, 70)
  assert.deepEqual(TITLES.filter(([id, title]) => !ACCEPTED.has(ladder.judge(id, title).step)), [])
})

test('the same titles with unrelated ids: nearly all are contradicted, and which are accepted is known', () => {
  const ids = [...new Set(TITLES.map(([id]) => id))]
  const accepted: string[] = []
  let contradicted = 0
  let all = 0
  for (const [, title] of TITLES) {
    for (const id of ids) {
      if (TITLES.some(([own, same]) => same === title && isRelated(own, id))) continue
      all += 1
      const { step } = ladder.judge(id, title)
      if (step === 'other-weakness') contradicted += 1
      if (ACCEPTED.has(step)) accepted.push(`${id} ${title}`)
    }
  }
  assert.ok(contradicted / all >= 0.95, `${contradicted} of ${all}`)
  assert.deepEqual(accepted, ['190 Buffer Overflow', '532 Log Injection', '1004 Cookie Without Secure Flag'])
})

test('what a title means instead', () => {
  assert.equal(ladder.judge(613, 'Insufficient Logging').candidates[0]?.id, 778)
  assert.equal(ladder.judge(89, 'Cross-site Scripting').step, 'other-weakness')
  assert.equal(ladder.judge(200, 'Information Exposure Through Debugging').step, 'over-general')
  assert.equal(ladder.judge(79, 'TODO').step, 'placeholder')
  assert.equal(ladder.judge(123, 'Some Vulnerability').step, 'placeholder')
  assert.equal(ladder.judge(89, 'Potential SQL Injection vulnerability').step, 'former')
  assert.equal(ladder.judge(79, 'Improper Neutralization of Input During Web Page').step, 'truncated')
  assert.deepEqual(ladder.best('SSRF').map((each) => each.id), [918])
})

test('the curated names are plain, of entries that exist, and said once', () => {
  const { names } = JSON.parse(dataText('..', '..', 'data', 'verify', 'short-names.json')) as { readonly names: Record<string, string[]> }
  for (const [id, titles] of Object.entries(names)) {
    assert.ok(catalogue.entry(Number(id)) !== undefined, id)
    assert.equal(new Set(titles.map(plainTitle)).size, titles.length, `${id}: a name twice`)
  }
  assert.deepEqual(idsOfShortName('sqli'), [89])
})

test('words in their common form', () => {
  assert.deepEqual(titleWords('Hardcoded Credentials & the Logging of Keys'), ['hard', 'cod', 'credential', 'logg', 'keys'])
  assert.equal(plainTitle('"Missing" Authentication & Co.'), 'missing authentication and co')
})
