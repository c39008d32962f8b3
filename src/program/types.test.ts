import assert from 'node:assert/strict'
import { test } from 'node:test'
import { linked } from '../../test/support/linked.ts'
import type { FakeLibrary } from '../../test/support/linked.ts'

const LIBRARY: FakeLibrary = {
  returns: { 'sqlite3.connect': 'sqlite3.Connection', 'sqlite3.Connection.cursor': 'sqlite3.Cursor' },
  attributes: { 'web.request': 'web.Request', 'web.Request.args': 'web.Args', 'web.Args.[]': 'builtins.str' },
}

test('results of library calls, and of their methods, have the types the models say', async () => {
  const program = await linked({
    'main.py': [
      'import sqlite3', 'from web import request', 'def f(q):', '    c = sqlite3.connect("x").cursor()',
      '    c.execute(q)', '    request.args["a"]', '    q.execute(1)', '',
    ].join('\n'),
  }, LIBRARY)
  assert.deepEqual(program.targets('main.py', 'c.execute(q)'), ['sqlite3.Cursor.execute'])
  assert.deepEqual(program.types('main.py', 'request.args'), ['web.Args'])
  assert.deepEqual(program.types('main.py', 'request.args["a"]'), ['builtins.str'])
  assert.deepEqual(program.targets('main.py', 'q.execute(1)'), ['? unknown receiver'])
})

test('what an unmodelled library makes is an object of its own, never one of the program', async () => {
  const program = await linked({
    'main.py': 'import pool\nclass Own:\n    def execute_all(self): pass\npool.connect().execute_all()\n',
  })
  assert.deepEqual(program.targets('main.py', 'pool.connect().execute_all()'), ['pool.connect().execute_all'])
})

test('annotations: optional, union, text, parts of containers, rest parameters', async () => {
  const program = await linked({
    'main.py': [
      'from typing import Optional', 'class A:', '    pass', 'class B:', '    pass',
      'def f(a: Optional[A], b: A | None, c: "B", d: list[A], e: dict[str, B], g: list["A"] = None, *rest: B):',
      '    use(a)', '    use(b)', '    use(c)', '    d[0]', '    e["k"]', '    rest[0]', '    g[1]',
      '    for x in d:', '        use(x)', '    for k in e:', '        use(k)',
      'def g(h: "no type at all", i: list):', '    use(h)', '    i[0]', '',
    ].join('\n'),
  })
  assert.deepEqual(program.types('main.py', 'use(«a»)'), ['main.A'])
  assert.deepEqual(program.types('main.py', 'use(«b»)').filter((type) => type === 'main.A'), ['main.A'])
  assert.deepEqual(program.types('main.py', 'use(«c»)'), ['main.B'])
  assert.deepEqual(program.types('main.py', 'd[0]'), ['main.A'])
  assert.deepEqual(program.types('main.py', 'e["k"]'), ['main.B'])
  assert.deepEqual(program.types('main.py', 'rest[0]'), ['main.B'])
  assert.deepEqual(program.types('main.py', 'g[1]'), ['main.A'])
  assert.deepEqual(program.types('main.py', 'use(«x»)'), ['main.A'])
  assert.deepEqual(program.types('main.py', 'use(«k»)'), ['builtins.str'])
  assert.deepEqual(program.types('main.py', 'use(«h»)'), [])
  assert.deepEqual(program.types('main.py', 'i[0]'), [])
})

test('results of functions by annotation, by what they return, and through calls that call themselves', async () => {
  const program = await linked({
    'main.py': [
      'class A:', '    def go(self): pass', 'def declared() -> "A": ...', 'def made():', '    a = A()', '    return a',
      'def pair():', '    return A(), 1', 'def loop(n):', '    return loop(n - 1) if n else A()',
      'def even(n):', '    return odd(n)', 'def odd(n):', '    return even(n) or A()',
      'declared().go()', 'made().go()', 'first, second = pair()', 'first.go()', 'second.go()', 'loop(3).go()',
      'even(1).go()', 'odd(1).go()', '',
    ].join('\n'),
  })
  for (const call of ['declared().go()', 'made().go()', 'first.go()', 'loop(3).go()', 'even(1).go()', 'odd(1).go()']) {
    assert.deepEqual(program.targets('main.py', call), ['main.py:A.go'], call)
  }
  assert.deepEqual(program.targets('main.py', 'second.go()'), ['builtins.int.go'])
})

