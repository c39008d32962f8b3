import { parentPort, workerData } from 'node:worker_threads'
import { languages } from '../languages/discover.ts'
import { LocalPool, type WorkerReply, type WorkerRequest, type WorkerStart } from './pool.ts'

/** A worker's program: answers each request in turn. */
async function serve(): Promise<void> {
  const port = parentPort
  if (port === null) throw new Error('worker.js is started by the pool only')
  const { rules, languageIds } = workerData as WorkerStart
  const pool = new LocalPool(await languages(), rules)
  let last = Promise.resolve()
  for (const id of languageIds) last = last.then(() => pool.prepare(id))
  port.on('message', ({ index, task }: WorkerRequest) => {
    last = last.then(async () => {
      const answer = await pool.analyse(task)
      const buffer = answer.product?.facts.buffer
      port.postMessage({ index, answer } satisfies WorkerReply, buffer instanceof ArrayBuffer ? [buffer] : [])
    })
  })
}

await serve()
