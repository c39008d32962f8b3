import assert from 'node:assert/strict'
import test from 'node:test'
import { expectedFacts, linkedFacts } from '../../test/linking.ts'
import type { Sources } from '../../test/linking.ts'
import { shipped } from '../../test/shipped.ts'

/** What operations run that are no calls, one feature per case, each with a near miss. */
const CASES: Readonly<Record<string, Sources | string>> = {
  'a property read and assigned': `
class Box:
    @property
    def size(self): ...
    @size.setter
    def size(self, value): ...
    def plain(self): ...
box = Box()
box.size  #! main.Box.size
box.size = 1  #! main.Box.size
box.plain  #!
box.other = 1  #!
`,
  'a property that a descendant replaces': `
class Base:
    @property
    def path(self): ...
    def name(self):
        return self.path  #! main.Base.path, main.Child.path
class Child(Base):
    @property
    def path(self): ...
class Other:
    @property
    def path(self): ...
`,
  'an object in a class body that stands for an attribute': `
class Value:
    def inner(self): ...
class Field:
    def __get__(self, instance, owner) -> Value: ...
    def __set__(self, instance, value): ...
class Plain: ...
class Form:
    name = Field()
    plain = Plain()
form = Form()
form.name  #! main.Field.__get__
form.name = 1  #! main.Field.__set__
form.plain  #!
form.name.inner()  #> main.Value.inner
`,
  'assigning any attribute': `
class Strict:
    def __setattr__(self, name, value): ...
class Loose: ...
Strict().a = 1  #! main.Strict.__setattr__
Loose().a = 1  #!
`,
  'elements': `
class Table:
    def __getitem__(self, key): ...
    def __setitem__(self, key, value): ...
    def __delitem__(self, key): ...
    def __contains__(self, key): ...
table = Table()
table[1]  #! main.Table.__getitem__
table[1] = 2  #! main.Table.__setitem__
del table[1]  #! main.Table.__delitem__
1 in table  #! main.Table.__contains__
table not in [1]  #!
`,
  'entering and leaving a context': `
class Held:
    def __enter__(self): ...
    def __exit__(self, *error): ...
class Closed:
    def close(self): ...
with Held() as held:  #! main.Held.__enter__, main.Held.__exit__
    pass
with Closed() as closed:  #!
    pass
`,
  'callers that hand over more than the object': `
class Box:
    @property
    def size(self): ...  #<
    @size.setter
    def size(self, value): ...  #< main.py:13
    def __add__(self, other): ...  #< main.py:14
    def __setitem__(self, key, value): ...  #< main.py:15
    def __contains__(self, key): ...  #< main.py:16
class Other:
    def __add__(self, other): ...  #<
box = Box()
box.size = 1
box + 2
box[1] = 2
1 in box
1 + 2
`,
  'comparing and computing': `
class Amount:
    def __eq__(self, other): ...
    def __lt__(self, other): ...
    def __neg__(self): ...
    def __len__(self): ...
    def __str__(self): ...
amount = Amount()
amount == 1  #! main.Amount.__eq__
amount < 1  #! main.Amount.__lt__
amount > 1  #!
-amount  #! main.Amount.__neg__
+amount  #!
f'{amount}'  #! main.Amount.__str__
f'{1}'  #!
`,
  'a class made from one that is told of it': `
class Plugin:
    def __init_subclass__(cls): ...
class Own(Plugin): ...  #! main.Plugin.__init_subclass__
class Other: ...  #!
`,
}

for (const [name, sources] of Object.entries(CASES)) {
  test(name, async () => {
    const files = typeof sources === 'string' ? { 'main.py': sources } : sources
    assert.deepEqual(await linkedFacts(files), expectedFacts(files))
  })
}

test('methods that built-in functions run have their calls as callers', async () => {
  const files = { 'main.py': `
class Shown:
    def __str__(self): ...  #< main.py:14
    def __repr__(self): ...  #<
    def __len__(self): ...  #< main.py:15
class Stream:
    def __iter__(self): ...  #< main.py:16, main.py:17
    def __next__(self): ...  #< main.py:16, main.py:17, main.py:18
class Unused:
    def __str__(self): ...  #<

shown = Shown()
stream = Stream()
str(shown)
len(shown)
list(stream)
''.join(stream)
next(stream)
` }
  assert.deepEqual(await linkedFacts(files, shipped().knowledge), expectedFacts(files))
})
