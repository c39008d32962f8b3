import assert from 'node:assert/strict'
import test from 'node:test'
import { judge } from '../src/analysis/judge.ts'
import { SourceText } from '../src/core/text.ts'
import { compileRule } from '../src/match/compile.ts'
import { matchFile } from '../src/match/match-file.ts'
import type { RuleMatches } from '../src/match/match.ts'
import { language } from '../src/languages/python/language.ts'
import { compare, expectationsIn } from '../src/rules/annotations.ts'
import type { Rule } from '../src/rules/rule.ts'
import { pathFilter } from '../src/core/glob.ts'
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
  for (const example of rule.examples) {
    test(`rule ${rule.id}: ${example.title}`, async () => {
      const program = await programOf(Object.fromEntries(example.files), knowledge)
      const matches = rule.kinds === undefined ? await matchesOf(rule, example.files) : new Map<string, readonly RuleMatches[]>()
      const places = judge({ program, knowledge, rules: [rule], matches, isReviewed: () => true })
      for (const [path, text] of example.files) {
        const found = places.filter((place) => place.file.path === path && place.outcome.type === 'found')
        const source = new SourceText(text)
        const lines = found.map((place) => source.position(place.span.start).line)
        assert.deepEqual({ path, ...compare(expectationsIn(text, rule.id), lines) }, { path, missing: [], extra: [] })
      }
    })
  }
}

/** What the patterns of a rule find in the files that its paths admit. */
async function matchesOf(rule: Rule, files: ReadonlyMap<string, string>): Promise<Map<string, readonly RuleMatches[]>> {
  const front = await language.open()
  const { rule: compiled, problems } = compileRule(rule, front)
  assert.deepEqual(problems, [])
  const { include, exclude } = rule.paths
  const isIncluded = include.length === 0 ? (): boolean => true : pathFilter(include, rule.file)
  const isExcluded = pathFilter(exclude, rule.file)
  const matches = new Map<string, readonly RuleMatches[]>()
  for (const [path, text] of files) {
    if (compiled === undefined || !isIncluded(path) || isExcluded(path)) continue
    matches.set(path, matchFile([compiled], front.parse(text), text))
  }
  return matches
}
