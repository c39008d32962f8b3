import { functionAt } from '../flow/lookup.ts'
import { Op } from '../flow/facts.ts'
import { Annotations } from './annotations.ts'
import { CallSites } from './call-sites.ts'
import { Calls } from './calls.ts'
import type { CallParts } from './calls.ts'
import { Classes } from './classes.ts'
import { Contents } from './contents.ts'
import { Dispatched } from './dispatched.ts'
import { Denotations } from './denote.ts'
import { Questions } from './fixpoint.ts'
import { Generics } from './generics.ts'
import { Guesses } from './guesses.ts'
import { Heap } from './heap.ts'
import type { LibraryTypes } from './knowledge.ts'
import { isAttributeTable, lengthOperand, libraryBases } from './language-facts.ts'
import { LibraryTexts } from './library-texts.ts'
import { Members } from './members.ts'
import { fileSet, Modules } from './modules.ts'
import { OperationSites } from './operation-sites.ts'
import type { Program, Ref } from './program.ts'
import { callsReaching } from './reaching.ts'
import { Reassigned } from './reassigned.ts'
import { Records } from './records.ts'
import { Space } from './space.ts'
import type { LinkInput } from './space.ts'
import { TypeTests } from './type-tests.ts'
import { Types } from './types.ts'
import type { TypeParts } from './typing.ts'
import { Uses } from './uses.ts'

/** Rounds in which undeclared parameters are typed by the arguments of calls resolved in the round before. */
const PARAMETER_ROUNDS = 2

/**
 * Links the facts of files into a program. Nothing is resolved here: every
 * answer is found when it is asked for, and remembered.
 */
export function linkProgram(inputs: readonly LinkInput[], library: LibraryTypes): Program {
  const files = fileSet(inputs)
  const languages = new Set(inputs.map(({ language }) => language))
  const roots = new Map(Array.from(languages, ({ id, modules }) => [id, modules?.roots(files) ?? []]))
  const moduleNames = inputs.map(({ path, language }) => language.modules?.moduleName(path, roots.get(language.id) ?? [], files) ?? '')
  const space = new Space(inputs, moduleNames)
  const modules = new Modules(space, files)
  const questions = new Questions()
  const denotations = new Denotations(questions, space, modules, library)
  const classes = new Classes(space, denotations, library)
  const heap = new Heap(space, classes)
  const members = new Members(denotations, classes, heap)
  const annotations = new Annotations(space, modules, denotations, classes, library)
  const tests = new TypeTests(space, denotations, annotations)
  const given = new Map<Ref, readonly string[]>()
  const typeParts: TypeParts = {
    questions, space, denotations, classes, members, annotations, tests, library, heap, given,
    generics: new Generics({ space, denotations, classes }),
  }
  let sites: CallSites | undefined
  const callParts: CallParts = {
    space, denotations, classes, members, heap, library, contents: new Contents(space, denotations, library), guesses: new Guesses(space, classes),
    operations: new OperationSites(space, classes), dispatched: new Dispatched(space, denotations),
    sites: () => (sites ??= new CallSites(space)),
  }
  const first = nextRound(typeParts, callParts, undefined)
  heap.connect((value) => first.types.of(value))
  let { types, calls } = first
  for (let round = 1; round <= PARAMETER_ROUNDS; round++) {
    ({ types, calls } = nextRound(typeParts, callParts, { types, calls }))
  }
  const records = new Records(space, classes, denotations, library)
  const reassigned = new Reassigned(space, denotations, modules, classes)
  let lastHeap: Heap | undefined
  const uses = new Uses(space)
  const names = (value: Ref): readonly string[] => namesOf(value, space, denotations, classes, types, library)
  const libraryTexts = new LibraryTexts(space, library, names)

  return {
    files: space.files,
    fileOf: (value) => space.fileOf(value),
    local: (value) => value - space.fileOf(value).valueBase,
    functionOf: (value) => space.functionOf(value),
    function: (of) => {
      const file = space.fileOfFunction(of)
      return known(file.facts.functions[of - file.functionBase])
    },
    fileOfFunction: (of) => space.fileOfFunction(of),
    class: (of) => {
      const file = space.fileOfClass(of)
      return known(file.facts.classes[of - file.classBase])
    },
    fileOfClass: (of) => space.fileOfClass(of),
    ref: (file, value) => file.valueBase + value,
    enclosing: (file, offset) => file.functionBase + functionAt(file.facts, offset),
    span: (value) => {
      const file = space.fileOf(value)
      return { start: file.facts.start[value - file.valueBase] ?? 0, end: file.facts.end[value - file.valueBase] ?? 0 }
    },
    names,
    types: (value) => types.of(value),
    giveType: (parameter, type) => {
      given.set(parameter, [type])
    },
    isSubtype: (type, of) => classes.isSubtype(type, of),
    libraryBases: (of) => libraryBases(of, space, classes),
    recordFields: (of) => records.fields(of),
    recordMade: (call) => records.made(call),
    classNamed: (name) => classes.named(name),
    definitions: (value) => reassigned.with(denotations.definitions(value)),
    lengthOperand: (call) => lengthOperand(call, space, denotations),
    isAttributeTable: (value) => isAttributeTable(value, space),
    libraryText: (value) => libraryTexts.of(value),
    targets: (call) => calls.targets(call),
    functionsCalled: (value) => calls.functionsOf(value),
    methodsOf: (object, name) => calls.methodsOf(object, name),
    nextTargets: (element) => calls.implicit.next(element),
    implicitTargets: (value) => calls.implicit.of(value),
    besides: (value) => calls.implicit.besides(value),
    callsReaching: (names) => callsReaching(callParts, names),
    callers: (of, withTests) => calls.callers(of, withTests),
    receiver: (of) => classes.receiver(of)?.value,
    argumentFor: (call, target, parameter) => calls.argumentsFor(call, target, parameter),
    attributeStores: (of, name) => {
      lastHeap ??= heap.seenWith((value) => types.of(value))
      return reassigned.with(lastHeap.stores(of, name))
    },
    uses: (value) => uses.of(value),
  }
}

