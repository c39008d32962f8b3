import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { describeProblem, primaryProblem } from './usage.ts'
import { openCatalogue } from './open.ts'

const { catalogue } = openCatalogue(join('data', 'cwe'))

test('names and titles are the catalogue\'s', () => {
  assert.deepEqual([catalogue.name, catalogue.version, catalogue.date], ['CWE', '4.20', '2026-04-30'])
  assert.equal(catalogue.nameOf(613), 'Insufficient Session Expiration')
  assert.equal(catalogue.nameOf(778), 'Insufficient Logging')
  const sql = "CWE-89: Improper Neutralization of Special Elements used in an SQL Command ('SQL Injection')"
  assert.equal(catalogue.title(89), sql)
  assert.equal(catalogue.title(16), 'CWE-16: Configuration')
  assert.equal(catalogue.title(99999), 'CWE-99999')
  assert.equal(catalogue.get(16), undefined)
  assert.equal(catalogue.entry(16)?.kind, 'category')
  assert.equal(catalogue.entry(1000)?.kind, 'view')
})

test('the hierarchy is that of view 1000', () => {
  assert.deepEqual(catalogue.parents(89), [943])
  assert.deepEqual(catalogue.ancestors(89), [943, 74, 707])
  assert.deepEqual(catalogue.children(89), [564])
  assert.ok(catalogue.descendants(284).includes(862))
  assert.ok(catalogue.children(285).includes(862))
  assert.ok(catalogue.isAncestor(74, 89))
  assert.ok(!catalogue.isAncestor(89, 89))
  assert.ok(!catalogue.isAncestor(89, 74))
  assert.deepEqual(catalogue.ancestors(99999), [])
  const pillars = catalogue.data.weaknesses.filter((each) => each.abstraction === 'Pillar').map((each) => each.id)
  assert.deepEqual(pillars, [284, 435, 664, 682, 691, 693, 697, 703, 707, 710])
})

test('former names tell a stale title from a wrong one', () => {
  assert.ok(catalogue.formerNames(598).includes('Use of GET Request Method With Sensitive Query Strings'))
  assert.ok(catalogue.formerNames(89).includes('SQL Injection'))
  // 4.15 lists the present name of CWE-602 among its earlier ones.
  assert.ok(!catalogue.formerNames(602).includes('Client-Side Enforcement of Server-Side Security'))
  assert.deepEqual(catalogue.formerNames(99999), [])
})

test('an allowed weakness can be primary, one with review once the reason is stated', () => {
  assert.equal(primaryProblem(catalogue, 89), undefined)
  assert.equal(primaryProblem(catalogue, 22)?.kind, 'review')
  assert.deepEqual(primaryProblem(catalogue, 22)?.suggestions.map(({ id }) => id), [23, 36])
  assert.equal(primaryProblem(catalogue, 22, 'the path is neither known relative nor absolute'), undefined)
  assert.equal(primaryProblem(catalogue, 22, ' ')?.kind, 'review')
})

test('what cannot be primary says why and offers usable ids', () => {
  assert.equal(primaryProblem(catalogue, 99999)?.kind, 'unknown')
  assert.equal(primaryProblem(catalogue, 840)?.kind, 'category')
  assert.equal(primaryProblem(catalogue, 1000)?.kind, 'view')
  assert.equal(primaryProblem(catalogue, 391)?.kind, 'prohibited')
  assert.deepEqual(primaryProblem(catalogue, 592), {
    kind: 'deprecated',
    message: 'CWE-592: DEPRECATED: Authentication Bypass Issues is deprecated.',
    // The successor, 287, is discouraged itself: followed down to its alternatives.
    suggestions: [{ id: 1390, usage: 'Allowed-with-Review' }, { id: 306, usage: 'Allowed' }],
  })
  assert.deepEqual(primaryProblem(catalogue, 216)?.suggestions, [])
  const discouraged = primaryProblem(catalogue, 285)
  assert.equal(discouraged?.kind, 'discouraged')
  assert.match(describeProblem(catalogue, discouraged), /CWE-862: Missing Authorization \(Allowed-with-Review\)/)
})

test('every suggestion is usable, and every discouraged weakness has one but those without anything below', () => {
  for (const { id } of catalogue.data.weaknesses) {
    const problem = primaryProblem(catalogue, id)
    for (const suggestion of problem?.suggestions ?? []) {
      assert.match(catalogue.get(suggestion.id)?.mapping ?? '', /^Allowed/, `CWE-${id}`)
    }
    if (problem?.kind !== 'discouraged' || catalogue.children(id).length === 0) continue
    assert.notEqual(problem.suggestions.length, 0, `CWE-${id}`)
  }
})

test('search finds by word, form of a word, alternate term and former name', () => {
  const first = (words: string): number | undefined => catalogue.search(words)[0]?.weakness.id
  assert.equal(first('insufficient logging'), 778)
  assert.equal(first('logging'), 778)
  assert.equal(first('session expiration'), 613)
  assert.equal(first('xss'), 79)
  assert.equal(first('SSRF'), 918)
  assert.equal(first('sqli'), 89)
  assert.equal(first('prompt injection'), 1427)
  assert.equal(first('sql injection'), 89, 'the name that people use is the whole query')
  assert.ok(catalogue.search('logs').some(({ weakness }) => weakness.id === 778))
  assert.deepEqual(catalogue.search('zzzz'), [])
  assert.deepEqual(catalogue.search(' '), [])
})

test('the lists place an id, and a slip in a list is told', () => {
  assert.equal(catalogue.top25Entry(79)?.rank, 1)
  assert.equal(catalogue.top25Entry(770)?.rank, 25)
  assert.equal(catalogue.top25Entry(79, '2021')?.rank, 2)
  assert.equal(catalogue.top25('1999'), undefined)
  assert.equal(catalogue.top25('__proto__'), undefined)
  assert.equal(catalogue.kev(78)?.rank, 1)
  assert.deepEqual(catalogue.owasp(89).map(({ category }) => category), ['A05:2025', 'A03:2021'])
  assert.deepEqual(catalogue.owasp(89, '2021').map(({ name }) => name), ['Injection'])
  assert.equal(catalogue.owasp(477, '2025')[0]?.erratum?.listed, 447)
})

test('the lists hold the ids of their views and none that is unknown', () => {
  for (const [year, { view, entries }] of Object.entries(catalogue.lists.cweTop25)) {
    assert.ok(view !== undefined)
    assert.deepEqual(entries.map(({ id }) => id), catalogue.arranged(view, view), year)
  }
  for (const edition of Object.values(catalogue.lists.owaspTop10)) {
    for (const { id, cwes, notWeaknesses = [] } of edition.categories) {
      for (const cwe of cwes) assert.ok(catalogue.entry(cwe) !== undefined, `${id}: ${cwe}`)
      assert.deepEqual(cwes.filter((cwe) => catalogue.get(cwe) === undefined), [...notWeaknesses], id)
    }
  }
})
