import assert from 'node:assert/strict'
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { found, projectFolder, SHOP, Workspace } from './support.ts'

test('a folder: the flow across files is found, with every step', (t) => {
  const review = new Workspace(t, SHOP).review('.')
  assert.deepEqual(found(review), ['shop/db.py:5 89'])
  const steps = review.findings[0]?.evidence.steps.map((step) => `${step.role} ${step.path}:${step.line}`) ?? []
  assert.equal(steps[0], 'source shop/views.py:8')
  assert.equal(steps.at(-1), 'sink shop/db.py:5')
})

test('one file: the program around it is used, and only the file is reported', (t) => {
  const workspace = new Workspace(t, { ...SHOP, 'shop/other.py': 'import os\nos.system(input())\n' })
  const review = workspace.review('shop/db.py')
  assert.deepEqual(found(review), ['shop/db.py:5 89'])
  assert.deepEqual([review.subject.files, review.subject.programFiles], [1, 4])
  assert.deepEqual(found(workspace.review('shop/views.py')), [])
  assert.deepEqual(found(workspace.review('--root', 'shop', 'shop/db.py')), [], 'without the package above, the caller is not resolved')
})

test('a path from inside a package without any marker finds the package', (t) => {
  const { 'pyproject.toml': _, ...files } = SHOP
  assert.deepEqual(found(new Workspace(t, files).review('shop/db.py')), ['shop/db.py:5 89'])
})

test('include, exclude and the ignore files', (t) => {
  const workspace = new Workspace(t, {
    ...SHOP, 'old/a.py': 'import os\nos.system(input())\n', 'gen/b.py': 'x = 1\n', '.assayignore': 'gen/\n',
  })
  const lines = (...args: readonly string[]): readonly string[] => workspace.review(...args).places.map((place) => `${place.place.path}:${place.place.line}`)
  assert.ok(lines('.').some((line) => line === 'old/a.py:2'))
  const excluded = workspace.review('.', '--exclude', 'old/')
  assert.ok(!excluded.places.some((place) => place.place.path.startsWith('old/')))
  assert.ok(excluded.switchedOff.some((each) => each.includes('1 file is not reported on')))
  assert.ok(lines('.', '--include', 'shop/d*.py').every((line) => line.startsWith('shop/db.py')))
  const whole = workspace.review('.')
  assert.ok(whole.problems.some((problem) => problem.message.includes('left out by ignore files') && problem.message.includes('gen/')))
  assert.equal(workspace.review('gen/b.py').subject.files, 1, 'a file named by itself is reviewed')
  const byName = workspace.review('gen')
  assert.equal(byName.subject.files, 1, 'a folder named by itself is reviewed')
  assert.deepEqual(byName.problems.filter((problem) => problem.message.includes('left out')), [])
})

test('rules by weakness: the id and what is below it', (t) => {
  const workspace = new Workspace(t, SHOP)
  assert.deepEqual(found(workspace.review('--cwe', '78', '--cwe', '74', '.')), ['shop/db.py:5 89'])
  const other = workspace.review('.', '--cwe', 'CWE-78')
  assert.deepEqual(found(other), [])
  assert.ok(other.switchedOff.some((each) => each.includes('CWE-78')))
})

test('paths of two programs: each is read, and not what lies beside them', (t) => {
  const workspace = new Workspace(t, { 'one/setup.py': '', 'one/a.py': 'x = 1\n', 'two/setup.py': '', 'two/b.py': 'x = 1\n', 'three/c.py': 'x = 1\n' })
  const { subject } = workspace.review('one/a.py', 'two/b.py')
  assert.deepEqual([subject.files, subject.programFiles], [2, 4])
  assert.equal(workspace.review('one/a.py', 'two/b.py', '--root', '.').subject.programFiles, 5)
})

test('a weakness that no rule is about: the review says that it looked for nothing', (t) => {
  const [said] = new Workspace(t, SHOP).review('.', '--cwe', '416').switchedOff
  assert.match(said ?? '', /CWE-416 .* There is no such rule: nothing was looked for\.$/)
})

test('a standard output that cannot be written to is an error, not findings', { skip: !existsSync('/dev/full') }, (t) => {
  const workspace = new Workspace(t, SHOP)
  const full = openSync('/dev/full', 'w')
  const run = workspace.assay(['review', '.', '--fail-on', 'low'], '', {}, full)
  closeSync(full)
  assert.equal(run.status, 2)
  assert.match(run.stderr, /^assay: standard output: It cannot be written \(ENOSPC\)/)
})

test('thresholds count what they do not list', (t) => {
  const workspace = new Workspace(t, { ...SHOP, 'perm.py': "import os\nos.chmod('a', 0o666)\n" })
  assert.ok(found(workspace.review('.')).includes('perm.py:2 732'))
  assert.ok(!found(workspace.review('.', '--severity', 'ERROR')).includes('perm.py:2 732'))
  assert.match(workspace.review('.', '--severity', 'high').conclusion.sentences.join(' '), /below/)
})

