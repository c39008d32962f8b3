import { Op } from '../flow/facts.ts'
import type { FileFacts } from '../flow/facts.ts'
import type { FunctionRef, Program, ProgramFile, Ref } from '../program/program.ts'
import { functionProves, inside } from './callees.ts'
import { certainTargets } from './certain-targets.ts'
import { proves } from './conditions.ts'
import { deadCode } from './dead.ts'
import type { AccessPath } from './demand.ts'
import { byEvidence } from './evidence.ts'
import { Exits } from './exits.ts'
import { isTold } from './fixed.ts'
import { reaches } from './paths.ts'
import { MAX_NESTING } from './prover.ts'
import type { Outcome, Prover } from './prover.ts'
import { instruction, operand, tagged } from './reader.ts'
import type { FlowResult, FlowSemantics, OriginType } from './search.ts'
import { partOf, partsWithin, subjectKey, subjectOf } from './subject.ts'
import type { Subject } from './subject.ts'
import { subjectUses } from './subject-uses.ts'
import type { SubjectUses } from './subject-uses.ts'
import { isBelow, isCondition, predecessors } from './ways.ts'

/** Blocks looked at to answer one question about one subject; beyond it nothing counts as checked. */
const MAX_BLOCKS = 4_000

/** Origins that nobody but the program and whoever runs it has a say in. */
export const TRUSTED: ReadonlySet<OriginType> = new Set<OriginType>(['constant', 'library', 'trusted', 'sanitized', 'guarded', 'fixed-prefix'])

/** Ways to a join that are looked at for the one that is open. */
const MAX_WAYS = 8

/** Functions of the program that one question looks into. */
const MAX_FUNCTIONS = 200

/** Blocks of a function that is called to check something; longer ones do something else. */
const MAX_HELPER_BLOCKS = 80

/** What is known of one subject in its function. */
interface Checked {
  readonly subject: Subject
  readonly of: FunctionRef
  /** Found when first asked for. */
  uses: SubjectUses | undefined
  /** By call: whether that it returned shows the subject to be harmless. */
  readonly returning: Map<Ref, boolean>
  /** By block: the check that holds where it is entered, or -1. */
  readonly onEntry: Map<number, Ref>
}

/**
 * Why a value is known to be harmless where an instruction uses it: a condition that
 * holds on every way there, or a check that must have returned normally before.
 */
export class Guards implements Prover {
  readonly program: Program
  readonly semantics: FlowSemantics
  readonly #exits: Exits
  readonly #originsOf: (container: Ref) => FlowResult
  readonly #trusted = new Map<Ref, boolean>()
  readonly #known = new Map<string, Checked>()
  readonly #ofValues = new Map<Ref, Checked>()
  /** By join: the one way to it, or -1. */
  readonly #onlyWays = new Map<string, number>()
  readonly #callees = new Map<string, boolean>()
  #open = 0
  #budget = 0
  #functions = 0

  /** `originsOf`: where the elements of a container come from, asking only for the trusted origins. */
  constructor(program: Program, semantics: FlowSemantics, originsOf: (container: Ref) => FlowResult) {
    this.program = program
    this.semantics = semantics
    this.#originsOf = originsOf
    this.#exits = new Exits(program, semantics)
  }

  isTrusted(container: Ref): boolean {
    let known = this.#trusted.get(container)
    if (known === undefined) {
      // What is asked on the way back to it is not known yet.
      this.#trusted.set(container, false)
      const { origins } = this.#originsOf(container)
      known = origins.length > 0 && origins.every(({ type }) => TRUSTED.has(type))
      this.#trusted.set(container, known)
    }
    return known
  }

