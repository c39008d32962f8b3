import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { render, review } from '../src/index.ts'

test('the finding that the README shows is what Assay prints', async () => {
  const sample = /```\n(1\. CWE-[\s\S]*?)\n```/.exec(readFileSync('README.md', 'utf8'))?.[1]
  assert.ok(sample !== undefined, 'README.md shows no finding')
  const cwe = Number(/^1\. CWE-(\d+)/.exec(sample)?.[1])
  const printed = await render(await review({ paths: [join('examples', 'flask-shop')], cwe: [cwe], cache: false, jobs: 1 }))
  assert.ok(printed.includes(`${sample}\n`), `the README shows\n${sample}\nAssay prints\n${printed}`)
})
