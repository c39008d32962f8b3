import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { Workspace } from './support.ts'

const GUIDE = readFileSync('RULES.md', 'utf8')

function block(language: string): string {
  const found = new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(GUIDE)?.[1]
  assert.ok(found !== undefined, `RULES.md has no block of ${language}`)
  return found
}

test('the first rule of RULES.md is sound, passes its test, and finds what it says', (t) => {
  const workspace = new Workspace(t, { 'load.yaml': block('yaml'), 'load.py': block('python') })
  assert.match(workspace.assay(['rules', 'check', '.']).stdout, /^1 of 1 rules/)
  assert.match(workspace.assay(['test', '.']).stdout, /^1 of 1 rules pass/)
  assert.match(workspace.assay(['search', '-e', 'yaml.load($X, ...)', '-l', 'python', '.']).stdout, /^load\.py:4:12: .*\n {2}\$X = open/)
  const { stderr } = workspace.assay(['review', '.', '--root', '.', '--config', 'load.yaml', '--autofix', '--dryrun', '--quiet'])
  assert.match(stderr, /\+ yaml\.safe_load\(open\('settings\.yaml'\)\)\n1 fix possible/)
})
