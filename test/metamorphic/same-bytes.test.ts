import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import type { TestContext } from 'node:test'
import { Random } from '../../bench/oracle/random.ts'
import { readSample } from '../../bench/oracle/recorded.ts'
import { runReview } from '../../src/index.ts'
import type { ReviewOptions } from '../../src/index.ts'
import { addDeadCode, extractFunctions, moveFunctions, swapBranches } from './transformations.ts'
import type { Sources } from './source.ts'

/*
 * One program reviewed in every way there is gives the same bytes. Programs and edits are chosen
 * by a seed: ASSAY_SEED=7 npm test -- same-bytes.
 */
const SEED = Number(process.env['ASSAY_SEED'] ?? 1)

/** A folder with the sample's programs and the example application beside each other. */
class Project {
  readonly folder: string
  readonly #scratch: string
  sources: Sources

  constructor(t: TestContext) {
    this.#scratch = mkdtempSync(join(tmpdir(), 'assay-same-'))
    this.folder = join(this.#scratch, 'project')
    t.after(() => {
      rmSync(this.#scratch, { recursive: true, force: true })
    })
    const shop = join('examples', 'flask-shop')
    const names = readdirSync(shop, { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll('\\', '/'))
    const application = names.filter((name) => name.endsWith('.py')).map((name): [string, string] => [`flask-shop/${name}`, readFileSync(join(shop, name), 'utf8')])
    const sample = readSample(join('test', 'data', 'oracle')).slice(0, 40).flatMap(({ files }) => Object.entries(files))
    this.sources = Object.fromEntries([...application, ...sample])
    this.write(this.sources)
  }

  /** Puts the files in place of those that were there. */
  write(sources: Sources): void {
    rmSync(this.folder, { recursive: true, force: true })
    for (const [path, text] of Object.entries(sources)) {
      mkdirSync(dirname(join(this.folder, path)), { recursive: true })
      writeFileSync(join(this.folder, path), text)
    }
    this.sources = sources
  }

  cache(name: string): string {
    return join(this.#scratch, `cache-${name}`)
  }

  async bytes(options: Partial<ReviewOptions>): Promise<string> {
    const { review } = await runReview({ paths: [this.folder], root: this.folder, jobs: 1, cache: false, ...options })
    // The paths are told as they were given.
    return JSON.stringify({ ...review, subject: { ...review.subject, paths: [] } })
  }
}

test('one, two and four workers, cold and warm', async (t) => {
  const project = new Project(t)
  const alone = await project.bytes({})
  assert.ok((JSON.parse(alone) as { findings: unknown[] }).findings.length > 20)
  for (const jobs of [1, 2, 4]) {
    const cacheFolder = project.cache(String(jobs))
    assert.equal(await project.bytes({ jobs, cache: true, cacheFolder }), alone, `${jobs} workers, cold`)
    assert.equal(await project.bytes({ jobs: 5 - jobs, cache: true, cacheFolder }), alone, `${jobs} workers, warm`)
  }
})

test('paths in any order', async (t) => {
  const project = new Project(t)
  const paths = readdirSync(project.folder).sort().map((name) => join(project.folder, name))
  const sorted = await project.bytes({ paths })
  const random = new Random(SEED)
  for (let round = 0; round < 3; round++) assert.equal(await project.bytes({ paths: random.shuffled(paths) }), sorted)
})

test('after each of several edits as if it were reviewed for the first time', async (t) => {
  const project = new Project(t)
  const random = new Random(SEED)
  const cacheFolder = project.cache('edited')
  await project.bytes({ cache: true, cacheFolder })
  const original = project.sources
  const some = (): Sources => Object.fromEntries(random.shuffled(Object.entries(project.sources)).slice(0, 4))
  for (const transform of [addDeadCode, swapBranches, extractFunctions, moveFunctions]) {
    project.write({ ...project.sources, ...await transform(some(), random) })
    assert.equal(await project.bytes({ cache: true, cacheFolder }), await project.bytes({}), transform.name)
  }
  const fewer = random.shuffled(Object.entries(project.sources)).slice(3)
  project.write(Object.fromEntries(fewer))
  assert.equal(await project.bytes({ cache: true, cacheFolder }), await project.bytes({}), 'files removed')
  project.write(original)
  assert.equal(await project.bytes({ cache: true, cacheFolder, jobs: 2 }), await project.bytes({}), 'files put back')
})
