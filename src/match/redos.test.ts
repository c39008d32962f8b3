import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { attackText, exponentialAttack, polynomialAttack, spellAttack } from './redos.ts'

const EXPONENTIAL: readonly string[] = [
  '(a+)+$', '((honk )+)+$', '(a|a)*b', '(a*)*b', '^(\\w+\\s?)*$', '(x+x+)+y', '(?:a|aa)+$', '^(?:(?:\\w+)+)@',
  '^([a-z0-9])(([\\-.]|[_]+)?([a-z0-9]+))*(@)[a-z0-9]+$', '^(([a-z])+.)+[A-Z]([a-z])+$', '"(\\\\.|[^"])*"$', '<!--(.|\\s)*?-->',
]

/** Whether an engine is still at work after so many milliseconds on `[expression, text]` as its last argument. */
async function hangs(command: readonly string[], source: string, text: string, milliseconds: number): Promise<boolean> {
  const [program = '', ...given] = command
  const child = spawn(program, [...given, JSON.stringify([source, text])], { stdio: 'ignore' })
  return await new Promise((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), milliseconds)
    child.on('exit', (_, signal) => {
      clearTimeout(timer)
      resolve(signal === 'SIGKILL')
    })
  })
}

const ENGINES: readonly (readonly string[])[] = [
  [process.execPath, '-e', 'const [source, text] = JSON.parse(process.argv[1]); new RegExp("^(?:" + source + ")").test(text)'],
  ['python3', '-c', 'import json, re, sys; source, text = json.loads(sys.argv[1]); re.match(source, text)'],
]

test('an exponential attack keeps the real engines busy, and each repetition removed makes it cheap', async (t) => {
  for (const engine of ENGINES) {
    if (spawnSync(engine[0] ?? '', ['--version']).error !== undefined) {
      t.diagnostic(`${engine[0]} is not here`)
      continue
    }
    const results = await Promise.all(EXPONENTIAL.map(async (source) => {
      const attack = exponentialAttack(source)
      assert.ok(attack, source)
      const isLong = await hangs(engine, source, attackText(attack, 200), 2000)
      return [source, isLong, await hangs(engine, source, attackText(attack, 2), 20_000)]
    }))
    assert.deepEqual(results, EXPONENTIAL.map((source) => [source, true, false]), engine[0])
  }
})

test('no attack is claimed where the engine finds a match, gives up at once, or has one way only', () => {
  const rows = [
    'hello+', '((honk )+)++$', '(a+)+', '(\\w+\\.)*\\w+', '(a|b|c)*d', '("[^"]*",)*x', '(.|\\n)*x', '\\((\\s|\\S)+\\)', '(?>a+)+$',
    '^[0-9]+$', '(a+)+$(', '(?P<x>a+)+(?P=x)$', '(ab?c)*$', '(\\\\.|[^"\\\\])*"', '((a)?b)*$', '(a+){1,2}$', '(?!(a+)+b)a', '',
  ]
  assert.deepEqual(rows.filter((each) => exponentialAttack(each) !== undefined), [])
})

test('the degree of polynomial growth is counted', () => {
  const degrees = ['a*a*b', 'a*a*a*b', '^\\s*\\w*\\w*@', 'a*b', '^.*,.*,x', '\\d+a\\d+b'].map((each) => polynomialAttack(each)?.degree)
  assert.deepEqual(degrees, [2, 3, 2, undefined, 2, undefined])
})

test('large expressions are given up, not searched for long', () => {
  const rows = [`(a+)+${'b'.repeat(100_000)}`, `(${Array.from({ length: 300 }, (_, at) => `a{1,${at}}`).join('|')})*b`, '((((((a{9}){9}){9}){9}){9}){9})+b', '(a?){1000}'.repeat(50)]
  assert.deepEqual(rows.map((each) => exponentialAttack(each)), rows.map(() => undefined))
})

test('an attack is spelled as an expression', () => {
  assert.equal(spellAttack({ prefix: '', pump: 'a', suffix: '"' }), '"a" * 200 + "\\""')
})