test('exit codes: 0 without threshold, 1 at or above it, 2 for what cannot be done', (t) => {
  const workspace = new Workspace(t, SHOP)
  assert.equal(workspace.assay(['review', '.']).status, 0)
  assert.equal(workspace.assay(['review', '.', '--fail-on', 'low']).status, 1)
  assert.equal(workspace.assay(['review', 'shop/views.py', '--fail-on', 'low']).status, 0)
  const wrong: readonly (readonly [readonly string[], RegExp])[] = [
    [['review', 'missing'], /missing: There is no such file or folder\. Check/],
    [['review'], /PATH/],
    [['review', '.', '--nonsense'], /unknown option '--nonsense'/],
    [['review', '.', '--format', 'pdf'], /--format pdf: There is no such report format\. Known formats: json, markdown, sarif, text\./],
    [['review', '.', '--severity', 'grave'], /--severity grave/],
    [['review', '--cwe', 'x', '.'], /Not a CWE id/],
    [['review', '--cwe', '99999', '.'], /--cwe 99999: It is not in CWE/],
    [['review', '--cwe', '16', '.'], /CWE-16: Configuration is a category/],
    [['review', ''], /PATH: The path is empty/],
    [['review', '.', '--config', ''], /--config: The path is empty/],
    [['review', '.', '--jobs', 'many'], /--jobs many/],
    [['review', '--config', 'missing.yaml', '.'], /missing\.yaml: There is no such file/],
    [['review', '.', '--baseline', 'missing.json'], /missing\.json/],
    [['review', '--explain', 'nothing'], /There is no such rule/],
    [['review', '-', '--stdin-filename', 'a.unknown'], /a\.unknown: The file name says no language/],
    [['review', '-'], /--stdin-filename/],
    [['cwe', 'x'], /Not a CWE id/], [['cwe', '999999'], /Not in CWE/], [['cwe', 'load', 'missing.xml'], /missing\.xml/],
    [['nonsense'], /unknown command/],
  ]
  for (const [args, message] of wrong) {
    const run = workspace.assay(args)
    assert.equal(run.status, 2, args.join(' '))
    assert.match(run.stderr, message)
    assert.equal(run.stdout, '', args.join(' '))
    assert.doesNotMatch(run.stderr, /\n {4}at /, 'no stack for the user')
  }
})

test('the formats, to standard output and to a file', (t) => {
  const workspace = new Workspace(t, SHOP)
  for (const [format, pattern] of [['text', /1\. CWE-89: Improper/], ['markdown', /CWE-89/], ['json', /"cwe": ?89/], ['sarif', /"2\.1\.0"/]] as const) {
    const printed = workspace.assay(['review', '.', '--format', format])
    assert.match(printed.stdout, pattern)
    assert.equal(printed.stderr, '', 'quiet without a terminal')
    const written = workspace.assay(['review', '.', '--format', format, '--output', 'out/report'])
    assert.deepEqual([written.status, written.stdout], [0, ''])
    assert.equal(readFileSync(workspace.path('out/report'), 'utf8'), printed.stdout)
  }
})

const ESCAPE = '\u001b'

test('colour only when asked for, or on a terminal', (t) => {
  const workspace = new Workspace(t, SHOP)
  assert.ok(!workspace.assay(['review', '.']).stdout.includes(ESCAPE))
  assert.ok(workspace.assay(['review', '.', '--color']).stdout.includes(`${ESCAPE}[`))
  assert.ok(!workspace.assay(['review', '.', '--no-color']).stdout.includes(ESCAPE))
})

test('version, help with examples, pages and the catalogue', (t) => {
  const workspace = new Workspace(t)
  const { version } = JSON.parse(readFileSync(join(projectFolder(), 'package.json'), 'utf8')) as { readonly version: string }
  assert.equal(workspace.assay(['--version']).stdout, `${version}\n`)
  assert.match(workspace.assay(['review', '--help']).stdout, /Examples:\n {2}\$ assay review/)
  assert.equal(workspace.assay(['--help']).status, 0)
  assert.match(workspace.assay(['review', '--explain', 'python.sql-injection']).stdout, /CWE-89: Improper/)
  assert.match(workspace.assay(['rules', 'list']).stdout, /^python\.sql-injection {2}/m)
  assert.match(workspace.assay(['cwe', '89']).stdout, /^CWE-89: Improper Neutralization of Special Elements used in an SQL Command/)
  assert.match(workspace.assay(['cwe', 'search', 'logging']).stdout, /CWE-778: Insufficient Logging/)
  assert.match(workspace.assay(['cwe', 'tree', '284']).stdout, /\n {2}CWE-/)
  assert.match(workspace.assay(['cwe', 'top25']).stdout, / 1 {2}CWE-79/)
})

test('the example application: every expected finding, and nothing else', (t) => {
  const folder = join(projectFolder(), 'examples', 'flask-shop')
  interface Expected { readonly findings: readonly { readonly path: string, readonly line: number, readonly cwe: number }[] }
  const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Expected
  const review = new Workspace(t).review(folder, '--root', folder)
  assert.deepEqual([...found(review)].sort(), expected.findings.map((each) => `${each.path}:${each.line} ${each.cwe}`).sort())
})
