import { strict as assert } from 'node:assert'
import { test } from 'node:test'
import { rule, Sketch } from '../../test/support/sketch.ts'
import { found, queryRoute, SAFE, shop, shopReview, SINK, SQL } from '../../test/support/shop.ts'

test('a flow becomes a finding that says source, function and sink', () => {
  const [finding] = shopReview().findings
  assert.ok(finding)
  assert.equal(
    finding.title,
    "CWE-89: Improper Neutralization of Special Elements used in an SQL Command ('SQL Injection')",
  )
  assert.equal(finding.place.path, 'shop/db.py')
  assert.equal(finding.place.line, 6)
  assert.equal(finding.place.code, `    ${SINK}`)
  assert.equal(finding.symbol, 'find')
  assert.equal(
    finding.why,
    'In `find` (shop/db.py), the query string of the HTTP request (`request.args`, shop/views.py:6) ' +
      'reaches argument 1 of `sqlite3.Cursor.execute()`, which runs the text as SQL. ' +
      'On the way it passes through `search` (shop/views.py), then `find` (shop/db.py). ' +
      'No sanitizer or guard that is known lies on this route. ' +
      'Whoever sends the data can read and change the database.',
  )
  assert.equal(finding.recommendation, 'Pass the values as parameters: `execute(sql, (value,))`.')
})

test('the evidence quotes every step verbatim, source first and sink last', () => {
  const steps = shopReview().findings[0]?.evidence.steps ?? []
  assert.deepEqual(
    steps.map((step) => [step.role, step.path, step.line, step.code.trim(), step.what]),
    [
      ['source', 'shop/views.py', 6, "name = request.args['q']", 'The query string of the HTTP request'],
      ['step', 'shop/views.py', 7, 'return db.find(name)', 'Is passed to find()'],
      ['step', 'shop/db.py', 4, 'def find(name):', 'Enters find()'],
      ['step', 'shop/db.py', 6, SINK, 'Becomes part of a text'],
      ['sink', 'shop/db.py', 6, SINK, 'Argument 1 of `sqlite3.Cursor.execute()`, which runs the text as SQL'],
    ],
  )
})

test('severity and confidence start at the rule and fall for stated reasons', () => {
  const sketch = shop()
  const plain = sketch.review([found(sketch)]).findings[0]
  assert.deepEqual([plain?.severity, plain?.confidence], ['high', 'high'])
  assert.match(plain?.severityReason ?? '', /whoever reaches the program over a network/)

  const local = sketch.review([found(sketch, [queryRoute(sketch, { kind: 'local', what: 'the terminal' })])])
    .findings[0]
  assert.deepEqual([local?.severity, local?.confidence], ['medium', 'medium'])
  assert.match(local?.severityReason ?? '', /local.*lowers it to medium/)

  const guessed = sketch.review([found(sketch, [queryRoute(sketch, { guessed: true, obscure: ['x.mix'] })])])
    .findings[0]
  assert.equal(guessed?.confidence, 'low')
  assert.match(guessed?.confidenceReason ?? '', /name alone.*`x\.mix`.*from high to low/)
})

test('a remote source besides a local one keeps the severity', () => {
  const sketch = shop()
  const local = sketch.route('source', 'local', 'an environment variable', [['shop/views.py', 'name', '']])
  const [finding] = sketch.review([found(sketch, [local, queryRoute(sketch)])]).findings
  assert.equal(finding?.severity, 'high')
  assert.equal(finding?.otherRoutes.length, 1)
  assert.equal(finding?.otherRoutes[0]?.steps[0]?.line, 6)
  assert.match(finding?.why ?? '', /1 more route leads to the same place/)
})

test('one defect is one finding: same call, weakness equal or an ancestor', () => {
  const sketch = shop()
  const first = found(sketch)
  const general = { ...first, rule: rule({ id: 'injection', cwe: 74 }) }
  const pattern = {
    ...first,
    rule: rule({ id: 'sql-by-pattern' }),
    sink: undefined,
    span: sketch.spanOf('shop/db.py', `    ${SINK}\n`),
    outcome: { type: 'found', routes: [] } as const,
  }
  const otherArgument = { ...first, argument: 'argument 2' }
  const { findings, places, conclusion } = sketch.review([general, pattern, otherArgument, first])
  assert.deepEqual(
    findings.map((finding) => [finding.cwe, finding.rule, finding.otherRules]),
    [[89, 'sql-injection', ['injection', 'sql-by-pattern']]],
  )
  assert.deepEqual(new Set(places.map((place) => place.finding)), new Set([findings[0]?.fingerprint]))
  assert.deepEqual(
    conclusion.byWeakness.map((row) => [row.cwe, row.found]),
    [[89, 4]],
  )
})

test('two rules whose ranges hold one another join, two matches of one rule do not', () => {
  const sketch = new Sketch({ 'a.py': 'return run(run(x))\n' })
  const pattern = (id: string, code: string) =>
    sketch.place(rule({ id }), 'a.py', code, { type: 'found', routes: [] }, { sink: undefined })
  const joined = sketch.review([pattern('one', 'return run(run(x))'), pattern('two', 'run(run(x))')]).findings
  assert.deepEqual(
    joined.map((finding) => [finding.rule, finding.otherRules]),
    [['one', ['two']]],
  )
  assert.equal(sketch.review([pattern('one', 'run(run(x))'), pattern('one', 'run(x)')]).findings.length, 2)
})

