import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { test } from 'node:test'
import { CONSTRUCTS } from './catalogue.ts'
import { planCouples, unmetPairs } from './plan.ts'
import { writeProgram } from './program.ts'
import { measureTruth, writeFiles } from './truth.ts'

const PYTHON = fileURLToPath(new URL('../../../bench/oracle/python', import.meta.url))
const skip = spawnSync('python3', ['--version']).status === 0 ? false : 'python3 is not installed'

test('the same seed gives the same programs', () => {
  const written = (): string[] => planCouples(5, 400, CONSTRUCTS).slice(-30)
    .flatMap(({ flow, twin }) => [flow, twin].map((recipe) => JSON.stringify([...writeProgram(recipe).files])))
  assert.deepEqual(written(), written())
})

test('names of constructs are unique, and every near miss differs from its flow', () => {
  assert.equal(new Set(CONSTRUCTS.map((each) => each.name)).size, CONSTRUCTS.length)
  for (const { flow, twin } of planCouples(6, CONSTRUCTS.length, CONSTRUCTS)) {
    assert.notDeepEqual(writeProgram(flow).files, writeProgram(twin).files, flow.constructs[0]?.name)
  }
})

test('every pair of kinds meets in a run of 2,000', () => {
  assert.equal(unmetPairs(planCouples(7, 1000, CONSTRUCTS), CONSTRUCTS)[0], 0)
})

test('each construct alone lets the attack through, and its near miss does not', { skip }, () => {
  const couples = planCouples(8, CONSTRUCTS.length, CONSTRUCTS)
  for (const side of ['flow', 'twin'] as const) {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'assay-oracle-')))
    try {
      const programs = new Map(couples.map((couple) => [couple[side].package, writeProgram(couple[side])]))
      for (const program of programs.values()) writeFiles(folder, program.files)
      const truths = measureTruth(folder, programs)
      const unlike = couples.filter((couple) => {
        const truth = truths.get(couple[side].package)
        return truth?.broken !== '' || truth.hits.length > 0 !== (side === 'flow')
      })
      assert.deepEqual(unlike.map((couple) => couple.flow.constructs[0]?.name), [], side)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
})

test('an attack counts where the language of the sink acts on it, and not where it is data', { skip }, () => {
  const cases: readonly (readonly [kind: string, text: string, isAttack: boolean])[] = [
    ['shell', 'ping ; zqmark', true], ['shell', "ping '; zqmark'", false], ['shell', 'ping "`zqmark`"', true], ['shell', "ping '`zqmark`'", false],
    ['shell', 'ping zqmark', false], ['shell', 'ping \\; zqmark', false], ['shell', "ping ''; zqmark; ''", true],
    ['sql', "x = '' or zqmark --'", true], ['sql', "x = ''' or zqmark --'", false], ['sql', 'x = "1 or zqmark"', false], ['sql', 'x = 0 or zqmark', true],
    ['code', '3 * zqmark()', true], ['code', "'zqmark()'", false], ['code', "'' + zqmark() + ''", true],
    ['path', '/srv/app/files/../../../etc/zqmark', true], ['path', '/srv/app/files/etc/zqmark', false], ['path', '/etc/zqmark.txt', true],
    ['redirect', '//zqmark.test/', true], ['redirect', '/zqmark.test/', false], ['redirect', 'https://app.example.com/zqmark.test/', false],
    ['url-fetch', 'https://api.example.com@zqmark.test/', true], ['url-fetch', 'https://api.example.com/@zqmark.test/', false],
    ['html', '<p><zqmark></p>', true], ['html', '<p>&lt;zqmark&gt;</p>', false],
    ['template', '{{zqmark}}', true], ['template', '{{ text }} zqmark', false],
  ]
  const script = 'import json, sys, judges; json.dump([judges.judge(kind, text) for kind, text, _ in json.load(sys.stdin)], sys.stdout)'
  const run = spawnSync('python3', ['-B', '-c', script], { cwd: PYTHON, input: JSON.stringify(cases), encoding: 'utf8' })
  const judged = JSON.parse(run.stdout) as readonly boolean[]
  assert.deepEqual(cases.filter((each, at) => judged[at] !== each[2]), [])
})
