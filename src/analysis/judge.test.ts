import assert from 'node:assert/strict'
import test from 'node:test'
import { expectations, LAB_MODEL, outcomes, placesOf } from '../../test/lab.ts'

/**
 * Flow, one construct per case. The expected outcome stands on the sink's line;
 * each group has a near miss.
 */
const CASES: Readonly<Record<string, Readonly<Record<string, string>> | string>> = {
  'assignment and reassignment': `
import lab
x = lab.source()
lab.sink(x)  #! found
x = 'fixed'
lab.sink(x)  #! safe:constant
`,
  'either branch': `
import lab
def f(flag):
    x = 'a'
    if flag:
        x = lab.source()
    lab.sink(x)  #! found
    if flag:
        x = 'b'
    else:
        x = 'c'
    lab.sink(x)  #! safe:constant
`,
  'building strings': `
from lab import source, sink
a = source()
sink('x' + a)  #! found
sink(f'x{a}y')  #! found
sink('x%s' % a)  #! found
sink('x%d' % a)  #! safe:sanitizer
sink('x' + 'y')  #! safe:constant
`,
  'constant keys and indexes': `
import lab
d = {'a': lab.source(), 'b': 'fixed'}
lab.sink(d['a'])  #! found
lab.sink(d['b'])  #! safe:constant
t = ('fixed', lab.source())
lab.sink(t[0])  #! safe:constant
lab.sink(t[1])  #! found
one, two = t
lab.sink(one)  #! safe:constant
lab.sink(two)  #! found
`,
  'stores into containers': `
import lab
def f():
    d = {}
    d['a'] = lab.source()
    d['b'] = 'fixed'
    lab.sink(d['a'])  #! found
    lab.sink(d['b'])  #! safe:constant
    d['a'] = 'fixed'
    lab.sink(d['a'])  #! safe:constant
    items = []
    items.append(lab.source())
    for item in items:
        lab.sink(item)  #! found
    others = ['a', 'b']
    for other in others:
        lab.sink(other)  #! safe:constant
`,
  'attributes of an object': `
import lab
class Box:
    def __init__(self, content):
        self.content = content
        self.label = 'fixed'
    def open(self):
        lab.sink(self.content)  #! found
        lab.sink(self.label)  #! safe:constant
def f():
    box = Box(lab.source())
    box.open()
`,
  'functions, their results and defaults': `
import lab
def same(x):
    return x
def wrap(x, y='fixed'):
    return same(x) + y
def send(value, other='fixed'):
    lab.sink(value)  #! found
    lab.sink(other)  #! safe:constant
lab.sink(wrap(lab.source()))  #! found
lab.sink(wrap('fixed'))  #! safe:constant
send(lab.source())
`,
  'a call returns to where it came from': `
import lab
def same(x):
    return x
a = same(lab.source())
b = same('fixed')
lab.sink(a)  #! found
lab.sink(b)  #! safe:constant
`,
  'nobody is known to call': `
import lab
def f(x):
    lab.sink(x)  #! no-source
`,
  'entry points': `
import lab
@lab.entry
def handler(x):
    lab.sink(x)  #! found
def helper(x):
    lab.sink(x)  #! no-source
`,
  'sanitizers': `
import lab
x = lab.source()
lab.sink(lab.clean(x))  #! safe:sanitizer
lab.sink(lab.clean_other(x))  #! found
lab.clean(x)
lab.sink(x)  #! found
lab.sink(lab.clean('a') + x)  #! found
`,
  'guards on the right branch': `
import lab
ALLOWED = ('a', 'b')
def f():
    x = lab.source()
    if lab.is_fine(x):
        lab.sink(x)  #! safe:guard
    else:
        lab.sink(x)  #! found
    if x not in ALLOWED:
        return
    lab.sink(x)  #! safe:guard
def g():
    y = lab.source()
    lab.require(y)
    lab.sink(y)  #! safe:guard
def h():
    z = lab.source()
    lab.sink(z)  #! found
    lab.require(z)
def i(names):
    w = lab.source()
    if w in names:
        lab.sink(w)  #! found
`,
  'a checked value or a fixed one': `
import lab
ALLOWED = {'a', 'b'}
def f():
    x = lab.source()
    if x not in ALLOWED:
        x = 'a'
    lab.sink(x)  #! safe:guard
    y = lab.source()
    y = y if lab.is_fine(y) else 'a'
    lab.sink(y)  #! safe:guard
    z = lab.source()
    z = 'a' if lab.is_fine(z) else z
    lab.sink(z)  #! found
`,
  'a source the rule trusts': `
import lab
lab.sink(lab.setting())  #! safe:trusted-source
lab.sink(lab.setting() + lab.source())  #! found
`,
  'closures': `
import lab
def f():
    x = lab.source()
    y = 'fixed'
    def inner():
        lab.sink(x)  #! found
        lab.sink(y)  #! safe:constant
    inner()
`,
  'generators': `
import lab
def items():
    yield lab.source()
def fixed():
    yield 'a'
for each in items():
    lab.sink(each)  #! found
for each in fixed():
    lab.sink(each)  #! safe:constant
`,
  'unknown calls': `
import lab, other
x = lab.source()
lab.sink(other.change(x))  #! undecided:unresolved-call
lab.sink(lab.same(x))  #! found
`,
  'comparisons carry nothing': `
import lab
x = lab.source()
lab.sink(x == 'a')  #! safe:constant
lab.sink(not x)  #! safe:constant
`,
  'across files': {
    'shop/__init__.py': '',
    'shop/db.py': `
import lab
def query(text):
    lab.sink(text)  #! found
def fixed(text):
    lab.sink(text)  #! safe:constant
`,
    'shop/service.py': `
from . import db
from .config import NAME
def find(name):
    db.query('x' + name)
    db.fixed(NAME)
`,
    'shop/config.py': `NAME = 'fixed'\n`,
    'shop/views.py': `
import lab
from shop.service import find
def view():
    find(lab.source())
`,
  },
  'inheritance and methods': {
    'base.py': `
import lab
class Base:
    def run(self, x):
        self.emit(x)
    def emit(self, x):
        pass
`,
    'child.py': `
import lab
from base import Base
class Child(Base):
    def emit(self, x):
        lab.sink(x)  #! found
Child().run(lab.source())
`,
  },
}