test('two weaknesses at one call, and two calls in one line, stay apart', () => {
  const sketch = new Sketch({ 'a.py': 'run(run(x))\n' })
  const outer = sketch.place(SQL, 'a.py', 'run(run(x))', { type: 'found', routes: [] })
  const inner = sketch.place(SQL, 'a.py', 'run(x)', { type: 'found', routes: [] })
  const other = { ...inner, rule: rule({ id: 'path', cwe: 22 }) }
  const { findings } = sketch.review([inner, outer, other])
  assert.deepEqual(
    new Set(findings.map((finding) => `${finding.cwe} ${finding.place.column}`)),
    new Set(['22 5', '89 1', '89 5']),
  )
  assert.equal(findings.length, 3)
})

test('rules that name no weakness are told apart and never numbered CWE-0', () => {
  const sketch = new Sketch({ 'a.py': 'run(x)\n' })
  const one = sketch.place(rule({ id: 'house-one', cwe: 0, title: 'No run' }), 'a.py', 'run(x)', {
    type: 'found',
    routes: [],
  })
  const two = { ...one, rule: rule({ id: 'house-two', cwe: 0, title: '' }) }
  const { findings, conclusion } = sketch.review([one, two])
  assert.deepEqual(
    findings.map((finding) => finding.title),
    ['No run', 'house-two'],
  )
  assert.equal(conclusion.byWeakness[0]?.title, 'Rules that name no weakness')
})

test('findings are ranked: product before test code, then severity, confidence, place', () => {
  const code = 'a(x)\nb(x)\nc(x)\n'
  const sketch = new Sketch({ 'test_a.py': code, 'b.py': code, 'a.py': code })
  const at = (path: string, call: string, more: Parameters<typeof rule>[0]) =>
    sketch.place(rule(more), path, call, { type: 'found', routes: [] })
  const { findings } = sketch.review([
    at('test_a.py', 'a(x)', { severity: 'critical' }),
    at('b.py', 'a(x)', { severity: 'medium' }),
    at('b.py', 'b(x)', { confidence: 'low' }),
    at('b.py', 'c(x)', {}),
    at('a.py', 'c(x)', {}),
    at('a.py', 'b(x)', {}),
  ])
  assert.deepEqual(
    findings.map((finding) => `${finding.number} ${finding.place.path}:${finding.place.line}`),
    ['1 a.py:2', '2 a.py:3', '3 b.py:3', '4 b.py:2', '5 b.py:1', '6 test_a.py:1'],
  )
  assert.equal(findings[5]?.isTest, true)
  assert.match(findings[5]?.confidenceReason ?? '', /test code/)
})

test('every considered place has one outcome, with the line that decides', () => {
  const { places } = shopReview()
  assert.deepEqual(
    places.map((place) => [place.place.line, place.outcome, place.by, place.because?.line]),
    [
      [6, 'found', '', undefined],
      [7, 'undecided', 'unresolved-call', 12],
      [12, 'safe', 'constant', 12],
    ],
  )
  assert.equal(places[2]?.because?.code.trim(), SAFE)
})

test('the conclusion shows the outcomes apart, what was skipped, and claims no proof', () => {
  const { conclusion } = shopReview()
  assert.deepEqual(
    conclusion.byWeakness.map((row) => [row.cwe, row.found, row.safe, row.noSource, row.undecided]),
    [
      [78, 0, 0, 0, 1],
      [89, 1, 1, 0, 0],
    ],
  )
  const text = conclusion.sentences.join('\n')
  assert.match(text, /2 files with \d+ lines were inspected; 2 rules considered 3 places/)
  assert.match(text, /To resolve names, 2 more files around were read, not reported on/)
  assert.match(text, /1 weakness was found: 1 in product code/)
  assert.match(text, /At 1 place the weakness was ruled out: only constants arrive \(1\)/)
  assert.match(text, /1 place could not be decided.*a call that could not be resolved \(1\)/)
  assert.match(text, /1 file or folder was not reviewed/)
  assert.match(text, /not a proof/)
})

test('a review of test code alone says so, and which weaknesses met no place', () => {
  const sketch = new Sketch({ 'tests/test_a.py': 'x = 1\n' })
  const { conclusion, findings } = sketch.review([], { rules: [SQL] })
  assert.equal(findings.length, 0)
  const text = conclusion.sentences.join('\n')
  assert.match(text, /The file is test code\./)
  assert.match(text, /No weakness was found\./)
  assert.match(text, /Looked for without meeting any place to consider: CWE-89\./)
})

test('findings below a threshold are counted, never dropped without a word', () => {
  const sketch = shop()
  const { findings, conclusion } = sketch.review([found(sketch)], { minimumSeverity: 'critical' })
  assert.equal(findings.length, 0)
  assert.match(conclusion.sentences.join('\n'), /1 finding below the severity or confidence asked for: not shown/)
})

