import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { language } from '../languages/python/language.ts'
import { SAMPLE } from '../languages/python/sample.ts'
import { decodeFacts, encodeFacts } from './codec.ts'
import type { FileFacts } from './facts.ts'
import { factsOf } from './lower.ts'
import { invariantsBroken } from './validate.ts'

const SOURCE = `${SAMPLE}
def outer(a, b=1, *c: int, d, **e) -> str:
    x = {'k': a, **e, 1: [*c]}
    def inner():
        nonlocal x
        x = "\\ud800 \\u20ac \u00e9"
        return x, a
    while x and not b or c:
        try:
            x = inner(x, *c, k=d, **e)
        except (A, B) as error:
            continue
    return lambda y: y + x
`

let facts: FileFacts

before(async () => {
  const frontEnd = await language.open()
  facts = factsOf(frontEnd.parse(SOURCE), language)
  assert.deepEqual(invariantsBroken(facts), [])
})

test('facts come back as they were', () => {
  const bytes = encodeFacts(facts)
  assert.deepEqual(decodeFacts(bytes), facts)
  assert.deepEqual(encodeFacts(decodeFacts(bytes) ?? facts), bytes)
})

test('strings survive, lone surrogates and long ones included', () => {
  const strings = [...facts.strings, '\ud800', '\u20ac\ud83d', '\u00ff', '', 'x'.repeat(100_000)]
  assert.deepEqual(decodeFacts(encodeFacts({ ...facts, strings }))?.strings, strings)
})

test('declared exports survive, also when there are none', () => {
  for (const exports of [undefined, [], ['a', 'b']]) {
    assert.deepEqual(decodeFacts(encodeFacts({ ...facts, exports }))?.exports, exports)
  }
})

test('bytes cut anywhere are refused', () => {
  const bytes = encodeFacts(facts)
  for (let length = 0; length < bytes.length; length++) assert.equal(decodeFacts(bytes.subarray(0, length)), undefined)
  assert.equal(decodeFacts(Uint8Array.of(...bytes, 0)), undefined)
})

test('another version is refused', () => {
  const bytes = encodeFacts(facts)
  bytes[4] = 127
  assert.equal(decodeFacts(bytes), undefined)
})

test('changed bytes give sound facts or none', () => {
  const bytes = encodeFacts(facts)
  let state = 7
  for (let round = 0; round < 4000; round++) {
    const changed = Uint8Array.from(bytes)
    for (let at = 0; at < 1 + (round % 3); at++) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      changed[state % changed.length] = (state >>> 13) & 255
    }
    const read = decodeFacts(changed)
    if (read) assert.deepEqual(invariantsBroken(read), [])
  }
})

test('a count larger than the bytes can hold allocates nothing', () => {
  const bytes = encodeFacts(facts)
  for (let at = 5; at < bytes.length - 5; at += 7) {
    const changed = Uint8Array.from(bytes)
    changed.set([255, 255, 255, 255, 15], at)
    const read = decodeFacts(changed)
    if (read) assert.deepEqual(invariantsBroken(read), [])
  }
})
