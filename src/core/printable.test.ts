import { strict as assert } from 'node:assert'
import { test } from 'node:test'
import { displayWidth, printable, printableJson, printableLines } from './printable.ts'

const ESCAPE = '\u001b[31mred\u001b[0m'

test('an escape sequence is shown, not obeyed', () => {
  assert.equal(printable(ESCAPE), '\\u{1b}[31mred\\u{1b}[0m')
  assert.equal(printable('a\u009b31m'), 'a\\u{9b}31m')
})

test('bidirectional controls, invisible characters and lone surrogates are visible', () => {
  assert.equal(printable('a\u202eb\u2066c\u200bd\ufeff'), 'a\\u{202e}b\\u{2066}c\\u{200b}d\\u{feff}')
  assert.equal(printable('x\ud800y'), 'x\\u{d800}y')
  assert.equal(printable('tag\u{e0041}'), 'tag\\u{e0041}')
})

test('a line stays one line, lines stay lines', () => {
  assert.equal(printable('a\nb\tc\rd'), 'a\\u{a}b\\u{9}c\\u{d}d')
  assert.equal(printableLines('a\nb\tc\rd'), 'a\nb\tc\\u{d}d')
})

test('ordinary text of any script is left alone', () => {
  const text = 'größe = "名前" + \'имя\' 🙂'
  assert.equal(printable(text), text)
})

test('JSON keeps its value', () => {
  const value = { code: `${ESCAPE}\u202e\u2028\u007f\u{e0041}\ud800` }
  const json = printableJson(JSON.stringify(value, null, 2))
  assert.deepEqual(JSON.parse(json), value)
  assert.doesNotMatch(json, /[\u007f-\u009f\u2028\u202e]/)
})

test('display width counts columns', () => {
  assert.equal(displayWidth('abc'), 3)
  assert.equal(displayWidth('名前'), 4)
  assert.equal(displayWidth('e\u0301'), 1)
})
