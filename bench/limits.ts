import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { LIMITS } from '../src/core/limits.ts'
import type { LimitName } from '../src/core/limits.ts'
import type { Review } from '../src/index.ts'

/*
 * What changes when a limit is halved or doubled: which limit matters for a corpus.
 *
 *   npm run limits -- --corpus PATH [--only NAME]...
 *
 * Each limit of src/core/limits.ts is changed by itself, in a copy of the compiled engine, and the corpus
 * reviewed without cache. Told are the findings that come and go, the considered places whose outcome
 * changes, from what to what, and the processor time as a ratio to that of the limits as they are.
 */

const { values } = parseArgs({ options: { corpus: { type: 'string' }, only: { type: 'string', multiple: true, default: [] } } })
if (values.corpus === undefined) {
  console.error('usage: npm run limits -- --corpus PATH [--only NAME]...')
  process.exit(2)
}

const corpus = resolve(values.corpus)
const scratch = mkdtempSync(join(tmpdir(), 'assay-limits-'))
const limitsFile = join(scratch, 'dist', 'src', 'core', 'limits.js')

/** A copy of the compiled engine and the data that it reads, so that nobody changes either meanwhile. */
function copyEngine(): string {
  const project = fileURLToPath(new URL('../../', import.meta.url))
  for (const part of ['dist/src', 'dist/grammars', 'data', 'models', 'rules', 'schemas', 'package.json']) {
    cpSync(join(project, part), join(scratch, part), { recursive: true })
  }
  symlinkSync(join(project, 'node_modules'), join(scratch, 'node_modules'))
  return readFileSync(limitsFile, 'utf8')
}

const original = copyEngine()

interface Run {
  /** Outcome of each considered place, by place and rule. */
  readonly places: ReadonlyMap<string, string>
  readonly problems: readonly string[]
  /** Processor time in seconds. */
  readonly seconds: number
}

function run(limit: LimitName | undefined, value: number): Run {
  writeFileSync(limitsFile, limit === undefined ? original : original.replace(new RegExp(`(^\\s*${limit}: )[\\d_]+`, 'm'), `$1${value}`))
  const args = [join(scratch, 'dist', 'src', 'cli', 'main.js'), 'review', corpus, '--format', 'json', '--jobs', '2', '--quiet', '--no-cache']
  const child = spawnSync('/usr/bin/time', ['-f', '%U %S', process.execPath, ...args], { encoding: 'utf8', maxBuffer: 2_000_000_000 })
  if ((child.status ?? 2) > 1) throw new Error(`with ${limit ?? 'no limit'} at ${value}: ${child.stderr}`)
  const times = child.stderr.trim().split('\n').pop()?.split(' ').map(Number) ?? []
  const { places, problems } = JSON.parse(child.stdout) as Review
  return {
    places: new Map(places.map((each) => [`${each.place.path}:${each.place.line}:${each.place.column} ${each.rule} ${each.argument}`, told(each)])),
    problems: problems.map((each) => `${each.path}: ${each.message}`),
    seconds: times.reduce((sum, each) => sum + each, 0),
  }
}

/** An outcome with the reason of those that are not decided. */
function told({ outcome, by }: Review['places'][number]): string {
  return outcome === 'undecided' ? `not decided (${by})` : outcome
}

function compare(name: string, was: Run, is: Run): void {
  const kinds = new Map<string, number>()
  const [come, gone]: [string[], string[]] = [[], []]
  for (const key of new Set([...was.places.keys(), ...is.places.keys()])) {
    const [from, to] = [was.places.get(key) ?? 'no place', is.places.get(key) ?? 'no place']
    if (from === to) continue
    kinds.set(`${from} -> ${to}`, (kinds.get(`${from} -> ${to}`) ?? 0) + 1)
    if (to === 'found') come.push(key)
    if (from === 'found') gone.push(key)
  }
  const news = is.problems.filter((each) => !was.problems.includes(each))
  const changes = [...kinds].sort(([, a], [, b]) => b - a).map(([kind, count]) => `${count} ${kind}`)
  console.log(`${name.padEnd(34)} time ${(is.seconds / was.seconds).toFixed(2)}  ${changes.length === 0 ? 'nothing changes' : changes.join(', ')}`)
  for (const each of come) console.log(`    + ${each}`)
  for (const each of gone) console.log(`    - ${each}`)
  for (const each of news.slice(0, 5)) console.log(`    problem: ${each}`)
}

try {
  const base = run(undefined, 0)
  console.log(`${base.places.size} considered places, ${base.seconds.toFixed(1)} s of processor time with the limits as they are`)
  const wanted = (Object.keys(LIMITS) as LimitName[]).filter((name) => values.only.length === 0 || values.only.includes(name))
  for (const name of wanted) {
    for (const [what, value] of [['half', Math.max(1, Math.floor(LIMITS[name] / 2))], ['double', LIMITS[name] * 2]] as const) {
      compare(`${name} ${LIMITS[name]}, ${what} ${value}`, base, run(name, value))
    }
  }
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
