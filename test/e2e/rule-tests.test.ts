import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Workspace } from './support.ts'

const RULES = `rules:
  - id: no-print
    languages: [python]
    severity: INFO
    message: printed
    pattern: print(...)
  - id: no-exit
    languages: [python]
    severity: INFO
    message: ended
    pattern: exit()
`

test('assay test: rules whose annotations hold pass', (t) => {
  const workspace = new Workspace(t, {
    'rules/out.yaml': RULES,
    'rules/out.py': '# ruleid: no-print\nprint(1)\n# ok: no-print\nprinted(1)\n# ruleid: no-exit\nexit()\n# todook: no-print\nprint(2)\n',
  })
  const run = workspace.assay(['test', 'rules'])
  assert.equal(run.stdout, '2 of 2 rules pass, 0 do not, 0 have no test.\n')
  assert.equal(run.status, 0)
})

test('assay test: what is missing, extra or moved is named with its line', (t) => {
  const workspace = new Workspace(t, {
    'rules/out.yaml': RULES,
    'rules/out.py': '# ruleid: no-print\n\nprint(1)\n\n\n\nprint(2)\n\n\n\n# ruleid: no-print\nnothing()\n',
  })
  const run = workspace.assay(['test', 'rules'])
  assert.deepEqual(run.stdout.split('\n'), [
    'no-print (out.yaml)', '  out.py:12: missing, a report is expected', '  out.py:2: moved, reported at line 3',
    '  out.py:7: extra, no report is expected', 'no-exit (out.yaml): no test names it',
    '0 of 2 rules pass, 1 do not, 1 have no test.', '',
  ])
  assert.equal(run.status, 1)
})

test('assay test: a rule that is not understood is no pass, and a folder that is not there is named', (t) => {
  const workspace = new Workspace(t, {
    'rules/out.yaml': RULES.replace('pattern: exit()', 'pattern: exit('),
    'rules/out.py': '# ruleid: no-print\nprint(1)\n',
  })
  const run = workspace.assay(['test', 'rules'])
  assert.match(run.stdout, /^no-exit \(out.yaml\): the pattern `exit\(` cannot be read/m)
  assert.equal(run.status, 1)
  const missing = workspace.assay(['test', 'nowhere'])
  assert.match(missing.stderr, /nowhere: There is no such folder/)
  assert.equal(missing.status, 2)
})

test('assay rules check: each defect with file, line and rule; the others count as usable', (t) => {
  const workspace = new Workspace(t, {
    'rules/good.yaml': RULES,
    'rules/bad.yaml': 'rules:\n  - id: typo\n    languages: [python]\n    severity: INFO\n    message: m\n    patterns:\n      - patern: a\n'
      + '  - id: broken\n    languages: [python]\n    severity: INFO\n    message: m\n    pattern: "a("\n',
  })
  const run = workspace.assay(['rules', 'check', 'rules'])
  const lines = run.stdout.split('\n')
  assert.match(lines[0] ?? '', /^rules\/bad\.yaml:7: rule typo is left out: the operator patern is not supported/)
  assert.match(lines[1] ?? '', /^rules\/bad\.yaml: rule broken is left out: the pattern `a\(` cannot be read/)
  assert.equal(lines[2], '2 of 4 rules in 2 files can be used.')
  assert.equal(run.status, 1)
  assert.equal(workspace.assay(['rules', 'check', 'rules/good.yaml']).status, 0)
  assert.equal(workspace.assay(['rules', 'check', 'nowhere']).status, 2)
})

test('assay search: matches with place and metavariables', (t) => {
  const workspace = new Workspace(t, {
    'a/one.py': 'import os\nos.system(name)\n', 'a/two.py': 'from os import system as run\nrun("x",\n    1)\n', 'a/other.txt': 'os.system(1)\n',
  })
  const run = workspace.assay(['search', '-e', 'os.system($X, ...)', '-l', 'py', 'a'])
  assert.deepEqual(run.stdout.split('\n'), [
    'a/one.py:2:1: os.system(name)', '  $X = name', 'a/two.py:2:1: run("x", ...', '  $X = "x"', '2 matches in 2 files.', '',
  ])
  assert.equal(run.status, 0)
  assert.equal(workspace.assay(['search', '-e', 'nothing()', '-l', 'python', 'a']).status, 1)
  const bad = workspace.assay(['search', '-e', 'f(', '-l', 'python', 'a'])
  assert.match(bad.stderr, /--pattern: the pattern `f\(` cannot be read/)
  assert.equal(bad.status, 2)
  assert.match(workspace.assay(['search', '-e', 'f()', '-l', 'klingon', 'a']).stderr, /--lang klingon: There is no such language\. Known languages: .*python/)
})
