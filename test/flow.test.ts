import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { LAB_MODEL, outcomes } from './lab.ts'
import { textsIn } from './shipped.ts'

/*
 * Flow through every construct of the language, on real source under `test/flow`:
 * each file or folder is a program. A line that ends in `#! found` holds a sink
 * that untrusted data reaches, one that ends in `#! clean` a near miss. `#! todo`
 * stands before what the engine does not get right yet; once it does, the word
 * must go.
 */
const PROGRAMS = join('test', 'flow')

function filesOf(path: string): Record<string, string> {
  if (!statSync(path).isDirectory()) return { 'main.py': readFileSync(path, 'utf8') }
  const names = readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.py')).sort()
  return Object.fromEntries(names.map((name) => [name.replaceAll('\\', '/'), readFileSync(join(path, name), 'utf8')]))
}

/** An outcome as the sources mark it. */
function mark(outcome: string): string {
  return outcome === 'no-source' || outcome.startsWith('safe') ? 'clean' : outcome
}

/** Per line with a mark, what it wants and what it is. */
interface Line {
  readonly at: string
  readonly wanted: string
  readonly isTodo: boolean
}

function linesOf(files: Readonly<Record<string, string>>): readonly Line[] {
  return Object.entries(files).flatMap(([path, text]) => text.split('\n').flatMap((line, index) => {
    const [, todo, wanted] = /#! (todo )?(\S+)/.exec(line) ?? []
    return wanted === undefined ? [] : [{ at: `${path}:${index + 1}`, wanted, isTodo: todo !== undefined }]
  }))
}

for (const name of readdirSync(PROGRAMS).sort()) {
  test(`flow: ${name}`, async () => {
    const files = filesOf(join(PROGRAMS, name))
    const got = new Map<string, Set<string>>()
    for (const each of await outcomes(files, LAB_MODEL, textsIn('models'))) {
      const [at = '', outcome = ''] = each.split(' ')
      got.set(at, (got.get(at) ?? new Set()).add(mark(outcome)))
    }
    const lines = linesOf(files)
    assert.deepEqual([...got.keys()].filter((at) => !lines.some((line) => line.at === at)), [], 'sinks without a mark')
    const wrong = lines.filter(({ at, wanted, isTodo }) => {
      const outcome = [...got.get(at) ?? ['nothing']].sort().join(' and ')
      return isTodo === (outcome === wanted)
    })
    const told = wrong.map(({ at, wanted, isTodo }) => {
      return isTodo ? `${at} is ${wanted} now: its "todo" must go` : `${at} should be ${wanted} and is ${[...got.get(at) ?? []].join(', ')}`
    })
    assert.deepEqual(told, [])
  })
}
