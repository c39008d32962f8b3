import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { Knowledge } from './knowledge.ts'
import { loadModels } from './load.ts'
import { modelSchema } from './schema.ts'

/** Shipped model files, as the command line reads them; tests run in the project's root. */
function shipped(): { path: string; text: string }[] {
  return readdirSync('models', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => ({ path: join('models', name), text: readFileSync(join('models', name), 'utf8') }))
}

const HEAD = [
  'model: python/shop', 'version: 1', 'language: python', 'library: Shop', 'documentation: https://example.org/shop', '',
].join('\n')

test('the schema for editors is the schema that is checked', () => {
  assert.deepEqual(JSON.parse(readFileSync('schemas/model.schema.json', 'utf8')), modelSchema)
})

test('every shipped model loads without a problem', () => {
  const { models, problems } = loadModels(shipped())
  assert.deepEqual(problems.map((each) => each.message), [])
  assert.equal(models.length, shipped().length)
})

test('every type a shipped model names is described by one', () => {
  const { models } = loadModels(shipped())
  const knowledge = new Knowledge(models)
  const named = models.flatMap((model) => [
    ...model.returns.map((each) => each.type),
    ...model.types.flatMap((each) => [...each.bases, ...each.attributes.values()]),
    ...model.entryPoints.flatMap((each) => [...each.parameterTypes.values(), each.firstParameterType ?? 'builtins.str']),
  ])
  assert.deepEqual([...new Set(named)].filter((type) => !knowledge.isType(type)), [])
})

test('every entry names its documentation', () => {
  const { models } = loadModels(shipped())
  for (const model of models) {
    for (const entry of [...model.sinks, ...model.sources, ...model.sanitizers, ...model.propagators, ...model.guards]) {
      assert.match(entry.doc, /^https?:/)
    }
  }
})

test('groups share a link and lists of names become entries of their own', () => {
  const text = `${HEAD}sinks:
  - doc: https://example.org/shop/sql
    entries:
      - {kind: sql, call: [shop.run, shop.ask], argument: 0, what: runs it, advice: Do not.}
      - {kind: sql, call: shop.Cursor.go, argument: {position: 1, name: sql}, any-receiver: true, doc: https://example.org/go, what: runs it, advice: Do not.}
`
  const { models, problems } = loadModels([{ path: 'shop.yaml', text }])
  assert.deepEqual(problems, [])
  const sinks = models[0]?.sinks ?? []
  assert.deepEqual(sinks.map(({ call, doc, anyReceiver, argument }) => ({ call, doc, anyReceiver, argument })), [
    { call: 'shop.run', doc: 'https://example.org/shop/sql', anyReceiver: false, argument: { position: 0 } },
    { call: 'shop.ask', doc: 'https://example.org/shop/sql', anyReceiver: false, argument: { position: 0 } },
    { call: 'shop.Cursor.go', doc: 'https://example.org/go', anyReceiver: true, argument: { position: 1, name: 'sql' } },
  ])
})

test('a defect is named with file and line, and leaves the other files alone', () => {
  const broken = `${HEAD}sources:\n  - {kind: remote, read: shop.order, what: an order}\n  - {kind: remote, reed: shop.order, what: an order}\n`
  const { models, problems } = loadModels([
    { path: 'models/broken.yaml', text: broken },
    { path: 'models/good.yaml', text: HEAD },
  ])
  assert.deepEqual(models.map((each) => each.model), ['python/shop'])
  assert.ok(problems.some(({ path, message }) => path === 'models/broken.yaml' && message.startsWith('models/broken.yaml:8: ') && message.includes('reed')))
})

test('hostile files are problems, not exceptions', () => {
  const expansion = `${HEAD}a: &a [x, x]\n` + Array.from({ length: 300 }, (_, at) => `b${at}: [*a, *a]\n`).join('')
  const texts = ['', ']', 'a: b: c', '- x', '"\u0000"', expansion, '['.repeat(20_000), 'x'.repeat(2_100_000)]
  for (const text of texts) {
    const { models, problems } = loadModels([{ path: 'x.yaml', text }])
    assert.deepEqual(models, [])
    assert.ok(problems.length > 0 && problems.every((each) => each.kind === 'model' && each.message.startsWith('x.yaml')))
  }
})

test('a second model of the same id is left out', () => {
  const { models, problems } = loadModels([{ path: 'a.yaml', text: HEAD }, { path: 'b.yaml', text: HEAD }])
  assert.equal(models.length, 1)
  assert.deepEqual(problems.map((each) => each.path), ['b.yaml'])
})
