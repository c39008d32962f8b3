import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FileSet, FrontEnd, Language } from '../tree/language.ts'
import type { Node } from '../tree/node.ts'
import { printTree } from '../tree/print.ts'
import { validateTree } from '../tree/validate.ts'
import { descendants } from '../tree/visit.ts'
import { languageNamed, languageOfPath, languageOfShebang, languages } from './discover.ts'

/*
 * What every front end must do, whatever its language. A front end without flow
 * (configuration, markup) is held to the parts about parsing only.
 */

/** Texts that no language reads but every front end must survive. */
const HOSTILE = [
  '', '\n', ' ', '\u0000', 'a\u0000b\n', '\uFEFFx', '\uD800', '\uDC00\uD800', '\r\r\n', '"',
  "'''", '{', '}', '((((', '))))',
  '\u2028', 'é = "𝒳"', '('.repeat(100_000), `${'['.repeat(100_000)}1${']'.repeat(100_000)}`, '{'.repeat(50_000),
  `if x: pass\n${'elif y: pass\n'.repeat(5_000)}`, `match x:\n  case ${'a.'.repeat(20_000)}a: pass\n`,
  `x = ${'-'.repeat(100_000)}1`, `x = ${'a + '.repeat(50_000)}1`, `x${'.y'.repeat(50_000)}`, `x${'()'.repeat(50_000)}`,
]

function assertSound(language: Language, front: FrontEnd, text: string, how: 'parse' | 'parseFragment'): void {
  const parsed = front[how](text)
  const shown = `${language.id} ${how} ${JSON.stringify(text.slice(0, 60))}`
  assert.equal(parsed.root.kind, 'module', shown)
  assert.equal(parsed.root.role, 'root', shown)
  assert.deepEqual(validateTree(parsed.root, text.length), [], shown)
  for (const problem of parsed.problems) {
    assert.equal(problem.path, '', shown)
    assert.notEqual(problem.message, '', shown)
    assert.ok(problem.span === undefined || isInside(problem.span, text), `${shown}: a problem's span is in the file`)
  }
  let last = -1
  for (const comment of parsed.comments) {
    assert.ok(isInside(comment, text), `${shown}: a comment's span is in the file`)
    assert.ok(comment.start >= last, `${shown}: comments are in order of place`)
    last = comment.start
  }
  const problem = parsed.problems.length > 0
  assert.ok(printTree(parsed.root) !== '', shown)
  const hasError = descendants(parsed.root).some((each: Node) => each.kind === 'error')
  assert.ok(problem || !hasError, `${shown}: an error node without a problem`)
}

function isInside(span: { readonly start: number; readonly end: number }, text: string): boolean {
  return span.start >= 0 && span.start <= span.end && span.end <= text.length
}

test('languages are found by folder, each once', async () => {
  const all = await languages()
  assert.ok(all.some((each) => each.id === 'python'))
  const claims = all.flatMap((each) => [...each.extensions, ...each.fileNames, each.id, ...each.aliases])
  assert.deepEqual(claims.filter((each, index) => claims.indexOf(each) !== index), [])
})

test('a file belongs to a language by name, extension or first line', async () => {
  const all = await languages()
  for (const language of all) {
    for (const extension of language.extensions) {
      assert.equal(extension, extension.toLowerCase())
      assert.ok(extension.startsWith('.'))
      assert.equal(languageOfPath(all, `src/x${extension}`)?.id, language.id)
      assert.equal(languageOfPath(all, `src\\X${extension.toUpperCase()}`)?.id, language.id)
    }
    for (const name of language.fileNames) assert.equal(languageOfPath(all, `a/${name}`)?.id, language.id)
    for (const name of [language.id, ...language.aliases]) assert.equal(languageNamed(all, name)?.id, language.id)
    for (const name of language.shebangs) {
      assert.equal(languageOfShebang(all, `#!/usr/bin/env ${name}`)?.id, language.id)
      assert.equal(languageOfShebang(all, `#!/usr/local/bin/${name} -u`)?.id, language.id)
      assert.equal(languageOfShebang(all, `#!/usr/bin/env -S ${name} -u`)?.id, language.id)
    }
  }
  assert.equal(languageOfPath(all, 'py'), undefined)
  assert.equal(languageOfPath(all, 'x.py.orig'), undefined)
  assert.equal(languageOfShebang(all, 'python'), undefined)
})

test('any text gives a valid tree with spans inside the file', async () => {
  for (const language of await languages()) {
    const front = await language.open()
    for (const text of HOSTILE) {
      assertSound(language, front, text, 'parse')
      assertSound(language, front, text, 'parseFragment')
    }
  }
})

test('the same text gives the same tree', async () => {
  for (const language of await languages()) {
    const [one, other] = [await language.open(), await language.open()]
    for (const text of HOSTILE.slice(0, 17)) {
      assert.equal(printTree(one.parse(text).root), printTree(other.parse(text).root))
    }
  }
})

test('an empty file is an empty module without problems', async () => {
  for (const language of await languages()) {
    const front = await language.open()
    assert.deepEqual(front.parse('').problems, [])
    assert.equal(printTree(front.parse('').root), '(module)')
  }
})

test('a pattern has readings or a reason, never both', async () => {
  for (const language of await languages()) {
    const front = await language.open()
    for (const text of [...HOSTILE.slice(0, 15), '$X', '...', 'f(...)', '$X($...ARGS)', '$']) {
      const { readings, reason } = front.parsePattern(text)
      assert.equal(readings.length === 0, reason !== '', `${language.id} ${JSON.stringify(text)}`)
      for (const reading of readings) {
        assert.deepEqual(validateTree(reading.root, text.length), [], `${language.id} ${JSON.stringify(text)}`)
      }
    }
  }
})

test('a metavariable and an ellipsis are patterns in every language with flow', async () => {
  for (const language of await languages()) {
    if (language.flow === undefined) continue
    const front = await language.open()
    const [metavariable] = front.parsePattern('$X').readings
    assert.equal(metavariable?.form, 'expression')
    assert.equal(printTree(metavariable.root), "(metavariable '$X')")
    assert.equal(front.parsePattern('...').readings[0]?.root.kind, 'ellipsis')
  }
})

test('a language with flow says how its files find one another', async () => {
  for (const language of await languages()) {
    if (language.flow === undefined) continue
    const { modules } = language
    assert.ok(modules !== undefined, `${language.id} has flow but no modules`)
    const extension = language.extensions[0] ?? ''
    const paths = [`a${extension}`, `b/c${extension}`]
    const files: FileSet = {
      paths, has: (path) => paths.includes(path), hasDirectory: (path) => path === '' || path === 'b',
    }
    const roots = modules.roots(files)
    assert.ok(roots.length > 0)
    for (const path of paths) assert.notEqual(modules.moduleName(path, roots, files), '')
    assert.equal(modules.resolve('no-such-module', paths[0] ?? '', roots, files), undefined)
    assert.ok(language.flow.builtins.length > 0)
    assert.equal(new Set(language.flow.builtins).size, language.flow.builtins.length)
    assert.equal(typeof language.isTest(paths[0] ?? ''), 'boolean')
  }
})
