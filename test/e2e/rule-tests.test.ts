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
