import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { SourceText } from '../src/core/text.ts'
import { openCatalogue } from '../src/cwe/open.ts'
import { review, type Review } from '../src/index.ts'

/** The example application against its table. Tests run in the project's root. */
const SHOP = join('examples', 'flask-shop')

interface ExpectedPlace {
  readonly path: string
  readonly line: number
  readonly code: string
  readonly cwe: number
}

interface Expected {
  readonly findings: readonly (ExpectedPlace & { readonly rule: string, readonly source?: string })[]
  readonly clean: readonly (ExpectedPlace & { readonly why: string })[]
}

const expected = JSON.parse(readFileSync(join(SHOP, 'expected.json'), 'utf8')) as Expected

let reviewed: Promise<Review> | undefined

function reviewShop(): Promise<Review> {
  reviewed ??= review({ paths: [SHOP], root: SHOP, cache: false, jobs: 1 })
  return reviewed
}

test('the table quotes the lines it means', () => {
  for (const each of [...expected.findings, ...expected.clean]) {
    const text = new SourceText(readFileSync(join(SHOP, each.path), 'utf8'))
    assert.equal(text.line(each.line).trim(), each.code, `${each.path}:${each.line}`)
  }
})

test('flask-shop: every expected weakness is found, and nothing else', async () => {
  const { findings } = await reviewShop()
  const { catalogue } = openCatalogue(join('data', 'cwe'))
  assert.deepEqual(
    findings.map(({ place, rule, title, evidence }) => ({
      at: `${place.path}:${place.line}`, code: place.code.trim().split('\n')[0], rule, title,
      source: evidence.kind === 'place' ? place.path : evidence.steps[0]?.path,
    })).sort((one, other) => (one.at + one.rule < other.at + other.rule ? -1 : 1)),
    expected.findings.map(({ path, line, code, rule, cwe, source }) => ({
      at: `${path}:${line}`, code, rule, title: catalogue.title(cwe), source: source ?? path,
    })).sort((one, other) => (one.at + one.rule < other.at + other.rule ? -1 : 1)),
  )
})

test('flask-shop: what looks alike is safe, or at least not called a weakness', async () => {
  const { places } = await reviewShop()
  for (const each of expected.clean) {
    const here = places.filter(({ place, cwe }) => place.path === each.path && place.line === each.line && cwe === each.cwe)
    assert.deepEqual(here.filter(({ outcome }) => outcome === 'found'), [], `${each.path}:${each.line} ${each.why}`)
  }
})