for (const [name, given] of Object.entries(CASES)) {
  const files = typeof given === 'string' ? { 'main.py': given } : given
  test(`flow: ${name}`, async () => {
    assert.deepEqual((await outcomes(files)).sort(), expectations(files).sort())
  })
}

test('a removed model turns safe into not decided', async () => {
  const files = { 'main.py': 'import lab\nlab.sink(lab.clean(lab.source()))\n' }
  assert.deepEqual(await outcomes(files), ['main.py:2 safe:sanitizer'])
  const without = LAB_MODEL.replace(/sanitizers:[\s\S]*?propagators:/, 'propagators:')
  assert.deepEqual(await outcomes(files, without), ['main.py:2 undecided:unresolved-call'])
})

test('a witness through a function whose results were told apart for other calls goes through its inside', async () => {
  const text = [
    'import lab',
    'def marked(value):',
    '    return "<" + value + ">"',
    'page = marked("a") + marked("b") + marked("c") + marked("d") + marked("e")',
    'page = page + marked(lab.source())',
    'lab.sink(page)',
  ]
  const [place] = await placesOf({ 'a.py': `${text.join('\n')}\n` })
  assert.equal(place?.outcome.type, 'found')
  if (place?.outcome.type !== 'found') return
  const [route] = place.outcome.routes
  assert.deepEqual(route?.path.map((step) => step.what).filter((what) => what !== ''), [
    'is passed to marked()', 'becomes part of a string', 'becomes part of a string', 'is returned by marked()', 'becomes part of a string',
  ])
})

test('the witness names every step from source to sink', async () => {
  const files = {
    'a.py': 'import lab\nfrom b import send\nsend(lab.source())\n',
    'b.py': 'import lab\ndef send(text):\n    lab.sink("x" + text)\n',
  }
  const [place] = await placesOf(files)
  assert.equal(place?.outcome.type, 'found')
  if (place?.outcome.type !== 'found') return
  const [route] = place.outcome.routes
  assert.equal(route?.what, 'the laboratory')
  assert.deepEqual(route.path.map((step) => step.what).filter((what) => what !== ''), ['is passed to send()', 'becomes part of a string'])
})

test('a search from test code is a shorter one', async () => {
  const text = ['import lab', 'v0 = lab.source()']
  for (let step = 0; step < 1_200; step++) text.push(`v${step + 1} = v${step} + 'x'`)
  text.push('lab.sink(v1200)')
  const [place] = await placesOf({ 'a.py': `${text.join('\n')}\n` })
  assert.equal(place?.outcome.type, 'found')
  const [inTest] = await placesOf({ 'tests/test_a.py': `${text.join('\n')}\n` })
  assert.deepEqual(inTest?.outcome.type === 'undecided' && inTest.outcome.reason, 'limit')
})
