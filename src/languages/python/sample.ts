/** Code that uses every way the grammar names children, for the self-check of the direct tree reader. */
export const SAMPLE: string = `# sample
from __future__ import annotations
from ..pkg import (a as b, c)
import os.path as p, sys
@decorate(1)
async def f[T](a, /, b: int = 1, *args, c=2, **kw) -> str:
    """text"""
    async with open(a) as g, h: pass
    x = y = [i async for i in z if i]
    return f"{x!r:>{w}} {d['k']=}" 'more'
class A(B, metaclass=M):
    x: int = 3
    def m(self): yield from self.x[1:2, ...]
try:
    raise E from None
except* (A, B) as e:
    print(e, *args, **kw)
else: pass
finally:
    del x, y
match x:
    case {"a": [1, *_], **rest} if rest: pass
    case Point(x=0) | -1 as q: pass
if (n := len(a)) > 1 and not b or c is not d: pass
elif a < b <= c: x += 1; lambda q, *r: (yield)
else: assert a, "m"
é = "𝒳é\\n" + b'\\x00'
def broken(:
    ]
`