interface Round {
  readonly types: Types
  readonly calls: Calls
}

function nextRound(typeParts: TypeParts, callParts: CallParts, before: Round | undefined): Round {
  const types = new Types(typeParts, before)
  return { types, calls: new Calls(callParts, types, before?.calls) }
}

/** Canonical names a value denotes: of the program, of libraries, and of attributes of typed objects. */
function namesOf(
  value: Ref, space: Space, denotations: Denotations, classes: Classes, types: Types, library: LibraryTypes,
): readonly string[] {
  const found = new Set<string>()
  for (const each of denotations.of(value)) {
    if (each.kind === 'library') found.add(each.name)
    else if (each.kind === 'module') found.add(each.of.module)
    else if (each.kind === 'class') found.add(classes.name(each.of))
    else {
      const file = space.fileOfFunction(each.of)
      const qualified = file.facts.functions[each.of - file.functionBase]?.qualifiedName ?? ''
      found.add(file.module === '' ? qualified : `${file.module}.${qualified}`)
    }
  }
  const file = space.fileOf(value)
  const at = value - file.valueBase
  if (found.size === 0 && file.facts.op[at] === Op.Attr) {
    const name = file.facts.strings[file.facts.b[at] ?? 0] ?? ''
    for (const type of types.atUse(file.valueBase + (file.facts.a[at] ?? 0), value)) {
      const own = classes.named(type)
      const owners = own === undefined ? [] : classes.lineage(own).library
      for (const owner of [type, ...owners]) found.add(library.canonical(`${owner}.${name}`))
    }
  }
  return [...found].sort()
}

function known<T>(of: T | undefined): T {
  if (of === undefined) throw new Error('a reference that is not of this program')
  return of
}

export type { LinkInput }
