import assert from 'node:assert/strict'
import { test } from 'node:test'
import { languages } from '../languages/discover.ts'
import type { FileAnswer } from './analyse-file.ts'
import { createPool, type Pool, type PoolTask } from './pool.ts'

async function answersOf(pool: Pool, tasks: readonly PoolTask[]): Promise<readonly (FileAnswer | undefined)[]> {
  const answers: FileAnswer[] = []
  let done = 0
  await pool.run(tasks, (index, answer) => {
    assert.equal(answers[index], undefined, `task ${index} was answered twice`)
    answers[index] = answer
    done += 1
  })
  await pool.close()
  assert.equal(done, tasks.length)
  return answers
}

function task(code: string, languageId: string): PoolTask {
  return { bytes: new TextEncoder().encode(code), languageId, wantsFacts: true, rules: [], mayBeFragment: false }
}

test('workers and this process give each task the same answer', async () => {
  const all = await languages()
  const [language] = all
  const tasks = Array.from({ length: 40 }, (_, at) => task(`x_${at} = f(${at})\n`.repeat(1 + (at * 7) % 40), language?.id ?? ''))
  const alone = createPool(tasks.length, 1, all, [])
  const shared = createPool(tasks.length, 2, all, [])
  const answers = await answersOf(shared, tasks)
  assert.deepEqual(answers.map((each) => each?.product), (await answersOf(alone, tasks)).map((each) => each?.product))
})

test('a worker that breaks down costs the file it had, not the review', async () => {
  const all = await languages()
  const id = all[0]?.id ?? ''
  // Two tasks for a language that is not there bring their workers down.
  const tasks = Array.from({ length: 40 }, (_, at) => task(`x = ${at}\n`, at === 3 || at === 20 ? 'missing' : id))
  const pool = createPool(tasks.length, 2, all, [])
  const answers = await answersOf(pool, tasks)
  const failed = answers.flatMap((answer, at) => (answer?.refusal === '' ? [] : [`${at}: ${answer?.refusal}`]))
  assert.deepEqual(failed, [
    '3: the analysis failed on this file (no language missing)', '20: the analysis failed on this file (no language missing)',
  ])
  assert.equal(answers.filter((answer) => answer?.product !== undefined).length, 38)
})
