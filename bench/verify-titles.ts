import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isCollection, isPair, isScalar, parseAllDocuments } from 'yaml'
import { verify, type VerifiedFinding } from '../src/index.ts'

/*
 * How the verifier judges names that people gave to weaknesses: every
 * string with a CWE id in the YAML below a folder, as a review with one finding each.
 * Contradicted ones are printed, to be read by a person.
 *
 *   node dist/bench/verify-titles.js FOLDER
 */

const [folder] = process.argv.slice(2)
if (folder === undefined) {
  console.error('usage: node dist/bench/verify-titles.js FOLDER-WITH-RULES')
  process.exit(2)
}

const strings = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.ya?ml$/.test(name))
  .sort()
  .flatMap((name) => parseAllDocuments(readFileSync(join(folder, name), 'utf8')))
  .flatMap((document) => ('contents' in document ? stringsIn(document.contents) : []))
  .filter((each) => /^CWE[- ]?\d/.test(each))

/** Every string of a document, in its order. */
function stringsIn(node: unknown): readonly string[] {
  if (isScalar(node)) return typeof node.value === 'string' ? [node.value.trim()] : []
  if (isPair(node)) return stringsIn(node.value)
  return isCollection(node) ? node.items.flatMap(stringsIn) : []
}

const results = strings.map((cwe) => ({
  check_id: 'rule',
  path: 'none',
  start: { line: 1 },
  end: { line: 1 },
  extra: { message: '', metadata: { cwe: [cwe] } },
}))
const empty = mkdtempSync(join(tmpdir(), 'assay-titles-'))
const { findings, catalogue } = await verify({
  review: Buffer.from(JSON.stringify({ results, errors: [], paths: {} })),
  reviewName: 'rules',
  against: empty,
  engine: false,
  history: false,
})
rmSync(empty, { recursive: true })

console.log(`${strings.length} strings, ${findings.length} findings, ${catalogue.name} ${catalogue.version}`)
for (const subject of ['cwe.id', 'cwe.title', 'cwe.usage'] as const) {
  const codes = new Map<string, number>()
  for (const finding of findings) {
    const word = judgedAs(finding, subject)
    codes.set(word, (codes.get(word) ?? 0) + 1)
  }
  console.log(subject)
  for (const [word, count] of [...codes].sort(([, one], [, other]) => other - one)) {
    console.log(`${String(count).padStart(6)}  ${((100 * count) / findings.length).toFixed(1).padStart(5)} %  ${word}`)
  }
}
for (const { verdicts } of findings) {
  for (const each of verdicts) {
    if (each.subject === 'cwe.title' && each.verdict === 'contradicted') {
      console.log(`contradicted: "${each.said?.text ?? ''}": ${each.reason}`)
    }
  }
}
process.exitCode = findings.length === strings.length ? 0 : 1

function judgedAs({ verdicts }: VerifiedFinding, subject: string): string {
  const verdict = verdicts.find((each) => each.subject === subject)
  return verdict === undefined ? 'nothing said' : `${verdict.verdict} ${verdict.code}`
}
