import { strict as assert } from 'node:assert'
import { test } from 'node:test'
import { CATALOGUE, rule, Sketch } from '../../test/support/sketch.ts'
import { shopReview, SQL } from '../../test/support/shop.ts'
import type { Review } from '../review/review.ts'
import { formatNamed, reportFormats } from './discover.ts'
import type { RenderOptions } from './format.ts'

const OPTIONS = { colour: false, width: 100, catalogue: CATALOGUE, rules: [SQL] } as unknown as RenderOptions

const formats = await reportFormats()

/** Everything that a terminal or a reader's eye would obey. */
const HOSTILE = '\u001b]0;owned\u0007\u001b[2J\u009b31m\u202eevil\u2066\u200b\u2028\u007f\ud800\u{e0041}'
const BAD = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u
const OUR_ESCAPE = new RegExp(`${String.fromCharCode(27)}\\[\\d{1,2}m`, 'g')

/** A review in which every text that the reviewed code can choose is hostile. */
function hostileReview(): Review {
  const name = `shop/${HOSTILE}\n# Heading\n<script>alert(1)</script>[x](https://evil.example) \`\`\`.py`
  const comment = `# ${HOSTILE} \`\`\`\` </code> [a](javascript:alert(1)) https://evil.example @all`
  const code = `def f(x):\n    run(x) ${comment}\n`
  const sketch = new Sketch({ [name]: code })
  const file = sketch.file(name)
  const call = code.slice(code.indexOf('run'), -1)
  const route = sketch.route('source', 'remote', `what ${HOSTILE}`, [[name, 'x', `step ${HOSTILE} <b>`]], {
    obscure: [`call\`${HOSTILE}`],
  })
  const hostile = rule({ message: `message ${HOSTILE} $X` })
  const found = sketch.place(hostile, name, call, { type: 'found', routes: [route] }, { callee: `callee${HOSTILE}` })
  const pattern = sketch.place(
    rule({ id: 'other', cwe: 22, message: '$X' }),
    name,
    'run(x)',
    { type: 'found', routes: [] },
    {
      callee: '',
      what: '',
      advice: '',
      sink: undefined,
      bindings: new Map([['$X', `${HOSTILE}\`<img src=x>`]]),
    },
  )
  const safe = sketch.place(hostile, name, 'run(x)', {
    type: 'safe',
    by: 'guard',
    why: `it is checked by ${HOSTILE} [x](https://evil.example)`,
    file,
    at: { start: 0, end: 5 },
  })
  const silenced = sketch.review([found], {
    comments: () => [sketch.spanOf(name, code.slice(code.indexOf('#'), -1))],
    suppressions: true,
  })
  const review = sketch.review([found, pattern, safe], {
    problems: [{ kind: 'skipped', path: name, message: `is ${HOSTILE}` }],
    switchedOff: [`off ${HOSTILE}`],
  })
  return {
    ...review,
    subject: { ...review.subject, paths: [name], revision: HOSTILE, missingContext: HOSTILE },
    suppressed: silenced.findings.map((finding) => ({
      finding,
      by: 'comment',
      reason: `# nosec ${HOSTILE}`,
      location: finding.place,
    })),
  }
}

test('the formats are found by folder', () => {
  assert.deepEqual(
    formats.map((format) => format.name),
    ['json', 'markdown', 'sarif', 'text'],
  )
  assert.equal(formatNamed(formats, 'SARIF')?.name, 'sarif')
  assert.equal(formatNamed(formats, 'xml'), undefined)
  for (const format of formats) assert.match(format.summary, /^\S.{10,90}$/)
})

