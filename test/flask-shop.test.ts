import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { judge } from '../src/analysis/judge.ts'
import type { Place } from '../src/analysis/place.ts'
import { SourceText } from '../src/core/text.ts'
import { openCatalogue } from '../src/cwe/open.ts'
import { Knowledge } from '../src/models/knowledge.ts'
import { loadModels } from '../src/models/load.ts'
import { loadRules } from '../src/rules/load.ts'
import type { Rule } from '../src/rules/rule.ts'
import { programOf } from './lab.ts'

/**
 * The example application against its table, for the rules that join kinds of
 * models. Tests run in the project's root.
 */
const SHOP = join('examples', 'flask-shop')

interface Expected {
  readonly findings: readonly { readonly path: string; readonly line: number; readonly code: string; readonly cwe: number; readonly rule: string }[]
  readonly clean: readonly { readonly path: string; readonly line: number; readonly code: string; readonly cwe: number; readonly why: string }[]
}

/** Files of a folder by their path in it, with `/`. */
function read(folder: string, extension: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith(extension)).sort()
  return Object.fromEntries(names.map((name) => [name.replaceAll('\\', '/'), readFileSync(join(folder, name), 'utf8')]))
}

function texts(folder: string): { path: string; text: string }[] {
  return Object.entries(read(folder, '.yaml')).map(([path, text]) => ({ path: `${folder}/${path}`, text }))
}

const files = read(SHOP, '.py')
const expected = JSON.parse(readFileSync(join(SHOP, 'expected.json'), 'utf8')) as Expected

async function review(): Promise<{ places: readonly Place[]; rules: readonly Rule[] }> {
  const knowledge = new Knowledge(loadModels(texts('models')).models)
  const rules = loadRules(texts('rules'), 'assay', openCatalogue(join('data', 'cwe')).catalogue).rules.filter((rule) => rule.kinds !== undefined)
  const program = await programOf(files, knowledge)
  return { places: judge({ program, knowledge, rules, matches: new Map(), isReviewed: () => true }), rules }
}

function lineOf(place: Place): number {
  return new SourceText(files[place.file.path] ?? '').position(place.span.start).line
}

test('the table quotes the lines it means', () => {
  for (const each of [...expected.findings, ...expected.clean]) {
    assert.equal(new SourceText(files[each.path] ?? '').line(each.line).trim(), each.code, `${each.path}:${each.line}`)
  }
})

test('flask-shop: every expected weakness is found, and nothing else', async () => {
  const { places, rules } = await review()
  const ids = new Set(rules.map((rule) => rule.id))
  const found = places.filter((place) => place.outcome.type === 'found').map((place) => `${place.file.path}:${lineOf(place)} ${place.rule.id}`)
  const wanted = expected.findings.filter((each) => ids.has(each.rule)).map((each) => `${each.path}:${each.line} ${each.rule}`)
  assert.deepEqual([...new Set(found)].sort(), wanted.sort())
})

test('flask-shop: what looks alike is safe, or at least not called a weakness', async () => {
  const { places } = await review()
  for (const each of expected.clean) {
    const here = places.filter((place) => place.file.path === each.path && lineOf(place) === each.line && place.rule.cwe === each.cwe)
    assert.deepEqual(here.filter((place) => place.outcome.type === 'found'), [], `${each.path}:${each.line} ${each.why}`)
  }
})
