import assert from 'node:assert/strict'
import { test } from 'node:test'
import { printTree } from '../../tree/print.ts'
import { validateTree } from '../../tree/validate.ts'
import { descendants } from '../../tree/visit.ts'
import { language } from './language.ts'

/** Ordinary code with much of the language in it. */
const SOURCE = `#!/usr/bin/env python3
"""Orders: read, price, ship."""
from __future__ import annotations
import os, sys as system
from .models import (Order, Line as L,)

LIMIT: int = 1_000; NAMES = {'a': 1, **DEFAULTS}

@register('orders', retries=3)
class Orders[T: int = str](Base, metaclass=Meta):
    """Keeps orders."""
    cache: dict[str, list[int]] = {}

    def __init__(self, path, /, *, mode="r", **options) -> None:
        self.path, self.mode = path, mode
        self._lines = [l.strip() for l in open(path) if l and not l.startswith('#')]

    async def fetch(self, ids: list[int]):
        async with connect(f"{self.host!r}:{self.port:>{width}}/{ids['x']}") as session, lock:
            async for row in session.execute("SELECT * FROM orders WHERE id = %s" % ids[0]):
                yield await self.convert(row, *ids, **{'k': lambda x, y=2: x + y})

    def price(self, order):
        try:
            total = sum(line.price * line.count for line in order.lines)
        except (KeyError, ValueError) as error:
            raise PriceError("no price") from error
        except* TypeError:
            pass
        else:
            return total if total > 0 else -1
        finally:
            del order.lock

def ship(order, *addresses):
    match order:
        case {"state": "paid", **rest} if rest:
            os.system('ship ' + rest["to"])
        case Order(id=0 | -1 as nothing):
            return None
        case [first, *_, (a, b)]:
            pass
    while (n := read()) != b'\\x00\\n':
        if n < 3 <= LIMIT and n is not None or n in (1, 2):
            continue
        elif not n: break
        else: n += 1
    with open("x", 'w') as f: f.write(r"\\d" 'more' "\\u00e9")
    for i, (j, k) in enumerate(addresses):
        global count
        count = count @ i ** -j // k[1:2, ::3, ...]
        print(i, j, file=sys.stderr, sep='')
    assert order, "none"
    return sorted({x: y for x, y in order.items()}, key=lambda o: o.x)[0]

if __name__ == '__main__':
    sys.exit(ship(*sys.argv[1:]) or 0)
`

const OLD = `import urllib2
def run(cmd, (a, b)=(1, 2)):
    print >>log, "running %s" % cmd, 0777, 10L
    try:
        exec cmd in {}
    except IOError, e:
        raise Failure, "no " + \`e\`
    if a <> b: print ur'x', a,
`

/** Pieces that upset a parser when they stand where they should not. */
const SPLICES = [
  '(', ')', '[', ']', '{', '}', '"', "'", '"""', "'''", '\\', '\n', '\n\n    ', '\t', ':', ';', ',',
  '=', ':=', '@', '*', '**', '->',
  'f"{', '}"', '`', '#', '\u0000', '\uFEFF', '\r', '\uD83D', '😀', 'é', 'def ', 'class ', 'if ', 'else:',
  'except', 'lambda ',
  'async ', 'await ', 'match x:\n  case', 'print ', 'exec ', 'yield ', 'not ', 'in ', 'import ', 'from ', '0777', '1e',
  '...', '$X', '<>',
]

/** A small generator of whole numbers with a fixed seed: the same texts on every machine. */
function generator(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

function mutated(source: string, next: (below: number) => number): string {
  let text = source
  for (let times = 1 + next(4); times > 0; times--) {
    const at = next(text.length + 1)
    const length = next(60)
    switch (next(5)) {
      case 0: text = text.slice(0, at) + text.slice(at + length); break
      case 1: text = text.slice(0, at) + (SPLICES[next(SPLICES.length)] ?? '') + text.slice(at); break
      case 2: text = text.slice(0, at); break
      case 3: text = text.slice(0, at) + source.slice(next(source.length)).slice(0, length) + text.slice(at); break
      default: text = text.slice(at)
    }
  }
  return text
}

test('cut and spliced code never throws and gives valid trees with spans inside the file', async () => {
  const front = await language.open()
  const next = generator(20_260_801)
  for (let round = 0; round < 1_500; round++) {
    const text = mutated(round % 4 === 0 ? OLD : SOURCE, next)
    const how = round % 3 === 0 ? 'parseFragment' : 'parse'
    const shown = `round ${round} ${how}: ${JSON.stringify(text)}`
    const parsed = front[how](text)
    assert.deepEqual(validateTree(parsed.root, text.length), [], shown)
    for (const { span } of parsed.problems) {
      assert.ok(span !== undefined && span.start >= 0 && span.start <= span.end && span.end <= text.length, shown)
    }
    for (const each of parsed.comments) assert.equal(text[each.start], '#', shown)
    const hasError = descendants(parsed.root).some((each) => each.kind === 'error')
    assert.ok(!hasError || parsed.problems.length > 0, `an error without a problem: ${shown}`)
  }
})

test('identifiers, members and plain strings are at their place in the text, also in broken code', async () => {
  const front = await language.open()
  const next = generator(7)
  for (let round = 0; round < 300; round++) {
    const text = mutated(SOURCE, next)
    for (const each of descendants(front.parse(text).root)) {
      if (each.kind !== 'identifier' || each.flags !== 0) continue
      const written = text.slice(each.start, each.end).normalize('NFKC')
      assert.equal(written, each.text, `round ${round}: ${JSON.stringify(text)}`)
    }
  }
})

test('the unbroken sources have no problems', async () => {
  const front = await language.open()
  assert.deepEqual(front.parse(SOURCE).problems, [])
  assert.deepEqual(front.parse(OLD).problems, [])
  assert.equal(front.parse(SOURCE).dialect, '')
  assert.equal(front.parse(OLD).dialect, 'python2')
})

test('a random pattern has readings that are valid trees, or a reason', async () => {
  const front = await language.open()
  const next = generator(3)
  for (let round = 0; round < 400; round++) {
    const start = next(SOURCE.length)
    const text = mutated(SOURCE.slice(start, start + 80), next).replaceAll('self', '$X').replaceAll('order', '...')
    const { readings, reason } = front.parsePattern(text)
    assert.equal(readings.length === 0, reason !== '', JSON.stringify(text))
    for (const { root } of readings) {
      assert.deepEqual(validateTree(root, text.length), [], `${JSON.stringify(text)} ${printTree(root)}`)
    }
  }
})
