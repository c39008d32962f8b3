import { PagedTable } from './paged-table.ts'

/** Times the values of one cycle are computed anew before they are taken as they are. */
const MAX_ROUNDS = 8

/** Questions open at one time, of all kinds; a longer chain of definitions is cut. It bounds the stack. */
const MAX_OPEN = 400

interface Open<T> {
  readonly depth: number
  /** What is known of it so far, for those that ask on the way round a cycle. */
  value: readonly T[]
}

interface Provisional<T> {
  readonly value: readonly T[]
  /** Depth of the outermost open question it depends on. */
  readonly low: number
}

/** Shared by all kinds of questions about one program: how many are open, and which answers are incomplete. */
export class Questions {
  #open = 0
  #cuts = 0
  readonly #incomplete: (() => void)[] = []

  /** Whether one more may be opened; if not, the chain is cut here. */
  begin(): boolean {
    if (this.#open >= MAX_OPEN) {
      this.#cuts++
      return false
    }
    this.#open++
    return true
  }

  /** Closes a question. What was put aside as incomplete is forgotten with the outermost one. */
  end(): void {
    this.#open--
    if (this.#open > 0) return
    for (const forget of this.#incomplete.splice(0)) forget()
  }

  /** Chains cut so far. */
  get cuts(): number {
    return this.#cuts
  }

  /**
   * Whether an answer that ends in a cut chain is kept all the same: so much of the
   * chain was followed that asking again would find little more. Without it, every
   * value of a long chain would walk the chain anew.
   */
  get isKept(): boolean {
    return this.#open <= MAX_OPEN / 2
  }

  forgetLater(forget: () => void): void {
    this.#incomplete.push(forget)
  }
}

/**
 * Answers questions whose answers are sets that depend on one another, each when
 * it is first asked. Answers round a cycle are computed together until they no
 * longer grow, so that what is remembered does not depend on who asked first.
 */
export class Fixpoint<T> {
  readonly #questions: Questions
  readonly #find: (key: number) => readonly T[]
  readonly #known = new PagedTable<readonly T[]>()
  readonly #open = new Map<number, Open<T>>()
  readonly #provisional = new Map<number, Provisional<T>>()
  /** Keys of `#provisional` that depend on open questions, in order. */
  readonly #pending: number[] = []
  /** Values of the round before, of answers round a cycle. */
  readonly #last = new Map<number, readonly T[]>()
  /** Whether an answer round the current cycle is another than in the round before. */
  #hasChanged = false
  /** Depth of the outermost open question that the current answer has met; infinite when none. */
  #low = Infinity

  /** `find` computes one answer, sorted, asking `of` for others. */
  constructor(questions: Questions, find: (key: number) => readonly T[]) {
    this.#questions = questions
    this.#find = find
  }

  /**
   * Whether the answer being computed has met a question that is still open. What
   * is derived now may be incomplete and is not to be remembered.
   */
  get isProvisional(): boolean {
    return this.#low !== Infinity
  }

  of(key: number): readonly T[] {
    const known = this.#known.get(key)
    if (known) return known
    const open = this.#open.get(key)
    if (open) {
      this.#low = Math.min(this.#low, open.depth)
      return open.value
    }
    const provisional = this.#provisional.get(key)
    if (provisional) {
      this.#low = Math.min(this.#low, provisional.low)
      return provisional.value
    }
    if (!this.#questions.begin()) return []
    const cuts = this.#questions.cuts
    const outer = this.#low
    const first = this.#pending.length
    const value = this.#compute(key, first)
    const isCut = this.#questions.cuts !== cuts
    this.#low = Math.min(outer, this.#keep(key, value, first, isCut))
    this.#questions.end()
    return value
  }

  /**
   * Computes an answer, and where it is the outermost of a cycle, round after
   * round until no answer on the cycle changes. Each round starts from the last.
   */
  #compute(key: number, first: number): readonly T[] {
    const open: Open<T> = { depth: this.#open.size, value: this.#last.get(key) ?? [] }
    this.#open.set(key, open)
    const outerChanged = this.#hasChanged
    let isChanged = false
    for (let round = 1; ; round++) {
      this.#low = Infinity
      this.#hasChanged = false
      const cuts = this.#questions.cuts
      const found = this.#find(key)
      const isOwnChange = !isSame(found, open.value)
      open.value = found
      isChanged = isChanged || isOwnChange || this.#hasChanged
      const isStable = !isOwnChange && !this.#hasChanged
      if (this.#low !== open.depth || isStable || this.#questions.cuts !== cuts || round === MAX_ROUNDS) break
      for (const each of this.#pending.splice(first)) {
        this.#last.set(each, this.#provisional.get(each)?.value ?? [])
        this.#provisional.delete(each)
      }
    }
    this.#open.delete(key)
    // Changes inside a finished cycle concern no other.
    this.#hasChanged = outerChanged || isChanged && this.#low < open.depth
    return open.value
  }

  /** Remembers an answer for good or for now, and says the depth of what it still depends on. */
  #keep(key: number, value: readonly T[], first: number, isCut: boolean): number {
    const depth = this.#open.size
    if (this.#low < depth) {
      this.#provisional.set(key, { value, low: this.#low })
      this.#pending.push(key)
      return this.#low
    }
    for (const each of this.#pending.splice(first)) {
      if (!isCut) this.#known.set(each, this.#provisional.get(each)?.value ?? [])
      this.#provisional.delete(each)
      this.#last.delete(each)
    }
    this.#last.delete(key)
    if (!isCut || this.#questions.isKept) {
      this.#known.set(key, value)
    } else {
      this.#provisional.set(key, { value, low: Infinity })
      this.#questions.forgetLater(() => this.#provisional.delete(key))
    }
    return Infinity
  }
}

function isSame<T>(some: readonly T[], others: readonly T[]): boolean {
  return some.length === others.length && some.every((each, at) => each === others[at])
}
