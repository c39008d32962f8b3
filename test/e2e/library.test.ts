import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formats, render, review, runReview, UsageError, type Progress } from '../../src/index.ts'
import { found, SHOP, Workspace } from './support.ts'

test('review and render, as a program uses them', async (t) => {
  const workspace = new Workspace(t, SHOP)
  const result = await review({ paths: [workspace.folder], cache: false })
  assert.deepEqual(found(result), ['shop/db.py:5 89'])
  assert.match(await render(result), /1\. CWE-89: Improper/)
  assert.match(await render(result, { format: 'markdown' }), /CWE-89/)
  assert.deepEqual((await formats()).map((each) => each.name), ['json', 'markdown', 'sarif', 'text'])
})

test('trouble in the options is a usage error with place and remedy', async (t) => {
  const { folder } = new Workspace(t)
  const isUsageError = (place: string) => (error: unknown): boolean => {
    return error instanceof UsageError && error.place.includes(place) && error.remedy !== ''
  }
  await assert.rejects(review({ paths: [`${folder}/missing`] }), isUsageError('missing'))
  await assert.rejects(review({ paths: [] }), isUsageError('PATH'))
  await assert.rejects(review({ paths: [folder], jobs: 0 }), isUsageError('--jobs'))
  await assert.rejects(review({ paths: [folder], baseline: 'a', diff: 'b' }), isUsageError('--baseline'))
  await assert.rejects(render(await review({ paths: [folder], cache: false }), { format: 'pdf' }), isUsageError('pdf'))
})

test('code without a file, and progress', async (t) => {
  const { folder } = new Workspace(t, SHOP)
  const stages: Progress['stage'][] = []
  const { review: result } = await runReview({
    paths: [], input: { bytes: Buffer.from('import os\nos.system(input())\n'), fileName: `${folder}/new.py` }, cache: false,
    onProgress: ({ stage }) => stages.push(stage),
  })
  assert.deepEqual(result.places.map((place) => `${place.place.path}:${place.place.line} ${place.cwe}`), ['new.py:2 78'])
  assert.equal(result.subject.programFiles, 4)
  assert.deepEqual([...new Set(stages)], ['discovering', 'reading', 'linking', 'judging', 'writing'])
})

test('an empty folder is a review of nothing, and says so', async (t) => {
  const result = await review({ paths: [new Workspace(t).folder], cache: false })
  assert.deepEqual([result.findings, result.places, result.subject.files], [[], [], 0])
})
