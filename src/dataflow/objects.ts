import { ArgTag, Op } from '../flow/facts.ts'
import { LIMITS } from '../core/limits.ts'
import type { ClassRef, FunctionRef, Program, Ref } from '../program/program.ts'
import { attributeTablesOf, inTable } from './attribute-table.ts'
import { mutated } from './changes.ts'
import { indexOf } from './demand.ts'
import type { CallStack, Demand } from './demand.ts'
import { instruction, operand, tagged, text } from './reader.ts'
import type { Instruction } from './reader.ts'
import { detached, end, ingredient, spelled, step } from './steps.ts'
import type { Edge, SearchContext, Transfer } from './steps.ts'
import { givenBack } from './returns.ts'
import { escapesOf } from './escapes.ts'
import { storeInto } from './stores.ts'

/** Hops from where an attribute is read to where its object was made. */
const MAX_HOPS = 8

/** Methods that a constructor has its work done by, one inside the other. */
const MAX_METHODS = 4

/**
 * Whether the search will come to the one call that made an object: then its
 * attributes are those of this object, and not of every other of its class.
 */
export function isMadeInSight(program: Program, object: Ref, stack: CallStack): boolean {
  let at = object
  let around: CallStack | undefined = stack
  for (let hop = 0; hop < MAX_HOPS; hop++) {
    const of = instruction(program, at)
    let next: readonly Ref[]
    switch (of.op) {
      case Op.Call:
      case Op.Binary: {
        const { constructs, functions } = program.targets(at)
        if (constructs.length > 0) return true
        next = functions.length === 1 ? functions.flatMap((each) => resultsOf(program, each)) : []
        around = { id: -1, call: at, entry: '', outer: around, depth: (around?.depth ?? 0) + 1 }
        break
      }
      case Op.Refine:
        next = [operand(of, of.a)]
        break
      case Op.Name:
      case Op.Import:
        next = program.definitions(at)
        around = undefined
        break
      case Op.Attr:
        // The search asks the object for it, step by step.
        next = program.definitions(at).length > 0 || program.implicitTargets(at).length > 0 ? [] : [operand(of, of.a)]
        break
      case Op.Param:
        next = around && around.depth > 0 ? argumentsAt(program, of, around.call) : []
        around = around?.outer
        break
      default:
        return false
    }
    const [only, ...others] = next
    if (only === undefined || others.length > 0) return false
    at = only
  }
  return false
}

/** Values that a function returns. */
function resultsOf(program: Program, of: FunctionRef): readonly Ref[] {
  const { isGenerator, returns } = program.function(of)
  if (isGenerator) return []
  const { valueBase } = program.fileOfFunction(of)
  return returns.map((local) => instruction(program, valueBase + local)).flatMap((each) => (each.a < 0 ? [] : operand(each, each.a)))
}

function argumentsAt(program: Program, of: Instruction, call: Ref): readonly Ref[] {
  const owner = program.functionOf(of.ref)
  if (!program.targets(call).functions.includes(owner)) return []
  return program.argumentFor(call, owner, of.b).flatMap((each) => (each.how === 'value' && each.into === undefined ? [each.value] : []))
}

/** A new object: what it keeps in the attribute asked for, else whatever it was made from. */
export function constructed(context: SearchContext, demand: Demand, of: Instruction, classes: readonly ClassRef[]): Transfer {
  const { program, query } = context
  const attribute = demand.path[0]
  if (attribute?.startsWith('.')) return keptIn(context, demand, of, classes, attribute)
  if (query.exact) return end('unresolved', spelled(program, demand.value))
  return { edges: tagged(of).map(({ value }) => ingredient(demand, value, `is given to ${spelled(program, demand.value)}`)), ends: [] }
}

/**
 * What a new object keeps in an attribute: what its constructor puts there, with
 * the arguments of this call, and what other methods put there at any time.
 */
function keptIn(
  context: SearchContext, demand: Demand, of: Instruction, classes: readonly ClassRef[], attribute: string,
): Transfer {
  const { program } = context
  const rest = { ...demand, path: demand.path.slice(1) }
  const given = givenFor(program, of, classes, attribute.slice(1))
  if (given.length > 0) return { edges: given.map((value) => step(rest, value, `is given to ${spelled(program, demand.value)}`)), ends: [] }
  const visited = new Set<FunctionRef>()
  const own = program.targets(demand.value).functions.flatMap((each) => byConstructor(context, rest, demand.value, each, attribute, visited))
  // One that makes the object itself gives it back, with what it put there.
  for (const each of program.targets(demand.value).functions) own.push(...givenBack(context, demand, each, false).edges)
  const isSet = own.length > 0
  const isInSight = !escapesOf(program).of(demand.value)
  const stores = program.attributeStores(program.types(demand.value), attribute.slice(1))
  const later = stores.filter((value) => {
    const owner = program.functionOf(value)
    const isBody = program.function(owner).kind === 'class-body'
    // What other objects of the class are given is not in this one, what the class itself has is.
    return !visited.has(owner) && !(isSet && isBody) && (isBody || !isInSight || isOfClass(program, value))
  })
  const edges = [...own, ...later.map((value) => detached(context, rest, value, `is stored in ${attribute}`))]
  if (edges.length > 0 || mutated(context, demand).length > 0) return { edges, ends: [] }
  const isKnown = (isInSight || stores.length === 0) && classes.every((each) => program.libraryBases(each).length === 0)
  return isKnown ? end('constant', 'no value') : end('unresolved', `${attribute} of ${spelled(program, demand.value)}`)
}

