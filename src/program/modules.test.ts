import assert from 'node:assert/strict'
import { test } from 'node:test'
import { linked } from '../../test/support/linked.ts'

test('imports reach functions through packages, relative names and re-exports', async () => {
  const program = await linked({
    'main.py': 'import shop.db\nfrom shop import query as q\nfrom shop.web import views\nshop.db.query(1)\nq(2)\nviews.show(3)\n',
    'shop/__init__.py': 'from .db import query\n',
    'shop/db.py': 'def query(x):\n    return x\n',
    'shop/web/__init__.py': '',
    'shop/web/views.py': 'from ..db import query\nfrom . import helpers as h\ndef show(x):\n    h.fmt(x)\n    return query(x)\n',
    'shop/web/helpers.py': 'def fmt(x): pass\n',
  })
  assert.deepEqual(program.targets('main.py', 'shop.db.query(1)'), ['shop/db.py:query'])
  assert.deepEqual(program.targets('main.py', 'q(2)'), ['shop/db.py:query'])
  assert.deepEqual(program.targets('main.py', 'views.show(3)'), ['shop/web/views.py:show'])
  assert.deepEqual(program.targets('shop/web/views.py', 'query(x)'), ['shop/db.py:query'])
  assert.deepEqual(program.targets('shop/web/views.py', 'h.fmt(x)'), ['shop/web/helpers.py:fmt'])
  assert.deepEqual(program.names('main.py', 'q', 1), ['shop.db.query'])
})

test('a name that a module does not have is no function of another module', async () => {
  const program = await linked({
    'main.py': 'from shop import missing\nmissing(1)\n',
    'shop/__init__.py': '',
    'shop/db.py': 'def missing(x): pass\n',
  })
  assert.deepEqual(program.targets('main.py', 'missing(1)'), ['? not found'])
})

test('star imports give public names only, or those a module lists', async () => {
  const program = await linked({
    'main.py': 'from listed import *\nfrom plain import *\nopen_()\nhidden()\n_private()\nshown()\n',
    'listed.py': "__all__ = ['open_']\ndef open_(): pass\ndef hidden(): pass\n",
    'plain.py': 'def shown(): pass\ndef _private(): pass\n',
  })
  assert.deepEqual(program.targets('main.py', 'open_()'), ['listed.py:open_'])
  assert.deepEqual(program.targets('main.py', 'shown()'), ['plain.py:shown'])
  assert.deepEqual(program.targets('main.py', 'hidden()'), ['? not found'])
  assert.deepEqual(program.targets('main.py', '_private()'), ['? not found'])
})

test('every conditional definition is kept', async () => {
  const program = await linked({
    'main.py': 'try:\n    from fast import load\nexcept ImportError:\n    from slow import load\ndef f():\n    load(1)\n',
    'fast.py': 'def load(x): pass\n',
    'slow.py': 'def load(x): pass\n',
  })
  assert.deepEqual(program.targets('main.py', 'load(1)'), ['fast.py:load', 'slow.py:load'])
})

test('star imports in a circle end', async () => {
  const program = await linked({
    'a.py': 'from b import *\nnothing()\nitem()\n',
    'b.py': 'from a import *\ndef item(): pass\n',
  })
  assert.deepEqual(program.targets('a.py', 'nothing()'), ['? not found'])
  assert.deepEqual(program.targets('a.py', 'item()'), ['b.py:item'])
})

test('modules in folders that are no packages are found', async () => {
  const program = await linked({
    'main.py': 'import space.tool\nfrom space import tool as t\nspace.tool.go(1)\nt.go(2)\nspace.other.go(3)\n',
    'space/tool.py': 'def go(x): pass\n',
  })
  assert.deepEqual(program.targets('main.py', 'space.tool.go(1)'), ['space/tool.py:go'])
  assert.deepEqual(program.targets('main.py', 't.go(2)'), ['space/tool.py:go'])
  assert.deepEqual(program.targets('main.py', 'space.other.go(3)'), ['space.other.go'])
})

test('several roots: a source folder beside its project file', async () => {
  const program = await linked({
    'setup.py': '',
    'src/shop/__init__.py': '',
    'src/shop/db.py': 'def query(x): pass\n',
    'tools/run.py': 'from shop.db import query\nquery(1)\n',
  })
  assert.deepEqual(program.targets('tools/run.py', 'query(1)'), ['src/shop/db.py:query'])
})

test('a package that registers its classes when asked offers them, unless two modules declare the name', async () => {
  const program = await linked({
    'main.py': 'from shop import objects\nobjects.Item(1)\nobjects.Twice(2)\nobjects.Deep(3)\n',
    'shop/__init__.py': '',
    'shop/objects/__init__.py': "def register():\n    __import__('shop.objects.item')\n",
    'shop/objects/item.py': 'class Item:\n    pass\nclass Twice:\n    pass\n',
    'shop/objects/other.py': 'class Twice:\n    pass\n',
    'shop/objects/sub/__init__.py': '',
    'shop/objects/sub/deep.py': 'class Deep:\n    pass\n',
  })
  assert.deepEqual(program.targets('main.py', 'objects.Item(1)'), ['new Item'])
  assert.deepEqual(program.targets('main.py', 'objects.Twice(2)'), ['? unknown receiver'])
  assert.deepEqual(program.targets('main.py', 'objects.Deep(3)'), ['? unknown receiver'])
})

test('globals have the bindings of every function, across files', async () => {
  const program = await linked({
    'state.py': 'current = None\ndef start(v):\n    global current\n    current = make(v)\ndef make(v): return v\n',
    'main.py': 'from state import current\nimport state\nprint(current)\nprint(state.current)\n',
  })
  const code = (values: readonly number[]): string[] => values.map((each) => program.code(each))
  assert.deepEqual(code(program.program.definitions(program.value('main.py', 'current', 1))), ['None', 'make(v)'])
  assert.deepEqual(code(program.program.definitions(program.value('main.py', 'state.current'))), ['None', 'make(v)'])
})
