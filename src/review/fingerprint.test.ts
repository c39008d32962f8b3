import { strict as assert } from 'node:assert'
import { test } from 'node:test'
import { rule, Sketch } from '../../test/support/sketch.ts'
import { DB, found, queryRoute, shop, SINK, SQL, VIEWS } from '../../test/support/shop.ts'
import { SourceText } from '../core/text.ts'
import { isKnown, baselineOf } from './baseline.ts'
import { normalisedCode } from './fingerprint.ts'
import type { Finding } from './review.ts'

function only(findings: readonly Finding[]): Finding {
  assert.equal(findings.length, 1)
  const [finding] = findings
  assert.ok(finding)
  return finding
}

function shopFingerprint(texts: Readonly<Record<string, string>> = {}): string {
  const sketch = shop(texts)
  return only(sketch.review([found(sketch)]).findings).fingerprint
}

const ORIGINAL = shopFingerprint()

test('it survives lines inserted above', () => {
  assert.equal(
    shopFingerprint({ 'shop/db.py': `# a comment\n\nimport os\n${DB}`, 'shop/views.py': `\n\n${VIEWS}` }),
    ORIGINAL,
  )
})

test('it survives reformatting of the sink', () => {
  const reformatted = `cursor.execute(\n        "SELECT * FROM item WHERE name = '"  # the name\n        + name\n        + "'",\n    )`
  const sketch = new Sketch({ 'shop/views.py': VIEWS, 'shop/db.py': DB.replace(SINK, reformatted) })
  const route = sketch.route('source', 'remote', 'the query string of the HTTP request', [
    ['shop/views.py', 'request.args', ''],
  ])
  const place = sketch.place(SQL, 'shop/db.py', reformatted, { type: 'found', routes: [route] })
  assert.equal(only(sketch.review([place]).findings).fingerprint, ORIGINAL)
})

test('it survives a renamed rule with another message and severity', () => {
  const sketch = shop()
  const renamed = rule({ id: 'sqli', message: 'changed', severity: 'low', title: 'x', why: 'y' })
  assert.equal(
    only(sketch.review([found(sketch, [queryRoute(sketch)], { rule: renamed })]).findings).fingerprint,
    ORIGINAL,
  )
})

test('it survives another way from the same source', () => {
  const sketch = shop()
  const shorter = sketch.route('source', 'remote', 'the query string', [['shop/views.py', 'request.args', '']])
  assert.equal(only(sketch.review([found(sketch, [shorter])]).findings).fingerprint, ORIGINAL)
})

test('a route from another source, whatever its text, leaves the finding known', () => {
  const sketch = shop()
  const before = baselineOf(sketch.review([found(sketch)]), 'before')
  for (const code of ['cursor', 'sqlite3', '"SELECT']) {
    const other = sketch.route('source', 'remote', 'another source', [['shop/db.py', code, '']])
    const finding = only(sketch.review([found(sketch, [other, queryRoute(sketch)])]).findings)
    assert.equal(isKnown(before, finding), true, code)
    const after = baselineOf(sketch.review([found(sketch, [other, queryRoute(sketch)])]), 'after')
    assert.equal(isKnown(after, only(sketch.review([found(sketch)]).findings)), true, code)
  }
})

test('it changes with the sink, the source, the function, the file and the weakness', () => {
  const changed = new Set([ORIGINAL])
  const add = (fingerprint: string): void => {
    assert.equal(changed.has(fingerprint), false)
    changed.add(fingerprint)
  }
  const edited = SINK.replace('item', 'customer')
  const sketch = new Sketch({ 'shop/views.py': VIEWS, 'shop/db.py': DB.replace(SINK, edited) })
  const route = sketch.route('source', 'remote', '', [['shop/views.py', 'request.args', '']])
  add(
    only(sketch.review([sketch.place(SQL, 'shop/db.py', edited, { type: 'found', routes: [route] })]).findings)
      .fingerprint,
  )

  const plain = shop()
  const source = plain.route('source', 'remote', '', [['shop/views.py', "request.args['q']", '']])
  add(only(plain.review([found(plain, [source])]).findings).fingerprint)
  add(only(plain.review([found(plain, undefined, { rule: rule({ cwe: 78 }) })]).findings).fingerprint)
  add(shopFingerprint({ 'shop/db.py': DB.replace('def find', 'def lookup') }))
})

test('equals in one function are told apart by their order', () => {
  const sketch = new Sketch({ 'a.py': 'def f(x):\n    run(x)\n    run(x)\n' })
  const first = sketch.place(SQL, 'a.py', 'run(x)', { type: 'found', routes: [] })
  const second = { ...first, span: sketch.spanOf('a.py', 'run(x)', 1), sink: sketch.value('a.py', 'run(x)', 1) }
  const { findings } = sketch.review([second, first])
  assert.equal(new Set(findings.map((finding) => finding.fingerprint)).size, 2)
  const alone = only(sketch.review([first]).findings)
  assert.equal(alone.fingerprint, findings[0]?.fingerprint)
})

test('normalising keeps what tells code apart', () => {
  const of = (code: string): string => normalisedCode(new SourceText(code), { start: 0, end: code.length }, [])
  assert.equal(of('f( a,\n  b, )'), of('f(a, b)'))
  assert.equal(of('f("a")'), of("f('a')"))
  assert.notEqual(of('f(a, b)'), of('f(b, a)'))
})
