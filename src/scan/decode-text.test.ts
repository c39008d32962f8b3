import assert from 'node:assert/strict'
import { test } from 'node:test'
import { languages } from '../languages/discover.ts'
import type { Language } from '../tree/language.ts'
import { decodeText, type DecodedText } from './decode-text.ts'

async function decode(bytes: Uint8Array): Promise<DecodedText | undefined> {
  const language = (await languages()).find((each) => each.declaredEncoding !== undefined)
  return decodeText(bytes, language as Language)
}

const latin1 = (text: string): Uint8Array => Buffer.from(text, 'latin1')

test('UTF-8, with and without a byte order mark', async () => {
  assert.deepEqual(await decode(Buffer.from('x = "ü"')), { text: 'x = "ü"', trouble: '' })
  assert.deepEqual(await decode(Buffer.from('\uFEFFx')), { text: 'x', trouble: '' })
})

test('a declared encoding in the first or second line, and nowhere else', async () => {
  assert.equal((await decode(latin1('# -*- coding: latin-1 -*-\n\xfc')))?.text.at(-1), 'ü')
  assert.equal((await decode(latin1('#!/bin/x\n# vim: set fileencoding=iso-8859-15 :\n\xa4')))?.text.at(-1), '€')
  assert.equal((await decode(latin1('# coding: cp1251\n\xff')))?.text.at(-1), 'я')
  assert.match((await decode(latin1('x = 1\n# coding: latin-1\n\xfc')))?.trouble ?? '', /^not valid UTF-8/)
  assert.match((await decode(latin1('\n\n# coding: latin-1\n\xfc')))?.trouble ?? '', /^not valid UTF-8/)
})

test('what is not valid is replaced and said', async () => {
  assert.deepEqual(await decode(latin1('a\xff')), { text: 'a\uFFFD', trouble: 'not valid UTF-8; the bytes concerned were replaced' })
  assert.match((await decode(latin1('# coding: klingon\nx')))?.trouble ?? '', /"klingon" is not known/)
})

test('UTF-16 by its mark; bytes of no text are none', async () => {
  assert.equal((await decode(Buffer.from('\uFEFFab', 'utf16le')))?.text, 'ab')
  assert.equal(await decode(Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 0)), undefined)
})
