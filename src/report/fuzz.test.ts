import { strict as assert } from 'node:assert'
import { test } from 'node:test'
import { CATALOGUE, rule, Sketch } from '../../test/support/sketch.ts'
import { SQL } from '../../test/support/shop.ts'
import type { Place } from '../analysis/place.ts'
import type { Review } from '../review/review.ts'
import { reportFormats } from './discover.ts'
import type { RenderOptions } from './format.ts'

const OPTIONS = { colour: false, width: 80, catalogue: CATALOGUE, rules: [SQL] } as unknown as RenderOptions
const PIECES = [
  'x',
  'run(',
  ')',
  '\n',
  '\r\n',
  '\r',
  '\t',
  '`',
  '```',
  '"',
  "'",
  '\\',
  '#',
  '# nosec',
  '# assay-ignore: ',
  '--',
  '|',
  '<b>',
  '](',
  '{0}',
  '\u0000',
  '\u001b[2J',
  '\u202e',
  '\u2028',
  '\ud800',
  '\udc00',
  '🙂',
  '名',
  'e\u0301',
  'y'.repeat(200),
  '  ',
  '$X',
  '&lt;',
  '*/',
  ',',
  '',
]

/** A generator with a fixed seed: the same cases on every machine. */
function numbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff
    return (state >>> 8) % below
  }
}

function someText(next: (below: number) => number, most: number): string {
  return Array.from({ length: next(most) }, () => PIECES[next(PIECES.length)] ?? '').join('')
}

function someReview(seed: number): Review {
  const next = numbers(seed)
  const path = `a${someText(next, 4)}.py`
  const code = someText(next, 60)
  const sketch = new Sketch({ [path]: code, 'b.py': someText(next, 20) })
  const file = sketch.file(path)
  const span = (): { start: number; end: number } => {
    const start = next(code.length + 3)
    return { start, end: start + next(code.length + 3) }
  }
  const route = sketch.route('source', 'remote', someText(next, 5), [
    [path, code.slice(0, 3), someText(next, 5)],
    ['b.py', '', ''],
  ])
  const places = Array.from({ length: next(5) }, (): Place => ({
    ...sketch.place(rule({ message: `$X ${someText(next, 4)}` }), path, code.slice(0, 2), {
      type: 'found',
      routes: next(2) === 0 ? [] : [route],
    }),
    span: span(),
    sink: undefined,
    callee: next(2) === 0 ? '' : someText(next, 4),
    bindings: new Map([['$X', someText(next, 5)]]),
    ...(next(3) === 0
      ? { outcome: { type: 'undecided', reason: 'limit', why: someText(next, 6), file, at: span() } as const }
      : {}),
  }))
  return sketch.review(places, { problems: [{ kind: 'unparsed', path, message: someText(next, 5) }] })
}

test('any code in any place gives a report in every format, and nothing hostile in it', async () => {
  const formats = await reportFormats()
  for (let seed = 1; seed <= 300; seed++) {
    const review = someReview(seed)
    for (const format of formats) {
      const report = format.render(review, OPTIONS)
      assert.doesNotMatch(report, /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u, `${format.name}, seed ${seed}`)
      if (format.name === 'json' || format.name === 'sarif') assert.doesNotThrow(() => JSON.parse(report))
    }
    for (const { place } of review.findings) {
      assert.ok(place.line >= 1 && place.column >= 1 && place.endLine >= place.line)
      assert.ok(place.code.split('\n').length <= 10 && place.code.split('\n').every((line) => line.length <= 220))
    }
  }
})
