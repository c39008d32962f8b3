import assert from 'node:assert/strict'
import { test } from 'node:test'
import { language } from '../languages/python/language.ts'
import { node, withRole, type Node } from '../tree/node.ts'
import { descendants } from '../tree/visit.ts'
import { Budget } from './budget.ts'
import { Candidates, type StatementSet } from './candidates.ts'
import type { Context } from './context.ts'
import { EMPTY } from './environment.ts'
import { findMatches } from './find.ts'
import { couldFit, shapeOf } from './shape.ts'
import { Target } from './target.ts'
import { createContext } from './unify.ts'

const front = await language.open()

/** Code with each equivalence that a pattern may match by, several times over. */
const CODE = `
import os, os.path as p
import random as r, choice as ch
from random import choice, randint as pick
from subprocess import *
from . import near, far as away
from .lib import run, go as start
NAME = 'a' + 'b'
LIMIT = 3
a, b = 1, 2
x = y = os.getenv('HOME', default=None)
def f(a, b=1, *c, key, **d) -> int:
    token: str = ''.join(choice(NAME) for _ in range(LIMIT))
    with open(p.join(a, b)) as file, near:
        for each in file:
            if each in (a, b):
                yield each
            elif away.run(each, shell=True, *c, **d):
                return {'verify': False, **d}
            else:
                print(f'{each!r} {a + b}', file=file)
    r.ch(1)
    return pick(1, LIMIT)
@app.route('/x', methods=['GET'])
async def g(self):
    if (n := r.choice([1, 2])) and not n:
        raise ValueError(n) from None
    try:
        result = await call('ls', 'a' 'b', shell=True)
        result = start(choice, token[0], token[1:2], lambda q: q.run(1))
    except (OSError, KeyError) as e:
        pass
    finally:
        del result
class C(Base, metaclass=Meta):
    size = x.y.size = -1
    def run(self): return self.run(far.size < 1 <= LIMIT)
while a: a = run(LIMIT).run if run else os.system(NAME)
`

const PATTERNS = [
  'os.system($X)', 'choice(..., $X)', 'random.$F(...)', 'random.choice(...)', '$X.choice(...)', 'choice($X)',
  'subprocess.call(..., shell=True, ...)', 'subprocess.$F(..., "ls", ...)', 'os.path.join($A, $B)', '$X.run(...)',
  'lib.run(...)', 'far.run(...)', 'near.far.run', '$F(3)', '"ab"', '"..."', '"=~/a/"', '3', 'True', 'None', '$X',
  '<... choice ...>', 'f(<... $X.run ...>)', 'a. ... .run(...)', '($X : str)', '$X = $Y', '$X = <... choice ...>',
  '$X = 1', 'return $X', 'return 3', 'if $C: ...', 'elif $C: ...', 'else: ...', 'import os', 'import random',
  'from random import choice', 'import subprocess', 'from os import path', 'from $M import $N', '@app.route(...)',
  'def $F(...): ...', 'def $F(..., $A=1, ...): ...', 'class $C(Base): ...', 'class $C($B, ...):\n  ...',
  '$X = os.getenv(...)\n...\nreturn $Y', '$X\n...\npass', 'choice(...)', 'with open($P) as $F: ...',
  'with $X: ...', 'with near: ...', 'for $X in $Y:\n  ...', 'try:\n  ...\nexcept $E:\n  ...', '$A < $B <= $C',
  'f"...{$X}..."', '$A + $B', '-1', '{..., "verify": False, ...}', '[1, 2]', '[...]', '(OSError, ...)', '$X[$Y]',
  '$X[1:2]', 'lambda $X: ...', 'del $X', '$X == $X', 'print(..., file=$F)', '$F(..., $K=True, ...)', 'f($...A)',
  'f($...A, shell=True)', 'raise $E', 'raise $E from None', '$...S\nreturn $X', 'await $X',
]

/** Pseudo-random numbers from 0 to below a bound, the same in every run. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** The node with some of what is in it left open, as a pattern of a rule leaves it. */
function generalized(of: Node, random: (below: number) => number): Node {
  const children = of.children.map((each) => {
    const isList = each.role === 'argument' || each.role === 'element' || each.role === 'statement'
    if (random(6) === 0 && isList) return node('ellipsis', each.role, each.start, each.end)
    if (random(5) === 0 && each.kind !== 'block') return node('metavariable', each.role, each.start, each.end, [], '$X')
    return generalized(each, random)
  })
  return node(of.kind, of.role, of.start, of.end, children, of.text, of.flags)
}

function contextOf(code: string, Made: typeof Candidates): Context {
  const target = new Target(front.parse(code), code)
  const options = { constantPropagation: true, implicitDeep: true, deepStatements: true, symbolicPropagation: false }
  return createContext(target, new Made(target), new Budget(), options)
}

/** As if every node had every shape. */
class Everything extends Candidates {
  readonly #all: Target

  constructor(target: Target) {
    super(target)
    this.#all = target
  }

  override couldMatch(): boolean {
    return true
  }

  override expressionsFor(pattern: Node): readonly Node[] {
    const kinds = ['identifier', 'member'].includes(pattern.kind) ? ['identifier', 'member'] : [pattern.kind]
    const isOpen = ['metavariable', 'typed-metavariable', 'deep', 'ellipsis-member'].includes(pattern.kind)
    return this.#all.expressions.filter((each) => isOpen || kinds.includes(each.kind))
  }

  override mayHold(): boolean {
    return true
  }

  override statementsFor(): StatementSet {
    return { includes: new Uint8Array(this.#all.flat.statements.length).fill(1), isEmpty: false }
  }
}

test('the shape never refuses what unification accepts', () => {
  const context = contextOf(CODE, Everything)
  const nodes = descendants(context.target.root)
  const random = randomNumbers(20_251)
  const given = PATTERNS.flatMap((text) => front.parsePattern(text).readings.flatMap((each) => descendants(each.root)))
  const made = nodes.flatMap((each) => [generalized(each, random), withRole(generalized(each, random), 'value')])
  let accepted = 0
  for (const pattern of [...given, ...made]) {
    const fresh = createContext(context.target, context.candidates, new Budget(), context.options)
    for (const each of nodes) {
      if (fresh.unify(pattern, each, EMPTY).length === 0) continue
      accepted++
      const place = `${context.target.slice(pattern.start, pattern.end)}\n---\n${context.target.slice(each.start, each.end)}`
      assert.ok(couldFit(context.target, shapeOf(pattern), each), `${pattern.kind} ${pattern.text}: ${place}`)
    }
  }
  assert.ok(accepted > 2_000, `${accepted} pairs matched`)
})

for (const pattern of PATTERNS) {
  test(`matching by shape finds all that matching everywhere finds: ${pattern}`, () => {
    const { readings, reason } = front.parsePattern(pattern)
    assert.equal(reason, '')
    const ranges = (Made: typeof Candidates): unknown => findMatches(contextOf(CODE, Made), readings)
    assert.deepEqual(ranges(Candidates), ranges(Everything))
  })
}
