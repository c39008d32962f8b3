import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { LIMITS } from '../src/core/limits.ts'
import { readRegular } from '../src/core/files.ts'
import { decodeFacts, encodeFacts } from '../src/flow/codec.ts'
import { factsOf } from '../src/flow/lower.ts'
import { runReview } from '../src/index.ts'
import type { Progress } from '../src/index.ts'
import { languageOfPath, languages } from '../src/languages/discover.ts'
import { decodeText } from '../src/scan/decode-text.ts'
import { createMatcher } from '../src/scan/matching.ts'
import { settle } from '../src/scan/settings.ts'
import { filesBelow } from './linked.ts'

/*
 * What each pass costs, in microseconds a line, on one core.
 *
 *   npm run passes -- --corpus PATH
 *
 * The passes over one file are run and measured one by one; those over the program are measured by the stages that
 * a review tells its caller (`onProgress`): the engine itself has no clock. Everything runs twice, and the second time
 * counts, as in a long review, where the compiler of the machine has done its work.
 */

const { values } = parseArgs({ options: { corpus: { type: 'string' } } })
if (values.corpus === undefined) {
  console.error('usage: npm run passes -- --corpus PATH')
  process.exit(2)
}
const corpus = resolve(values.corpus)

/** Seconds by pass. */
type Times = Map<string, number>

function timed<T>(times: Times, pass: string, work: () => T): T {
  const before = performance.now()
  const result = work()
  times.set(pass, (times.get(pass) ?? 0) + (performance.now() - before) / 1000)
  return result
}

/** The passes over single files; the number of lines. */
async function filePasses(times: Times): Promise<number> {
  const known = await languages()
  const { patternRules } = await settle({ paths: [corpus], cache: false, projectConfig: false })
  const rules = patternRules.map((_, index) => index)
  const ready = new Map<string, { readonly front: Awaited<ReturnType<(typeof known)[number]['open']>>, readonly matcher: ReturnType<typeof createMatcher> }>()
  let lines = 0
  for (const path of filesBelow(corpus, '')) {
    const language = languageOfPath(known, path)
    if (!language?.flow) continue
    const front = ready.get(language.id)?.front ?? await language.open()
    const { matcher } = ready.get(language.id) ?? { matcher: createMatcher(patternRules, language, front) }
    ready.set(language.id, { front, matcher })
    const bytes = timed(times, 'read', () => readRegular(`${corpus}/${path}`, LIMITS.fileBytes))
    const decoded = typeof bytes === 'string' ? undefined : timed(times, 'decode text', () => decodeText(bytes, language))
    if (!decoded) continue
    const { text } = decoded
    lines += text.split('\n').length - 1
    const wanted = timed(times, 'choose rules by text', () => rules.filter((rule) => matcher.mayMatch(rule, text)))
    const parsed = timed(times, 'parse', () => front.parse(text))
    const facts = timed(times, 'lower', () => factsOf(parsed, language))
    const stored = timed(times, 'encode facts', () => encodeFacts(facts))
    timed(times, 'decode facts', () => decodeFacts(stored))
    timed(times, 'match patterns', () => matcher.match(wanted, parsed, text))
  }
  return lines
}

/** The passes over the whole program. */
async function programPasses(times: Times): Promise<void> {
  let stage: Progress['stage'] = 'discovering'
  let since = performance.now()
  const enter = (next: Progress['stage']): void => {
    const now = performance.now()
    if (stage !== 'reading') times.set(NAMES[stage], (times.get(NAMES[stage]) ?? 0) + (now - since) / 1000)
    stage = next
    since = now
  }
  await runReview({ paths: [corpus], jobs: 1, cache: false, onProgress: (progress) => progress.stage === stage ? undefined : enter(progress.stage) })
  enter('discovering')
}

const NAMES: Readonly<Record<Progress['stage'], string>> = {
  discovering: 'find files', reading: 'all passes over files', linking: 'link', judging: 'judge (names, types, calls, flow)',
  writing: 'write the review',
}

await filePasses(new Map())
await programPasses(new Map())
const times: Times = new Map()
const lines = await filePasses(times)
await programPasses(times)
const total = [...times.values()].reduce((sum, each) => sum + each, 0)
console.log(`${lines} lines`)
for (const [pass, seconds] of times) {
  console.log(`${(1e6 * seconds / Math.max(1, lines)).toFixed(2).padStart(8)} us a line ${(100 * seconds / total).toFixed(1).padStart(6)} %  ${pass}`)
}
console.log(`${(1e6 * total / Math.max(1, lines)).toFixed(2).padStart(8)} us a line  all`)
