import { strict as assert } from 'node:assert'
import { test } from 'node:test'
import { SourceText } from '../core/text.ts'
import { codeInSentence, locationOf } from './quote.ts'

test('a place is quoted in whole lines, verbatim, without the line end', () => {
  const text = new SourceText('a\r\n  b(1,\r\n    2)\r\nc\r\n')
  assert.deepEqual(locationOf('x', text, { start: 5, end: 17 }), {
    path: 'x',
    line: 2,
    column: 3,
    endLine: 3,
    endColumn: 7,
    code: '  b(1,\n    2)',
    cut: 0,
    shift: 0,
  })
})

test('a span that ends with a line does not quote the next one', () => {
  const place = locationOf('x', new SourceText('a\nb\nc\n'), { start: 0, end: 4 })
  assert.equal(place.code, 'a\nb')
})

test('more than ten lines are cut, and how many is said', () => {
  const text = new SourceText('x\n'.repeat(25))
  const place = locationOf('x', text, { start: 0, end: 49 })
  assert.deepEqual([place.code.split('\n').length, place.cut, place.endLine], [10, 15, 25])
})

test('a long line shows the place with what was cut before and after', () => {
  const line = `${'a'.repeat(500)}SINK(x)${'b'.repeat(500)}`
  const place = locationOf('x', new SourceText(line), { start: 500, end: 507 })
  assert.equal(place.column, 501)
  assert.equal(place.code, `[460 characters cut] ${'a'.repeat(40)}SINK(x)${'b'.repeat(113)} [387 characters cut]`)
  assert.equal(place.code.slice(place.column - 1 + place.shift, place.endColumn - 1 + place.shift), 'SINK(x)')
})

test('a cut leaves no half of a surrogate pair', () => {
  for (const lead of ['', 'a']) {
    const line = `${lead}${'🙂'.repeat(300)}`
    const place = locationOf('x', new SourceText(line), { start: 401, end: 402 })
    assert.doesNotMatch(place.code, /\p{Cs}/u)
  }
})

test('code in a sentence is one short line without backticks', () => {
  const text = new SourceText(`f(\n  \`x\`,\n${'y'.repeat(200)})`)
  const code = codeInSentence(text, { start: 0, end: text.text.length })
  assert.equal(code.length, 80)
  assert.match(code, /^f\( 'x', y+…$/)
})

test('an empty file and a span outside it are quoted without trouble', () => {
  assert.equal(locationOf('x', new SourceText(''), { start: 5, end: 9 }).code, '')
})
