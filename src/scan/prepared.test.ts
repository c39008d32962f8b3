import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hashOf } from '../core/hash.ts'
import { YamlDocument } from '../core/yaml.ts'
import { loadModels } from '../models/load.ts'
import { shippedYaml } from './installation.ts'
import { PREPARED_FOLDERS, shippedFiles, withPrepared } from './prepared.ts'

test('what the build prepared of each shipped file is what its YAML says', () => {
  for (const folder of PREPARED_FOLDERS) {
    const files = shippedFiles(folder)
    assert.deepEqual(files.map(({ path }) => path), shippedYaml(folder).map(({ path }) => path))
    for (const { path, text, value } of files) {
      const read = new YamlDocument({ path, text }, { merge: folder === 'models', maxAliases: 200 }).value()
      assert.deepEqual(value, read, path)
    }
  }
})

test('models are the same from what was prepared and from their YAML', () => {
  assert.deepEqual(loadModels(shippedFiles('models')), loadModels(shippedYaml('models')))
})

test('a file changed since the build is read anew', () => {
  const old = 'rules: []\n'
  const prepared = { 'rules/a.yaml': { hash: hashOf(old), value: { rules: [] } } }
  const [same] = withPrepared([{ path: 'rules/a.yaml', text: old }], prepared)
  assert.deepEqual(same?.value, { rules: [] })
  const [changed] = withPrepared([{ path: 'rules/a.yaml', text: `${old}# more\n` }], prepared)
  assert.equal(changed?.value, undefined)
  const [other] = withPrepared([{ path: 'rules/b.yaml', text: old }], prepared)
  assert.equal(other?.value, undefined)
})
