import assert from 'node:assert/strict'
import { test } from 'node:test'
import { factsOf } from '../flow/lower.ts'
import { languages } from '../languages/discover.ts'
import type { Language } from '../tree/language.ts'
import type { SourceFile } from './discover.ts'
import { RelevantTests, type Importer } from './relevant-tests.ts'

const CODE: Readonly<Record<string, string>> = {
  'shop/__init__.py': '',
  'shop/views.py': 'import os\n',
  'shop/tests/__init__.py': '',
  'shop/tests/base.py': 'from shop.tests.unit import fakes\n',
  'shop/tests/unit/__init__.py': '',
  'shop/tests/unit/fakes.py': 'X = 1\n',
  'shop/tests/unit/test_views.py': 'from shop.tests import base\n\nbase.X\n',
  'shop/tests/unit/test_fakes.py': 'from shop.tests.unit import (base, fakes)\n',
  'shop/tests/unit/test_near.py': 'from . import fakes\n',
  'shop/tests/unit/test_other.py': 'import fakes_of_another\nfrom shop import tests\n',
}
const PACKAGES = ['shop/__init__.py', 'shop/tests/__init__.py', 'shop/tests/unit/__init__.py']

async function python(): Promise<Language> {
  const language = (await languages()).find((each) => each.extensions.includes('.py'))
  if (language === undefined) throw new Error('no language for .py')
  return language
}

/** What is analysed when these files are reviewed: at first, and what follows from imports, round by round. */
async function rounds(...reviewed: readonly string[]): Promise<readonly (readonly string[])[]> {
  const language = await python()
  const front = await language.open()
  const sources = Object.keys(CODE).map((path): SourceFile => ({ path, language, isReviewed: reviewed.includes(path), status: undefined }))
  const importer = (source: SourceFile): Importer => ({ source, facts: factsOf(front.parse(CODE[source.path] ?? ''), language) })
  const tests = new RelevantTests(sources)
  const found: string[][] = []
  for (let next = tests.first(({ path }) => CODE[path] ?? ''); next.length > 0; next = tests.importedBy(next.map(importer))) {
    found.push(next.map(({ path }) => path).sort())
  }
  return found
}

test('a reviewed program needs no test, but the packages that names are resolved through', async () => {
  assert.deepEqual(await rounds('shop/views.py'), [[...PACKAGES, 'shop/views.py'].sort()])
})

test('a reviewed test needs the tests that it imports, and what those import', async () => {
  assert.deepEqual(await rounds('shop/tests/unit/test_views.py'), [
    [...PACKAGES, 'shop/views.py', 'shop/tests/unit/test_views.py'].sort(), ['shop/tests/base.py'], ['shop/tests/unit/fakes.py'],
  ])
})

test('a reviewed helper of tests needs those that may import it, however they write that', async () => {
  const [first = []] = await rounds('shop/tests/unit/fakes.py')
  assert.deepEqual(first, [
    ...PACKAGES, 'shop/views.py', 'shop/tests/base.py', 'shop/tests/unit/fakes.py', 'shop/tests/unit/test_fakes.py', 'shop/tests/unit/test_near.py',
  ].sort())
})

test('what is reviewed whole is read whole', async () => {
  assert.deepEqual(await rounds(...Object.keys(CODE)), [Object.keys(CODE).sort()])
})
