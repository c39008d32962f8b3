import assert from 'node:assert/strict'
import test from 'node:test'
import { LAB_MODEL, labKnowledge, outcomes } from '../../test/lab.ts'
import { expectations } from '../../test/lab.ts'
import { expectedFacts, linkedFacts } from '../../test/linking.ts'

const MODEL = `${LAB_MODEL}
callbacks:
  - call: lab.Thread
    argument: {position: 1, name: target}
    receives: [{from: {position: 2, name: args}, element: true, rest: true}]
    doc: https://example.org/lab#thread
  - call: lab.Thread
    argument: {position: 1, name: target}
    receives: [{from: {name: kwargs}, element: true, rest: true}]
    doc: https://example.org/lab#thread
  - call: lab.submit
    argument: 0
    receives: [{from: 1, rest: true}]
    doc: https://example.org/lab#submit
  - call: lab.each
    argument: 0
    receives: [{from: 1, element: true}]
    doc: https://example.org/lab#each
  - call: lab.later
    argument: 0
    receives: [{from: 1, rest: true}]
    binds: true
    doc: https://example.org/lab#later
`

test('functions that a library calls back have its call as caller', async () => {
  const files = { 'main.py': `
import lab
def run(x): ...  #< main.py:10
def one(x): ...  #< main.py:11
def two(x): ...  #< main.py:12, main.py:12
def never(x): ...  #<
class Job:
    def work(self, x): ...  #< main.py:14
    def go(self):
        lab.Thread(target=run, args=(1,))  #> lib lab.Thread
        lab.submit(one, 1)  #> lib lab.submit
        [lab.each(lambda x: two(x), []), lab.each(two, [])]
        lab.other(never)
        lab.submit(self.work, 1)
def bound(a, b): ...  #< main.py:16, main.py:17, main.py:18, main.py:18
hello = lab.later(bound, 1)
hello(2)  #> main.bound
lab.later(bound, 1)(2)  #> main.bound
def named(name, f=None): return f
plain = lab.later(named, 'a')
class Shop:
    def __init__(self):
        self.later = lab.later(named, 'b')
    def go(self):
        self.later()  #> main.named
@lab.later(named, 'c')
def decorated(x): ...
decorated(1)  #> main.decorated
lab.submit(lab.later(named, 'd'), 1)
` }
  const actual = await linkedFacts(files, labKnowledge(MODEL))
  assert.deepEqual(actual, expectedFacts(files))
})

test('what a function called back receives', async () => {
  const files = { 'main.py': `
import lab
def args(a, b):
    lab.sink(a)  #! safe:constant
    lab.sink(b)  #! found
lab.Thread(None, args, ('fixed', lab.source()))
def keywords(a='fixed', b='fixed'):
    lab.sink(a)  #! safe:constant
    lab.sink(b)  #! found
lab.Thread(target=keywords, kwargs={'b': lab.source()})
def positions(a, b='fixed', *, c='fixed'):
    lab.sink(a)  #! found
    lab.sink(b)  #! safe:constant
    lab.sink(c)  #! found
lab.submit(positions, lab.source(), c=lab.source())
def item(x):
    lab.sink(x)  #! found
lab.each(item, ['fixed', lab.source()])
def fixed_item(x):
    lab.sink(x)  #! safe:constant
lab.each(fixed_item, ['fixed', 'too'])
class Job:
    def __init__(self, text):
        self.text = text
    def work(self, x):
        lab.sink(self.text)  #! found
        lab.sink(x)  #! safe:constant
lab.submit(Job(lab.source()).work, 'fixed')
def bound(a, b, c='fixed'):
    lab.sink(a)  #! safe:constant
    lab.sink(b)  #! found
    lab.sink(c)  #! safe:constant
hello = lab.later(bound, 'fixed')
hello(lab.source())
class Box:
    def __init__(self, a, b='fixed'):
        lab.sink(a)  #! found
        lab.sink(b)  #! safe:constant
lab.submit(Box, lab.source())
def again(a, b, c='fixed'):
    lab.sink(a)  #! safe:constant
    lab.sink(b)  #! found
    lab.sink(c)  #! safe:constant
lab.submit(lab.later(again, 'fixed'), lab.source())
` }
  assert.deepEqual((await outcomes(files, MODEL)).sort(), expectations(files).sort())
})
