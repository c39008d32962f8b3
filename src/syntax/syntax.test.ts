import assert from 'node:assert/strict'
import { test } from 'node:test'
import { concreteTree, sameTree } from './concrete.ts'
import { readByCursor } from './cursor.ts'
import { decodeTables, decodeTree } from './decode.ts'
import { Grammar, openGrammar } from './grammar.ts'
import { grammarFile, loadRuntime, type Runtime, type RuntimeMemory } from './runtime.ts'

const FILE = 'tree-sitter-python.wasm'
const SAMPLE = 'def f(a, *b, c=1):\n  # comment\n  return [x for x in a[1:2] if not x]\n'
const TEXTS = [
  '', '\n', ' ', '#', 'x', 'x\\\n', '  \n# only a comment\n', SAMPLE, 'é = "𝒳é"\nb = 1\n',
  'def broken(:\n  ]\nx = $ +', 'if x',
  `${'['.repeat(3_000)}1${']'.repeat(3_000)}`, `x = ${'a + '.repeat(3_000)}b`, 'y = f"{a!r:>{w}}{b}"\n',
  `"${'s'.repeat(400)}"`,
  'a = 1\n'.repeat(2_000), `x =${' '.repeat(300)}1`, `x${'\n'.repeat(40)}y`, 'exec f(x) in y',
  '\u0000', 'a\u0000b', '\uFEFFa',
]

test('the direct reader gives the cursor\'s tree for every text', async () => {
  const runtime = await loadRuntime()
  const language = await runtime.Language.load(grammarFile(FILE))
  const parser = new runtime.Parser()
  parser.setLanguage(language)
  const error = language.types.length
  const tables = decodeTables(runtime.memory, language, error)
  for (const text of TEXTS) {
    const tree = parser.parse(text)
    assert.ok(tree !== null)
    for (const base of [0, 17]) {
      const direct = decodeTree(runtime.memory, tree, tables, base)
      assert.ok(sameTree(direct, readByCursor(tree, error, base)), JSON.stringify(text.slice(0, 40)))
      assert.equal(direct.next[0], direct.count)
    }
    tree.delete()
  }
})

test('a grammar opens with the direct reader', async () => {
  const grammar = await openGrammar(FILE, SAMPLE)
  assert.equal(grammar.direct, true)
  const tree = grammar.parse('x = 1')
  assert.deepEqual([...tree.kind].map((kind) => grammar.kinds[kind]), [
    'module', 'expression_statement', 'assignment', 'identifier', '=', 'integer',
  ])
  assert.deepEqual([...tree.field].map((field) => grammar.fields[field]), ['', '', '', 'left', '', 'right'])
  assert.deepEqual([...tree.start], [0, 0, 0, 0, 2, 4])
  assert.deepEqual([...tree.next], [6, 6, 6, 4, 5, 6])
})

test('when memory does not look as expected, the cursor is used and the trees are the same', async () => {
  const runtime = await loadRuntime()
  const language = await runtime.Language.load(grammarFile(FILE))
  const real = new Grammar(runtime, language, SAMPLE)
  // A runtime whose layout is another: every word of the memory reads as something else.
  for (const memory of [shifted(runtime.memory), blank(runtime.memory)]) {
    const strange: Runtime = { ...runtime, memory }
    const grammar = new Grammar(strange, language, SAMPLE)
    assert.equal(grammar.direct, false)
    for (const text of TEXTS) {
      assert.ok(sameTree(grammar.parse(text), real.parse(text)), JSON.stringify(text.slice(0, 40)))
    }
  }
})

function shifted(memory: RuntimeMemory): RuntimeMemory {
  return { HEAPU8: memory.HEAPU8.subarray(8), HEAPU16: memory.HEAPU16.subarray(4), HEAP32: memory.HEAP32.subarray(2) }
}

function blank(memory: RuntimeMemory): RuntimeMemory {
  const { length } = memory.HEAPU8
  return { HEAPU8: new Uint8Array(length), HEAPU16: new Uint16Array(length / 2), HEAP32: new Int32Array(length / 4) }
}

test('an empty sample does not pass the self-check', async () => {
  const runtime = await loadRuntime()
  assert.equal(new Grammar(runtime, await runtime.Language.load(grammarFile(FILE)), '').direct, false)
})

test('trees differ in any node', () => {
  const [one, other] = [concreteTree(2), concreteTree(2)]
  assert.ok(sameTree(one, other))
  other.end[1] = 1
  assert.ok(!sameTree(one, other))
  assert.ok(!sameTree(one, concreteTree(3)))
})
