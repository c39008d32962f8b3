import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { catalogue, review, verify, type VerifiedFinding } from '../src/index.ts'
import { MUTATIONS, TRULY_ABSENT, UNCHANGED, type Mutation } from './mutations/kinds.ts'
import { SeededRandom } from './mutations/random.ts'
import { asJson, asMarkdown, statedBy, statedOf, type Stated } from './mutations/stated.ts'
import { World } from './mutations/world.ts'

/*
 * How well the verifier notices a false claim among true ones. Assay's own
 * findings on real programs are taken for true, and so are some of the places
 * that it considered (a weakness, a place and its code, without a flow); one
 * claim at a time is made false, and the verifier must say of that claim that it
 * does not hold, and of no other. The same seed gives the same reviews.
 *
 * node dist/bench/verify-mutations.js PROGRAM... [--rounds N] [--seed N] [--places N] [--form json|markdown|both]
 * [--missed]
 */

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' },
    places: { type: 'string', default: '20' },
    form: { type: 'string', default: 'both' },
    missed: { type: 'boolean', default: false },
  },
})
if (positionals.length === 0) {
  console.error(
    'usage: node dist/bench/verify-mutations.js PROGRAM... [--rounds N] [--seed N] [--places N] [--form json'
    + '|markdown|both] [--missed]',
  )
  process.exit(2)
}

interface Tally {
  made: number
  noticed: number
}

interface Case {
  readonly mutation: Mutation
  readonly stated: Stated
}

/** Claims, and those of them that are false contradictions. */
const untouched = { claims: 0, contradicted: 0 }
const byMutation = new Map<string, Tally>()
const FORMS = [
  { name: 'json', write: asJson },
  { name: 'markdown', write: asMarkdown },
].filter((each) => values.form === 'both' || values.form === each.name)

for (const program of positionals) {
  const own = await review({ paths: [program], root: program })
  const world = new World(program, own, catalogue(), new SeededRandom(Number(values.seed)))
  const places = world.somePlaces(Number(values.places))
  const cases = casesOf(
    [...own.findings.map(statedBy), ...places.map((place) => statedOf(place, world.title(place.cwe)))],
    world,
  )
  for (const form of FORMS) {
    await runCases(
      program,
      form,
      cases.filter(({ mutation }) => form.name === 'json' || mutation.claim !== 'flow'),
    )
  }
  console.log(`${basename(program)}: ${own.findings.length} findings, ${places.length} places, ${cases.length} cases`)
}
printTallies()

function casesOf(findings: readonly Stated[], world: World): readonly Case[] {
  const cases: Case[] = []
  const add = (mutation: Mutation, stated: Stated): void => {
    const changed = mutation.mutate(stated, world)
    if (changed !== undefined) cases.push({ mutation, stated: changed })
  }
  for (const stated of findings) {
    add(UNCHANGED, stated)
    add(TRULY_ABSENT, stated)
    for (let round = 0; round < Number(values.rounds); round++) for (const mutation of MUTATIONS) add(mutation, stated)
  }
  return cases
}

async function runCases(program: string, form: (typeof FORMS)[number], cases: readonly Case[]): Promise<void> {
  const verification = await verify({
    review: Buffer.from(form.write(cases.map((each) => each.stated))),
    reviewName: form.name,
    against: program,
  })
  if (verification.findings.length !== cases.length) {
    throw new Error(`${cases.length} findings written as ${form.name}, ${verification.findings.length} read`)
  }
  for (const [at, { mutation, stated }] of cases.entries()) {
    const finding = verification.findings[at]
    if (finding !== undefined) judge(finding, mutation, stated, form.name)
  }
}

function judge(finding: VerifiedFinding, mutation: Mutation, stated: Stated, form: string): void {
  const key = `${mutation.claim}: ${mutation.name}`
  const tally = byMutation.get(key) ?? { made: 0, noticed: 0 }
  byMutation.set(key, tally)
  tally.made += 1
  if (mutation.isNoticed(finding)) tally.noticed += 1
  else if (values.missed) {
    console.log(
      `   missed in ${form}, ${key}: CWE-${stated.id} ${stated.title.slice(0, 50)}, ${stated.place.path}:${stated.place.line} ${stated.place.code.trim().split('\n')[0]?.slice(0, 80) ?? ''} (${saidOf(finding, mutation)})`,
    )
  }
  for (const verdict of finding.verdicts) {
    if (verdict.said === undefined || mutation.touches.includes(verdict.subject)) continue
    untouched.claims += 1
    if (verdict.verdict !== 'contradicted' && verdict.defect?.substance !== 'refuted') continue
    untouched.contradicted += 1
    if (values.missed) {
      console.log(
        `   falsely contradicted in ${form}, ${key}, ${verdict.subject}: ${verdict.said.text.slice(0, 80)}: ${verdict.reason}`,
      )
    }
  }
}

/** What the verifier said where it was to notice something. */
function saidOf(finding: VerifiedFinding, { touches }: Mutation): string {
  return finding.verdicts
    .filter((each) => touches.includes(each.subject))
    .map((each) => `${each.subject} ${each.verdict} ${each.code}: ${each.reason}`)
    .join(', ')
}

function printTallies(): void {
  const byClaim = new Map<string, Tally>()
  for (const [key, { made, noticed }] of [...byMutation].sort(([one], [other]) => (one < other ? -1 : 1))) {
    const claim = key.split(':', 1)[0] ?? ''
    const sum = byClaim.get(claim) ?? { made: 0, noticed: 0 }
    byClaim.set(claim, { made: sum.made + made, noticed: sum.noticed + noticed })
    if (claim !== UNCHANGED.claim) console.log(`${share(noticed, made)}  ${key}`)
  }
  console.log('recall by kind of claim:')
  let worst = 1
  for (const [claim, { made, noticed }] of byClaim) {
    if (claim === UNCHANGED.claim) continue
    worst = Math.min(worst, noticed / made)
    console.log(`${share(noticed, made)}  ${claim}`)
  }
  console.log(
    `${share(untouched.contradicted, untouched.claims)}  of the claims that were not changed are contradicted`,
  )
  process.exitCode = worst >= 0.95 && untouched.contradicted <= 0.01 * untouched.claims ? 0 : 1
}

function share(part: number, whole: number): string {
  return `${whole === 0 ? '  -  ' : `${((100 * part) / whole).toFixed(1).padStart(5)} %`} (${part}/${whole})`.padEnd(20)
}
