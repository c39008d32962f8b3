import { strict as assert } from 'node:assert'
import { test } from 'node:test'
import { commentsIn, rule, Sketch } from '../../test/support/sketch.ts'
import { SourceText } from '../core/text.ts'
import { suppressionsIn } from './suppress.ts'

/** What the review of one call makes of a comment: the reason when silenced, `undefined` when reported. */
function silencedBy(code: string, more: Parameters<typeof rule>[0] = {}, call: string = 'run(x)'): string | undefined {
  const sketch = new Sketch({ 'a.py': code })
  const place = sketch.place(rule({ id: 'python.sql-injection', ...more }), 'a.py', call, { type: 'found', routes: [] })
  const { findings, suppressed } = sketch.review([place])
  assert.equal(findings.length + suppressed.length, 1)
  return suppressed[0]?.reason
}

test('a comment on the line of the finding silences it', () => {
  assert.equal(silencedBy('run(x)  # assay-ignore\n'), '# assay-ignore')
  assert.equal(silencedBy('run(x)  # assay-ignore: CWE-89 -- the name is an enum\n'), 'the name is an enum')
  assert.equal(silencedBy('run(x)  # nosemgrep\n'), '# nosemgrep')
  assert.equal(silencedBy('run(x)  # nosec\n'), '# nosec')
  assert.equal(silencedBy('run(x)  # type: ignore # nosec B608\n'), '# type: ignore # nosec B608')
  assert.equal(silencedBy('run(x)  # noqa: E501, S608\n'), '# noqa: E501, S608')
  assert.equal(silencedBy('run(x)  # noqa # nosec\n'), '# noqa # nosec')
})

test('ids restrict what is silenced: rule, end of its id, weakness, ancestor, foreign id', () => {
  for (const id of [
    'python.sql-injection',
    'sql-injection',
    'rules.python.sql-injection',
    'CWE-89',
    'cwe-74',
    'other, CWE-89',
  ]) {
    assert.notEqual(silencedBy(`run(x)  # assay-ignore: ${id}\n`), undefined, id)
  }
  for (const id of ['injection', 'CWE-78', 'python', 'other-rule']) {
    assert.equal(silencedBy(`run(x)  # assay-ignore: ${id} -- no\n`), undefined, id)
  }
  assert.notEqual(silencedBy('run(x)  # nosemgrep: a, python.sql-injection\n'), undefined)
  assert.notEqual(silencedBy('run(x)  # nosemgrep sql-injection\n'), undefined)
  assert.equal(silencedBy('run(x)  # nosemgrep: a, b\n'), undefined)
  assert.notEqual(silencedBy('run(x)  # nosec B602, B608\n'), undefined)
  assert.equal(silencedBy('run(x)  # nosec B602\n'), undefined)
  assert.equal(silencedBy('run(x)  # nosec: B101 because\n'), undefined)
  assert.notEqual(silencedBy('run(x)  # nosec B105\n', { cwe: 798 }), undefined)
  assert.equal(silencedBy('run(x)  # noqa: S602\n'), undefined)
})

test('a linter\'s comment where the text is built silences what every route brings from there', () => {
  const code = (comment: string): string => `q = build(x)  ${comment}\nrun(q)\n`
  const silenced = (comment: string, ...routes: readonly string[]): boolean => {
    const sketch = new Sketch({ 'a.py': code(comment) })
    const found = routes.map((built) => sketch.route('source', 'remote', 'w', [['a.py', built, 'Becomes part of a string']]))
    const place = sketch.place(rule({}), 'a.py', 'run(q)', { type: 'found', routes: found })
    return sketch.review([place]).suppressed.length === 1
  }
  assert.equal(silenced('# nosec B608', 'build(x)'), true)
  assert.equal(silenced('# noqa: S608', 'build(x)'), true)
  assert.equal(silenced('# nosec B602', 'build(x)'), false)
  assert.equal(silenced('# nosec', 'build(x)'), false, 'one without an id says nothing of this weakness')
  assert.equal(silenced('# nosemgrep: sql-injection', 'build(x)'), false, 'these stand where the finding is')
  assert.equal(silenced('# nosec B608', 'q)'), false)
})

test('a bare noqa is meant for style, and longer words are no directives', () => {
  for (const comment of [
    '# noqa',
    '# noqa: E501',
    '# nosecond',
    '# no-nosec',
    '# my-assay-ignore',
    '# assay-ignored',
  ]) {
    assert.equal(silencedBy(`run(x)  ${comment}\n`), undefined, comment)
  }
})

test('it counts on any line of a statement and alone on the line before', () => {
  const call = 'run(\n    x,\n)'
  assert.notEqual(silencedBy('run(\n    x,  # nosec\n)\n', {}, 'run(\n    x,  # nosec\n)'), undefined)
  assert.notEqual(silencedBy(`${call}  # nosec\n`, {}, call), undefined)
  assert.notEqual(silencedBy('outer(\n    run(x),\n    y,  # nosec\n)\n'), undefined)
  assert.notEqual(silencedBy('    # assay-ignore -- why\nrun(x)\n'), undefined)
  assert.notEqual(silencedBy('# nosec\nouter(\n    run(x),\n)\n'), undefined)
})

test('it does not count elsewhere', () => {
  assert.equal(silencedBy('y()  # nosec\nrun(x)\n'), undefined)
  assert.equal(silencedBy('# nosec\n\nrun(x)\n'), undefined)
  assert.equal(silencedBy('run(x)\n# nosec\n'), undefined)
})

test('a string that looks like a comment is none', () => {
  const sketch = new Sketch({ 'a.py': 'run("# nosec")\n' })
  const place = sketch.place(rule(), 'a.py', 'run("# nosec")', { type: 'found', routes: [] })
  assert.equal(sketch.review([place], { comments: () => [] }).suppressed.length, 0)
})

test('block comments end before their closer', () => {
  const code = 'run(x) /* assay-ignore: CWE-89 -- by design */\n'
  const [found] = suppressionsIn(new SourceText(code), [{ start: 7, end: code.length - 1 }])
  assert.deepEqual([found?.ids, found?.reason], [['CWE-89'], 'by design'])
})

test('suppressed findings are kept, counted and located; the option turns comments off', () => {
  const sketch = new Sketch({ 'a.py': 'run(x)  # nosec\n' })
  const place = sketch.place(rule(), 'a.py', 'run(x)', { type: 'found', routes: [] })
  const review = sketch.review([place])
  assert.deepEqual(
    [review.suppressed[0]?.by, review.suppressed[0]?.location?.line, review.suppressed[0]?.location?.column],
    ['comment', 1, 9],
  )
  assert.equal(review.conclusion.byWeakness[0]?.suppressed, 1)
  assert.match(review.conclusion.sentences.join('\n'), /1 finding is suppressed: 1 by a comment in the source/)
  assert.equal(sketch.review([place], { suppressions: false }).findings.length, 1)
})

test('hostile comments are bounded', () => {
  const code = `# ${'nosec '.repeat(100_000)}`
  const [found] = suppressionsIn(new SourceText(code), commentsIn(code))
  assert.ok((found?.text.length ?? 0) <= 1_000)
})
