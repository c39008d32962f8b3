import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { language } from '../languages/python/language.ts'
import type { FrontEnd } from '../tree/language.ts'
import { Op } from './facts.ts'
import type { FileFacts, ValueId } from './facts.ts'
import { factsOf } from './lower.ts'
import { printFacts } from './print.ts'
import { invariantsBroken } from './validate.ts'

/**
 * Generated programs of branches, loops and jumps, in which every assignment is
 * of a number of its own. What reaches each `use` by the values is compared with
 * what a plain interpretation of the statements over sets of numbers says.
 */
type Statement =
  | { readonly type: 'assign', readonly name: string, readonly number: number }
  | { readonly type: 'use', readonly name: string, readonly id: number }
  | { readonly type: 'if', readonly then: readonly Statement[], readonly else: readonly Statement[] }
  | { readonly type: 'loop', readonly body: readonly Statement[], readonly else: readonly Statement[] }
  | { readonly type: 'break' | 'continue' | 'return' }

let frontEnd: FrontEnd

before(async () => {
  frontEnd = await language.open()
})

test('values reach exactly the uses that assignments reach', () => {
  for (let seed = 1; seed <= 400; seed++) {
    const program = new Generator(seed).program()
    const source = `def f():\n${print(program, 1)}`
    const facts = factsOf(frontEnd.parse(source), language)
    assert.deepEqual(invariantsBroken(facts), [], source)
    const expected = new Interpreter().run(program)
    const found = uses(facts)
    for (const [id, numbers] of expected) {
      assert.deepEqual(found.get(id), numbers, `use ${id} in\n${source}\n${printFacts(facts)}`)
    }
  }
})

const NAMES = ['x', 'y', 'z']

class Generator {
  #state: number
  #count = 0

  constructor(seed: number) {
    this.#state = seed
  }

  program(): Statement[] {
    return this.#block(0, false)
  }

  #below(limit: number): number {
    // Linear congruential; constants of Numerical Recipes.
    this.#state = (Math.imul(this.#state, 1664525) + 1013904223) >>> 0
    return Math.floor((this.#state / 2 ** 32) * limit)
  }

  #block(depth: number, inLoop: boolean): Statement[] {
    const length = 1 + this.#below(4)
    return Array.from({ length }, () => this.#statement(depth, inLoop))
  }

  #statement(depth: number, inLoop: boolean): Statement {
    const choice = this.#below(depth < 4 ? 12 : 7)
    const name = NAMES[this.#below(NAMES.length)] ?? 'x'
    if (choice < 3) return { type: 'assign', name, number: ++this.#count }
    if (choice < 6) return { type: 'use', name, id: ++this.#count }
    if (choice === 6) return this.#jump(inLoop)
    const isLoop = choice >= 10
    const body = this.#block(depth + 1, inLoop || isLoop)
    const otherwise = this.#below(2) > 0 ? this.#block(depth + 1, inLoop) : []
    return isLoop ? { type: 'loop', body, else: otherwise } : { type: 'if', then: body, else: otherwise }
  }

  #jump(inLoop: boolean): Statement {
    const kinds = inLoop ? (['break', 'continue', 'return'] as const) : (['return'] as const)
    return { type: kinds[this.#below(kinds.length)] ?? 'return' }
  }
}

function print(statements: readonly Statement[], depth: number): string {
  const pad = '  '.repeat(depth)
  return statements.map((each) => {
    switch (each.type) {
      case 'assign':
        return `${pad}${each.name} = ${each.number}\n`
      case 'use':
        return `${pad}use(${each.name}, ${each.id})\n`
      case 'if':
        return `${pad}if c():\n${print(each.then, depth + 1)}${printElse(each.else, depth)}`
      case 'loop':
        return `${pad}while c():\n${print(each.body, depth + 1)}${printElse(each.else, depth)}`
      default:
        return `${pad}${each.type}\n`
    }
  }).join('')
}

function printElse(statements: readonly Statement[], depth: number): string {
  return statements.length > 0 ? `${'  '.repeat(depth)}else:\n${print(statements, depth + 1)}` : ''
}

/** Numbers each variable may hold; `undefined` where control cannot be. */
type State = ReadonlyMap<string, ReadonlySet<number>> | undefined

function join(one: State, other: State): State {
  if (!one || !other) return one ?? other
  return new Map(NAMES.map((name) => [name, new Set([...(one.get(name) ?? []), ...(other.get(name) ?? [])])]))
}

function size(state: State): number {
  return state ? NAMES.reduce((sum, name) => sum + (state.get(name)?.size ?? 0), 1) : 0
}

class Interpreter {
  readonly #uses = new Map<number, Set<number>>()

  run(program: readonly Statement[]): ReadonlyMap<number, ReadonlySet<number>> {
    this.#block(program, new Map(), { break: undefined, continue: undefined })
    return this.#uses
  }

  #block(statements: readonly Statement[], before: State, jumps: { break: State, continue: State }): State {
    let state = before
    for (const each of statements) if (state) state = this.#step(each, state, jumps)
    return state
  }

  #step(statement: Statement, state: NonNullable<State>, jumps: { break: State, continue: State }): State {
    switch (statement.type) {
      case 'assign':
        return new Map([...state, [statement.name, new Set([statement.number])]])
      case 'use': {
        const seen = this.#uses.get(statement.id) ?? new Set<number>()
        for (const number of state.get(statement.name) ?? []) seen.add(number)
        this.#uses.set(statement.id, seen)
        return state
      }
      case 'if':
        return join(this.#block(statement.then, state, jumps), this.#block(statement.else, state, jumps))
      case 'loop': {
        let head: State = state
        const inner: { break: State, continue: State } = { break: undefined, continue: undefined }
        for (let before = -1; before !== size(head);) {
          before = size(head)
          const end = this.#block(statement.body, head, inner)
          head = join(head, join(end, inner.continue))
        }
        return join(this.#block(statement.else, head, jumps), inner.break)
      }
      case 'break':
      case 'continue':
        jumps[statement.type] = join(jumps[statement.type], state)
        return undefined
      default:
        return undefined
    }
  }
}

/** Numbers that reach the first argument of each `use`, through phis and refinements. */
function uses(facts: FileFacts): Map<number, Set<number>> {
  const found = new Map<number, Set<number>>()
  for (let value = 0; value < facts.op.length; value++) {
    const from = facts.argStart[value] ?? 0
    if (facts.op[value] !== Op.Call || (facts.argStart[value + 1] ?? 0) - from !== 4) continue
    const id = Number(facts.strings[facts.a[facts.args[from + 3] ?? -1] ?? -1])
    found.set(id, reaching(facts, facts.args[from + 1] ?? -1))
  }
  return found
}

function reaching(facts: FileFacts, value: ValueId): Set<number> {
  const numbers = new Set<number>()
  const seen = new Set<ValueId>()
  const stack = [value]
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    if (seen.has(at)) continue
    seen.add(at)
    if (facts.op[at] === Op.Const) numbers.add(Number(facts.strings[facts.a[at] ?? -1]))
    if (facts.op[at] === Op.Refine) stack.push(facts.a[at] ?? -1)
    if (facts.op[at] === Op.Phi) stack.push(...facts.args.subarray(facts.argStart[at], facts.argStart[at + 1]))
  }
  return numbers
}
