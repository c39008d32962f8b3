import assert from 'node:assert/strict'
import test from 'node:test'
import { expectedFacts, linkedFacts } from '../../test/linking.ts'
import { shipped } from '../../test/shipped.ts'

const { knowledge } = shipped()

/** Types of what libraries give back of what they are given, and of what annotations name by other names. */
const CASES: Readonly<Record<string, string>> = {
  'an element that a library takes out': `
from typing import Dict, Iterable, List
class Item: ...
def items() -> Iterable[Item]: ...
def read(rows: List[Item], table: Dict[str, Item]):
    probe(next(iter(items()), None))  #: main.Item
    probe(rows.pop())  #: main.Item
    probe(table.get('a'))  #: main.Item
    probe(len(rows))  #: builtins.int
`,
  'the values of a mapping in a loop': `
from typing import Dict
class Item: ...
def read(table: Dict[str, Item]):
    for value in table.values():
        probe(value)  #: main.Item
    for key, each in table.items():
        probe(each)  #: main.Item
    for each in list(table.values()):
        probe(each)  #: main.Item
`,
  'a name for a type': `
from typing import List, Optional, Union
class Left: ...
class Right: ...
Either = Union[Left, Right]
Lefts = List[Left]
def read(one: Either, many: Lefts, other: Optional[Either]):
    probe(one)  #: main.Left, main.Right
    probe(other)  #: main.Left, main.Right
    for each in many:
        probe(each)  #: main.Left
`,
  'a function given for a parameter that is declared to be callable': `
from typing import Callable
def first(): ...  #< main.py:7
def second(): ...  #< main.py:9, main.py:7
def never(): ...  #<
def run(what: Callable[[], None]):
    what()  #> main.first, main.second
run(first)
second()
run(second)
`,
}

for (const [name, text] of Object.entries(CASES)) {
  test(name, async () => {
    const files = { 'main.py': text }
    assert.deepEqual(await linkedFacts(files, knowledge), expectedFacts(files))
  })
}