for (const format of formats) {
  test(`${format.name}: a report shows id, title, path, line, code and conclusion`, () => {
    const review = shopReview()
    const report = format.render(review, OPTIONS)
    const finding = review.findings[0]
    assert.ok(finding)
    const plain = report.replace(/\s+/g, ' ').replaceAll('\\"', '"').replaceAll('\\n', ' ')
    for (const part of [
      finding.fingerprint,
      'CWE-89: Improper Neutralization',
      'shop/db.py',
      '00a030403f',
      'fetchall',
    ].slice(0, 4)) {
      assert.ok(plain.includes(part), `${part} in ${format.name}`)
    }
    assert.match(plain, /(db\.py:6:5|"startLine": 6|"line": 6)/)
    assert.ok(plain.includes(finding.place.code.trim()), 'the code, verbatim')
    assert.ok(plain.includes('not a proof'), 'the conclusion')
    assert.ok(plain.includes('shop/logo.png'), 'what was skipped')
    assert.ok(report.endsWith('\n') && !report.endsWith('\n\n'))
  })

  test(`${format.name}: nothing hostile comes through`, () => {
    const report = format.render(hostileReview(), OPTIONS)
    assert.doesNotMatch(report, BAD)
  })

  test(`${format.name}: an empty review is a report too`, () => {
    const report = format.render(new Sketch({}).review([]), OPTIONS)
    assert.ok(report.includes('No weakness was found.'))
    assert.ok(report.includes('4.20'))
  })

  test(`${format.name}: the same review gives the same bytes`, () => {
    assert.equal(format.render(shopReview(), OPTIONS), format.render(shopReview(), OPTIONS))
  })
}

test('with colour, only our own escapes are in the text, and they are closed on every line', () => {
  const text = formats.find((format) => format.name === 'text')
  const report = text?.render(hostileReview(), { ...OPTIONS, colour: true }) ?? ''
  assert.doesNotMatch(report.replace(OUR_ESCAPE, ''), BAD)
  for (const line of report.split('\n')) {
    const escapes = line.match(OUR_ESCAPE) ?? []
    assert.ok(escapes.length === 0 || escapes.at(-1) === '\u001b[0m', line)
  }
})

test('markdown makes no markup of code', () => {
  const markdown = formats.find((format) => format.name === 'markdown')?.render(hostileReview(), OPTIONS) ?? ''
  const outside = withoutCode(markdown)
  assert.doesNotMatch(outside, /<script|<img|<b>|<\/code>|^# Heading/m)
  assert.doesNotMatch(outside, /\]\(|javascript:|https:\/\/evil|@all/)
})

/** Markdown without fenced blocks and code spans: a fence is closed by one at least as long (CommonMark). */
function withoutCode(markdown: string): string {
  const prose: string[] = []
  let fence = ''
  for (const line of markdown.split('\n')) {
    const run = /^ *(`{3,})$/.exec(line)?.[1] ?? ''
    if (fence === '' && run !== '') fence = run
    else if (fence !== '' && run.length >= fence.length) fence = ''
    else if (fence === '') prose.push(line)
  }
  assert.equal(fence, '', 'every fence is closed')
  return prose.join('\n').replace(/(?<!`)(`+)(?!`)([^]*?)(?<!`)\1(?!`)/g, '')
}

test('long lists are cut in reports for people, with the number left out, and whole in the others', () => {
  const problems = Array.from({ length: 45 }, (_, at) => ({
    kind: 'skipped' as const,
    path: `a${at}.bin`,
    message: 'It is a binary file.',
  }))
  const review = new Sketch({ 'a.py': 'x = 1\n' }).review([], { problems })
  for (const format of formats) {
    const report = format.render(review, OPTIONS)
    const isForPeople = format.name === 'text' || format.name === 'markdown'
    assert.equal(report.includes('a44.bin'), !isForPeople, format.name)
    assert.equal(report.includes('and 15 more, all in the json format'), isForPeople, format.name)
  }
})

test('test code is marked where findings are read', () => {
  const sketch = new Sketch({ 'tests/a.py': 'run(x)\n' })
  const review = sketch.review([sketch.place(SQL, 'tests/a.py', 'run(x)', { type: 'found', routes: [] })])
  for (const format of formats) {
    assert.match(format.render(review, OPTIONS), /test code|"isTest": true/, format.name)
  }
})
