import { ConstKind, ContainerKind, Op } from '../flow/facts.ts'
import type { Program, Ref } from '../program/program.ts'
import { instruction, literal, operand, tagged, text, values } from './reader.ts'
import type { Instruction } from './reader.ts'
import { elementWritten } from './tables.ts'

/** A value known before the program runs. `null` is the language's value for nothing. */
export type Known = string | number | boolean | null

/** Operations one inside the other that are computed; deeper ones count as not known. */
const MAX_DEPTH = 12

/** Longest text that is computed. */
const MAX_TEXT = 10_000

/** Texts of which every character is one unit. */
const PLAIN = /^[\x00-\x7f]*$/

/** What is known of a program's values, each computed once. */
export class Evaluator {
  readonly #program: Program
  readonly #given: ReadonlyMap<Ref, Known>
  readonly #known = new Map<Ref, Known | undefined>()
  readonly #open = new Set<Ref>()
  #isCut = false

  /** `given`: what parameters are, where that is known of a call. */
  constructor(program: Program, given: ReadonlyMap<Ref, Known> = new Map()) {
    this.#program = program
    this.#given = given
  }

  /** The one value that an expression always has; `undefined` when it is not known to have one. */
  valueOf(value: Ref): Known | undefined {
    return this.#at(value, 0)
  }

  /**
   * Whether an expression is always true or always false as a condition. Numbers,
   * texts, booleans and nothing are so in the same way in every language; of
   * containers no language's rule is assumed.
   */
  truthOf(value: Ref): boolean | undefined {
    const known = this.valueOf(value)
    return known === undefined ? undefined : Boolean(known)
  }

  #at(value: Ref, depth: number): Known | undefined {
    if (this.#known.has(value)) return this.#known.get(value)
    // A value that depends on itself is not known.
    if (depth > MAX_DEPTH || this.#open.has(value)) {
      this.#isCut = true
      return undefined
    }
    if (depth === 0) this.#isCut = false
    this.#open.add(value)
    const found = this.#compute(instruction(this.#program, value), depth + 1)
    this.#open.delete(value)
    // What was cut short might be known when it is asked for by itself.
    if (found !== undefined || !this.#isCut || depth === 0) this.#known.set(value, found)
    return found
  }

  #compute(of: Instruction, depth: number): Known | undefined {
    switch (of.op) {
      case Op.Const:
        return constant(of)
      case Op.Param:
        return this.#given.get(of.ref)
      case Op.Refine:
      case Op.Annotated:
        return of.a < 0 ? undefined : this.#at(operand(of, of.a), depth)
      case Op.Phi:
        return this.#one(values(of), depth)
      case Op.Name:
      case Op.Import:
      case Op.Attr:
        return this.#one(this.#program.definitions(of.ref), depth) ?? this.#program.libraryText(of.ref)
      case Op.Unary:
        return this.#unary(of, depth)
      case Op.Binary:
        return this.#binary(of, depth)
      case Op.Template:
        return of.b === 1 ? undefined : this.#joined(values(of), depth)
      case Op.Index:
        return this.#element(of, depth)
      case Op.Call:
        return this.#call(of, depth)
      default:
        return undefined
    }
  }

  /** What several values all are. */
  #one(of: readonly Ref[], depth: number): Known | undefined {
    const [first, ...others] = of
    if (first === undefined) return undefined
    const known = this.#at(first, depth)
    return known !== undefined && others.every((each) => this.#at(each, depth) === known) ? known : undefined
  }

  /** A character of a text, or what stands under a key in a table that is written out. */
  #element(of: Instruction, depth: number): Known | undefined {
    const key = this.#at(operand(of, of.b), depth)
    if (typeof key !== 'string' && typeof key !== 'number') return undefined
    const whole = this.#at(operand(of, of.a), depth)
    // Where languages count characters otherwise than in UTF-16, they agree on these.
    if (typeof whole === 'string') return typeof key === 'number' && key >= 0 && PLAIN.test(whole) ? whole[key] : undefined
    const element = elementWritten(this.#program, operand(of, of.a), key)
    return element === undefined ? undefined : this.#at(element, depth)
  }

