import assert from 'node:assert/strict'
import { test } from 'node:test'
import { holdsLiteral, requiredLiterals } from './regex-literals.ts'
import { parseRegex } from './regex-parse.ts'

test('what must stand in a text for an expression to match', () => {
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ['-----BEGIN .* KEY-----', ['-----begin ']], ['(?i)(?:Adafruit)[a-z]{3,}', ['adafruit']], ['(abc|defg)+x', ['abc', 'defg']],
    ['abc|d', []], ['(abc)?def', ['def']], ['a\\bbc$', ['abc']], ['[ab]cd', []], ['é+abc', ['abc']], ['(?=abc)d', []], ['(abc)*', []],
    ['', []], ['(?:(?:abc))', ['abc']],
  ]
  for (const [source, expected] of rows) assert.deepEqual(requiredLiterals(parseRegex(source)), expected, source)
})

test('a text holds a literal in any case', () => {
  assert.deepEqual([holdsLiteral(['abc'], 'xABc'), holdsLiteral(['abc', 'b'], 'b'), holdsLiteral(['abc'], 'ab'), holdsLiteral([], '')], [true, true, false, true])
})
