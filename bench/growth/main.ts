import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { makeCopies } from './copies.ts'
import { EXTREMES, writeExtreme } from './extremes.ts'
import { costOf } from './measure.ts'
import type { Cost } from './measure.ts'

/*
 * How cost grows with the program.
 *
 *   npm run growth -- --corpus PATH [--copies 2,4,8]     copies of a corpus beside each other
 *   npm run growth -- --extremes [--part N] [--only WORD]   generated programs, each at half and at full size
 *
 * A copy imports from its own packages, which have names of their own, so that twice the copies are twice the
 * program. Every review is in a process of its own, without cache; what an empty program costs is left out of the
 * processor time. --part makes the generated programs N times smaller; --only takes those with a word in their name.
 */

const { values } = parseArgs({
  options: {
    corpus: { type: 'string' }, copies: { type: 'string', default: '2,4,8' },
    extremes: { type: 'boolean', default: false }, part: { type: 'string', default: '1' }, only: { type: 'string', default: '' },
  },
})
if (values.corpus === undefined && !values.extremes) {
  console.error('usage: npm run growth -- (--corpus PATH [--copies 2,4,8] | --extremes [--part N] [--only WORD])')
  process.exit(2)
}

const scratch = mkdtempSync(join(tmpdir(), 'assay-growth-'))

/** Runs something in an empty folder that is gone afterwards. */
function inFolder<T>(name: string, work: (folder: string) => T): T {
  const folder = join(scratch, name)
  try {
    return work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const START = inFolder('empty', (folder) => {
  writeExtreme({ name: '', size: 0, make: () => [['app.py', 'x = 1\n']] }, 0, folder)
  return costOf(folder).processor
})

function told({ wall, processor, memory, review }: Cost): string {
  const microseconds = (1e6 * (processor - START) / Math.max(1, review.subject.lines)).toFixed(1)
  return `${String(review.subject.lines).padStart(9)} lines ${wall.toFixed(1).padStart(7)} s wall ${processor.toFixed(1).padStart(7)} s processor`
    + ` ${microseconds.padStart(6)} us a line ${memory.toFixed(0).padStart(6)} MB ${String(review.places.length).padStart(6)} places`
}

/** What became of the considered places, and the limits that were reached. */
function outcomes({ review }: Cost): string {
  const counts = new Map<string, number>()
  for (const { outcome, by } of review.places) {
    const name = outcome === 'undecided' ? `not decided (${by})` : outcome
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  const problems = review.problems.map((each) => `${each.path} ${each.message}`).slice(0, 3)
  return [[...counts].map(([name, count]) => `${count} ${name}`).join(', '), ...problems].map((each) => `      ${each}`).join('\n')
}

function copies(corpus: string): void {
  const costs = new Map<number, Cost>()
  for (const count of [1, ...values.copies.split(',').map(Number)]) {
    const cost = inFolder('copies', (folder) => {
      makeCopies(corpus, folder, count)
      return costOf(folder)
    })
    costs.set(count, cost)
    const first = costs.get(1) ?? cost
    const ratio = (of: (each: Cost) => number): string => (of(cost) / of(first)).toFixed(2)
    console.log(`${String(count).padStart(2)} ${told(cost)}   wall x ${ratio((each) => each.wall)}, processor x ${ratio((each) => each.processor - START)}, memory x ${ratio((each) => each.memory)}`)
  }
}

function extremes(): void {
  for (const extreme of EXTREMES.filter(({ name }) => name.includes(values.only))) {
    const size = Math.max(2, Math.floor(extreme.size / Number(values.part)))
    const [half, full] = [size >> 1, size].map((each) => inFolder('extreme', (folder) => {
      writeExtreme(extreme, each, folder)
      const cost = costOf(folder)
      console.log(`${String(each).padStart(8)} ${extreme.name}\n   ${told(cost)}\n${outcomes(cost)}`)
      return cost
    }))
    if (half && full) console.log(`      twice the size: processor x ${((full.processor - START) / Math.max(0.01, half.processor - START)).toFixed(2)}`)
  }
}

try {
  if (values.corpus !== undefined) copies(resolve(values.corpus))
  if (values.extremes) extremes()
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
