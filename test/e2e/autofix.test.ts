import assert from 'node:assert/strict'
import { chmodSync, readFileSync, statSync } from 'node:fs'
import { test } from 'node:test'
import { Workspace } from './support.ts'

const RULES = `rules:
  - {id: own.load, languages: [python], severity: ERROR, message: m, pattern: 'load($X, ...)', fix: safe_load($X)}
  - id: own.get
    languages: [python]
    severity: ERROR
    message: m
    pattern: get(...)
    fix-regex: {regex: '\\)$', replacement: ', timeout=30)'}
  - {id: own.broken, languages: [python], severity: ERROR, message: m, pattern: broken($X), fix: 'fine($X'}
`
const CODE = 'a = load(load(b), c)\nr = get(é)\nbroken(1)\nbroken(2)\n'

function fix(workspace: Workspace, ...more: string[]): { readonly told: string[], readonly code: string } {
  const { stderr } = workspace.assay(['review', '.', '--root', '.', '--config', 'rules.yaml', '--quiet', '--autofix', ...more])
  return { told: stderr.trim().split('\n'), code: readFileSync(workspace.path('main.py'), 'utf8') }
}

test('autofix: fixes are made, those that overlap or break the file are refused; the permissions stay', (t) => {
  const workspace = new Workspace(t, { 'rules.yaml': RULES, 'main.py': CODE })
  chmodSync(workspace.path('main.py'), 0o750)
  const { told, code } = fix(workspace)
  assert.deepEqual(told, [
    'Fixed: main.py:1 own.load', 'Not fixed: main.py:1 own.load: it overlaps the fix of line 1', 'Fixed: main.py:2 own.get',
    'Not fixed: main.py:3 own.broken: the file could not be read any more',
    'Not fixed: main.py:4 own.broken: the file could not be read any more', '2 fixes made, 3 refused.',
  ])
  assert.equal(code, 'a = safe_load(load(b))\nr = get(é, timeout=30)\nbroken(1)\nbroken(2)\n')
  assert.equal(statSync(workspace.path('main.py')).mode & 0o777, 0o750)
})

test('dryrun: the fixes are shown and nothing is written', (t) => {
  const workspace = new Workspace(t, { 'rules.yaml': RULES, 'main.py': CODE })
  const { told, code } = fix(workspace, '--dryrun')
  assert.deepEqual(told.slice(0, 3), ['Fix: main.py:1 own.load', '  - load(load(b), c)', '  + safe_load(load(b))'])
  assert.equal(code, CODE)
})

test('autofix: a file that is not UTF-8 is left as it is', (t) => {
  const workspace = new Workspace(t, { 'rules.yaml': RULES, 'main.py': '# coding: latin-1\nload(a)\n' })
  workspace.write('main.py', Buffer.from('# coding: latin-1\nload("\xe9")\n', 'latin1'))
  assert.deepEqual(fix(workspace).told, ['Not fixed: main.py:2 own.load: the file is not UTF-8', '0 fixes made, 1 refused.'])
})
