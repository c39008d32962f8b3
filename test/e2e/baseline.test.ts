import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { found, SHOP, Workspace } from './support.ts'

const SECOND = 'import os\nfrom flask import request\n\ndef run():\n    os.system(request.args["c"])\n'

const VIEW = ['from flask import Flask', 'app = Flask(__name__)', "@app.route('/run')", 'def view():', '    return str(run())', ''].join('\n')

/** A repository with the shop in its first commit. */
function repository(t: ConstructorParameters<typeof Workspace>[0], files: Readonly<Record<string, string>> = SHOP): Workspace {
  const workspace = new Workspace(t, files)
  workspace.git('init', '-q')
  workspace.git('add', '-A')
  workspace.git('commit', '-q', '-m', 'first')
  return workspace
}

test('a revision as baseline: only what is new, and the known is kept apart', (t) => {
  const workspace = repository(t)
  workspace.write('shop/run.py', SECOND)
  workspace.write('shop/db.py', `# moved\n\n${SHOP['shop/db.py'] ?? ''}`)
  for (const option of ['--baseline', '--diff']) {
    const review = workspace.review('.', option, 'HEAD')
    assert.deepEqual(found(review), ['shop/run.py:5 78'])
    assert.deepEqual(review.suppressed.map((each) => `${each.by} ${each.finding.place.path}:${each.finding.place.line}`), ['baseline shop/db.py:7'])
  }
})

test('a finding is new when only the caller changed', (t) => {
  const { 'shop/views.py': view = '', ...rest } = SHOP
  const workspace = repository(t, { ...rest, 'shop/views.py': view.replace("request.args['q']", "'fixed'") })
  assert.deepEqual(found(workspace.review('.')), [])
  workspace.write('shop/views.py', view)
  assert.deepEqual(found(workspace.review('shop/db.py', '--diff', 'HEAD')), ['shop/db.py:5 89'], 'the file itself did not change')
})

test('a baseline file made elsewhere holds here', (t) => {
  const one = new Workspace(t, SHOP)
  for (const format of ['json', 'sarif']) {
    const other = new Workspace(t, { ...SHOP, 'shop/run.py': SECOND + VIEW })
    one.assay(['review', '.', '--format', format, '--output', 'before'])
    other.write('before', readFileSync(one.path('before')))
    assert.deepEqual(found(other.review('shop', '--baseline', 'before')), ['shop/run.py:5 78'], format)
    assert.equal(other.assay(['review', 'shop/db.py', '--baseline', 'before', '--fail-on', 'low']).status, 0)
  }
})

test('a path that the revision does not have holds nothing known', (t) => {
  const workspace = repository(t)
  workspace.write('tool/run.py', SECOND)
  assert.deepEqual(found(workspace.review('tool', '--diff', 'HEAD')), ['tool/run.py:5 78'])
})

test('below the top of a repository, with --root', (t) => {
  const files = Object.fromEntries(Object.entries(SHOP).map(([path, text]) => [`apps/one/${path}`, text]))
  const workspace = repository(t, files)
  assert.deepEqual(found(workspace.review('apps/one', '--root', 'apps/one', '--diff', 'HEAD')), [])
})

test('what is no baseline is refused with a remedy', (t) => {
  const workspace = repository(t)
  workspace.write('foreign.json', '{"results": []}')
  workspace.write('cut.json', '{"assayBaseline": 1,')
  for (const name of ['foreign.json', 'cut.json', 'no-such-revision', '--output=/tmp/x', '-x']) {
    const run = workspace.assay(['review', '.', `--baseline=${name}`])
    assert.equal(run.status, 2, name)
    assert.ok(run.stderr.includes(name), run.stderr)
  }
  const outside = new Workspace(t, SHOP).assay(['review', '.', '--diff', 'main'])
  assert.equal(outside.status, 2)
  assert.match(outside.stderr, /no git repository/)
})

test('the revision, and whether the sources differ from it', (t) => {
  const workspace = repository(t, { ...SHOP, '.gitignore': 'local.py\n' })
  const head = workspace.git('rev-parse', 'HEAD').trim()
  assert.equal(workspace.review('.').subject.revision, head)
  assert.equal(workspace.review('.').subject.revision, head, 'warm')
  workspace.write('local.py', 'x = 1\n')
  assert.equal(workspace.review('.').subject.revision, head, 'an ignored file is no difference')
  workspace.write('shop/views.py', `${SHOP['shop/views.py'] ?? ''}\n`)
  assert.equal(workspace.review('.').subject.revision, `${head}+`)
})

test('a hostile repository configuration runs nothing', (t) => {
  const workspace = repository(t)
  const mark = workspace.path('mark')
  for (const [key, value] of [
    ['core.fsmonitor', `touch ${mark}`], ['core.hooksPath', '.'], ['core.pager', `touch ${mark}`], ['core.sshCommand', `touch ${mark}`],
    ['filter.x.clean', `touch ${mark}`], ['filter.x.smudge', `touch ${mark}`], ['diff.external', `touch ${mark}`], ['alias.ls-tree', `!touch ${mark}`],
    ['remote.origin.url', `ext::touch ${mark}`], ['extensions.partialClone', 'origin'], ['remote.origin.promisor', 'true'],
    ['protocol.ext.allow', 'always'],
  ] as const) workspace.git('config', key, value)
  workspace.write('.gitattributes', '*.py filter=x diff=x\n')
  workspace.write('shop/db.py', `${SHOP['shop/db.py'] ?? ''}\n`)
  workspace.assay(['review', '.', '--diff', 'HEAD'])
  workspace.assay(['review', '.', '--diff', '0123456789012345678901234567890123456789'])
  assert.throws(() => readFileSync(mark), { code: 'ENOENT' })
})
