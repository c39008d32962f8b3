import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FileStatus } from '../core/files.ts'
import { encodeFacts } from '../flow/codec.ts'
import { factsOf } from '../flow/lower.ts'
import { languages } from '../languages/discover.ts'
import type { RuleMatches } from '../match/match.ts'
import type { FileProduct } from './analyse-file.ts'
import { FactsStore } from './facts-store.ts'
import { MatchesStore } from './matches-store.ts'
import { readPack, writePack } from './pack.ts'
import { readRuleMatches } from './stored-matches.ts'

const NOW = 1_700_000_000_000

function status(more: Partial<FileStatus> = {}): FileStatus {
  return { kind: 'file', size: 10, modified: NOW - 60_000, changed: NOW - 60_000, inode: 7, ...more }
}

async function product(code: string): Promise<FileProduct> {
  const language = (await languages()).find((each) => each.flow !== undefined)
  assert.ok(language !== undefined)
  const parsed = (await language.open()).parse(code)
  return { facts: encodeFacts(factsOf(parsed, language)), about: { lines: 1, comments: [2, 5], problems: [] } }
}

function matches(rule: string): RuleMatches {
  return {
    rule, matches: [{ start: 1, end: 4, bindings: [{ name: '$X', text: 'a', start: 1, end: 2 }], conditions: [] }], excluded: [],
    sections: { sources: [], sinks: [], sanitizers: [], propagators: [] }, limits: [],
  }
}

/** Small numbers in a fixed, well mixed order. */
function* mixed(count: number): Generator<number> {
  for (let at = 0, value = 12_345; at < count; at++) {
    value = (value * 1_103_515_245 + 12_345) % 2 ** 31
    yield value
  }
}

test('a container reads back; cut, changed or foreign bytes are none', () => {
  const bytes = writePack({ a: 1 }, [Uint8Array.of(1, 2), Uint8Array.of(3)])
  assert.deepEqual(readPack(bytes)?.header, { a: 1 })
  assert.deepEqual([...readPack(bytes)?.body ?? []], [1, 2, 3])
  for (let length = 0; length < bytes.length - 3; length++) assert.equal(readPack(bytes.subarray(0, length)), undefined)
  const changed = Uint8Array.from(bytes)
  changed[18] = 0
  assert.equal(readPack(changed), undefined)
})

test('facts come back by key; another engine\'s are not used', async () => {
  const store = new FactsStore('engine')
  const kept = await product('x = f(1)\n')
  store.keepFacts('k', kept)
  store.keepStatus('a.py', status(), { hash: 'h', objectId: 'o' })
  const bytes = store.write(NOW)
  const again = new FactsStore('engine')
  assert.equal(again.open(bytes), true)
  assert.deepEqual(again.facts('k')?.about, kept.about)
  assert.deepEqual(encodeFacts(again.facts('k')?.facts ?? assert.fail()), kept.facts)
  assert.equal(again.facts('other'), undefined)
  const other = new FactsStore('another engine')
  assert.equal(other.open(bytes), true)
  assert.equal(other.facts('k'), undefined)
})

test('a file is unchanged only when its whole status is as before and older than the store', async () => {
  const store = new FactsStore('engine')
  store.keepStatus('a.py', status(), { hash: 'h', objectId: 'o' })
  store.keepStatus('young.py', status({ modified: NOW - 500 }), { hash: 'h', objectId: 'o' })
  const again = new FactsStore('engine')
  again.open(store.write(NOW))
  assert.equal(again.unchanged('a.py', status())?.hash, 'h')
  for (const other of [{ size: 11 }, { modified: NOW - 70_000 }, { changed: NOW - 50_000 }, { inode: 8 }]) {
    assert.equal(again.unchanged('a.py', status(other)), undefined)
  }
  assert.equal(again.unchanged('young.py', status({ modified: NOW - 500 })), undefined)
  assert.equal(again.unchanged('b.py', status()), undefined)
  assert.equal(again.unchanged('a.py', undefined), undefined)
})

test('any damage to stored facts gives the facts, nothing, or a refusal; never others', async () => {
  const store = new FactsStore('engine')
  const kept = await product('import os\ndef f(x):\n    return os.path.join(x, "a")\n')
  store.keepFacts('k', kept)
  const bytes = store.write(NOW)
  for (const value of mixed(400)) {
    const damaged = Uint8Array.from(bytes)
    const at = value % bytes.length
    damaged[at] = (damaged[at] ?? 0) ^ (1 + (value >> 8) % 255)
    const again = new FactsStore('engine')
    if (!again.open(damaged)) continue
    const facts = again.facts('k')?.facts
    if (facts !== undefined) assert.deepEqual(encodeFacts(facts), kept.facts)
  }
})

test('matches come back for the rules they were made with, and only for those', () => {
  const store = new MatchesStore('engine', ['r1', 'r2'])
  store.keep('file', [0, 1], [matches('one')], () => 'r1')
  const bytes = store.write()
  const same = new MatchesStore('engine', ['r1', 'r2'])
  assert.equal(same.open(bytes), true)
  assert.deepEqual(same.matches('file'), { known: [matches('one')], missing: [] })
  assert.deepEqual(same.matches('new'), { known: [], missing: [0, 1] })
  const edited = new MatchesStore('engine', ['r3', 'r2', 'r1'])
  edited.open(bytes)
  assert.deepEqual(edited.matches('file'), { known: [matches('one')], missing: [0] })
  edited.keep('file', [0], [], () => '')
  const third = new MatchesStore('engine', ['r3'])
  third.open(edited.write())
  assert.deepEqual(third.matches('file'), { known: [], missing: [] })
})

test('stored matches of another form are refused', () => {
  assert.deepEqual(readRuleMatches(structuredClone(matches('one'))), matches('one'))
  const wrong: readonly unknown[] = [
    null, 3, [], {}, { ...matches('x'), rule: 3 }, { ...matches('x'), matches: [{ start: 4, end: 1, bindings: [], conditions: [] }] },
    { ...matches('x'), matches: [{ start: -1, end: 1, bindings: [], conditions: [] }] }, { ...matches('x'), limits: [1] },
    { ...matches('x'), excluded: [{ start: 0, end: 1, bindings: [], conditions: [] }] },
    { ...matches('x'), matches: [{ start: 0, end: 1, bindings: [], conditions: [{ kind: 'name', at: { start: 0, end: 1 } }] }] },
    { ...matches('x'), sections: { sources: [{}], sinks: [], sanitizers: [], propagators: [] } },
  ]
  for (const value of wrong) assert.equal(readRuleMatches(value), undefined, JSON.stringify(value))
})
