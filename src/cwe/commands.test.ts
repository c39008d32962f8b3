import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { UsageError } from '../core/problem.ts'
import { Catalogue } from './catalogue.ts'
import { parseCweId, showEntry, showSearch, showTop25, showTree } from './commands.ts'
import { openCatalogue } from './open.ts'

const { catalogue } = openCatalogue(join('data', 'cwe'))

test('an id is read as people write it', () => {
  for (const text of ['89', 'CWE-89', 'cwe-089', ' cwe89 ', 'CWE 89']) assert.equal(parseCweId(text), 89)
  for (const text of ['', '0', '-1', '89x', 'CWE-', '1e3', '12345678']) {
    assert.throws(() => parseCweId(text), UsageError, text)
  }
})

test('an entry shows its title, mapping, relations and lists', () => {
  const lines = showEntry(catalogue, 'CWE-89').split('\n')
  const sql = "CWE-89: Improper Neutralization of Special Elements used in an SQL Command ('SQL Injection')"
  assert.equal(lines[0], sql)
  assert.ok(lines.includes('  Base, Stable'))
  assert.ok(lines.includes('  Mapping: Allowed'))
  assert.ok(lines.includes('  CWE Top 25 2025: rank 2'))
  assert.ok(lines.includes('  OWASP Top 10: A05:2025 Injection; A03:2021 Injection'))
  const parents = lines.indexOf('  Parents:')
  assert.equal(lines[parents + 1], '    CWE-943: Improper Neutralization of Special Elements in Data Query Logic')
  assert.ok(lines.includes('  https://cwe.mitre.org/data/definitions/89.html'))
  assert.match(lines.at(-2) ?? '', /^CWE 4\.20 \(2026-04-30\), The MITRE Corporation/)
})

test('an entry that cannot be primary says so', () => {
  assert.match(showEntry(catalogue, '20'), /is discouraged for mapping\. Use in its place: CWE-1173: /)
  assert.match(showEntry(catalogue, '613'), /allowed with review only/)
  assert.match(showEntry(catalogue, '16'), /A category, Obsolete\. It groups weaknesses and is none/)
  assert.match(showEntry(catalogue, '477'), /the list says 447 and means 477/)
  assert.throws(() => showEntry(catalogue, '99999'), (error) => {
    return error instanceof UsageError && error.place === 'CWE-99999'
  })
})

test('a search prints the best match first', () => {
  assert.equal(showSearch(catalogue, 'logging').split('\n')[0], 'CWE-778: Insufficient Logging')
  assert.match(showSearch(catalogue, 'improper'), /\.\.\. and \d+ more; add a word/)
  assert.match(showSearch(catalogue, 'zzzz'), /^No weakness of CWE 4\.20 has these words/)
})

test('a tree indents children below each of their parents', () => {
  const lines = showTree(catalogue, '284').split('\n')
  assert.equal(lines[0], 'CWE-284: Improper Access Control [Discouraged]')
  const authorization = lines.indexOf('  CWE-285: Improper Authorization [Discouraged]')
  const missing = lines.indexOf('    CWE-862: Missing Authorization [Allowed-with-Review]')
  assert.ok(authorization > 0 && missing > authorization)
  assert.ok(lines.slice(authorization + 1, missing).every((line) => line.startsWith('    ')))
  assert.equal(lines.filter((line) => line.trim().startsWith('CWE-425:')).length, 3)
})

test('a tree of a category or view descends through members', () => {
  const category = showTree(catalogue, '1440').split('\n')
  assert.equal(category[0], 'CWE-1440: OWASP Top Ten 2025 Category A05:2025 - Injection')
  assert.ok(category.some((line) => line.startsWith('  CWE-89:')))
  const view = showTree(catalogue, '1450').split('\n')
  assert.ok(view.some((line) => line.startsWith('  CWE-1440:')))
  assert.ok(view.some((line) => line.startsWith('    CWE-89:')))
  const simplified = showTree(catalogue, '1003').split('\n')
  assert.ok(simplified.indexOf('    CWE-862: Missing Authorization [Allowed-with-Review]') < 0)
  assert.ok(simplified.includes('  CWE-862: Missing Authorization [Allowed-with-Review]'))
})

test('a tree of groups that contain each other ends, and one that doubles at every level is cut', () => {
  const group = (id: number, members: number[]): { id: number; name: string; status: 'Draft'; members: number[] } =>
    ({ id, name: `Group ${id}`, status: 'Draft', members })
  const build = (categories: ReturnType<typeof group>[]): Catalogue =>
    new Catalogue({ ...catalogue.data, categories, views: [] }, catalogue.lists, {})
  assert.equal(showTree(build([group(2, [3]), group(3, [2])]), '2'), 'CWE-2: Group 2\n  CWE-3: Group 3\n')
  const doubling = Array.from({ length: 30 }, (_, level) => [
    group(5000 + 2 * level, [5002 + 2 * level, 5003 + 2 * level].filter((id) => id < 5060)),
    group(5001 + 2 * level, [5002 + 2 * level, 5003 + 2 * level].filter((id) => id < 5060)),
  ]).flat()
  const lines = showTree(build(doubling), '5000').trimEnd().split('\n')
  assert.match(lines.at(-1) ?? '', /\(the tree goes on\)$/)
})

test('the Top 25 is printed in rank order', () => {
  const lines = showTop25(catalogue).split('\n')
  assert.equal(lines[0], 'CWE Top 25 Most Dangerous Software Weaknesses, 2025')
  assert.match(lines[1] ?? '', /^ 1 {2}CWE-79: .*\(score 60\.38, exploited CVEs 7\)$/)
  assert.match(lines[18] ?? '', /^18 {2}CWE-20: .*\[Discouraged\]$/)
  assert.match(lines[25] ?? '', /^25 {2}CWE-770: /)
  assert.match(showTop25(catalogue, '2024').split('\n')[2] ?? '', /^ 2 {2}CWE-787: Out-of-bounds Write \[Allowed/)
  assert.throws(() => showTop25(catalogue, '1999'), UsageError)
})
