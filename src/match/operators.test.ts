import assert from 'node:assert/strict'
import { test } from 'node:test'
import { language } from '../languages/python/language.ts'
import { compileRule } from './compile.ts'
import { matchFile } from './match-file.ts'

const front = await language.open()

/** Lines on which a pattern matches, each once. */
function lines(pattern: string, code: string): number[] {
  const { rule, problems } = compileRule({ id: 'r', formula: { mode: 'search', formula: { op: 'pattern', pattern } }, options: new Map() }, front)
  assert.deepEqual(problems, [])
  assert.ok(rule)
  const starts = matchFile([rule], front.parse(code), code).flatMap(({ matches }) => matches.map((each) => each.start))
  return [...new Set(starts.map((start) => code.slice(0, start).split('\n').length))]
}

test('and, or: operands in order, however they are grouped', () => {
  const code = 'a and b and c\na and (b and c)\nb and a\na or b\n'
  assert.deepEqual(lines('a and b and c', code), [1, 2])
  assert.deepEqual(lines('a and ... and c', 'a and b and b and c\na and c\nb and c\n'), [1, 2])
  assert.deepEqual(lines('a and $X and d', 'a and b and c and d\na and d\n'), [1])
})

test('bit operators: operands in any order, others may be left over', () => {
  assert.deepEqual(lines('a & b', 'b & a\na & c & b\na & c\na | b\n'), [1, 2])
  assert.deepEqual(lines('$X | $X', 'a | b | a\na | b\n'), [1])
})

test('a final ellipsis stands for all further operands', () => {
  assert.deepEqual(lines('1 + x + ...', '1 + x + y\n1 + x + y + z\n1 + x\nx + 1 + y\n'), [1, 2])
})

test('long operations cost bounded work', () => {
  const long = Array.from({ length: 60 }, (_, at) => `v${at}`).join(' | ')
  assert.deepEqual(lines('$A | $B | $C | missing', `${long}\n`), [])
})
