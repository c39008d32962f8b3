import assert from 'node:assert/strict'
import { test } from 'node:test'
import { review } from '../../src/index.ts'
import { Workspace } from './support.ts'

/** Lines and outcomes of the places that one rule of the user's own considered. */
async function outcomes(workspace: Workspace, rule: string): Promise<string[]> {
  const { places } = await review({
    paths: [workspace.folder], root: workspace.folder, config: [workspace.path('rules.yaml')], cache: false, jobs: 1,
  })
  return places.filter((place) => place.rule === rule).map((place) => `${place.place.path}:${place.place.line} ${place.outcome}`)
}

test('taint rules by patterns alone: a focused sink is judged by its value, across files', async (t) => {
  const workspace = new Workspace(t, {
    'rules.yaml': `rules:
  - id: own
    languages: [python]
    severity: ERROR
    message: taint
    mode: taint
    pattern-sources: [{pattern: source(...)}]
    pattern-sinks: [{patterns: [{pattern: 'sink($A, ...)'}, {focus-metavariable: $A}]}]
    pattern-sanitizers: [{pattern: clean(...)}]
`,
    'main.py': `from other import given
s = source()
sink(s)
sink(clean(s))
sink('fixed', s)
sink(given())
sink(source())
`,
    'other.py': 'def given():\n    return source()\n',
  })
  assert.deepEqual(await outcomes(workspace, 'own'), [
    'main.py:3 found', 'main.py:4 safe', 'main.py:5 safe', 'main.py:6 found', 'main.py:7 found',
  ])
})

test('a negative pattern that only the program can decide excludes the match', async (t) => {
  const workspace = new Workspace(t, {
    'rules.yaml': `rules:
  - id: own
    languages: [python]
    severity: ERROR
    message: load
    patterns:
      - pattern: $F($X)
      - metavariable-regex: {metavariable: $F, regex: '.*load'}
      - pattern-not: lib.safe.load($X)
`,
    'main.py': 'from tools import load\nload(1)\n',
    'other.py': 'from elsewhere import load\nload(1)\n',
    'tools.py': 'from lib.safe import load\n',
    'elsewhere.py': 'from lib.unsafe import load\n',
  })
  assert.deepEqual(await outcomes(workspace, 'own'), ['main.py:2 safe', 'other.py:2 found'])
})

test('taint rules by patterns alone: uses of a parameter are sources, statements and built texts are sinks', async (t) => {
  const workspace = new Workspace(t, {
    'rules.yaml': `rules:
  - id: own
    languages: [python]
    severity: ERROR
    message: taint
    mode: taint
    pattern-sources: [{patterns: [{pattern: event}, {pattern-inside: "def $F(event, ...):\\n  ..."}]}]
    pattern-sinks: [{pattern: 'return ...'}, {pattern: '"SELECT" + ...'}]
    pattern-sanitizers: [{pattern: clean(...)}]
`,
    'main.py': `def one(event):
    a = "SELECT" + event["name"]
    return clean(a)

def two(event):
    return [1, event]

def three(other):
    return "SELECT" + other
`,
  })
  assert.deepEqual(await outcomes(workspace, 'own'), [
    'main.py:2 found', 'main.py:3 safe', 'main.py:6 found', 'main.py:9 no-source', 'main.py:9 no-source',
  ])
})

test('taint rules by patterns alone: a sink within a sanitizer is safe by it', async (t) => {
  const workspace = new Workspace(t, {
    'rules.yaml': `rules:
  - id: own
    languages: [python]
    severity: ERROR
    message: taint
    mode: taint
    pattern-sources: [{pattern: source(...)}]
    pattern-sinks: [{pattern: sink(...)}]
    pattern-sanitizers: [{pattern: $F(...), not_conflicting: true}]
`,
    'main.py': 's = source()\nsink(s)\nclean(sink(s))\nsink(clean(s))\n',
  })
  assert.deepEqual(await outcomes(workspace, 'own'), ['main.py:2 found', 'main.py:3 safe', 'main.py:4 safe'])
})

test('taint rules by patterns alone: propagators pass data into receivers and arguments, until the use that is judged', async (t) => {
  const workspace = new Workspace(t, {
    'rules.yaml': `rules:
  - id: own
    languages: [python]
    severity: ERROR
    message: taint
    mode: taint
    pattern-sources: [{pattern: source(...)}]
    pattern-propagators:
      - {pattern: $S.put_it($A), from: $A, to: $S}
      - {pattern: 'copy_to($A, $B)', from: $A, to: $B}
    pattern-sinks: [{patterns: [{pattern: sink($X)}, {focus-metavariable: $X}]}]
`,
    'main.py': `def one():
    box = make()
    sink(box)
    box.put_it(source())
    sink(box)

def two():
    other = make()
    copy_to(source(), other)
    sink(other)

def three():
    other = make()
    copy_to(other, source())
    sink(other)
`,
  })
  const places = await outcomes(workspace, 'own')
  assert.deepEqual(places.filter((each) => each.endsWith('found')), ['main.py:5 found', 'main.py:10 found'])
  assert.equal(places.length, 4)
})

test('labels: a sink is reached by data that it requires', async (t) => {
  const workspace = new Workspace(t, {
    'rules.yaml': `rules:
  - id: own
    languages: [python]
    severity: ERROR
    message: taint
    mode: taint
    pattern-sources: [{pattern: user(...), label: USER}, {pattern: secret(...), label: SECRET}]
    pattern-sinks: [{pattern: 'log($A, $B)', requires: SECRET and not USER}, {pattern: send(...), requires: USER and SECRET}]
`,
    'main.py': `log(user(), secret())
log(1, secret())
log(1, user())
send(user())
both = [user()]
both.append(secret())
send(both)
`,
  })
  assert.deepEqual(await outcomes(workspace, 'own'), [
    'main.py:1 safe', 'main.py:1 safe', 'main.py:2 safe', 'main.py:2 found', 'main.py:3 safe', 'main.py:3 safe',
    'main.py:4 safe', 'main.py:7 found',
  ])
})

test('rules for any text: files of every language and of none, save those without text and those that paths leave out', async (t) => {
  const workspace = new Workspace(t, {
    'rules.yaml': `rules:
  - id: own
    languages: [regex]
    severity: ERROR
    message: key
    pattern-regex: key-[0-9]{4}
    paths: {exclude: [skipped.md]}
  - id: words
    languages: [generic]
    severity: ERROR
    message: words
    patterns:
      - pattern: allow $WHO;
      - pattern-inside: "location ... { ... }"
`,
    'main.py': 'a = "key-1234"\n',
    'notes.md': 'The key-1234.\n',
    'skipped.md': 'The key-1234.\n',
    'server.conf': 'allow all;\nlocation /a {\n  allow all;\n}\n',
    'picture': new Uint8Array([0, 1, 2]),
  })
  assert.deepEqual(await outcomes(workspace, 'own'), ['main.py:1 found', 'notes.md:1 found'])
  assert.deepEqual(await outcomes(workspace, 'words'), ['server.conf:3 found'])
  const { problems } = await review({
    paths: [workspace.folder], root: workspace.folder, config: [workspace.path('rules.yaml')], cache: false, jobs: 1,
  })
  assert.deepEqual(problems, [])
})
