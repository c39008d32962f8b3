import type { Span } from '../core/text.ts'
import { ArgTag, ContainerKind, Op } from './facts.ts'
import type { FileFacts, FunctionFacts } from './facts.ts'
import { opName, operandShape } from './operands.ts'
import type { OperandKind, OperandShape } from './operands.ts'

/**
 * What is wrong with facts: broken invariants in words, at most `LIMIT` of them;
 * none for anything `factsOf` makes. Whoever reads facts may rely on:
 *
 * - values and blocks of a function are contiguous, functions in order;
 * - operands are values of the same function, except in `Capture`, and defaults,
 *   annotations, decorators and bases, which are values of the enclosing one;
 * - a block's number is larger than its dominator's, so walking up ends;
 * - indices into strings, functions, classes and imports exist; spans lie in the file.
 */
export function invariantsBroken(facts: FileFacts): string[] {
  return new Validator(facts).check()
}

const LIMIT = 20

class Validator {
  readonly #facts: FileFacts
  readonly #broken: string[] = []
  readonly #length: number

  constructor(facts: FileFacts) {
    this.#facts = facts
    this.#length = facts.functions[0]?.end ?? 0
  }

  check(): string[] {
    this.#tables()
    // The rest reads through the tables and needs their lengths to fit.
    if (this.#broken.length > 0) return this.#broken
    this.#functions()
    if (this.#broken.length > 0) return this.#broken
    this.#facts.functions.forEach((of, index) => this.#contents(of, index))
    this.#classes()
    this.#rest()
    return this.#broken.slice(0, LIMIT)
  }

  #demand(holds: boolean, broken: () => string): void {
    if (!holds && this.#broken.length < LIMIT) this.#broken.push(broken())
  }

  #tables(): void {
    const { op, start, end, block, a, b, argStart, args } = this.#facts
    const { dominator, condition, sense, successorStart, successors } = this.#facts
    const isOfLength = (length: number, ...tables: { readonly length: number }[]): boolean =>
      tables.every((each) => each.length === length)
    this.#demand(isOfLength(op.length, start, end, block, a, b), () => 'value tables differ in length')
    this.#demand(isOfLength(dominator.length, condition, sense), () => 'block tables differ in length')
    this.#demand(isIndex(argStart, op.length, args.length), () => 'argStart is no index of args')
    const isSuccessorIndex = isIndex(successorStart, dominator.length, successors.length)
    this.#demand(isSuccessorIndex, () => 'successorStart is no index of successors')
    const { readStart, readEnd, readValue } = this.#facts
    this.#demand(isOfLength(readStart.length, readEnd, readValue), () => 'read tables differ in length')
  }

  #functions(): void {
    const { functions, op, dominator } = this.#facts
    let value = 0
    let block = 0
    functions.forEach((of, index) => {
      const says = (what: string) => (): string => `function ${index}: ${what}`
      this.#demand((of.kind === 'module') === (index === 0), says('only the first is the module'))
      this.#demand(index === 0 ? of.parent === -1 : of.parent >= 0 && of.parent < index, says('parent'))
      this.#demand(of.firstValue === value && of.valueCount >= 0, says('values are not contiguous'))
      this.#demand(of.firstBlock === block && of.blockCount > 0, says('blocks are not contiguous'))
      this.#demand(index === 0 || of.start >= (functions[index - 1]?.start ?? 0), says('not sorted by start'))
      value += of.valueCount
      block += of.blockCount
    })
    this.#demand(functions.length > 0, () => 'no module')
    const isWhole = value === op.length && block === dominator.length
    this.#demand(isWhole, () => 'functions do not cover all values and blocks')
  }

