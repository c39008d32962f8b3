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

/** A SARIF result with a flow of these steps: path, line, code. */
function sarifWithFlow(steps: readonly (readonly [string, number, string])[]): string {
  const location = ([uri, startLine, text]: readonly [string, number, string]): object => ({
    location: { physicalLocation: { artifactLocation: { uri }, region: { startLine, ...(text === '' ? {} : { snippet: { text } }) } } },
  })
  const last = steps.at(-1) ?? ['', 1, '']
  return JSON.stringify({
    version: '2.1.0',
    runs: [{
      tool: { driver: { name: 'scanner', rules: [{ id: 'r', properties: { tags: ['external/cwe/cwe-089'] } }] } },
      results: [{ ruleId: 'r', message: { text: 'SQL injection' }, locations: [(location(last) as { readonly location: object }).location], codeFlows: [{ threadFlows: [{ locations: steps.map(location) }] }] }],
    }],
  })
}

test('the steps of a flow that another tool gives must stand where it says', async (t) => {
  const { folder } = new Workspace(t, SHOP)
  const sink: readonly [string, number, string] = ['shop/db.py', 5, 'cursor.execute(']
  // Without the engine the first verdict on the flow is that it was not asked.
  const steps = async (...given: readonly (readonly [string, number, string])[]): Promise<string | undefined> => {
    const { findings } = await verifyText(sarifWithFlow(given), folder)
    return findings[0]?.verdicts.filter((each) => each.subject === 'flow').map((each) => `${each.verdict} ${each.code}`).at(-1)
  }
  assert.equal(await steps(['shop/views.py', 8, "request.args['q']"], sink), 'confirmed steps')
  assert.equal(await steps(['shop/views.py', 4, 'app = Flask('], sink), 'unsupported unconnected')
  assert.equal(await steps(['shop/views.py', 8, ''], sink), 'not-checkable steps')
  assert.equal(await steps(['shop/views.py', 7, "request.args['q']"], sink), 'contradicted missing-step')
  assert.equal(await steps(['shop/none.py', 8, ''], sink), 'contradicted missing-step')
  assert.equal(await steps(['shop/views.py', 800, ''], sink), 'contradicted missing-step')
})

test('a source that none of the routes passes that Assay finds itself is not borne out', async (t) => {
  const { folder } = new Workspace(t, { ...SHOP, 'shop/other.py': "from flask import request\n\ndef name():\n    return request.args['name']\n" })
  const flow = async (...given: readonly (readonly [string, number, string])[]): Promise<string | undefined> => {
    const { findings } = await verifyText(sarifWithFlow(given), folder, { engine: true })
    assert.equal(findings[0]?.substance, 'corroborated')
    return findings[0].verdicts.filter((each) => each.subject === 'flow').map((each) => `${each.verdict} ${each.code}`).at(-1)
  }
  const sink: readonly [string, number, string] = ['shop/db.py', 5, 'cursor.execute(']
  assert.equal(await flow(['shop/views.py', 8, "request.args['q']"], sink), 'confirmed steps')
  assert.equal(await flow(['shop/other.py', 4, "request.args['name']"], sink), 'unsupported other-source')
})

test('a flow to where Assay knows no place for the weakness is not borne out', async (t) => {
  const { folder } = new Workspace(t, SHOP)
  const { findings } = await verifyText('## 1. SQL Injection (CWE-89)\n\n**File:** `shop/views.py:4`\n\nThe name is user-controlled.\n', folder, { engine: true })
  assert.equal(judged(findings[0], 'flow'), 'unsupported no-sink')
})
