import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Knowledge } from './knowledge.ts'
import { loadModels } from './load.ts'

const TEXT = `
model: python/shop
version: 1
language: python
library: Shop
documentation: https://example.org/shop
types:
  - {type: shop, attributes: {request: shop.Request}}
  - {type: shop.Base, bases: [shop.Loop], attributes: {args: shop.Dict}}
  - {type: shop.Loop, bases: [shop.Base]}
  - {type: shop.Request, bases: [shop.Base]}
  - {type: shop.Dict}
returns:
  - {call: shop.Dict.copy, type: shop.Dict}
sources:
  - {kind: remote, read: shop.Base.args, what: the query string}
  - {kind: remote, call: shop.receive, what: the network}
sinks:
  - {kind: sql, call: shop.Base.execute, argument: 0, any-receiver: true, what: runs it, advice: Do not.}
propagators:
  - {call: shop.Dict.get, from: receiver}
entry-points:
  - {kind: remote, base: shop.Loop, methods: [get], what: the request}
  - {kind: remote, decorator: shop.route, what: the request}
aliases:
  - {name: old_shop, means: shop}
  - {name: shop.globals.request, means: shop.request}
`

const { models } = loadModels([{ path: 'shop.yaml', text: TEXT }])
const knowledge = new Knowledge(models)

test('names are followed through aliases and typed values', () => {
  assert.equal(knowledge.canonical('old_shop.globals.request.args'), 'shop.Request.args')
  assert.equal(knowledge.canonical('shop.request.args.get'), 'shop.Dict.get')
  assert.equal(knowledge.alias('old_shop.request'), 'shop.request')
  assert.equal(knowledge.canonical('other.thing'), 'other.thing')
})

test('sources are found by their documented name, a value of the type, and an alias', () => {
  for (const name of ['shop.Base.args', 'shop.Request.args', 'shop.request.args', 'old_shop.globals.request.args']) {
    assert.equal(knowledge.sourcesRead(name)?.what, 'the query string', name)
  }
  assert.equal(knowledge.sourcesRead('shop.request.form'), undefined)
  assert.equal(knowledge.sourceCall('old_shop.receive')?.what, 'the network')
})

test('methods are inherited, and a circle of base classes ends', () => {
  assert.equal(knowledge.sinksOf('shop.Request.execute')[0]?.call, 'shop.Base.execute')
  assert.deepEqual(knowledge.sinksOf('shop.Dict.execute'), [])
  assert.deepEqual(knowledge.lineage('shop.Request'), ['shop.Request', 'shop.Base', 'shop.Loop'])
  assert.equal(knowledge.attributeType('shop.Request', 'args'), 'shop.Dict')
})

test('an unknown receiver matches only entries that allow it', () => {
  assert.equal(knowledge.sinksNamed('execute').length, 1)
  assert.deepEqual(knowledge.propagatorsNamed('get'), [])
})

test('types of results, entry points and libraries', () => {
  assert.equal(knowledge.returnType('shop.request.args.copy'), 'shop.Dict')
  assert.equal(knowledge.returnType('shop.Request'), 'shop.Request')
  assert.equal(knowledge.entryPointsByBase('shop.Request')[0]?.base, 'shop.Loop')
  assert.equal(knowledge.entryPointByDecorator('old_shop.route')[0]?.decorator, 'shop.route')
  assert.ok(knowledge.isKnownLibrary('old_shop.anything') && !knowledge.isKnownLibrary('elsewhere.anything'))
})

test('names of attackers are only names', () => {
  for (const name of ['__proto__', 'constructor.prototype', '', '.', '...', 'a'.repeat(10_000), 'shop.'.repeat(5_000)]) {
    assert.deepEqual(knowledge.sinksOf(name), [])
    assert.equal(knowledge.returnType(name), undefined)
  }
})