  /** The check that shows a part of a value to be harmless where an instruction uses it. */
  at(value: Ref, path: AccessPath, user: Ref): Ref | undefined {
    const { program } = this
    const file = program.fileOf(user)
    const of = program.functionOf(user)
    if (program.fileOf(value) !== file || program.functionOf(value) !== of) return undefined
    if (path.length === 0 && isUnchecked(program, value)) return undefined
    this.#budget = MAX_BLOCKS
    this.#functions = MAX_FUNCTIONS
    const block = file.facts.block[user - file.valueBase] ?? -1
    // A part is harmless that is checked itself, or that is in something checked.
    let checked = this.#ofValues.get(value)
    if (!checked) {
      checked = this.#checked(subjectOf(program, value), of)
      this.#ofValues.set(value, checked)
    }
    for (let depth = 0; ; depth++) {
      const found = this.#calledIn(checked, block, user, 0) ?? this.#onEntry(checked, file, block, 0)
      if (found !== undefined && !this.#isChanged(checked, found, user)) return found
      const part = partOf(checked.subject, path[depth])
      if (part === undefined) return undefined
      checked = this.#checked(part, of)
    }
  }

  /** Whether something else may have been stored where the subject is, after the check and before its use. */
  #isChanged(checked: Checked, check: Ref, user: Ref): boolean {
    const { program } = this
    return this.#uses(checked).stores.some((store) => dominates(program, check, store) && reaches(program, store, user, check))
  }

  inBlock(subject: Subject, block: number, nesting: number): Ref | undefined {
    if (nesting > MAX_NESTING) return undefined
    const checked = this.#checked(subject, this.program.functionOf(subject.root))
    return this.#calledIn(checked, block, undefined, nesting) ?? this.#onEntry(checked, this.program.fileOf(subject.root), block, nesting)
  }

  onlyWay(of: FunctionRef, join: number): number | undefined {
    const file = this.program.fileOfFunction(of)
    const key = `${file.valueBase}:${join}`
    let found = this.#onlyWays.get(key)
    if (found === undefined) {
      found = this.#findOnlyWay(file, of, join)
      this.#onlyWays.set(key, found)
    }
    return found < 0 ? undefined : found
  }

