import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { Ajv } from 'ajv'
import { CATALOGUE, rule, Sketch } from '../../../test/support/sketch.ts'
import { found, shop, shopReview, SQL } from '../../../test/support/shop.ts'
import { readBaseline } from '../../review/baseline.ts'
import type { Review } from '../../review/review.ts'
import type { RenderOptions } from '../format.ts'
import { format } from './sarif.ts'

const OPTIONS = { colour: false, width: 80, catalogue: CATALOGUE, rules: [SQL] } as unknown as RenderOptions

interface Step {
  readonly location: { readonly physicalLocation: { readonly region: { readonly startLine: number } } }
}

interface Notified {
  readonly descriptor: { readonly id: string; readonly index: number }
  readonly locations: readonly { readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } } }[]
}

/** The schema is of draft 4, of which it uses nothing that draft 7 reads differently but the name of its id. */
function oasisSchema(): object {
  const {
    $schema: _draft,
    id: _id,
    ...schema
  } = JSON.parse(readFileSync('test/data/sarif/sarif-2.1.0-rtm.5.json', 'utf8'))
  return schema
}

const validate = new Ajv({ strict: false, allErrors: true, validateFormats: false, unicodeRegExp: false }).compile(
  oasisSchema(),
)

/** The run of the log, which is valid. Its parts are read as they come: the schema has checked them. */
function runOf(review: Review) {
  const log = JSON.parse(format.render(review, OPTIONS))
  assert.equal(validate(log), true, JSON.stringify(validate.errors?.slice(0, 3), null, 2))
  assertRegions(log)
  return log.runs[0]
}

/** What Errata 01 demands of a region, and what the prose demands beyond the schema: numbers from 1, context around. */
function assertRegions(value: unknown): void {
  if (Array.isArray(value)) return value.forEach(assertRegions)
  if (typeof value !== 'object' || value === null) return
  for (const [key, child] of Object.entries(value)) {
    if (key === 'region' || key === 'contextRegion')
      assert.ok(Number(Object(child).startLine) >= 1, JSON.stringify(child))
    assertRegions(child)
  }
}

test('a review is valid by the schema of the OASIS standard', () => {
  const run = runOf(shopReview())
  assert.equal(run.columnKind, 'utf16CodeUnits')
  assert.equal(run.results.length, 1)
})

test('the weakness is a taxon of the CWE taxonomy, and the rule is tagged for code scanning', () => {
  const run = runOf(shopReview())
  const [cwe] = run.taxonomies
  assert.deepEqual([cwe.name, cwe.version, cwe.releaseDateUtc], ['CWE', '4.20', '2026-04-30'])
  const [result] = run.results
  const taxon = cwe.taxa[result.taxa[0].index]
  assert.equal(taxon.id, '89')
  assert.match(taxon.shortDescription.text, /^CWE-89: Improper Neutralization/)
  const described = run.tool.driver.rules[result.ruleIndex]
  assert.equal(described.id, result.ruleId)
  assert.deepEqual(described.properties.tags, ['security', 'external/cwe/cwe-089'])
  assert.equal(described.properties['security-severity'], '8.0')
})

test('a result has its place, its flow and its fingerprint', () => {
  const review = shopReview()
  const [result] = runOf(review).results
  const { physicalLocation, logicalLocations } = result.locations[0]
  assert.deepEqual(physicalLocation.artifactLocation, { uri: 'shop/db.py', uriBaseId: '%SRCROOT%' })
  assert.deepEqual(physicalLocation.region, { startLine: 6, startColumn: 5, endLine: 6, endColumn: 69 })
  assert.equal(logicalLocations[0].fullyQualifiedName, 'find')
  const steps = result.codeFlows[0].threadFlows[0].locations
  assert.deepEqual(
    steps.map((step: Step) => step.location.physicalLocation.region.startLine),
    [6, 7, 4, 6, 6],
  )
  assert.equal(result.fingerprints['assay/v1'], review.findings[0]?.fingerprint)
  assert.equal(result.level, 'error')
})

test('suppressions are kept, in source and external', () => {
  const sketch = new Sketch({ 'a.py': 'run(x)  # nosec -- checked above\n' })
  const place = sketch.place(SQL, 'a.py', 'run(x)', { type: 'found', routes: [] })
  const [inSource] = runOf(sketch.review([place])).results
  assert.deepEqual(
    [inSource.suppressions[0].kind, inSource.suppressions[0].justification],
    ['inSource', 'checked above'],
  )
  assert.equal(inSource.suppressions[0].location.physicalLocation.region.startColumn, 9)

  const plain = shop()
  const baseline = readBaseline(format.render(plain.review([found(plain)]), OPTIONS), 'old.sarif')
  const [known] = runOf(plain.review([found(plain)], { baseline })).results
  assert.deepEqual(known.suppressions, [{ kind: 'external', justification: 'old.sarif' }])
})

test('problems and what was switched off are notifications', () => {
  const sketch = shop()
  const run = runOf(
    sketch.review([], {
      problems: [
        { kind: 'unparsed', path: 'a b/ü.py', message: 'It could not be parsed.', lines: { first: 3, last: 4 } },
        { kind: 'rule', path: '', message: 'pattern-x is not understood.' },
      ],
      switchedOff: ['Rule sql-injection is switched off by assay.yaml.'],
    }),
  )
  const [invocation] = run.invocations
  assert.deepEqual(
    invocation.toolExecutionNotifications.map((each: Notified) => [
      each.descriptor.id,
      run.tool.driver.notifications[each.descriptor.index].id,
      each.locations[0]?.physicalLocation.artifactLocation.uri,
    ]),
    [['unparsed', 'unparsed', 'a%20b/%C3%BC.py']],
  )
  assert.deepEqual(invocation.toolExecutionNotifications[0].locations[0].physicalLocation.region, { startLine: 3, endLine: 4 })
  assert.deepEqual(
    invocation.toolConfigurationNotifications.map((each: Notified) => each.descriptor.id),
    ['rule', 'switched-off'],
  )
})

test('code makes no links or placeholders in messages', () => {
  const sketch = new Sketch({ 'a.py': 'run(x)\n' })
  const place = sketch.place(
    rule({ message: '$X', why: '' }),
    'a.py',
    'run(x)',
    { type: 'found', routes: [] },
    { callee: '', what: '', advice: '', sink: undefined, bindings: new Map([['$X', '[a](https://evil.example) {0}']]) },
  )
  const [result] = runOf(sketch.review([place])).results
  assert.doesNotMatch(result.message.text, /\]\(|(?<!\{)\{0\}/)
})

test('a finding of a rule that is not described, and of one without a weakness, is valid too', () => {
  const sketch = new Sketch({ 'a.py': 'run(x)\n' })
  const place = sketch.place(rule({ id: 'unknown-rule', cwe: 0 }), 'a.py', 'run(x)', { type: 'found', routes: [] })
  const run = runOf(sketch.review([place]))
  assert.equal(run.tool.driver.rules[run.results[0].ruleIndex].id, 'unknown-rule')
  assert.equal(run.results[0].taxa, undefined)
})
