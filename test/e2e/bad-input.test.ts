import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, symlinkSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { setTimeout as pause } from 'node:timers/promises'
import { test } from 'node:test'
import type { Review } from '../../src/index.ts'
import { found, SHOP, Workspace } from './support.ts'

/** What the report says of a path. */
function said(review: Review, path: string): string {
  return review.problems.filter((problem) => problem.path === path).map((problem) => `${problem.kind}: ${problem.message}`).join('\n')
}

const INJECTION = 'shop/db.py:5 89'

/** Whether a text holds what a terminal obeys: C0 but line feed and tab, DEL, C1, bidirectional controls. */
function isObeyed(text: string): boolean {
  return /[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/u.test(text)
}

test('files that are no source: each has its line, the rest is reviewed', (t) => {
  const workspace = new Workspace(t, {
    ...SHOP,
    'binary.py': Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 0, 0, 1),
    'huge.py': Buffer.alloc(50_000_000, 'x = 1\n'),
    'wrong.py': Buffer.from('x = "\xff\xfe"\n', 'latin1'),
    'latin.py': Buffer.from('# -*- coding: latin-1 -*-\nname = "gr\xfc\xdfe"\n', 'latin1'),
    'unknown.py': '# coding: klingon\nx = 1\n',
    'marked.py': '\uFEFFx = 1\n',
    'wide.py': Buffer.from('\uFEFFimport os\nos.system(input())\n', 'utf16le'),
    'empty.py': '',
  })
  const review = workspace.review('.')
  assert.ok(found(review).includes(INJECTION))
  assert.match(said(review, 'binary.py'), /^skipped: a binary file/)
  assert.match(said(review, 'huge.py'), /^skipped: larger than 5 MB \(limit fileBytes, 50\.0 MB\)/)
  assert.match(said(review, 'wrong.py'), /^encoding: not valid UTF-8/)
  assert.equal(said(review, 'latin.py'), '')
  assert.match(said(review, 'unknown.py'), /^encoding: the declared encoding "klingon" is not known/)
  assert.equal(said(review, 'marked.py'), '')
  assert.ok(review.places.some((place) => place.place.path === 'wide.py' && place.place.line === 2))
  assert.equal(said(review, 'empty.py'), '')
})

test('links, loops, pipes and devices are not followed, and said', { skip: process.platform === 'win32' }, (t) => {
  const outside = new Workspace(t, { 'secret.py': 'import os\nos.system(input())\n' })
  const workspace = new Workspace(t, SHOP)
  symlinkSync(outside.path('secret.py'), workspace.path('out.py'))
  symlinkSync(outside.folder, workspace.path('outdir'))
  symlinkSync('loop.py', workspace.path('loop.py'))
  symlinkSync('..', workspace.path('shop/up'))
  symlinkSync('nothing.py', workspace.path('broken.py'))
  symlinkSync('db.py', workspace.path('shop/alias.py'))
  assert.equal(spawnSync('mkfifo', [workspace.path('pipe.py')]).status, 0)
  const review = workspace.review('.')
  assert.deepEqual(found(review), [INJECTION])
  assert.equal(review.subject.files, 3)
  assert.match(said(review, 'out.py'), /out of the root/)
  assert.match(said(review, 'outdir'), /out of the root/)
  assert.match(said(review, 'loop.py'), /loop/)
  assert.match(said(review, 'shop/up'), /loop/)
  assert.match(said(review, 'broken.py'), /to nothing/)
  assert.match(said(review, 'shop/alias.py'), /its own name/)
  assert.match(said(review, 'pipe.py'), /named pipe/)
  const named = workspace.assay(['review', 'pipe.py'])
  assert.equal(named.status, 2)
  assert.match(named.stderr, /neither a file nor a folder/)
})

test('what may not be read is said', { skip: process.platform === 'win32' || process.getuid?.() === 0 }, (t) => {
  const workspace = new Workspace(t, { ...SHOP, 'locked.py': 'x = 1\n', 'closed/a.py': 'x = 1\n' })
  chmodSync(workspace.path('locked.py'), 0)
  chmodSync(workspace.path('closed'), 0)
  const review = workspace.review('.')
  chmodSync(workspace.path('closed'), 0o700)
  assert.deepEqual(found(review), [INJECTION])
  assert.match(said(review, 'locked.py'), /^unreadable: .*EACCES/)
  assert.match(said(review, 'closed'), /^unreadable: .*EACCES/)
})

test('nesting, half a file and nonsense: a region is named, the rest is reviewed', (t) => {
  const whole = SHOP['shop/db.py'] ?? ''
  const workspace = new Workspace(t, {
    ...SHOP,
    'deep.py': `x = ${'['.repeat(100_000)}${']'.repeat(100_000)}\n`,
    'calls.py': `x = ${'f('.repeat(100_000)}${')'.repeat(100_000)}\n`,
    'open.py': '('.repeat(100_000),
    'half.py': whole.slice(0, whole.length - 60),
    'nonsense.py': '%%% ??? \u0001\n'.repeat(50),
    'long.py': `x = "${'a'.repeat(1_000_000)}"\n`,
  })
  const review = workspace.review('.')
  assert.ok(found(review).includes(INJECTION))
  for (const path of ['deep.py', 'open.py', 'nonsense.py']) assert.match(said(review, path), /^(unparsed|limit)/, path)
})

