import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SHOP, Workspace } from '../e2e/support.ts'
import { judged, verdictOn, verifyText } from './support.ts'

/* What a search of our own says of a finding. */

const INJECTION = '## 1. SQL Injection (CWE-89)\n\n**File:** `shop/db.py:5`\n\nThe name is user-controlled.\n'

test('a claimed flow that Assay finds itself corroborates the finding, with its steps', async (t) => {
  const { folder } = new Workspace(t, SHOP)
  const { findings } = await verifyText(INJECTION, folder, { engine: true })
  assert.equal(findings[0]?.substance, 'corroborated')
  const flow = verdictOn(findings[0], 'flow')
  assert.equal(`${flow?.verdict} ${flow?.code}`, 'confirmed corroborated')
  const places = flow?.evidence.flatMap((each) => (each.kind === 'code' ? [`${each.path}:${each.line}`] : []))
  assert.equal(places?.[0], 'shop/views.py:8')
  assert.equal(places?.at(-1), 'shop/db.py:5')
})

test('the same with another weakness of the family, and a few lines off', async (t) => {
  const { folder } = new Workspace(t, SHOP)
  const { findings } = await verifyText('## 1. Injection (CWE-943)\n\n**File:** `shop/db.py:3`\n', folder, { engine: true })
  assert.equal(findings[0]?.substance, 'corroborated')
})

test('a place that Assay takes for safe does not refute, and is told', async (t) => {
  const { folder } = new Workspace(t, {
    ...SHOP, 'shop/db.py': "import sqlite3\n\ndef find(name):\n    cursor = sqlite3.connect('shop.db').cursor()\n    cursor.execute('SELECT 1')\n    return cursor.fetchall()\n",
  })
  const { findings } = await verifyText(INJECTION, folder, { engine: true })
  assert.equal(judged(findings[0], 'flow'), 'unsupported engine-safe')
  assert.notEqual(findings[0]?.substance, 'refuted')
})

test('a weakness without a rule is not searched for', async (t) => {
  const { folder } = new Workspace(t, SHOP)
  const { findings } = await verifyText(INJECTION.replace('CWE-89', 'CWE-307'), folder, { engine: true })
  assert.equal(judged(findings[0], 'flow'), 'not-checkable no-engine')
})

test('comments of the reviewed code silence nothing here', async (t) => {
  const { folder } = new Workspace(t, { ...SHOP, 'shop/db.py': (SHOP['shop/db.py'] ?? '').replace('"\'")', '"\'")  # nosec') })
  const { findings } = await verifyText(INJECTION, folder, { engine: true })
  assert.equal(findings[0]?.substance, 'corroborated')
})

test('an earlier revision is reviewed from its objects', async (t) => {
  const workspace = new Workspace(t, SHOP)
  workspace.git('init', '-q')
  workspace.git('add', '.')
  workspace.git('commit', '-q', '-m', 'one')
  workspace.write('shop/db.py', 'def find(name):\n    return []\n')
  const now = await verifyText(INJECTION, workspace.folder, { engine: true })
  assert.equal(judged(now.findings[0], 'line'), 'contradicted past-end')
  const then = await verifyText(INJECTION, workspace.folder, { engine: true, revision: 'HEAD' })
  assert.equal(then.findings[0]?.substance, 'corroborated')
})