  #findOnlyWay(file: ProgramFile, of: FunctionRef, join: number): number {
    const { facts } = file
    const ways = predecessors(facts, join)
    if (ways.length < 2 || ways.length > MAX_WAYS) return -1
    const above = facts.dominator[join] ?? -1
    const open = ways.filter((way) => (
      !isBelow(facts, way, join) && deadCode(this.program).isReached(of, way) && !this.#exits.isLeft(facts, file, of, way, above)
    ))
    return open.length === 1 ? open[0] ?? -1 : -1
  }

  byCall(call: Ref, outcome: Outcome | 'returns', subject: Subject, nesting: number): boolean {
    if (nesting > MAX_NESTING || !this.#isGiven(call, subject)) return false
    const targets = certainTargets(this.program, call)
    return targets.length > 0 && targets.every((target) => {
      const inner = inside(this.program, call, target, subject)
      return inner !== undefined && this.#byFunction(target, outcome, inner, nesting)
    })
  }

  #byFunction(target: FunctionRef, outcome: Outcome | 'returns', subject: Subject, nesting: number): boolean {
    // The depth is part of the question, so that no answer depends on what was asked before.
    const key = `${target} ${outcome} ${nesting} ${subjectKey(subject)}`
    const known = this.#callees.get(key)
    if (known !== undefined) return known
    if (this.program.function(target).blockCount > MAX_HELPER_BLOCKS || this.#functions-- <= 0) return false
    const found = functionProves(this, target, outcome, subject, nesting)
    this.#callees.set(key, found)
    return found
  }

  #uses(checked: Checked): SubjectUses {
    checked.uses ??= subjectUses(this.program, checked.subject, checked.of)
    return checked.uses
  }

  #checked(subject: Subject, of: FunctionRef): Checked {
    const key = `${of} ${subjectKey(subject)}`
    let known = this.#known.get(key)
    if (!known) {
      known = { subject, of, uses: undefined, returning: new Map(), onEntry: new Map() }
      this.#known.set(key, known)
    }
    return known
  }

  /** The check that holds where a block is entered, on every way from the function's beginning. */
  #onEntry(checked: Checked, file: ProgramFile, block: number, nesting: number): Ref | undefined {
    const known = checked.onEntry.get(block)
    if (known !== undefined) return known < 0 ? undefined : known
    const walked = this.#between(checked, file, block, -1, nesting)
    const found = walked ?? byEvidence(this, checked.subject, checked.of, block)
    if (this.#budget <= 0 || found === undefined && nesting > 0) return found
    checked.onEntry.set(block, found ?? -1)
    // Nor is there a check on entry to any block above, which the next question need not walk again.
    for (let above = found === undefined ? file.facts.dominator[block] ?? -1 : -1; above >= 0; above = file.facts.dominator[above] ?? -1) {
      if (checked.onEntry.has(above)) break
      checked.onEntry.set(above, -1)
    }
    return found
  }

  /** The same on every way from the end of a block above. */
  #between(checked: Checked, file: ProgramFile, from: number, above: number, nesting: number): Ref | undefined {
    const { facts, valueBase } = file
    for (let block = from; block >= 0 && block !== above; block = facts.dominator[block] ?? -1) {
      if (this.#budget-- <= 0) return undefined
      if (block !== from) {
        const called = this.#calledIn(checked, block, undefined, nesting)
        if (called !== undefined) return called
        const known = above < 0 ? checked.onEntry.get(block) : undefined
        if (known !== undefined) return known < 0 ? undefined : known
      }
      const condition = facts.condition[block] ?? -1
      if (condition >= 0) {
        const at = valueBase + condition
        if (proves(this, at, facts.sense[block] === 1 ? 'true' : 'false', checked.subject, nesting)) return at
        continue
      }
      const joined = this.#onEveryWay(checked, file, block, nesting) ?? this.#byLoop(checked, file, block, nesting)
      if (joined !== undefined) return joined
    }
    return undefined
  }

  /** The check that holds where several ways meet, each having one of its own. */
  #onEveryWay(checked: Checked, file: ProgramFile, join: number, nesting: number): Ref | undefined {
    const { facts } = file
    const ways = predecessors(facts, join)
    if (ways.length < 2 || this.#open > 12) return undefined
    const above = facts.dominator[join] ?? -1
    const open: number[] = []
    let found: Ref | undefined
    this.#open++
    for (const way of ways) {
      // The end of a loop: control came by the join before.
      if (isBelow(facts, way, join) || !deadCode(this.program).isReached(checked.of, way)) continue
      const check = way === above ? this.#bySide(checked, file, way, join, nesting)
        : this.#calledIn(checked, way, undefined, nesting) ?? this.#between(checked, file, way, above, nesting)
          ?? byEvidence(this, checked.subject, checked.of, way)
      if (check === undefined) open.push(way)
      else found ??= check
      if (open.length > 0 && way === above) break
    }
    this.#open--
    if (found === undefined || open.includes(above)) return undefined
    return open.every((way) => this.#exits.isLeft(facts, file, checked.of, way, above)) ? found : undefined
  }

  /** The check of every element, in a loop that was left because there were no more. */
  #byLoop(checked: Checked, { facts, valueBase }: ProgramFile, block: number, nesting: number): Ref | undefined {
    const header = facts.dominator[block] ?? -1
    const ways = predecessors(facts, block)
    if (ways.length !== 1 || ways[0] !== header) return undefined
    const ends = predecessors(facts, header).filter((way) => isBelow(facts, way, header))
    if (ends.length === 0 || isBelow(facts, ends[0] ?? -1, block)) return undefined
    for (const element of this.#uses(checked).elements) {
      const body = facts.block[element - valueBase] ?? -1
      if (facts.dominator[body] !== header || !ends.every((end) => isBelow(facts, end, body))) continue
      const subject = { ...checked.subject, ...subjectOf(this.program, element), isPart: true }
      const checks = ends.map((end) => this.inBlock(subject, end, nesting + 1))
      if (checks.every((each) => each !== undefined)) return checks[0]
    }
    return undefined
  }

  /** The condition of the way straight from a block to a join: not that of its only other way. */
  #bySide(checked: Checked, { facts, valueBase }: ProgramFile, from: number, join: number, nesting: number): Ref | undefined {
    const first = facts.successorStart[from] ?? 0
    if ((facts.successorStart[from + 1] ?? 0) !== first + 2) return undefined
    const other = (facts.successors[first] === join ? facts.successors[first + 1] : facts.successors[first]) ?? join
    if (other === join || facts.dominator[other] !== from) return undefined
    const condition = facts.condition[other] ?? -1
    if (condition < 0) return undefined
    const isProven = proves(this, valueBase + condition, facts.sense[other] === 1 ? 'false' : 'true', checked.subject, nesting)
    return isProven ? valueBase + condition : undefined
  }

  /** A call in a block, before an instruction of it if one is given, that would not have returned otherwise. */
  #calledIn(checked: Checked, block: number, before: Ref | undefined, nesting: number): Ref | undefined {
    return this.#uses(checked).calls.get(block)?.find((call) => (before === undefined || call < before) && this.#returns(checked, call, nesting))
  }

  #returns({ subject, returning }: Checked, call: Ref, nesting: number): boolean {
    const known = returning.get(call)
    if (known !== undefined) return known
    const { program, semantics } = this
    const hits = semantics.guards(call)
    const found = hits.some((hit) => hit.when === 'returns' && isTold(this, hit, subject))
      // What returns something is a computation; a check is called for nothing else.
      || hits.length === 0 && !isUsed(program, call) && this.byCall(call, 'returns', subject, nesting + 1)
    if (found || nesting === 0) returning.set(call, found)
    return found
  }

  #isGiven(call: Ref, subject: Subject): boolean {
    const of = instruction(this.program, call)
    const callee = instruction(this.program, operand(of, of.a))
    const isSubjectPart = (value: Ref): boolean => partsWithin(this.program, subject, value) !== undefined
    return callee.op === Op.Attr && isSubjectPart(operand(callee, callee.a)) || tagged(of).some(({ value }) => isSubjectPart(value))
  }
}

