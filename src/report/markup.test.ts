import { strict as assert } from 'node:assert'
import { test } from 'node:test'
import { cell, codeBlock, codeSpan, prose, reference } from './markup.ts'

test('prose escapes markup and keeps code between backticks', () => {
  assert.equal(prose('a *b* <i> & `x*y` [z](u)'), 'a \\*b\\* &lt;i&gt; &amp; `x*y` \\[z\\](u)')
  assert.equal(prose('# a\n- b\n1. c'), '\\# a \\- b 1\\. c')
  assert.equal(prose('odd ` backtick <b>'), 'odd ` backtick <b>`')
})

test('what renderers link by themselves becomes code', () => {
  assert.equal(
    prose('see https://x.example or www.x.example, mail a@x or @all'),
    'see `https://x.example` or `www.x.example,` mail `a@x` or `@all`',
  )
})

test('a code span and a block cannot be closed by their content', () => {
  assert.equal(codeSpan('a``b`'), '``` a``b` ```')
  assert.equal(codeBlock('x\n````\ny'), '`````\nx\n````\ny\n`````')
  assert.equal(codeBlock('x', '  '), '  ```\n  x\n  ```')
})

test('only plain web addresses become links', () => {
  assert.equal(
    reference('https://cwe.mitre.org/data/definitions/89.html'),
    '<https://cwe.mitre.org/data/definitions/89.html>',
  )
  assert.equal(reference('javascript:alert(1)'), '`javascript:alert(1)`')
  assert.equal(reference('https://a.example/<b>'), '`https://a.example/<b>`')
})

test('a bar does not end a cell', () => {
  assert.equal(cell('a | b `c | d`'), 'a \\| b `c \\| d`')
})