  #unary(of: Instruction, depth: number): Known | undefined {
    const known = this.#at(operand(of, of.a), depth)
    if (known === undefined) return undefined
    switch (text(of, of.firstArg)) {
      case 'not':
      case '!':
        return !known
      case '-':
        return typeof known === 'number' ? -known : undefined
      case '+':
        return typeof known === 'number' ? known : undefined
      default:
        return undefined
    }
  }

  #binary(of: Instruction, depth: number): Known | undefined {
    const operator = text(of, of.firstArg)
    const left = this.#at(operand(of, of.a), depth)
    if (left === undefined) return this.#ofLength(operator, of, depth)
    if (operator === 'in' || operator === 'not in') return this.#isIn(left, operand(of, of.b), operator === 'in', depth)
    const right = this.#at(operand(of, of.b), depth)
    return right === undefined ? undefined : combine(operator, left, right)
  }

  /** No length is less than nothing. */
  #ofLength(operator: string, of: Instruction, depth: number): boolean | undefined {
    if (operator !== '>=' && operator !== '<' || this.#program.lengthOperand(operand(of, of.a)) === undefined) return undefined
    return this.#at(operand(of, of.b), depth) === 0 ? operator === '>=' : undefined
  }

  /** Whether a known value is among those of a container whose elements are all known. */
  #isIn(wanted: Known, container: Ref, sense: boolean, depth: number): boolean | undefined {
    const of = instruction(this.#program, container)
    if (of.op !== Op.Container || of.b === ContainerKind.Generator) return undefined
    const isDict = of.b === ContainerKind.Dict
    const elements = tagged(of).map(({ tag, value }) => (isDict && tag >= 0 ? operand(of, tag) : value))
    const known = elements.map((each) => this.#at(each, depth))
    if (known.some((each) => each === undefined)) return undefined
    return known.includes(wanted) === sense
  }

  #joined(parts: readonly Ref[], depth: number): Known | undefined {
    let whole = ''
    for (const part of parts) {
      const known = this.#at(part, depth)
      if (typeof known !== 'string' || whole.length + known.length > MAX_TEXT) return undefined
      whole += known
    }
    return whole
  }

  /** The length of a text, or what a function of the program gives whose every result is the same. */
  #call(of: Instruction, depth: number): Known | undefined {
    const measured = this.#program.lengthOperand(of.ref)
    if (measured !== undefined) {
      const text = this.#at(measured, depth)
      return typeof text === 'string' && PLAIN.test(text) ? text.length : undefined
    }
    const { functions, library, constructs, unresolved, guess } = this.#program.targets(of.ref)
    if (library.length > 0 || constructs.length > 0 || unresolved !== '' || guess || functions.length === 0) return undefined
    const results: Ref[] = []
    for (const target of functions) {
      const callee = this.#program.function(target)
      if (callee.isGenerator || callee.isAsync || callee.returns.length === 0) return undefined
      const { valueBase } = this.#program.fileOfFunction(target)
      for (const local of callee.returns) {
        const returned = instruction(this.#program, valueBase + local)
        if (returned.a < 0) return undefined
        results.push(operand(returned, returned.a))
      }
    }
    return this.#one(results, depth)
  }
}

function constant(of: Instruction): Known | undefined {
  const known = literal(of)
  switch (known?.kind) {
    case ConstKind.String:
      return known.text
    case ConstKind.Number: {
      const number = Number(known.text)
      return Number.isSafeInteger(number) ? number : undefined
    }
    case ConstKind.Boolean:
      return known.text === 'true'
    case ConstKind.Null:
      return null
    default:
      return undefined
  }
}

/**
 * What an operator makes of two known values, where all languages agree: whole
 * numbers that stay exact, and texts. Values of different kinds are left alone.
 */
function combine(operator: string, left: Known, right: Known): Known | undefined {
  if (operator === 'is' || operator === 'is not') {
    const isSimple = left === null || right === null || typeof left === 'boolean'
    return isSimple ? (left === right) === (operator === 'is') : undefined
  }
  if (typeof left === 'number' && typeof right === 'number') return exact(arithmetic(operator, left, right)) ?? compared(operator, left, right)
  if (typeof left === 'string' && typeof right === 'string') {
    if (operator === '+') return left.length + right.length > MAX_TEXT ? undefined : left + right
    return compared(operator, left, right)
  }
  if (typeof left === 'boolean' && typeof right === 'boolean') return compared(operator, left, right)
  return undefined
}

function arithmetic(operator: string, left: number, right: number): number | undefined {
  switch (operator) {
    case '+':
      return left + right
    case '-':
      return left - right
    case '*':
      return left * right
    case '%':
      // Languages differ on negative operands.
      return left >= 0 && right > 0 ? left % right : undefined
    case '//':
      return left >= 0 && right > 0 ? Math.floor(left / right) : undefined
    case '/':
      return right !== 0 && left % right === 0 ? left / right : undefined
    case '**':
      return right >= 0 && right < 64 ? left ** right : undefined
    default:
      return undefined
  }
}

function exact(number: number | undefined): number | undefined {
  return number !== undefined && Number.isSafeInteger(number) ? number : undefined
}

function compared<T extends string | number | boolean>(operator: string, left: T, right: T): boolean | undefined {
  switch (operator) {
    case '==':
    case '===':
      return left === right
    case '!=':
    case '!==':
    case '<>':
      return left !== right
    case '<':
      return left < right
    case '<=':
      return left <= right
    case '>':
      return left > right
    case '>=':
      return left >= right
    default:
      return undefined
  }
}

const ofPrograms = new WeakMap<Program, Evaluator>()

/** The values of a program that are known before it runs, each computed once. */
export function evaluator(program: Program): Evaluator {
  let known = ofPrograms.get(program)
  if (!known) {
    known = new Evaluator(program)
    ofPrograms.set(program, known)
  }
  return known
}

/** A text or whole number that a value always is, as a key or name; `undefined` when that is not known. */
export function constantText(program: Program, value: Ref): string | undefined {
  const known = evaluator(program).valueOf(value)
  return known === undefined ? undefined : String(known)
}
