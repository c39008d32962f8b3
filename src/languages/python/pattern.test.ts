import assert from 'node:assert/strict'
import { test } from 'node:test'
import { printTree } from '../../tree/print.ts'
import { validateTree } from '../../tree/validate.ts'
import { descendants } from '../../tree/visit.ts'
import { language } from './language.ts'

const front = await language.open()

/** A pattern, and its readings as `form tree`. */
const TABLE: readonly (readonly [string, ...string[]])[] = [
  ['$X',
    `expression (metavariable '$X')`],
  ['...',
    `expression (ellipsis)`],
  ['foo($X, ...)',
    `expression (call callee:(identifier 'foo') argument:(metavariable '$X') argument:(ellipsis))`],
  ['$X = foo(..., $Y, ...)',
    `statements (module (assign target:(metavariable '$X') value:(call callee:(identifier 'foo')`
    + ` argument:(ellipsis) argument:(metavariable '$Y') argument:(ellipsis))))`],
  ['$F("$X", "...")',
    `expression (call callee:(metavariable '$F') argument:(string '$X') argument:(string '...'))`],
  ['{..., "k": $V, ...}',
    `expression (dict (ellipsis) (pair key:(string 'k') value:(metavariable '$V')) (ellipsis))`],
  ['{...}',
    `expression (dict (ellipsis))`,
    `expression (set (ellipsis))`],
  ['{"k": ..., **$X}',
    `expression (dict (pair key:(string 'k') value:(ellipsis)) (spread+Double value:(metavariable '$X')))`],
  ['{$X, ...}',
    `expression (set (metavariable '$X') (ellipsis))`],
  ['[..., $X]',
    `expression (list (ellipsis) (metavariable '$X'))`],
  ['$O. ... .m()',
    `expression (call callee:(member object:(ellipsis-member object:(metavariable '$O')) name:(identifier`
    + ` 'm')))`],
  ['<... $X ...>',
    `expression (deep value:(metavariable '$X'))`],
  ['if <... foo($X) ...>:\n  ...',
    `statements (module (if test:(deep value:(call callee:(identifier 'foo') argument:(metavariable '$X')))`
    + ` then:(block (ellipsis))))`],
  ['($X : int)',
    `expression (typed-metavariable '$X' type:(identifier 'int'))`],
  ['foo($X: a.b, ...)',
    `expression (call callee:(identifier 'foo') argument:(typed-metavariable '$X' type:(member`
    + ` object:(identifier 'a') name:(identifier 'b'))) argument:(ellipsis))`],
  ['foo(lambda $X: $Y)',
    `expression (call callee:(identifier 'foo') argument:(function+Lambda parameter:(parameter`
    + ` name:(metavariable '$X')) body:(metavariable '$Y')))`],
  ['def $F(..., $X, $Y: int, ...): ...',
    `statements (module (function name:(metavariable '$F') parameter:(ellipsis) parameter:(parameter`
    + ` name:(metavariable '$X')) parameter:(parameter name:(metavariable '$Y') annotation:(identifier 'int'))`
    + ` parameter:(ellipsis) body:(block (ellipsis))))`],
  ['def $F(...)',
    `partial (function name:(metavariable '$F') parameter:(ellipsis) body:(block (ellipsis+Synthetic)))`],
  ['class $A(B, ...):',
    `partial (class name:(metavariable '$A') base:(identifier 'B') base:(ellipsis) body:(block`
    + ` (ellipsis+Synthetic)))`],
  ['class $A:\n  ...\n  def $M(...): ...',
    `statements (module (class name:(metavariable '$A') body:(block (ellipsis) (function name:(metavariable`
    + ` '$M') parameter:(ellipsis) body:(block (ellipsis))))))`],
  ['@$D(...)',
    `partial (call callee:(metavariable '$D') argument:(ellipsis))`],
  ['@a.b(...)\ndef $F(...): ...',
    `statements (module (function decorator:(call callee:(member object:(identifier 'a') name:(identifier 'b'))`
    + ` argument:(ellipsis)) name:(metavariable '$F') parameter:(ellipsis) body:(block (ellipsis))))`],
  ['if $C:',
    `partial (if test:(metavariable '$C') then:(block (ellipsis+Synthetic)))`],
  ['if $C: $S',
    `statements (module (if test:(metavariable '$C') then:(block (expression-statement value:(metavariable`
    + ` '$S')))))`],
  ['except $E:',
    `partial (catch type:(metavariable '$E') body:(block (ellipsis+Synthetic)))`],
  ['except $E as $X:\n  ...',
    `partial (catch type:(metavariable '$E') name:(metavariable '$X') body:(block (ellipsis)))`],
  ['finally:',
    `partial (try body:(block (ellipsis)) finally:(block (ellipsis+Synthetic)))`],
  ['elif $C: ...',
    `partial (if test:(metavariable '$C') then:(block (ellipsis)))`],
  ['case $X:\n  ...',
    `partial (case pattern:(metavariable '$X') body:(block (ellipsis)))`],
  ['$K=$V',
    `statements (module (assign target:(metavariable '$K') value:(metavariable '$V')))`],
  ['"k": $V',
    `partial (pair key:(string 'k') value:(metavariable '$V'))`],
  ['**$X',
    `partial (spread+Double value:(metavariable '$X'))`],
  ['f"...{$X}..."',
    `expression (template (string '...') (interpolation value:(metavariable '$X')) (string '...'))`],
  ['import $X',
    `statements (module (import item:(import-item '$X')))`],
  ['from $M import $X',
    `statements (module (import-from '$M' item:(import-item '$X')))`],
  ['lambda ...: $X',
    `expression (function+Lambda parameter:(ellipsis) body:(metavariable '$X'))`],
  ['foo($X, $...A)',
    `expression (call callee:(identifier 'foo') argument:(metavariable '$X') argument:(metavariable+Sequence`
    + ` '$A'))`],
  ['return ...',
    `statements (module (return value:(ellipsis)))`],
  ['for $X in $Y',
    `partial (for-each target:(metavariable '$X') iterable:(metavariable '$Y') body:(block`
    + ` (ellipsis+Synthetic)))`],
  ['with open(...) as $F: ...',
    `statements (module (with item:(with-item value:(call callee:(identifier 'open') argument:(ellipsis))`
    + ` target:(metavariable '$F')) body:(block (ellipsis))))`],
  ['$X[$A:$B]',
    `expression (index object:(metavariable '$X') key:(slice lower:(metavariable '$A') upper:(metavariable`
    + ` '$B')))`],
  ['1 + ...',
    `expression (binary '+' left:(number '1') right:(ellipsis))`],
  ['$X\n...\n$Y',
    `statements (module (expression-statement value:(metavariable '$X')) (ellipsis) (expression-statement`
    + ` value:(metavariable '$Y')))`],
  ['$X\n$...BODY',
    `statements (module (expression-statement value:(metavariable '$X')) (metavariable+Sequence '$BODY'))`],
  ['print $X',
    `expression (call callee:(identifier 'print') argument:(metavariable '$X'))`],
  ['$_',
    `expression (metavariable '$_')`],
  ['($X := $Y)',
    `expression (assign-expression target:(metavariable '$X') value:(metavariable '$Y'))`],
  ['$X: $T',
    `statements (module (assign target:(metavariable '$X') annotation:(metavariable '$T')))`],
  ['def $F[...](...): ...',
    `statements (module (function name:(metavariable '$F') type-parameter:(ellipsis) parameter:(ellipsis)`
    + ` body:(block (ellipsis))))`],
  ['match $X:\n  case $Y: ...',
    `statements (module (switch subject:(metavariable '$X') case:(case pattern:(metavariable '$Y') body:(block`
    + ` (ellipsis)))))`],
]

test('each pattern is read as the table says', () => {
  for (const [pattern, ...expected] of TABLE) {
    const { readings, reason } = front.parsePattern(pattern)
    assert.deepEqual(readings.map((each) => `${each.form} ${printTree(each.root)}`), expected, pattern)
    assert.equal(reason, '', pattern)
    for (const { root } of readings) assert.deepEqual(validateTree(root, pattern.length), [], pattern)
  }
})

test('metavariables are at their place in the pattern', () => {
  for (const [pattern] of TABLE) {
    for (const { root } of front.parsePattern(pattern).readings) {
      for (const each of descendants(root)) {
        if (each.kind !== 'metavariable') continue
        assert.equal(pattern.slice(each.start, each.end).replace('...', ''), each.text, pattern)
      }
    }
  }
})

test('what is no pattern has a reason', () => {
  assert.match(front.parsePattern('').reason, /empty/)
  assert.match(front.parsePattern('foo(').reason, /not Python/)
  assert.match(front.parsePattern('f($x)').reason, /`\$x\)` is no metavariable/)
  assert.match(front.parsePattern('ǂX').reason, /letter/)
})
