import assert from 'node:assert/strict'
import test from 'node:test'
import { expectedFacts, linkedFacts } from '../../test/linking.ts'
import type { Sources } from '../../test/linking.ts'

/** Names across files, one way of importing per case, each with a near miss. */
const CASES: Readonly<Record<string, Sources>> = {
  'relative imports': {
    'shop/__init__.py': '',
    'shop/db.py': 'def query(text): ...  #< shop/views/orders.py:4, shop/views/orders.py:5\n',
    'shop/views/__init__.py': '',
    'shop/views/db.py': 'def query(text): ...  #< shop/views/orders.py:6\n',
    'shop/views/orders.py': `
from .. import db
from ..db import query
query('a')  #> shop.db.query
db.query('a')  #> shop.db.query
from . import db; db.query('b')  #> shop.views.db.query
`,
  },
  'aliases': {
    'shop/__init__.py': '',
    'shop/db.py': 'def query(text): ...\n',
    'main.py': `
import shop.db as store
import os.path as paths
from shop.db import query as run
from json import loads as read
import shop.db
store.query('a')  #> shop.db.query
run('a')  #> shop.db.query
shop.db.query('a')  #> shop.db.query
paths.join('a')  #> lib os.path.join
read('a')  #> lib json.loads
query('a')  #> ? not found
again = run
again('a')  #> shop.db.query
`,
  },
  'names offered by a package': {
    'shop/__init__.py': 'from .db import query\nfrom .db import connect as open_db\nfrom os import path\n',
    'shop/db.py': 'def query(text): ...\ndef connect(): ...\ndef hidden(): ...\n',
    'main.py': `
import shop
from shop import open_db, hidden, path
shop.query('a')  #> shop.db.query
open_db()  #> shop.db.connect
path.join('a')  #> lib os.path.join
hidden()  #> ? not found
`,
  },
  'star imports': {
    'all.py': `__all__ = ['shown']\ndef shown(): ...\ndef unlisted(): ...\n`,
    'any.py': 'from os import getcwd\ndef public(): ...\ndef _private(): ...\n',
    'again.py': 'from any import *\n',
    'main.py': `
from all import *
from again import *
shown()  #> all.shown
unlisted()  #> ? not found
public()  #> any.public
getcwd()  #> lib os.getcwd
_private()  #> ? not found
`,
  },
  'one of several imports': {
    'fast.py': 'def parse(text): ...\n',
    'slow.py': 'def parse(text): ...\n',
    'main.py': `
try:
    from fast import parse
except ImportError:
    from slow import parse
try:
    import ujson as json
except ImportError:
    import json
parse('a')  #> fast.parse, slow.parse
json.loads('a')  #> lib json.loads, lib ujson.loads
`,
  },
  'modules that import one another': {
    'a.py': 'import b\nfrom b import two\ndef one():\n    two()  #> b.two\n    b.two()  #> b.two\n    b.one()  #> a.one\n',
    'b.py': 'import a\nfrom a import one\ndef two():\n    one()  #> a.one\n    a.two()  #> b.two\n    a.three()  #> ? unknown receiver\n',
  },
  'a submodule is an attribute of its package': {
    'shop/__init__.py': '',
    'shop/db/__init__.py': '',
    'shop/db/orders.py': 'def find(): ...\n',
    'main.py': 'import shop.db.orders\nshop.db.orders.find()  #> shop.db.orders.find\nshop.orders.find()  #> ? unknown receiver\n',
  },
  'sources below src': {
    'src/shop/__init__.py': '',
    'src/shop/db.py': 'def query(text): ...\n',
    'src/shop/app.py': 'from shop import db\nfrom shop.db import query\nquery("a")  #> shop.db.query\ndb.query("a")  #> shop.db.query\n',
    'tests/test_db.py': 'from shop.db import query\nquery("a")  #> shop.db.query\n',
  },
  'a name bound after the function that uses it': {
    'main.py': `
def early():
    late()  #> main.late
    never()  #> ? not found
def late(): ...  #< main.py:3, main.py:10
def set_up():
    global chosen
    chosen = late
def run():
    chosen()  #> main.late
`,
  },
  'imports inside functions are local to them': {
    'db.py': 'def query(text): ...\n',
    'main.py': `
def inside():
    from db import query
    query('a')  #> db.query
def outside():
    query('a')  #> ? not found
`,
  },
  'a local name hides a module-level one': {
    'main.py': `
def run(): ...  #< main.py:6, main.py:10
def other(run):
    run()  #> ? dynamic
def another():
    run()  #> main.run
class Box:
    def run(self): ...
    def go(self):
        run()  #> main.run
`,
  },
  'canonical names of library values': {
    'main.py': `
import os, sys as system
from flask import request
probe(os.environ)  #= os.environ
probe(system.argv)  #= sys.argv
probe(request.args)  #= flask.request.args
probe(open)  #= builtins.open
probe(len)  #= builtins.len
probe(missing)  #=
`,
  },
}

for (const [name, files] of Object.entries(CASES)) {
  test(`imports: ${name}`, async () => {
    assert.deepEqual(await linkedFacts(files), expectedFacts(files))
  })
}
