import assert from 'node:assert/strict'
import test from 'node:test'
import { judge } from '../src/analysis/judge.ts'
import { SourceText } from '../src/core/text.ts'
import { compare, expectationsIn } from '../src/rules/annotations.ts'
import { programOf } from './lab.ts'
import { shipped } from './shipped.ts'

// Every rule file is its own smallest test: its examples are run, one at a time.

const { rules, knowledge } = shipped()

for (const rule of rules) {
  test(`rule ${rule.id} has examples with findings and with near misses`, () => {
    const texts = rule.examples.flatMap((example) => [...example.files.values()]).join('\n')
    assert.match(texts, new RegExp(`ruleid:.*${rule.id}`), 'no line that must be reported')
    assert.match(texts, new RegExp(`ok:.*${rule.id}`), 'no near miss')
  })
  if (rule.kinds === undefined) continue
  for (const example of rule.examples) {
    test(`rule ${rule.id}: ${example.title}`, async () => {
      const program = await programOf(Object.fromEntries(example.files), knowledge)
      const places = judge({ program, knowledge, rules: [rule], matches: new Map(), isReviewed: () => true })
      for (const [path, text] of example.files) {
        const found = places.filter((place) => place.file.path === path && place.outcome.type === 'found')
        const source = new SourceText(text)
        const lines = found.map((place) => source.position(place.span.start).line)
        assert.deepEqual({ path, ...compare(expectationsIn(text, rule.id), lines) }, { path, missing: [], extra: [] })
      }
    })
  }
}
