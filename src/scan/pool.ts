import { fileURLToPath } from 'node:url'
import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Rule } from '../rules/rule.ts'
import type { FrontEnd, Language } from '../tree/language.ts'
import { analyseFile, type FileAnswer } from './analyse-file.ts'
import { createMatcher, type FileMatcher } from './matching.ts'

/** One file's work, as it can be sent to a worker. */
export interface PoolTask {
  readonly bytes: Uint8Array
  readonly languageId: string
  readonly wantsFacts: boolean
  /** Numbers of pattern rules whose matches are wanted. */
  readonly rules: readonly number[]
  readonly mayBeFragment: boolean
}

/** Analyses files, here or in workers. */
export interface Pool {
  /** Calls `onAnswer` once per task, in any order, with the task's number. */
  run(tasks: readonly PoolTask[], onAnswer: (index: number, answer: FileAnswer) => void): Promise<void>
  close(): Promise<void>
}

/** What every worker is given at its start. */
export interface WorkerStart {
  /** The pattern rules; tasks name them by number. */
  readonly rules: readonly Rule[]
  /** Languages that the tasks will be in, as far as that is known: their parsers are opened at once. */
  readonly languageIds: readonly string[]
}

/** What a worker is sent, and sends back. `index` is the task's. */
export interface WorkerRequest {
  readonly index: number
  readonly task: PoolTask
}
export interface WorkerReply {
  readonly index: number
  readonly answer: FileAnswer
}

/** Workers of which more do not pay: the link that follows is one thread's work. */
const MOST_WORKERS = 8

/** Tasks below which starting a worker takes longer than the work. */
const TASKS_PER_WORKER = 16

/** Files that may bring a worker down before the rest is given up as well. */
const MAX_CRASHES = 20

/** Megabytes of one worker. */
const WORKER_MEMORY = 2_000

/**
 * Megabytes for the young objects of all workers, and of one at least. What is made
 * of a file is dropped with it: where those of several files find room, most are
 * gone before they are ever copied.
 */
const YOUNG_MEMORY = 384
const LEAST_YOUNG_MEMORY = 64

/** The pool for a number of tasks; `jobs` as in the options. Its workers begin to get ready at once. */
export function createPool(
  tasks: number, jobs: number, languages: readonly Language[], rules: readonly Rule[], languageIds: readonly string[] = [],
): Pool {
  const workers = Math.min(jobs, MOST_WORKERS, Math.ceil(tasks / TASKS_PER_WORKER))
  return workers > 1 ? new WorkerPool(workers, { rules, languageIds }) : new LocalPool(languages, rules)
}

/** Does the work in this thread. */
export class LocalPool implements Pool {
  readonly #rules: readonly Rule[]
  readonly #languages: readonly Language[]
  readonly #open = new Map<string, { readonly language: Language, readonly front: FrontEnd, readonly matcher: FileMatcher }>()

  constructor(languages: readonly Language[], rules: readonly Rule[]) {
    this.#languages = languages
    this.#rules = rules
  }

  async run(tasks: readonly PoolTask[], onAnswer: (index: number, answer: FileAnswer) => void): Promise<void> {
    for (const [index, task] of tasks.entries()) onAnswer(index, await this.analyse(task))
  }

  /** Opens a language's parser before the first task needs it. */
  async prepare(languageId: string): Promise<void> {
    await this.#parserOf(languageId)
  }

  /** One file. A failure inside the analysis is our defect, but the file's problem: the others are still reviewed. */
  async analyse(task: PoolTask): Promise<FileAnswer> {
    const { language, front, matcher } = await this.#parserOf(task.languageId)
    try {
      return analyseFile({ ...task, language }, front, matcher)
    } catch (error) {
      return refused(`the analysis failed on this file (${error instanceof Error ? error.message : String(error)})`)
    }
  }

  close(): Promise<void> {
    return Promise.resolve()
  }

