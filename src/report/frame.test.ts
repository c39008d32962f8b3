import { strict as assert } from 'node:assert'
import { test } from 'node:test'
import { SourceText } from '../core/text.ts'
import { locationOf } from '../review/quote.ts'
import { frameOf } from './frame.ts'

/** The frame of the place written between « and ». */
function frame(marked: string): string {
  const start = marked.indexOf('«')
  const end = marked.indexOf('»') - 1
  const text = new SourceText(marked.replace('«', '').replace('»', ''))
  return frameOf(locationOf('x', text, { start, end }))
    .map((line) => `${line.number ?? ' '}|${line.text}`)
    .join('\n')
}

test('carets stand under the exact place', () => {
  assert.equal(frame('a = «b(c)» + d\n'), '1|a = b(c) + d\n |    ^^^^')
})

test('a place over several lines is marked on each', () => {
  assert.equal(frame('x(«f(\n    a,\n)», b)\n'), '1|x(f(\n |  ^^\n2|    a,\n |    ^^\n3|), b)\n |^')
})

test('tabs, wide characters and escapes are counted as they are shown', () => {
  assert.equal(frame('\t«ab»\n'), '1|    ab\n |    ^^')
  assert.equal(frame('名前 = «値»\n'), '1|名前 = 値\n |       ^^')
  assert.equal(frame('"\u001b" + «x»\n'), '1|"\\u{1b}" + x\n |           ^')
})

test('a cut line still has its carets under the place', () => {
  const [code, carets] = frame(`${'a'.repeat(300)}«SINK»${'b'.repeat(300)}`).split('\n')
  assert.equal(code?.slice((carets ?? '').indexOf('^'), (carets ?? '').lastIndexOf('^') + 1), 'SINK')
})

test('an empty place has one caret', () => {
  assert.equal(frame('a«»b\n'), '1|ab\n | ^')
})