/** Values that are the same wherever their part is read again, so that their own uses do not tell whether they are checked. */
const READ_AGAIN: ReadonlySet<number> = new Set([Op.Name, Op.Attr, Op.Index, Op.Const, Op.Refine, Op.Annotated])

/** Whether a value is certainly in no check: it has one use, and is no condition itself. */
function isUnchecked(program: Program, value: Ref): boolean {
  if (program.uses(value).length > 1 || READ_AGAIN.has(instruction(program, value).op)) return false
  const { facts, valueBase } = program.fileOf(value)
  return !isCondition(facts, value - valueBase)
}

/** Whether anything is done with a result, besides waiting for it or handing it on. */
function isUsed(program: Program, call: Ref): boolean {
  return program.uses(call).some((user) => {
    const { op } = instruction(program, user)
    return op === Op.Await ? program.uses(user).length > 0 : op !== Op.Return
  })
}

const ofSemantics = new WeakMap<FlowSemantics, Guards>()

/** The guards of a program as one view of the models sees them. */
export function guardsOf(program: Program, semantics: FlowSemantics, originsOf: (container: Ref) => FlowResult): Guards {
  let known = ofSemantics.get(semantics)
  if (known?.program !== program) {
    known = new Guards(program, semantics, originsOf)
    ofSemantics.set(semantics, known)
  }
  return known
}

/** Whether one instruction is executed before another on every path to it. */
export function dominates(program: Program, first: Ref, second: Ref): boolean {
  const { facts, valueBase } = program.fileOf(second)
  const wanted = blockOf(facts, first - valueBase)
  const block = blockOf(facts, second - valueBase)
  return block === wanted ? first < second : wanted >= 0 && isBelow(facts, block, wanted)
}

function blockOf(facts: FileFacts, local: number): number {
  return facts.block[local] ?? -1
}
