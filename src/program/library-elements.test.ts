import assert from 'node:assert/strict'
import test from 'node:test'
import { LAB_MODEL, labKnowledge } from '../../test/lab.ts'
import { expectedFacts, linkedFacts } from '../../test/linking.ts'

const MODEL = `${LAB_MODEL}
returns:
  - {call: lab.folder, type: lab.Store, element: lab.Store, doc: https://example.org/lab#folder}
  - {call: lab.Store.parts, type: lab.Store, element: builtins.str, doc: https://example.org/lab#parts}
`

test('what the results of library calls hold has the type the models say', async () => {
  const files = { 'main.py': `
import lab
for each in lab.folder():
    each.open()  #> lib lab.Store.open
    for part in each.parts():
        probe(part)  #: builtins.str
first, second = each.parts()
probe(second)  #: builtins.str
probe(each.parts()[0])  #: builtins.str
names = [one for one in lab.folder()]
probe(names[0])  #: lab.Store
for other in lab.unknown():
    probe(other)  #:
` }
  assert.deepEqual(await linkedFacts(files, labKnowledge(MODEL)), expectedFacts(files))
})
