import assert from 'node:assert/strict'
import test from 'node:test'
import { labKnowledge, programOf } from '../../test/lab.ts'
import { accountOfCalls } from './account.ts'

test('every call is accounted for by what it runs', async () => {
  const knowledge = labKnowledge()
  const program = await programOf({
    'main.py': `import lab, unknown
from helpers import helper, Thing
def handle(given):
    helper()
    Thing()
    lab.clean(given)
    unknown.call()
    unknown.call()
    unknown.other()
    given.service.start()
@helper
def decorated():
    pass
`,
    'helpers.py': 'def helper(f=None):\n    return f\nclass Thing:\n    pass\n',
  }, knowledge)
  assert.deepEqual(accountOfCalls(program, knowledge, program.files), {
    total: 7, ofProgram: 2, described: 1,
    undescribed: [{ name: 'unknown.call', calls: 2 }, { name: 'unknown.other', calls: 1 }],
    unresolved: [{ name: 'given.service.start()', calls: 1 }],
  })
})

test('more calls than a review accounts for are not accounted for at all', async () => {
  const knowledge = labKnowledge()
  const program = await programOf({ 'main.py': 'f()\n'.repeat(2_001) }, knowledge)
  assert.equal(accountOfCalls(program, knowledge, program.files), undefined)
})