/** Whether a value is stored in an attribute of a class itself. */
function isOfClass(program: Program, value: Ref): boolean {
  return program.uses(value).some((user) => {
    const of = instruction(program, user)
    if (of.op !== Op.SetAttr || operand(of, of.firstArg) !== value) return false
    return program.names(operand(of, of.a)).some((name) => program.classNamed(name) !== undefined)
  })
}

/** What a constructor puts into an attribute of its object, itself or by methods of it that it calls. */
function byConstructor(
  context: SearchContext, rest: Demand, call: Ref, method: FunctionRef, attribute: string, visited: Set<FunctionRef>,
): readonly Edge[] {
  const { program } = context
  const receiver = program.receiver(method)
  if (receiver === undefined || visited.has(method) || visited.size >= MAX_METHODS || rest.stack.depth >= LIMITS.searchDepth) return []
  const stack = context.stacks.push(rest.stack, call, receiver, rest.path, attribute)
  if (!stack) return []
  visited.add(method)
  const found: Edge[] = []
  for (const user of program.uses(receiver)) {
    const store = storeInto(program, user, receiver)
    if (store?.part !== attribute) continue
    found.push({ to: { ...rest, value: store.value, stack }, user, what: `is stored in ${attribute}`, obscure: '', guessed: false })
  }
  for (const table of attributeTablesOf(program, receiver)) {
    const path = inTable([attribute, ...rest.path]) ?? []
    found.push(...mutated(context, { ...rest, value: table, path, stack }))
  }
  for (const inner of callsIn(program, method)) {
    for (const target of program.targets(inner).functions) {
      const isOwn = program.receiver(target) !== undefined
        && program.argumentFor(inner, target, 0).some((each) => each.value === receiver)
      if (isOwn) found.push(...byConstructor(context, { ...rest, stack }, inner, target, attribute, visited))
    }
  }
  return found
}

function callsIn(program: Program, of: FunctionRef): readonly Ref[] {
  const { facts, valueBase } = program.fileOfFunction(of)
  const { firstValue, valueCount } = program.function(of)
  const found: Ref[] = []
  for (let local = firstValue; local < firstValue + valueCount; local++) if (facts.op[local] === Op.Call) found.push(valueBase + local)
  return found
}

/** Arguments that the constructor a library made keeps in an attribute. */
function givenFor(program: Program, of: Instruction, classes: readonly ClassRef[], attribute: string): readonly Ref[] {
  return classes.flatMap((each) => keptAs(of, program.recordFields(each) ?? [], attribute))
}

/** The arguments of a call that a constructor of such parameters keeps under one of their names. */
function keptAs(of: Instruction, fields: readonly string[], attribute: string): readonly Ref[] {
  const index = fields.indexOf(attribute)
  if (index < 0) return []
  const given = tagged(of)
  const named = given.filter(({ tag }) => tag >= 0 && text(of, tag) === attribute)
  const placed = given.filter(({ tag }) => tag === ArgTag.Positional).slice(index, index + 1)
  return [...named, ...placed].map(({ value }) => value)
}

/** A record whose class a library's call made of these fields: the argument under the name or at the place asked for. */
export function recorded(context: SearchContext, demand: Demand, of: Instruction, fields: readonly string[]): Transfer {
  const [part, ...rest] = demand.path
  const what = `is given to ${spelled(context.program, demand.value)}`
  const index = part === undefined || part.startsWith('.') ? undefined : indexOf(part)
  const field = part?.startsWith('.') ? part.slice(1) : fields[Number(index)]
  if (field === undefined) return { edges: tagged(of).map(({ value }) => ingredient(demand, value, what)), ends: [] }
  const given = keptAs(of, fields, field)
  if (given.length === 0) return end('library', spelled(context.program, demand.value))
  return { edges: given.map((value) => step({ ...demand, path: rest }, value, what)), ends: [] }
}
