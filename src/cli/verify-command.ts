import type { Command } from 'commander'
import { errorCode, readRegular, realPath } from '../core/files.ts'
import { UsageError, renderVerification, verificationFormats, verify } from '../index.ts'
import { REVIEW_LIMITS } from '../verify/reader.ts'
import type { Verification } from '../verify/result.ts'
import { LABELS, SUBSTANCES, type Label, type Substance } from '../verify/verdict.ts'
import { EXIT } from './failure.ts'
import { outputWidth, print, wantsColour, writeReport } from './output.ts'

const EXAMPLES = `
Examples:
  $ assay verify review.md --against .                      somebody's review of the files as they stand
  $ assay verify report.sarif --against . --rev v2.1        of a release
  $ assay verify - --against . --file src/shop/views.py     pasted text that names no file
  $ assay verify review.md --against . --format markdown    to answer the reporter with
  $ assay verify review.md --against . --fail-on ungrounded

Each claim (CWE id and title, file, line, quoted code, severity, flow, what is said to be missing, advice) gets its
own verdict with evidence. Whether a finding can be exploited is not decided.
--fail-on takes a substance (${SUBSTANCES.join(', ')}) or a label (${LABELS.slice(1).join(', ')}); it and all worse ones fail.`

interface Flags {
  readonly against: string
  readonly rev?: string
  readonly file?: string
  readonly format: string
  readonly output?: string
  readonly reviewFormat?: string
  readonly history: boolean
  readonly engine: boolean
  readonly failOn?: string
  readonly color?: boolean
}

/** Adds `assay verify`. */
export function addVerifyCommand(program: Command, formatNames: readonly string[]): void {
  program.command('verify')
    .description("audit somebody else's security review against the code and the CWE")
    .argument('<review>', 'a file (markdown, plain text, SARIF, JSON), or - for standard input')
    .requiredOption('--against <path>', 'the program that was reviewed: a folder, with or without a git repository')
    .option('--rev <revision>', 'judge against this revision of the repository')
    .option('--file <file>', 'the file that the review is about, when it names none')
    .option('--format <name>', `form of the report: ${formatNames.join(', ')}`, formatNames.includes('text') ? 'text' : formatNames[0] ?? 'json')
    .option('--output <file>', 'write the report to a file')
    .option('--review-format <name>', 'form of the review, when it is not recognised')
    .option('--no-history', 'do not search earlier versions of files')
    .option('--no-engine', 'do not review the cited files')
    .option('--fail-on <word>', 'exit with 1 when a finding is this bad or worse')
    .option('--color', 'use colours')
    .option('--no-color', 'use no colours')
    .addHelpText('after', EXAMPLES)
    .action(async (review: string, flags: Flags) => {
      process.exitCode = await verifyCommand(review, flags)
    })
}

async function verifyCommand(review: string, flags: Flags): Promise<number> {
  await checkFormat(flags.format)
  const threshold = thresholdOf(flags.failOn)
  const verification = await verify({
    review: review === '-' ? await bytesOfStandardInput() : bytesOfFile(review),
    reviewName: review.replaceAll('\\', '/'),
    against: flags.against,
    history: flags.history,
    engine: flags.engine,
    ...(flags.rev === undefined ? {} : { revision: flags.rev }),
    ...(flags.file === undefined ? {} : { file: flags.file }),
    ...(flags.reviewFormat === undefined ? {} : { reviewFormat: flags.reviewFormat }),
  })
  const isFile = flags.output !== undefined
  const report = await renderVerification(verification, {
    format: flags.format, colour: wantsColour(flags.color, isFile), width: outputWidth(isFile),
  })
  if (flags.output === undefined) await print(report)
  else writeReport(flags.output, report)
  return threshold !== undefined && isAnyAsBad(verification, threshold) ? EXIT.found : EXIT.ok
}

async function checkFormat(name: string): Promise<void> {
  const all = await verificationFormats()
  if (all.some((each) => each.name === name.toLowerCase())) return
  throw new UsageError('There is no such report format', `--format ${name}`, `Known formats: ${all.map((each) => each.name).join(', ')}.`)
}

function thresholdOf(word: string | undefined): Substance | Label | undefined {
  if (word === undefined) return undefined
  const known: readonly (Substance | Label)[] = [...SUBSTANCES, ...LABELS.slice(1)]
  const found = known.find((each) => each === word.toLowerCase())
  if (found !== undefined) return found
  throw new UsageError('There is no such substance or label', `--fail-on ${word}`, `Give one of ${known.join(', ')}.`)
}

/** Whether a finding is at the threshold or beyond it, on the axis of the threshold. */
function isAnyAsBad({ findings }: Verification, threshold: Substance | Label): boolean {
  const substances: readonly string[] = SUBSTANCES
  const labels: readonly string[] = LABELS
  return findings.some(({ substance, label }) => {
    return substances.includes(threshold)
      ? substances.indexOf(substance) >= substances.indexOf(threshold)
      : labels.indexOf(label) >= labels.indexOf(threshold)
  })
}

function bytesOfFile(path: string): Uint8Array {
  try {
    const bytes = readRegular(realPath(path), REVIEW_LIMITS.bytes)
    if (typeof bytes !== 'string') return bytes
    throw new UsageError(`The review is ${bytes}`, path, 'Give a file of at most 200 MB.')
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`The review cannot be read (${errorCode(error)})`, path, 'Check the name and its permissions.')
  }
}

async function bytesOfStandardInput(): Promise<Uint8Array> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of process.stdin) {
    const bytes = Buffer.from(part as Uint8Array)
    length += bytes.length
    if (length > REVIEW_LIMITS.bytes) throw new UsageError('The review is too large', '-', 'Verify a part of it.')
    parts.push(bytes)
  }
  return Buffer.concat(parts)
}