test('a constant, a call alone and a returned value are explained each in its way', () => {
  const sketch = new Sketch({
    'a.py': "KEY = 'hunter2'\n\n\ndef connect():\n    login(KEY)\n    debug()\n    return KEY\n",
  })
  const key = sketch.route('constant', '', 'hunter2', [['a.py', "'hunter2'", '']])
  const constant = sketch.place(
    rule({ cwe: 798, why: '' }),
    'a.py',
    'login(KEY)',
    { type: 'found', routes: [key] },
    { callee: 'db.login', argument: 'argument 1', what: 'logs in with it' },
  )
  const alone = sketch.place(
    rule({ cwe: 22, why: '' }),
    'a.py',
    'debug()',
    { type: 'found', routes: [] },
    { callee: 'db.debug', argument: '', what: 'opens a console' },
  )
  const returned = sketch.place(
    rule({ cwe: 78, why: '' }),
    'a.py',
    'return KEY',
    { type: 'found', routes: [key] },
    { callee: '', argument: 'the returned value', what: 'is sent as html by the framework' },
  )
  const { findings } = sketch.review([constant, alone, returned])
  assert.deepEqual(
    findings.map((finding) => [finding.evidence.kind, finding.why]),
    [
      [
        'constant',
        "In `connect` (a.py), the constant (`'hunter2'`, a.py:1) reaches " +
          'argument 1 of `db.login()`, which logs in with it.',
      ],
      ['place', 'In `connect` (a.py), line 6 calls `db.debug()`, which opens a console.'],
      [
        'constant',
        "In `connect` (a.py), the constant (`'hunter2'`, a.py:1) reaches " +
          'the returned value, which is sent as html by the framework.',
      ],
    ],
  )
  assert.match(findings[0]?.confidenceReason ?? '', /The constant is in the code/)
})

test('only data from the machine itself lowers the severity, not other kinds of source', () => {
  const sketch = shop()
  const predictable = queryRoute(sketch, { kind: 'predictable', what: 'the random module' })
  const [finding] = sketch.review([found(sketch, [predictable])]).findings
  assert.deepEqual(
    [finding?.severity, finding?.severityReason],
    ['high', 'The rule sql-injection rates this weakness high.'],
  )
})

test('the message of a pattern rule names the code that its metavariables met', () => {
  const sketch = new Sketch({ 'a.py': 'run(x)\n' })
  const place = sketch.place(
    rule({ message: 'Do not run $X', why: '' }),
    'a.py',
    'run(x)',
    { type: 'found', routes: [] },
    { callee: '', what: '', sink: undefined, bindings: new Map([['$X', 'x `y`\n z']]) },
  )
  assert.equal(
    sketch.review([place]).findings[0]?.why,
    "At the top level of a.py, line 1 has `run(x)`. Do not run `x 'y' z`.",
  )
})

test('problems are in order of file and place, whatever worker met them first', () => {
  const problem = (path: string, start: number) =>
    ({ kind: 'unparsed', path, message: 'x', span: { start, end: start + 1 } }) as const
  const { problems } = shop().review([], { problems: [problem('b', 1), problem('a', 9), problem('a', 2)] })
  assert.deepEqual(
    problems.map((each) => [each.path, each.span?.start]),
    [
      ['a', 2],
      ['a', 9],
      ['b', 1],
    ],
  )
})

test('a pattern that points at the argument and a model that names the call are one defect', () => {
  const sketch = new Sketch({ 'a.py': 'run(x)\n' })
  const model = sketch.place(rule({ id: 'ours' }), 'a.py', 'run(x)', { type: 'found', routes: [] })
  const argument = sketch.place(rule({ id: 'theirs' }), 'a.py', 'x', { type: 'found', routes: [] }, { callee: '', argument: '' })
  const { findings } = sketch.review([model, argument])
  assert.deepEqual(findings.map((each) => [each.rule, each.otherRules]), [['ours', ['theirs']]])
  const nested = new Sketch({ 'a.py': 'run(run(x))\n' })
  const calls = ['run(run(x))', 'run(x)'].map((code) => nested.place(rule({ id: code.length === 6 ? 'a' : 'b' }), 'a.py', code, { type: 'found', routes: [] }))
  assert.equal(nested.review(calls).findings.length, 2, 'nested calls of models are two')
})

test('a region that was not parsed is named by its lines', () => {
  const sketch = new Sketch({ 'a.py': 'x\ny\nz\n' })
  const { problems } = sketch.review([], {
    problems: [{ kind: 'unparsed', path: 'a.py', message: 'x', span: { start: 2, end: 5 } }],
  })
  assert.deepEqual(problems[0]?.lines, { first: 2, last: 3 })
})

test('the same places in any order give the same bytes', () => {
  const sketch = shop()
  const places = [found(sketch), sketch.place(SQL, 'shop/db.py', SAFE, { type: 'found', routes: [] })]
  assert.equal(
    JSON.stringify(sketch.review(places)),
    JSON.stringify(sketch.review([...places].reverse(), { rules: [SQL] })),
  )
})
