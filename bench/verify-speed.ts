import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Verification } from '../src/index.ts'
import { SeededRandom } from './mutations/random.ts'

/*
 * Time and memory of the verifier on a clone with its history: a review in
 * markdown of which half the quotes stand in no committed version, so that
 * history is searched, and a large SARIF report. The same seed gives the same
 * reviews. Ends with 1 when a bound is passed.
 *
 *   node dist/bench/verify-speed.js CLONE [--findings N] [--sarif N] [--seed N] [--cold]
 *
 * With --cold nothing is known of the code beforehand; else what an earlier run kept in the cache is used.
 */

const BOUNDS = { reviewSeconds: 10, sarifSeconds: 60, megabytes: 2_048 }

const {
  values,
  positionals: [clone],
} = parseArgs({
  allowPositionals: true,
  options: {
    findings: { type: 'string', default: '100' },
    sarif: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    cold: { type: 'boolean', default: false },
  },
})
if (clone === undefined) {
  console.error('usage: node dist/bench/verify-speed.js CLONE [--findings N] [--sarif N] [--seed N] [--cold]')
  process.exit(2)
}

interface Place {
  readonly path: string
  readonly line: number
  readonly code: string
  readonly cwe: number
}

const random = new SeededRandom(Number(values.seed))
const CWES = [89, 78, 22, 79, 502, 798, 918, 327, 200, 613, 862, 400]
const paths = readdirSync(clone, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.py'))
  .sort()
const texts = new Map<string, readonly string[]>()

/** A line with code of any file. */
function somePlace(): Place {
  for (;;) {
    const path = random.pick(paths) ?? ''
    const lines = texts.get(path) ?? readFileSync(join(clone ?? '', path), 'utf8').split('\n')
    texts.set(path, lines)
    const line = 1 + random.below(lines.length)
    const code = lines[line - 1]?.trim() ?? ''
    if (code.length > 20 && code.length < 200) return { path, line, code, cwe: random.pick(CWES) ?? 89 }
  }
}

/** Every second quote differs in one name from what any version has, every tenth finding names no file. */
function markdown(count: number): string {
  const parts = Array.from({ length: count }, (_, at) => {
    const { path, line, code, cwe } = somePlace()
    const quote = at % 2 === 0 ? code : code.replace(/[A-Za-z_]{4,}/, (name) => `${name}_unheard_of`)
    const file = at % 10 === 9 ? '' : `**File:** \`${path}:${line}\`\n\n`
    return `### ${at + 1}. Finding (CWE-${cwe})\n\n${file}\`\`\`python\n${quote}\n\`\`\`\n\nAn attacker can control the value. There is no validation and no logging.\n\n**Recommendation:** Validate the value.\n`
  })
  return `# Security review\n\n${parts.join('\n')}`
}

function sarif(count: number): string {
  const results = Array.from({ length: count }, () => {
    const { path, line, code, cwe } = somePlace()
    const location = {
      physicalLocation: { artifactLocation: { uri: path }, region: { startLine: line, snippet: { text: code } } },
    }
    return { ruleId: `r${cwe}`, level: 'warning', message: { text: 'A weakness.' }, locations: [location] }
  })
  const rules = CWES.map((cwe) => ({ id: `r${cwe}`, properties: { tags: [`external/cwe/cwe-${cwe}`] } }))
  return JSON.stringify({ version: '2.1.0', runs: [{ tool: { driver: { name: 'scanner', rules } }, results }] })
}

const cacheFolder = values.cold ? mkdtempSync(join(tmpdir(), 'assay-speed-')) : undefined
const environment = cacheFolder === undefined ? process.env : { ...process.env, XDG_CACHE_HOME: cacheFolder }

const MAIN = fileURLToPath(new URL('../src/cli/main.js', import.meta.url))
const TIME = '/usr/bin/time'

/** The command as users run it; `time` tells its memory and processor time where it is installed. */
function measure(name: string, review: string, bound: number): boolean {
  const command = [process.execPath, MAIN, 'verify', '-', '--against', clone ?? '', '--format', 'json']
  const [program = '', ...args] = existsSync(TIME) ? [TIME, '-f', '%M %U %S', ...command] : command
  const start = process.hrtime.bigint()
  const run = spawnSync(program, args, { input: review, encoding: 'utf8', env: environment, maxBuffer: 2_000_000_000 })
  const seconds = Number(process.hrtime.bigint() - start) / 1e9
  if (run.status !== 0) throw new Error(run.stderr)
  const [kilobytes = 0, user = 0, system = 0] = (run.stderr.trim().split('\n').pop() ?? '').split(' ').map(Number)
  const verification = JSON.parse(run.stdout) as Verification
  const time = `${seconds.toFixed(1)} s (bound ${bound} s; ${(user + system).toFixed(1)} s of processor)`
  const memory = `${(kilobytes / 1024).toFixed(0)} MB at most (bound ${BOUNDS.megabytes} MB)`
  console.log(`${name}: ${verification.findings.length} findings, ${time}, ${memory}`)
  console.log(`   ${described(verification)}`)
  return seconds <= bound && kilobytes / 1024 <= BOUNDS.megabytes
}

function described({ counts, findings }: Verification): string {
  const versions = findings
    .flatMap((each) => each.verdicts)
    .flatMap((each) => each.evidence)
    .reduce(
      (sum, item) =>
        item.kind === 'search' && item.scope.startsWith('committed versions') ? sum + item.searched : sum,
      0,
    )
  return `${Object.entries(counts.substance)
    .filter(([, number]) => number > 0)
    .map(([word, number]) => `${number} ${word}`)
    .join(', ')}; ${versions} committed versions searched`
}

const isReviewQuick = measure('markdown', markdown(Number(values.findings)), BOUNDS.reviewSeconds)
const isSarifQuick = measure('sarif', sarif(Number(values.sarif)), BOUNDS.sarifSeconds)
process.exitCode = isReviewQuick && isSarifQuick ? 0 : 1
if (cacheFolder !== undefined) rmSync(cacheFolder, { recursive: true })