  async #parserOf(id: string): Promise<{ readonly language: Language, readonly front: FrontEnd, readonly matcher: FileMatcher }> {
    const known = this.#open.get(id)
    if (known !== undefined) return known
    const language = this.#languages.find((each) => each.id === id)
    if (language === undefined) throw new Error(`no language ${id}`)
    const front = await language.open()
    const ofAnyFile = new Map<string, FrontEnd>()
    for (const each of this.#languages) if (each.ofAnyFile === true) ofAnyFile.set(each.id, await each.open())
    const opened = { language, front, matcher: createMatcher(this.#rules, language, front, ofAnyFile) }
    this.#open.set(id, opened)
    return opened
  }
}

/** Shares the work among threads: the largest files first, each to the next free worker. */
class WorkerPool implements Pool {
  readonly #size: number
  readonly #start: WorkerStart
  readonly #workers = new Set<Worker>()
  /** Those that have nothing to do. */
  readonly #idle: Worker[] = []

  constructor(size: number, start: WorkerStart) {
    this.#size = size
    this.#start = start
    for (let count = 0; count < size; count++) this.#idle.push(this.#startWorker())
  }

  run(tasks: readonly PoolTask[], onAnswer: (index: number, answer: FileAnswer) => void): Promise<void> {
    const waiting = [...tasks.keys()].sort((a, b) => sizeOf(tasks, a) - sizeOf(tasks, b) || b - a)
    let open = tasks.length
    let crashes = 0
    return new Promise((done, fail) => {
      const settle = (index: number, answer: FileAnswer): void => {
        open -= 1
        try {
          onAnswer(index, answer)
        } catch (error) {
          fail(error)
        }
        if (open > 0) return
        this.#rest()
        done()
      }
      const begin = (): void => {
        const worker = this.#idle.pop() ?? this.#startWorker()
        // Two at a time, so that a worker need not wait while its answer is taken.
        const held: number[] = []
        const feed = (): void => {
          while (held.length < 2) {
            const index = waiting.pop()
            const task = index === undefined ? undefined : tasks[index]
            if (index === undefined || task === undefined) return
            held.push(index)
            worker.postMessage({ index, task } satisfies WorkerRequest)
          }
        }
        worker.on('message', ({ index, answer }: WorkerReply) => {
          held.splice(held.indexOf(index), 1)
          feed()
          settle(index, answer)
        })
        worker.on('error', (error) => {
          this.#workers.delete(worker)
          crashes += 1
          const [fatal, ...others] = held
          waiting.push(...others.reverse())
          if (fatal !== undefined) settle(fatal, refused(`the analysis failed on this file (${error.message})`))
          if (open === 0) return
          if (crashes <= MAX_CRASHES) begin()
          else for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) settle(next, refused('the analysis failed too often'))
        })
        feed()
      }
      if (open === 0) done()
      else for (let count = 0; count < this.#size; count++) begin()
    })
  }

  /** All work is done: the next may be given to any worker. */
  #rest(): void {
    for (const worker of this.#workers) {
      worker.removeAllListeners('message').removeAllListeners('error')
      if (!this.#idle.includes(worker)) this.#idle.push(worker)
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#workers].map((worker) => worker.terminate()))
  }

  #startWorker(): Worker {
    const module = new URL(`worker${extname(import.meta.url)}`, import.meta.url)
    const resourceLimits = {
      maxOldGenerationSizeMb: WORKER_MEMORY,
      maxYoungGenerationSizeMb: Math.max(LEAST_YOUNG_MEMORY, Math.floor(YOUNG_MEMORY / this.#size)),
    }
    const worker = new Worker(fileURLToPath(module), { workerData: this.#start, resourceLimits })
    this.#workers.add(worker)
    return worker
  }
}

function sizeOf(tasks: readonly PoolTask[], index: number): number {
  return tasks[index]?.bytes.length ?? 0
}

function refused(refusal: string): FileAnswer {
  return { product: undefined, matches: [], refusal, parsed: false }
}
