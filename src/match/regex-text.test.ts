import assert from 'node:assert/strict'
import { test } from 'node:test'
import { includes } from './character-set.ts'
import { textCaptured, textLeft, textListed, textMatched } from './regex-text.ts'
import type { Extent, MatchedText } from './regex-text.ts'

/** Which of some characters a text may have; `any` when nothing is known of it. */
function among(text: MatchedText | undefined, characters: string): string {
  return text === undefined ? 'any' : [...characters].filter((each) => includes(text.characters, each)).join('')
}

const EXTENTS: readonly (readonly [string, Extent, string])[] = [
  ['[a-z]+', 'whole', 'a'],
  ['[a-z]+', 'start', 'any'],
  ['[a-z]+', 'part', 'any'],
  ['[a-z]+$', 'start', 'a'],
  ['[a-z]+$', 'part', 'any'],
  ['^[a-z]+$', 'part', 'a'],
  ['\\A[a-z;]+\\Z', 'part', 'a;'],
  ['^a|b$', 'start', 'any'],
  ['^(a|;)$', 'start', 'a;'],
  ['^(?:a$|;$)', 'start', 'a;'],
  ['^(a$)?', 'start', 'any'],
  ['(?=.*;)[a-z]+', 'whole', 'a'],
  ['(?!.*;)[a-z]+$', 'start', 'a'],
  ['.*', 'whole', 'a;/ '],
  ['[^/]*', 'whole', 'a; '],
  ['\\w+(', 'whole', 'any'],
  ['(?i)[A-Z]+', 'whole', 'a'],
  ['(;)\\1', 'whole', ';'],
]

for (const [expression, extent, expected] of EXTENTS) {
  test(`the characters of a text that matches ${expression} as ${extent}`, () => {
    assert.equal(among(textMatched(expression, extent, true), 'a;/ '), expected)
  })
}

test('anchors that may stand at every line end no text', () => {
  assert.equal(textMatched('^[a-z]+$', 'start', false), undefined)
  assert.equal(among(textMatched('^[a-z]+\\Z', 'start', false), 'a;'), 'a')
})

test('a list of characters is a class', () => {
  assert.equal(among(textListed('^\\W_'), 'a1_;'), 'a1')
  assert.equal(among(textListed('\\d'), 'a1_;'), '1')
})

const DOUBLED: readonly (readonly [string, boolean, boolean])[] = [
  ['\\d{4}-\\d{2}-\\d{2}', false, false],
  ['[\\d-]+', true, true],
  ['\\d+(-\\d+)*', false, false],
  ['(\\d+-)*', false, true],
  ['(-\\d*)+', true, true],
  ['-?\\d', false, true],
  ['\\d-?-?\\d', true, false],
  ['a|-', false, true],
  ['(-)\\1', true, true],
]

for (const [expression, isDoubled, isOuter] of DOUBLED) {
  test(`where a hyphen may stand in ${expression}`, () => {
    const text = textMatched(expression, 'whole', true)
    assert.deepEqual([text?.isDoubled('-'), text?.isOuter('-')], [isDoubled, isOuter])
  })
}

test('the text of a group, by number and by name', () => {
  const expression = '/(?:a|b)/(\\d+)/(?P<name>([a-z])[^/]*)'
  assert.equal(among(textCaptured(expression, '1'), 'a1/'), '1')
  assert.equal(among(textCaptured(expression, 'name'), 'a1/'), 'a1')
  assert.equal(among(textCaptured(expression, '3'), 'a1/'), 'a')
  assert.equal(textCaptured(expression, '4'), undefined)
})

test('what is left when characters are replaced', () => {
  assert.equal(among(textLeft('[^a-z]', ''), 'a1;_'), 'a')
  assert.equal(among(textLeft('[^a-z]+', '_'), 'a1;_'), 'a_')
  assert.equal(among(textLeft(';', ''), 'a1;_'), 'a1_')
  assert.equal(textLeft('[^a-z]{2}', ''), undefined)
  assert.equal(textLeft('a;', ''), undefined)
  assert.equal(textLeft('^[^a-z]', ''), undefined)
  assert.equal(textLeft('a|b', ''), undefined)
})