test('fields: what methods and others store; a field of nothing else stays unknown', async () => {
  const program = await linked({
    'store.py': 'class Store:\n    def save_item(self, x): pass\n',
    'main.py': [
      'from store import Store', 'class Page:', '    def __init__(self):', '        self.store = None',
      '    def open(self, other):', '        self.store = Store()', '        self.other = other',
      '    def show(self):', '        self.store.save_item(1)', '        self.other.save(2)',
      'p = Page()', 'p.late = Store()', 'p.late.save_item(3)', '',
    ].join('\n'),
  })
  assert.deepEqual(program.types('main.py', 'self.store.save_item(1)'.replace('.save_item(1)', ''), 2), ['store.Store'])
  assert.deepEqual(program.targets('main.py', 'self.store.save_item(1)'), ['store.py:Store.save_item'])
  assert.deepEqual(program.targets('main.py', 'p.late.save_item(3)'), ['store.py:Store.save_item'])
  assert.deepEqual(program.types('main.py', '«self.other».save'), [])
  assert.deepEqual(program.stores('main.Page', 'store'), ['None', 'Store()'])
  assert.deepEqual(program.stores('main.Page', 'late'), ['Store()'])
})

test('context managers: by their class, by a generator, by the library', async () => {
  const program = await linked({
    'main.py': [
      'import contextlib', 'class A:', '    def go(self): pass', 'class Lock:', '    def __enter__(self):',
      '        return A()', '@contextlib.contextmanager', 'def session():', '    yield A()',
      'with Lock() as one:', '    one.go()', 'with session() as two:', '    two.go()',
      'with open("x") as three:', '    three.go()', '',
    ].join('\n'),
  }, { returns: { 'builtins.open': 'io.File' } })
  assert.deepEqual(program.targets('main.py', 'one.go()'), ['main.py:A.go'])
  assert.deepEqual(program.targets('main.py', 'two.go()'), ['main.py:A.go'])
  assert.deepEqual(program.targets('main.py', 'three.go()'), ['io.File.go'])
})

test('undeclared parameters have the types that calls pass, two calls deep and no deeper', async () => {
  const program = await linked({
    'main.py': [
      'class A:', '    def go(self): pass', 'def one(a):', '    a.go()', '    two(a)', 'def two(b):', '    b.go()',
      '    three(b)', 'def three(c):', '    use(c)', 'one(A())', 'def never(d):', '    use(d)', '',
    ].join('\n'),
  })
  assert.deepEqual(program.targets('main.py', 'a.go()'), ['main.py:A.go'])
  assert.deepEqual(program.targets('main.py', 'b.go()'), ['main.py:A.go'])
  assert.deepEqual(program.types('main.py', 'use(«c»)'), [])
  assert.deepEqual(program.types('main.py', 'use(«d»)'), [])
})

test('calls in tests say nothing of the parameters of other code', async () => {
  const program = await linked({
    'main.py': 'def one(a):\n    use(a)\n',
    'tests/check.py': 'from main import one\nclass Fake:\n    pass\none(Fake())\n',
  })
  assert.deepEqual(program.types('main.py', 'use(«a»)'), [])
})

test('exceptions, awaited calls, yields and given types', async () => {
  const program = await linked({
    'main.py': [
      'class E(Exception):', '    pass', 'async def make() -> E: ...', 'async def f(p):', '    try:',
      '        x = await make()', '        use(x)', '    except (E, OSError) as e:', '        use(e)', '    use(p)',
      'def each():', '    yield E()', 'for y in each():', '    use(y)', '',
    ].join('\n'),
  })
  const parameter = program.program.function(program.function('main.py', 'f')).parameters[0]
  program.program.giveType(parameter?.value ?? -1, 'web.Request')
  assert.deepEqual(program.types('main.py', 'use(«x»)'), ['main.E'])
  assert.deepEqual(program.types('main.py', 'use(«e»)'), ['builtins.OSError', 'main.E'])
  assert.deepEqual(program.types('main.py', 'use(«y»)'), ['main.E'])
  assert.deepEqual(program.types('main.py', 'use(«p»)'), ['web.Request'])
})

test('a test of the type holds where it holds, and not elsewhere', async () => {
  const program = await linked({
    'main.py': [
      'class A:', '    def go_on(self): pass', 'class B:', '    def go_on(self): pass', 'def f(x, y):',
      '    if isinstance(x, A):', '        x.go_on(1)', '        y.go_on(2)', '    else:', '        x.go_on(3)',
      '    match x:', '        case B():',
      '            x.go_on(5)', '',
    ].join('\n'),
  })
  const targets = (call: string): readonly string[] => program.targets('main.py', call)
  assert.deepEqual(targets('x.go_on(1)'), ['main.py:A.go_on'])
  assert.deepEqual(targets('y.go_on(2)'), ['? unknown receiver'])
  assert.deepEqual(targets('x.go_on(3)'), ['? unknown receiver'])
  assert.deepEqual(targets('x.go_on(5)'), ['main.py:B.go_on'])
})
