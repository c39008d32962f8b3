import assert from 'node:assert/strict'
import test from 'node:test'
import { expectedFacts, linkedFacts } from '../../test/linking.ts'
import type { Sources } from '../../test/linking.ts'

/** What calls run, one language feature per case, each with a near miss. */
const CASES: Readonly<Record<string, Sources | string>> = {
  'methods of a class and its relatives': {
    'base.py': `
class Base:
    def run(self):  #< main.py:3, main.py:4
        self.step()  #> base.Base.step, child.Child.step
    def step(self): ...
    def own(self): ...
`,
    'child.py': `
from base import Base
class Child(Base):
    def step(self): ...
    def other(self): ...
`,
    'main.py': `from base import Base
from child import Child
Base().run()  #> base.Base.run
Child().run()  #> base.Base.run
Child().step()  #> child.Child.step
Child().own()  #> base.Base.own
Base().other()  #> child.Child.other
Base().nowhere()  #> ? not found
`,
  },
  'mixins, in the order of the bases': `
class Left:
    def both(self): ...
    def left(self): ...
class Right:
    def both(self): ...
    def right(self): ...
class Both(Left, Right): ...
Both().both()  #> main.Left.both
Both().right()  #> main.Right.right
Right().left()  #> ? not found
`,
  'a diamond keeps the nearer override': `
class Top:
    def say(self): ...
class Left(Top): ...
class Right(Top):
    def say(self): ...
class Bottom(Left, Right): ...
Bottom().say()  #> main.Right.say
Left().say()  #> main.Top.say
`,
  'the parent class': `
class Base:
    def __init__(self): ...  #< main.py:12, main.py:7
    def save(self): ...  #< main.py:10
class Child(Base):
    def __init__(self):
        super().__init__()  #> main.Base.__init__
        self.ready = True
    def save(self):
        super().save()  #> main.Base.save
        super().missing()  #> ? unknown receiver
Base()  #> main.Base.__init__, new main.Base
Child()  #> main.Child.__init__, new main.Child
`,
  'the parent class by its name': `
class Base:
    def save(self, force): ...  #< main.py:6
class Child(Base):
    def save(self, force):
        Base.save(self, force)  #> main.Base.save
`,
  'class methods and static methods': `
class Shop:
    @classmethod
    def build(cls, name):
        cls.check(name)  #> main.Shop.check
        return cls(name)  #> main.Shop.__init__, new main.Shop
    @staticmethod
    def check(name): ...
    def __init__(self, name): ...
    def open(self): ...
Shop.build('a')  #> main.Shop.build
Shop.check('a')  #> main.Shop.check
Shop.build('a').open()  #> main.Shop.open
Shop.check('a').open()  #> ? unknown receiver
`,
  'classes that make no instance of their own kind': `
import threading
class Job(threading.Thread):
    def run(self): ...
Job()  #> new main.Job, lib threading.Thread
Job().start()  #> lib threading.Thread.start
Job().run()  #> main.Job.run
`,
  'fields declared by a class body': `
from dataclasses import dataclass
class Db:
    def query(self): ...
class Other:
    def run(self): ...
@dataclass
class Shop:
    db: Db
    name: str = 'a'
Shop(Db()).db.query()  #> main.Db.query
Shop(Db()).db.run()  #> ? not found
`,
  'decorated functions are called through their wrapper': `
import functools
def logged(f):
    @functools.wraps(f)
    def wrapper(*args, **kwargs):
        return f(*args, **kwargs)  #> main.work
    return wrapper
@logged
def work(x): ...
def other(x): ...
work(1)  #> main.logged.wrapper
other(1)  #> main.other
`,
  'variables and closures': `
def outer(flag):
    def inner(): ...
    def other(): ...
    chosen = inner if flag else other
    chosen()  #> main.outer.inner, main.outer.other
    def again():
        inner()  #> main.outer.inner
        chosen()  #> main.outer.inner, main.outer.other
    inner = None
    return again
square = lambda x: x * x
square(2)  #> main.<lambda>
outer(1)()  #> main.outer.again
`,
  'tables of functions': `
def one(): ...
def two(): ...
def three(): ...
TABLE = {'one': one, 'two': two}
LIST = [one, two]
def run(key):
    TABLE['one']()  #> main.one
    TABLE[key]()  #> main.one, main.two
    LIST[0]()  #> main.one, main.two
    TABLE['three']()  #> ? dynamic
    for each in LIST:
        each()  #> main.one, main.two
`,
  'instances that are called': `
class Handler:
    def __call__(self, request): ...  #< main.py:7
class Plain: ...
handler = Handler()
plain = Plain()
handler(1)  #> main.Handler.__call__
plain(1)  #> ? not found
`,
  'an instance of another module': {
    'db.py': 'class Db:\n    def query(self): ...\n    def _hidden(self): ...\ndb = Db()\n',
    'main.py': 'from db import db\nimport db as module\ndb.query()  #> db.Db.query\nmodule.db.query()  #> db.Db.query\nmodule.query()  #> ? unknown receiver\n',
  },
  'fields set by the constructor': {
    'db.py': 'class Db:\n    def query(self): ...\nclass Cache:\n    def query(self): ...\n',
    'main.py': `
from db import Db, Cache
class Shop:
    def __init__(self, cache: Cache):
        self.db = Db()
        self.cache = cache
        self.log = []
    def go(self):
        self.db.query()  #> db.Db.query
        self.cache.query()  #> db.Cache.query
        self.log.append(1)  #> lib builtins.list.append
def outside(shop: Shop):
    shop.db.query()  #> db.Db.query
`,
  },
  'properties run when they are read': `
class Db:
    def query(self): ...
class Shop:
    @property
    def db(self):
        return Db()
    def db_method(self):
        return Db()
shop = Shop()
shop.db.query()  #> main.Db.query
shop.db_method().query()  #> main.Db.query
`,
  'parameters known by their callers': `
class Db:
    def query(self): ...
class Other:
    def query(self): ...
def use(store):
    store.query()  #> main.Db.query
def both(store):
    store.query()  #> main.Db.query, main.Other.query
use(Db())
both(Db())
both(Other())
`,
  'functions handed to a function': `
def one(x): ...
def two(x): ...
def never(x): ...
def apply(f, x):
    return f(x)  #> main.one, main.two
def fixed(f=never):
    f(1)  #> main.one, main.never
apply(one, 1)
apply(two, 2)
fixed(one)
fixed()
`,
  'functions kept in a field': `
def on_save(): ...
class Button:
    def __init__(self, action):
        self.action = action
    def click(self):
        self.action()  #> main.on_save
Button(on_save).click()
`,
  'an object of a library': `
import sqlite3
connection = sqlite3.connect('a')
cursor = connection.cursor()
cursor.execute('a')  #> lib sqlite3.connect().cursor().execute
`,
  'rare names stand for the method of that name': `
class Shop:
    def restock_everything(self, item): ...
    def get(self, item): ...
    def a(self): ...
def use(shop, other):
    shop.restock_everything(1)  #> ~main.Shop.restock_everything
    shop.restock_everything(1, 2, 3)  #> ? unknown receiver
    shop.get(1)  #> ? unknown receiver
`,
  'instances kept in fields and modules are called': {
    'handlers.py': `
class Handler:
    def __call__(self, request): ...
class Plain: ...
def work(): ...
handler = Handler()
method = Handler().__call__
`,
    'main.py': `
import handlers
class Shop:
    def __init__(self):
        self.handler = handlers.Handler()
        self.plain = handlers.Plain()
    def go(self):
        self.handler(1)  #> handlers.Handler.__call__
        self.plain(1)  #> ? not found
handlers.handler(1)  #> handlers.Handler.__call__
handlers.method(1)  #> handlers.Handler.__call__
handlers.nothing(1)  #> ? unknown receiver
`,
  },
  'classes with type arguments': `
from typing import Generic, TypeVar
T = TypeVar('T')
class Order: ...
class Repository(Generic[T]):
    def first(self): ...
class Orders(Repository[Order]):
    def all(self):
        self.first()  #> main.Repository.first
Orders().first()  #> main.Repository.first
Repository[Order]().first()  #> main.Repository.first
Order().first()  #> ? not found
`,
  'operators give what their methods give': `
class Path:
    def __truediv__(self, other) -> 'Path': ...
    def read(self): ...
class Other:
    def read(self): ...
(Path() / 'a').read()  #> main.Path.read
(Path() // 'a').read()  #> ? unknown receiver
`,
  'a call of nothing known': `
def f(x):
    x[0]()  #> ? dynamic
    (x or f)()  #> main.f
    missing()  #> ? not found
`,
}

for (const [name, given] of Object.entries(CASES)) {
  const files = typeof given === 'string' ? { 'main.py': given } : given
  test(`calls: ${name}`, async () => {
    assert.deepEqual(await linkedFacts(files), expectedFacts(files))
  })
}
