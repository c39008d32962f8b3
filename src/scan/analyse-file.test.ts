import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LIMITS } from '../core/limits.ts'
import { language } from '../languages/python/language.ts'
import { analyseFile } from './analyse-file.ts'
import { createMatcher } from './matching.ts'

test('a function with too much code to be followed is a problem of the file; others are not', async () => {
  const front = await language.open()
  const lines = Array.from({ length: LIMITS.functionValues / 8 }, () => '    f(a, 1)[2].b[3](a + 4)')
  const text = `def short(a):\n    return a\n\n\ndef long(a):\n${lines.join('\n')}\n`
  const task = { bytes: new TextEncoder().encode(text), language, wantsFacts: true, rules: [], mayBeFragment: false }
  const problems = analyseFile(task, front, createMatcher([], language, front)).product?.about.problems ?? []
  assert.deepEqual(problems.map(({ kind, span }) => [kind, text.slice(span?.start, (span?.start ?? 0) + 8)]), [['limit', 'def long']])
  assert.match(problems[0]?.message ?? '', /^long has more code than is followed/)
})
