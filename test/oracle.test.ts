import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { test } from 'node:test'
import { judgeSample, readSample } from '../bench/oracle/recorded.ts'

/*
 * 100 generated programs whose truth was measured by running them (see
 * bench/oracle). `failing.json` lists those that are judged wrongly; a program
 * may leave the list, and must then be taken off it, and none may come to it.
 */

const DATA = fileURLToPath(new URL('../../test/data/oracle/', import.meta.url))

test('a recorded program is judged as running it showed, but for those listed', async () => {
  const listed = new Map(Object.entries(JSON.parse(readFileSync(`${DATA}failing.json`, 'utf8')) as Record<string, string>))
  const programs = readSample(DATA)
  const constructs = new Map(programs.map((each) => [each.name, each.constructs]))
  const told = (names: readonly string[]): string[] => names.map((name) => `${name}: ${constructs.get(name)?.join(' + ') ?? ''}`)
  const wrong = new Map((await judgeSample(programs)).filter(([, outcome]) => outcome !== 'found' && outcome !== 'quiet'))
  const news = [...wrong].filter(([name, outcome]) => listed.get(name) !== outcome).map(([name]) => name)
  assert.deepEqual(told(news), [], 'judged wrongly and not listed')
  const right = [...listed.keys()].filter((name) => !wrong.has(name))
  assert.deepEqual(told(right), [], 'judged rightly now: run node dist/bench/oracle/sample.js --failing')
})

test('the sample has as many flows as near misses, and every name once', () => {
  const programs = readSample(DATA)
  assert.equal(new Set(programs.map((each) => each.name)).size, programs.length)
  assert.equal(programs.length, 100)
  const flows = programs.filter((each) => each.arrives.length > 0).length
  assert.ok(flows >= 45 && flows <= 55, `${flows} flows`)
})
