import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { render, renderVerification, review, verify } from '../src/index.ts'

const README = readFileSync('README.md', 'utf8')
const SHOP = join('examples', 'flask-shop')

test('the finding that the README shows is what Assay prints', async () => {
  const sample = /```\n(1\. CWE-[\s\S]*?)\n```/.exec(README)?.[1]
  assert.ok(sample !== undefined, 'README.md shows no finding')
  const cwe = Number(/^1\. CWE-(\d+)/.exec(sample)?.[1])
  const printed = await render(await review({ paths: [SHOP], cwe: [cwe], cache: false, jobs: 1 }))
  assert.ok(printed.includes(`${sample}\n`), `the README shows\n${sample}\nAssay prints\n${printed}`)
})

test('the first screen of a verification that the README shows is what Assay prints', async () => {
  const sample = /```\n\$ npx assay verify [^\n]*\n(What stands[\s\S]*?)\n```/.exec(README)?.[1]
  assert.ok(sample !== undefined, 'README.md shows no verification')
  const path = 'examples/review.md'
  const printed = await renderVerification(await verify({ review: readFileSync(path), reviewName: path, against: SHOP, history: false }))
  assert.ok(printed.includes(`${sample}\n`), `the README shows\n${sample}\nAssay prints\n${printed}`)
})
