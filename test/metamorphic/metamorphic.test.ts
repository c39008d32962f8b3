import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { Random } from '../../bench/oracle/random.ts'
import { readSample } from '../../bench/oracle/recorded.ts'
import { LAB_MODEL, LAB_RULE, labKnowledge } from '../lab.ts'
import { shipped, textsIn } from '../shipped.ts'
import { foundIn, marked } from './findings.ts'
import type { Judging } from './findings.ts'
import type { Sources } from './source.ts'
import {
  addDeadCode, extractFunctions, inlineFunctions, moveFunctions, rename, reorderFunctions, swapBranches,
} from './transformations.ts'
import type { Transformation } from './transformations.ts'

/*
 * Programs that are changed without changing what they do have the same findings, by rule and
 * sink. What is changed where is chosen by a seed: ASSAY_SEED=7 npm test -- metamorphic.
 */
const SEED = Number(process.env['ASSAY_SEED'] ?? 1)

interface Corpus {
  readonly judging: Judging
  readonly programs: ReadonlyMap<string, Sources>
}

function filesBelow(folder: string): Sources {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll('\\', '/'))
  return Object.fromEntries(names.filter((name) => name.endsWith('.py')).sort().map((name) => [name, readFileSync(join(folder, name), 'utf8')]))
}

function flowPrograms(): Corpus {
  const folder = join('test', 'flow')
  const programs = new Map(readdirSync(folder).sort().map((name): [string, Sources] => {
    const path = join(folder, name)
    return [name, statSync(path).isDirectory() ? filesBelow(path) : { 'main.py': readFileSync(path, 'utf8') }]
  }))
  return { judging: { rules: [LAB_RULE], knowledge: labKnowledge(LAB_MODEL, textsIn('models')) }, programs }
}

/** Generated programs of several files, each in a folder of its own, and the example application. */
function applications(): Corpus {
  const { rules, knowledge } = shipped()
  const programs = new Map(readSample(join('test', 'data', 'oracle')).map((each): [string, Sources] => [each.name, each.files]))
  programs.set('flask-shop', filesBelow(join('examples', 'flask-shop')))
  return { judging: { rules, knowledge }, programs }
}

/** Words of the models, and of what the laboratory says: names with a meaning of their own. */
function knownWords(): ReadonlySet<string> {
  const texts = [LAB_MODEL, ...textsIn('models').map((each) => each.text)]
  return new Set(texts.flatMap((text) => text.match(/\w+/g) ?? []))
}

const TRANSFORMATIONS: Readonly<Record<string, Transformation>> = {
  'with other names': rename(knownWords()),
  'with dead code': addDeadCode,
  'with branches the other way round': swapBranches,
  'with functions in another order': reorderFunctions,
  'with parts in functions of their own': extractFunctions,
  'with functions written out where they are called': inlineFunctions,
  'with functions in a file of their own': moveFunctions,
}

for (const [name, corpus] of [['flow', flowPrograms()], ['applications', applications()]] as const) {
  const before = new Map<string, Sources>()
  test(`${name}: marks change nothing`, async () => {
    for (const [program, sources] of corpus.programs) before.set(program, await marked(sources, corpus.judging))
  })
  for (const [change, transform] of Object.entries(TRANSFORMATIONS)) {
    test(`${name} ${change}: the same findings`, async () => {
      const different: string[] = []
      let changed = 0
      for (const [program, sources] of before) {
        const random = new Random(SEED)
        const after = await transform(sources, random)
        if (Object.keys(after).every((path) => after[path] === sources[path])) continue
        changed++
        const [was, is] = [await foundIn(sources, corpus.judging), await foundIn(after, corpus.judging)]
        for (const each of was.findings) if (!is.findings.includes(each)) different.push(`${program}: ${each} was found and is ${is.outcomes.get(each) ?? 'no place'}`)
        for (const each of is.findings) if (!was.findings.includes(each)) different.push(`${program}: ${each} was ${was.outcomes.get(each) ?? 'no place'} and is found`)
      }
      assert.ok(changed > 0, 'nothing was changed')
      assert.deepEqual(different, [])
    })
  }
}
