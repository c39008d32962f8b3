import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileRegex } from './regex.ts'

/** Texts that an expression finds. */
function found(source: string, text: string): string[] {
  const { regex, problem } = compileRegex(source)
  assert.equal(problem, '', source)
  return regex?.all(text, 100).matches.map((each) => text.slice(each.start, each.end)) ?? []
}

test('what PCRE spells differently means the same', () => {
  const rows: readonly (readonly [string, string, readonly string[]])[] = [
    ['(?i)abc', 'ABC abc', ['ABC', 'abc']],
    ['a(?i)b', 'aB AB', ['aB']],
    ['a(?i:b)c', 'aBc aBC', ['aBc']],
    ['(?i)[a-c]x', 'BX', ['BX']],
    ['(?P<N>a)(?P=N)', 'aa', ['aa']],
    ['(a)(b)\\2', 'abb', ['abb']],
    ['\\Aa', 'a\na', ['a']],
    ['a\\z', 'a\na', ['a']],
    ['a\\Z', 'a\na\n', ['a']],
    ['^a$', 'a\nb\na', ['a', 'a']],
    ['.+', 'a\r\nb', ['a\r', 'b']],
    ['(?s).+', 'a\nb', ['a\nb']],
    ['a++b', 'aab', ['aab']],
    ['(?>a+)b', 'aab', ['aab']],
    ['(?x) a b # why', 'ab', ['ab']],
    ['[[:digit:]]+', 'a12', ['12']],
    ['\\Qa.b\\E', 'a.b axb', ['a.b']],
    ['a{2}', 'aaa', ['aa']],
    ['a{', 'a{', ['a{']],
    ['[]a]', ']', [']']],
    ['\\x41\\x{42}', 'AB', ['AB']],
    ['[^\\W_]+', 'a_b', ['a', 'b']],
    ['(?<!x)y', 'xy y', ['y']],
    ['\\d{1,3}(\\.\\d{1,3}){3}', '1.22.3.4', ['1.22.3.4']],
    ['[\\w.-]+@', 'a.b-c@', ['a.b-c@']],
  ]
  for (const [source, text, expected] of rows) assert.deepEqual(found(source, text), expected, source)
})

test('groups are named as metavariables, with their places', () => {
  const { regex } = compileRegex('(?>x)(?P<KEY>a)(b)')
  const [match] = regex?.all('-xab', 10).matches ?? []
  assert.deepEqual(match?.groups.map((each) => [each.name, each.text, each.start]), [['$KEY', 'a', 2], ['$2', 'b', 3]])
})

test('what cannot be translated, or could explode, is refused with the reason', () => {
  const rows: readonly (readonly [string, RegExp])[] = [
    ['(?R)', /not supported/], ['a(', /not closed/], ['a)', /no opening/], ['\\Ka', /not supported/], ['[b-a]', /empty/],
    ['*a', /nothing stands before/], ['(?(1)a|b)', /not supported/], ['\\2(a)', /does not come before/],
    ['(a+)+', /exponential/], ['(a|a)*b', /exponential/], ['(\\w+\\s?)*$', /exponential/], ['(.*a){12}', /exponential/],
  ]
  for (const [source, problem] of rows) assert.match(compileRegex(source).problem, problem, source)
  for (const source of ['(\\w+\\.)*\\w+', '(a|b|c)*', '(\\\\.|[^"\\\\])*', '(foo)?bar', '("[^"]*",)*']) {
    assert.equal(compileRegex(source).problem, '', source)
  }
})

test('texts too long for the worst case of an expression are left out, and that is told', () => {
  const { regex } = compileRegex('a.*b.*c.*d')
  const long = 'a'.repeat(50_000)
  const { matches, isLimited } = regex?.all(`abcd\n${long}\nabcd`, 10) ?? { matches: [], isLimited: false }
  assert.deepEqual(matches.map((each) => each.start), [0, long.length + 6])
  assert.equal(isLimited, true)
  assert.equal(regex?.search(long), undefined)
})

test('a fixed number of characters is no reason to leave out a long text', () => {
  const { regex } = compileRegex('key-[a-z\\n]{60}')
  const text = `${'a'.repeat(50_000)}key-${'b'.repeat(60)}`
  assert.deepEqual(regex?.all(text, 10), { matches: [{ start: 50_000, end: 50_064, groups: [] }], isLimited: false })
})
