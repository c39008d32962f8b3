import assert from 'node:assert/strict'
import test from 'node:test'
import { expectedFacts, linkedFacts } from '../../test/linking.ts'
import { shipped } from '../../test/shipped.ts'

const { knowledge } = shipped()

/** Callees that are computed, and types that generic classes are given; each with a near miss. */
const CASES: Readonly<Record<string, string>> = {
  'a method by a name of which the beginning is known': `
class Visitor:
    def visit(self, node, kind):
        method = getattr(self, f'visit_{kind}', None)
        return method(node)  #> main.Own.visit_leaf, main.Own.visit_root
class Own(Visitor):
    def visit_leaf(self, node): ...
    def visit_root(self, node): ...
    def other(self, node): ...
class Unrelated:
    def visit_leaf(self, node): ...
def run(own: Own, kind, node):
    getattr(own, 'visit_' + kind)(node)  #> main.Own.visit_leaf, main.Own.visit_root
    getattr(own, 'visit_%s' % kind)(node)  #> main.Own.visit_leaf, main.Own.visit_root
    getattr(own, kind)(node)  #> lib builtins.getattr().__call__
`,
  'a function that another gives back': `
def own(): ...  #< main.py:15
def other(): ...  #< main.py:15
def never(): ...  #<
class App:
    def wrap(self, function):
        if function is None:
            return other
        return function
    def make(self):
        def made(): ...
        return made
    def run(self):
        self.make()()  #> main.App.make.made
App().wrap(own)()
`,
  'the class of the object itself': `
class Box:
    def __init__(self, content): ...
    def made(self, other):
        self.__class__(1)  #> main.Box.__init__, new main.Box
        type(self)(1)  #> main.Box.__init__, new main.Box
        other.__class__(1)  #> lib builtins.int.__class__
        type(self).made(self, 1)  #> main.Box.made
`,
  'what a type variable stands for': `
from typing import Generic, List, TypeVar
T = TypeVar('T')
U = TypeVar('U')
class Row: ...
class Page: ...
class Field(Generic[T]):
    def get(self) -> T: ...
class Rows(Field[Row]): ...
class Passed(Field[U], Generic[U]): ...
class Pages(Passed[Page]): ...
class Open(Field[T]): ...
probe(Rows().get())  #: main.Row
probe(Pages().get())  #: main.Page
probe(Open().get())  #:
`,
  'parts of declared tuples': `
from typing import List, Tuple
class Left: ...
class Right: ...
Pairs = List[Tuple[Left, Right]]
class Held:
    pairs: Pairs = []
    def one(self) -> Tuple[Left, Right]: ...
def read(held: Held, given: Pairs):
    for left, right in given:
        probe(right)  #: main.Right
    for left, right in held.pairs:
        probe(left)  #: main.Left
    left, right = held.one()
    probe(right)  #: main.Right
`,
}

for (const [name, text] of Object.entries(CASES)) {
  test(name, async () => {
    const files = { 'main.py': text }
    assert.deepEqual(await linkedFacts(files, knowledge), expectedFacts(files))
  })
}
