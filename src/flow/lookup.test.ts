import assert from 'node:assert/strict'
import { test } from 'node:test'
import { language } from '../languages/python/language.ts'
import { outermostIn, userOf, valuesIn } from './lookup.ts'
import { factsOf } from './lower.ts'

const front = await language.open()

test('the values of a range: every expression in it, variables by what they are read for', () => {
  const code = 'x = f()\ng(x, h(1))\ny()\n'
  const facts = factsOf(front.parse(code), language)
  const range = { start: code.indexOf('g('), end: code.indexOf('\ny') }
  const texts = valuesIn(facts, range).map((each) => `${code.slice(each.start, each.end)}${each.isRead ? ' read' : ''}`)
  assert.deepEqual(texts, ['g(x, h(1))', 'g', 'x read', 'h(1)', 'h', '1'])
  const [read] = valuesIn(facts, range).filter((each) => each.isRead)
  const made = valuesIn(facts, { start: 4, end: 7 })[0]
  assert.equal(read?.value, made?.value)
})

test('the outermost expressions of a statement', () => {
  const code = 'def f(a):\n    return g(a), a\n'
  const facts = factsOf(front.parse(code), language)
  const range = { start: code.indexOf('return'), end: code.length - 1 }
  const texts = outermostIn(facts, range).map((each) => code.slice(each.start, each.end))
  assert.deepEqual(texts, ['g(a), a'])
})

test('what uses a place: the smallest instruction around it', () => {
  const code = 'def f(a):\n    g(h(a), 1)\n    return a\n'
  const facts = factsOf(front.parse(code), language)
  const around = (text: string, from: number): string => {
    const start = code.indexOf(text, from)
    const user = userOf(facts, { start, end: start + text.length })
    return user === undefined ? '' : code.slice(facts.start[user], facts.end[user])
  }
  assert.equal(around('a', code.indexOf('h(')), 'h(a)')
  assert.equal(around('h(a)', 0), 'g(h(a), 1)')
  assert.equal(around('a', code.indexOf('return')), 'return a')
})
