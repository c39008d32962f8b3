import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkAnnotations, compare, expectationsIn } from './annotations.ts'

test('annotations speak of the next line, in any comment', () => {
  const text = [
    '# ruleid: a, b', 'x', '  // ruleid:a', 'x', '/* ruleid: a */', 'x', '{/* ruleid: a */}', 'x', '<!-- ruleid: a -->', 'x',
    '(* ruleid: a *)', 'x', ';; ruleid: a', 'x', "' ruleid: a", 'x', '-- ruleid: a', 'x',
  ].join('\n')
  assert.deepEqual(expectationsIn(text, 'a').required, [2, 4, 6, 8, 10, 12, 14, 16])
  assert.deepEqual(expectationsIn(text, 'a', ['--']).required, [2, 4, 6, 8, 10, 12, 14, 16, 18])
  assert.deepEqual(expectationsIn(text, 'b').required, [2])
})

test('only a comment line counts, case matters, ids are whole', () => {
  assert.deepEqual(expectationsIn('x = 1 # ruleid: a\n# RULEID: a\n# ruleid: ab\n', 'a'), { required: [], exempt: [] })
})

test('todo lines decide nothing; kinds of other engines do not count, but what they qualify does', () => {
  const text = '# todoruleid: a\nx\n# todook: a\ny\n# proruleid: a\nz\n# ruleid: prook: a\nw\n'
  const expected = expectationsIn(text, 'a')
  assert.deepEqual(expected, { required: [8], exempt: [2, 4, 6] })
  assert.deepEqual(compare(expected, [2, 6, 7]), { missing: [8], extra: [7] })
})

test('each rule is checked; one that is only named in the file has reported nothing', () => {
  const text = '# ruleid: a\nx\n# ruleid: c\ny\n# ok: b\nz\n'
  const reported = new Map([['a', [2]], ['b', [6, 2]]])
  assert.deepEqual(checkAnnotations(['a', 'b'], text, ['#'], reported), [
    { rule: 'b', missing: [], extra: [2, 6] }, { rule: 'c', missing: [4], extra: [] },
  ])
})