test('nothing in the code or its names reaches the terminal as an escape sequence', { skip: process.platform === 'win32' }, (t) => {
  const evil = 'a\u001b[31m\u0007\u202e.py'
  const workspace = new Workspace(t, {
    ...SHOP,
    [evil]: 'import os\nos.system(input("\u001b]0;title\u0007 \u009b31m \u202e"))  # \u001b[2J\n',
    'assay\u001b[0m.txt': '',
  })
  for (const format of ['text', 'markdown', 'json', 'sarif']) {
    const run = workspace.assay(['review', '.', '--format', format])
    assert.equal(run.status, 0, run.stderr)
    assert.ok(!isObeyed(run.stdout), format)
  }
  for (const args of [['review', 'missing\u001b[31m'], ['review', '.', '--format', '\u001b[31m'], ['review', '.', '--\u001b[31m'], ['\u001b[31m']]) {
    const run = workspace.assay(args)
    assert.equal(run.status, 2)
    assert.ok(!isObeyed(run.stderr), args.join(' '))
  }
})

test('a broken configuration of the project: its line, exit code 2, and a way round', (t) => {
  const configurations: readonly (readonly [string, RegExp])[] = [
    ['rules: [\n', /assay\.yaml:\d+: not valid YAML/],
    ['rules:\n  disable: [no.such.rule]\n', /assay\.yaml:2: there is no rule no\.such\.rule/],
    ['run: rm -rf /\n', /assay\.yaml:1: "run" is no setting/],
    ['rules:\n  config: ../outside\n', /leads out of the root/],
    ['exclude: ["{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}"]\n', /too many alternatives/],
    ['\u001b[31m: 1\n', /assay\.yaml:1/],
  ]
  for (const [text, message] of configurations) {
    const workspace = new Workspace(t, { ...SHOP, 'assay.yaml': text })
    const run = workspace.assay(['review', '.'])
    assert.deepEqual([run.status, run.stdout], [2, ''], text)
    assert.match(run.stderr, message)
    assert.match(run.stderr, /--no-project-config/)
    assert.ok(!isObeyed(run.stderr))
    assert.deepEqual(found(workspace.review('.', '--no-project-config')), [INJECTION])
  }
})

test('a configuration that a link leads out of the root is refused', { skip: process.platform === 'win32' }, (t) => {
  const outside = new Workspace(t, { 'rules.yaml': 'rules: []\n' })
  const workspace = new Workspace(t, { ...SHOP, 'assay.yaml': 'rules:\n  config: own\n' })
  symlinkSync(outside.folder, workspace.path('own'))
  const run = workspace.assay(['review', '.'])
  assert.equal(run.status, 2)
  assert.match(run.stderr, /own leads out of the root/)
})

test('what the configuration switches off is in the report', (t) => {
  const workspace = new Workspace(t, {
    ...SHOP, 'gen/a.py': 'import os\nos.system(input())\n',
    'assay.yaml': 'rules:\n  disable: [sql-injection]\nexclude: [gen/]\nthresholds: {severity: medium, fail-on: low}\n',
  })
  const review = workspace.review('.')
  assert.deepEqual(found(review), [])
  const switchedOff = review.switchedOff.join('\n')
  assert.match(switchedOff, /assay\.yaml: not run: python\.sql-injection\./)
  assert.match(switchedOff, /assay\.yaml: not reported on: gen\/\./)
  assert.match(switchedOff, /assay\.yaml: findings below severity medium/)
  assert.match(workspace.assay(['review', '.']).stdout, /assay\.yaml/)
  const without = workspace.review('.', '--no-project-config')
  assert.ok(found(without).includes(INJECTION))
  assert.deepEqual(without.switchedOff, [])
})

test('the threshold of the configuration sets the exit code, the option overrides it', (t) => {
  const workspace = new Workspace(t, { ...SHOP, 'assay.yaml': 'thresholds: {fail-on: low}\n' })
  assert.equal(workspace.assay(['review', '.']).status, 1)
  assert.equal(workspace.assay(['review', '.', '--no-project-config']).status, 0)
})

test('broken rules of the user: exit code 2 when none is left, a line for each otherwise', (t) => {
  const workspace = new Workspace(t, {
    ...SHOP,
    'own/broken.yaml': 'rules: [\n',
    'own/none.yaml': 'rules: 3\n',
    'own/partly.yaml': [
      'rules:', '  - {id: fine, languages: [python], severity: INFO, message: m, pattern: foo(...)}',
      '  - {id: unfit, languages: [python], severity: INFO, message: m}', '',
    ].join('\n'),
    'own/binary.yaml': Uint8Array.of(0, 1, 2, 255),
  })
  for (const name of ['broken', 'none', 'binary']) {
    const run = workspace.assay(['review', '.', '--config', `own/${name}.yaml`])
    assert.deepEqual([run.status, run.stdout], [2, ''], name)
    assert.match(run.stderr, new RegExp(`own/${name}\\.yaml`))
  }
  const review = workspace.review('.', '--config', 'own/partly.yaml')
  assert.ok(found(review).includes(INJECTION))
  assert.ok(review.problems.some((problem) => problem.kind === 'rule' && /partly\.yaml:3: rule unfit is left out/.test(problem.message)))
})

