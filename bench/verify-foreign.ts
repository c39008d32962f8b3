import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { verify, type Verification } from '../src/index.ts'

/*
 * Real reviews by other tools, verified: each tool reviews each program, in each
 * form it writes, and the verifier must read every entry as one finding and may
 * contradict nothing but what a person then confirms to be wrong.
 *
 *   node dist/bench/verify-foreign.js PROGRAM... [--bandit COMMAND] [--semgrep COMMAND --rules PATH]
 *     [--advisory FILE,REPOSITORY,REVISION]...
 *
 * An advisory is verified at the revision given, the one before its fix.
 */

interface Form {
  readonly name: string
  readonly program: string
  readonly args: (target: string, output: string) => readonly string[]
  /** Entries of the document, counted without the verifier. */
  readonly count: (document: Document) => number
}

/** Both tools call their list so; SARIF has one in each run. */
interface Document {
  readonly results?: readonly unknown[]
  readonly runs?: readonly { readonly results?: readonly unknown[] }[]
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    bandit: { type: 'string', default: 'bandit' },
    semgrep: { type: 'string', default: 'semgrep' },
    rules: { type: 'string' },
    advisory: { type: 'string', multiple: true, default: [] },
  },
})
if (positionals.length === 0 && values.advisory.length === 0) {
  console.error(
    'usage: node dist/bench/verify-foreign.js PROGRAM... [--bandit COMMAND] [--semgrep COMMAND --rules PATH]'
    + ' [--advisory FILE,REPOSITORY,REVISION]...',
  )
  process.exit(2)
}

const FORMS: readonly Form[] = [
  {
    name: 'bandit json',
    program: values.bandit,
    args: (target, output) => ['-q', '-r', target, '-f', 'json', '-o', output],
    count: countList,
  },
  {
    name: 'bandit sarif',
    program: values.bandit,
    args: (target, output) => ['-q', '-r', target, '-f', 'sarif', '-o', output],
    count: countRuns,
  },
  ...(values.rules === undefined
    ? []
    : [
        { name: 'semgrep json', program: values.semgrep, args: semgrepArgs(values.rules, '--json'), count: countList },
        {
          name: 'semgrep sarif',
          program: values.semgrep,
          args: semgrepArgs(values.rules, '--sarif'),
          count: countRuns,
        },
      ]),
]

function semgrepArgs(rules: string, form: string): Form['args'] {
  const fixed = [
    'scan',
    '--config',
    resolve(rules),
    '--metrics',
    'off',
    '--disable-version-check',
    '--dataflow-traces',
    '--no-git-ignore',
    '--quiet',
  ]
  return (target, output) => [...fixed, form, '--output', output, target]
}

function countList({ results }: Document): number {
  return results?.length ?? 0
}

function countRuns({ runs }: Document): number {
  return (runs ?? []).reduce((sum, run) => sum + (run.results?.length ?? 0), 0)
}

const folder = mkdtempSync(join(tmpdir(), 'assay-foreign-'))
let entries = 0
let findings = 0
let contradicted = 0
for (const program of positionals) {
  for (const form of FORMS) {
    const output = join(folder, 'review')
    rmSync(output, { force: true })
    spawnSync(form.program, form.args(resolve(program), output), {
      stdio: 'ignore',
      env: { ...process.env, SEMGREP_SEND_METRICS: 'off' },
    })
    const review = readOrNothing(output)
    if (review === undefined) {
      console.log(`${form.name} of ${basename(program)}: the tool wrote nothing`)
      continue
    }
    const count = form.count(JSON.parse(review.toString('utf8')) as Document)
    const verification = await verify({ review, reviewName: form.name, against: program })
    entries += count
    findings += verification.findings.length
    contradicted += report(`${form.name} of ${basename(program)}`, count, verification)
  }
}
rmSync(folder, { recursive: true, force: true })
for (const advisory of values.advisory) {
  const [file = '', against = '', revision = 'HEAD'] = advisory.split(',')
  const verification = await verify({ review: readFileSync(file), reviewName: basename(file), against, revision })
  entries += 1
  findings += verification.findings.length
  contradicted += report(`advisory ${basename(file)} at ${revision.slice(0, 12)}`, 1, verification)
}
console.log(`${entries} entries, ${findings} findings, ${contradicted} claims contradicted`)
process.exitCode = entries === findings && contradicted === 0 ? 0 : 1

function readOrNothing(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch {
    return undefined
  }
}

/** Prints a line for the review and one for each contradicted claim, and answers with their number. */
function report(name: string, count: number, { findings: verified, counts, coverage }: Verification): number {
  const substances = Object.entries(counts.substance)
    .filter(([, number]) => number > 0)
    .map(([word, number]) => `${number} ${word}`)
  console.log(
    `${name}: ${count} entries, ${verified.length} findings (${substances.join(', ')}), ${Math.round(coverage.share * 100)} % of the text understood`,
  )
  const against = verified.flatMap((finding) =>
    finding.verdicts.filter((each) => each.verdict === 'contradicted').map((verdict) => ({ finding, verdict })),
  )
  for (const { finding, verdict } of against) {
    console.log(
      `   finding ${finding.number} ${finding.name}, ${verdict.subject}: "${verdict.said?.text ?? ''}": ${verdict.reason}`,
    )
  }
  return against.length
}