  #contents(of: FunctionFacts, index: number): void {
    const { functions, classes, strings } = this.#facts
    const says = (what: string) => (): string => `function ${index}: ${what}`
    this.#span(of, says('span'))
    this.#span(of.nameSpan, says('name span'))
    const outer = functions[of.parent]
    const isOuter = (value: number): boolean => (outer ? isIn(outer, value) : false)
    this.#demand(of.classIndex >= -1 && of.classIndex < classes.length, says('class'))
    this.#demand(of.decorators.every(isOuter), says('decorators'))
    this.#demand(of.returnAnnotation === -1 || isOuter(of.returnAnnotation), says('return annotation'))
    this.#demand(of.returns.every((value) => isIn(of, value) && this.#facts.op[value] === Op.Return), says('returns'))
    const isName = (name: number): boolean => name >= 0 && name < strings.length
    this.#demand(of.bindings.every(({ name, value }) => isName(name) && isIn(of, value)), says('bindings'))
    for (const each of of.parameters) {
      this.#demand(isIn(of, each.value) && this.#facts.op[each.value] === Op.Param, says('parameter'))
      this.#demand(each.default === -1 || isOuter(each.default), says('default'))
      this.#demand(each.annotation === -1 || isOuter(each.annotation), says('annotation'))
    }
    this.#blocks(of)
    this.#values(of)
  }

  #blocks(of: FunctionFacts): void {
    const { dominator, condition, sense, successors, successorStart } = this.#facts
    const [first, end] = [of.firstBlock, of.firstBlock + of.blockCount]
    for (let block = first; block < end; block++) {
      const above = dominator[block] ?? -1
      const isAbove = block === first ? above === -1 : above >= first && above < block
      this.#demand(isAbove, () => `block ${block}: dominator ${above}`)
      const known = condition[block] ?? -1
      this.#demand(known === -1 || isIn(of, known), () => `block ${block}: condition ${known}`)
      this.#demand((sense[block] ?? 2) <= 1, () => `block ${block}: sense`)
      for (let at = successorStart[block] ?? 0; at < (successorStart[block + 1] ?? 0); at++) {
        const next = successors[at] ?? -1
        this.#demand(next >= first && next < end, () => `block ${block}: successor ${next}`)
      }
    }
  }

  #values(of: FunctionFacts): void {
    const { op, block, start, end, a, b } = this.#facts
    let last = of.firstBlock
    for (let value = of.firstValue; value < of.firstValue + of.valueCount; value++) {
      const place = block[value] ?? -1
      if (place < last || place >= of.firstBlock + of.blockCount) this.#wrong(value, 'block')
      last = place
      if (!this.#isSpan(start[value] ?? -1, end[value] ?? -1)) this.#wrong(value, `span ${start[value]}..${end[value]}`)
      const shape = operandShape(op[value] ?? -1)
      if (!shape) {
        this.#wrong(value, 'no such op')
        continue
      }
      if (!this.#isOperand(of, shape.a, a[value] ?? -2)) this.#wrong(value, `a ${a[value]}`)
      if (!this.#isOperand(of, shape.b, b[value] ?? -2)) this.#wrong(value, `b ${b[value]}`)
      this.#list(of, value, shape)
    }
  }

  #isOperand(of: FunctionFacts, kind: OperandKind, operand: number): boolean {
    const { strings, functions, classes, imports } = this.#facts
    switch (kind) {
      case 'none':
        return operand === -1
      case 'value':
        return isIn(of, operand)
      case 'value?':
        return operand === -1 || isIn(of, operand)
      case 'string':
        return operand >= 0 && operand < strings.length
      case 'number':
        return operand >= -1
      case 'function':
        return operand >= 0 && operand < functions.length
      case 'class':
        return operand >= 0 && operand < classes.length
      default:
        return operand >= 0 && operand < imports.length
    }
  }

  #list(of: FunctionFacts, value: number, shape: OperandShape): void {
    const { op, args, argStart, strings, b } = this.#facts
    const first = argStart[value] ?? 0
    const end = argStart[value + 1] ?? 0
    if (shape.count >= 0 && end - first !== shape.count) this.#wrong(value, 'number of arguments')
    const isTagged = shape.args === 'tagged' || shape.args === 'keyed'
    if (isTagged && (end - first) % 2 !== 0) this.#wrong(value, 'a tag without a value')
    const isDict = shape.args === 'keyed' && b[value] === ContainerKind.Dict
    for (let at = first; at < end; at++) {
      const entry = args[at] ?? -1
      const isTag = isTagged && (at - first) % 2 === 0
      if (shape.args === 'strings') {
        if (entry < 0 || entry >= strings.length) this.#wrong(value, 'string argument')
      } else if (shape.args === 'outer') {
        if (entry < 0 || entry >= op.length) this.#wrong(value, 'captured value')
      } else if (!isTag || isDict && entry >= 0) {
        if (!isIn(of, entry)) this.#wrong(value, `${isTag ? 'key' : 'argument'} ${entry}`)
      } else if (entry < ArgTag.DoubleSpread || entry >= strings.length) {
        this.#wrong(value, `tag ${entry}`)
      }
    }
  }

  /** There are many values: what is wrong is only put into words when something is. */
  #wrong(value: number, what: string): void {
    this.#demand(false, () => `value ${value} (${opName(this.#facts.op[value] ?? -1)}): ${what}`)
  }

  #classes(): void {
    const { functions, classes } = this.#facts
    classes.forEach((of, index) => {
      const says = (what: string) => (): string => `class ${index}: ${what}`
      const outer = functions[of.parent]
      this.#demand(outer !== undefined, says('parent'))
      this.#demand(functions[of.body]?.kind === 'class-body', says('body'))
      const isOuter = (value: number): boolean => outer !== undefined && isIn(outer, value)
      this.#demand([...of.bases, ...of.decorators].every(isOuter), says('bases, decorators'))
      this.#span(of, says('span'))
      this.#span(of.nameSpan, says('name span'))
    })
  }

  #rest(): void {
    const { functions, imports, op, readStart, readEnd, readValue, unparsed, unlowered } = this.#facts
    imports.forEach((of, index) => {
      this.#demand(functions[of.function] !== undefined && of.module !== '', () => `import ${index}`)
      this.#span(of, () => `import ${index}: span`)
    })
    for (let at = 0; at < readStart.length; at++) {
      const [start, end, value] = [readStart[at] ?? -1, readEnd[at] ?? -1, readValue[at] ?? -1]
      this.#demand(value >= 0 && value < op.length, () => `read ${at}: value ${value}`)
      this.#span({ start, end }, () => `read ${at}: span`)
      const order = at === 0 ? 1 : start - (readStart[at - 1] ?? 0) || end - (readEnd[at - 1] ?? 0)
      this.#demand(order > 0, () => `read ${at}: not sorted`)
    }
    for (const each of unparsed) this.#span(each, () => 'unparsed region')
    for (const each of unlowered) this.#demand(functions[each] !== undefined, () => `unlowered ${each}`)
  }

  #span({ start, end }: Span, broken: () => string): void {
    this.#demand(this.#isSpan(start, end), () => `${broken()} ${start}..${end}`)
  }

  #isSpan(start: number, end: number): boolean {
    return start >= 0 && start <= end && end <= this.#length
  }
}

function isIn(of: FunctionFacts, value: number): boolean {
  return value >= of.firstValue && value < of.firstValue + of.valueCount
}

/** Whether `starts` cuts a list of `total` entries into `count` ranges. */
function isIndex(starts: Int32Array, count: number, total: number): boolean {
  if (starts.length !== count + 1 || starts[0] !== 0 || starts[count] !== total) return false
  for (let at = 0; at < count; at++) if ((starts[at] ?? 0) > (starts[at + 1] ?? 0)) return false
  return true
}