test('hostile ignore files end, and are said', (t) => {
  const workspace = new Workspace(t, { ...SHOP, '.gitignore': `${'*a'.repeat(200)}\n`.repeat(200), [`${'a'.repeat(200)}.txt`]: '' })
  const review = workspace.review('.')
  assert.deepEqual(found(review), [INJECTION])
  assert.match(said(review, '.gitignore'), /not obeyed/)
})

test('a deep folder and many names', (t) => {
  const workspace = new Workspace(t, SHOP)
  mkdirSync(workspace.path('d/'.repeat(300)), { recursive: true })
  workspace.write(`${'d/'.repeat(300)}a.py`, 'x = 1\n')
  assert.equal(workspace.review('.').subject.files, 4)
})

test('standard input: a fragment, a fenced block, in the program around', (t) => {
  const workspace = new Workspace(t, SHOP)
  const review = (input: string, name: string): Review => {
    const run = workspace.assay(['review', '-', '--stdin-filename', name, '--format', 'json'], input)
    assert.equal(run.status, 0, run.stderr)
    return JSON.parse(run.stdout) as Review
  }
  const method = '    def run(self, request):\n        os.system(request.args["c"])\n        return helper(self)\n'
  const fragment = review(method, 'piece.py')
  assert.deepEqual(fragment.places.map((place) => `${place.place.line} ${place.cwe} ${place.outcome}`), ['2 78 no-source'])
  assert.match(fragment.subject.missingContext, /^The code is indented: .* usually imported so: os\. Defined elsewhere, and unknown here: helper\.$/)
  const [assumed] = review('    def run(self):\n        os.system("ls " + request.args["c"])\n', 'piece.py').findings
  assert.equal(`${assumed?.cwe} ${assumed?.place.line} ${assumed?.confidence}`, '78 2 medium')
  assert.match(assumed?.confidenceReason ?? '', /does not import are taken for what is usually imported so: `os` and `flask.request`/)
  const fenced = review(`Here it is:\n\n\`\`\`python\nimport os\nos.system(input())\n\`\`\`\nand so on\n`, 'piece.py')
  assert.deepEqual(fenced.places.map((place) => `${place.place.line} ${place.cwe}`), ['5 78'])
  const several = 'Say:\n```py\nimport os\n```\nand\n```sh\nls\n```\nthen\n```py\nos.system(input())\n```\n'
  assert.deepEqual(review(several, 'piece.py').places.map((place) => place.place.line), [11])
  const example = '"""Use:\n\n```python\nrun()\n```\n"""\nimport os\nos.system(input())\n'
  assert.deepEqual(review(example, 'piece.py').places.map((place) => place.place.line), [8], 'a fence in a docstring is no fence')
  const inside = review((SHOP['shop/db.py'] ?? '').replace('SELECT *', 'SELECT id'), 'shop/db.py')
  assert.deepEqual(found(inside), [INJECTION])
  assert.match(inside.findings[0]?.place.code ?? '', /SELECT id/)
  assert.equal(review('', 'piece.py').subject.lines, 0)
})

test('killed at any moment, the next run is right', async (t) => {
  const files: Record<string, string> = { ...SHOP }
  for (let at = 0; at < 80; at++) files[`more/m${at}.py`] = 'import os\n\ndef f(x):\n    return os.path.join(x, "a")\n'.repeat(20)
  const workspace = new Workspace(t, files)
  const expected = workspace.review('.', '--no-cache')
  const main = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url))
  for (const delay of [150, 300, 450, 600, 800]) {
    const run = spawn(process.execPath, [main, 'review', '.'], { cwd: workspace.folder, stdio: 'ignore', env: { ...process.env, XDG_CACHE_HOME: workspace.cache } })
    const ended = once(run, 'exit')
    await pause(delay)
    run.kill('SIGKILL')
    await ended
    assert.deepEqual(workspace.review('.', '--jobs', '1'), expected, `after ${delay} ms`)
  }
})

test('a reader that closes the pipe is no failure', { skip: process.platform === 'win32' }, (t) => {
  const workspace = new Workspace(t, SHOP)
  const main = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url))
  const line = `"${process.execPath}" "${main}" cwe tree 1000 | head -n 1; echo "status \${PIPESTATUS[0]}"`
  const run = spawnSync('bash', ['-c', line], { cwd: workspace.folder, encoding: 'utf8' })
  assert.match(run.stdout, /status 0/)
  assert.equal(run.stderr, '')
})
