import assert from 'node:assert/strict'
import { test } from 'node:test'
import { languages } from '../languages/discover.ts'
import { createPool, type PoolTask } from './pool.ts'

function task(code: string, languageId: string): PoolTask {
  return { bytes: new TextEncoder().encode(code), languageId, wantsFacts: true, rules: [], mayBeFragment: false }
}

test('workers and this process give the same answers in the same order', async () => {
  const all = await languages()
  const [language] = all
  const tasks = Array.from({ length: 40 }, (_, at) => task(`x_${at} = f(${at})\n`.repeat(1 + (at * 7) % 40), language?.id ?? ''))
  const alone = createPool(tasks.length, 1, all, [])
  const shared = createPool(tasks.length, 2, all, [])
  let done = 0
  const answers = await shared.run(tasks, () => done++)
  await shared.close()
  assert.equal(done, 40)
  assert.deepEqual(answers.map((each) => each.product), (await alone.run(tasks, () => undefined)).map((each) => each.product))
})

test('a worker that breaks down costs the file it had, not the review', async () => {
  const all = await languages()
  const id = all[0]?.id ?? ''
  // Two tasks for a language that is not there bring their workers down.
  const tasks = Array.from({ length: 40 }, (_, at) => task(`x = ${at}\n`, at === 3 || at === 20 ? 'missing' : id))
  const pool = createPool(tasks.length, 2, all, [])
  const answers = await pool.run(tasks, () => undefined)
  await pool.close()
  const failed = answers.flatMap((answer, at) => (answer.refusal === '' ? [] : [`${at}: ${answer.refusal}`]))
  assert.deepEqual(failed, [
    '3: the analysis failed on this file (no language missing)', '20: the analysis failed on this file (no language missing)',
  ])
  assert.equal(answers.filter((answer) => answer.product !== undefined).length, 38)
})
