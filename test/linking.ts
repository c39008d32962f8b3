import { Op } from '../src/flow/facts.ts'
import { SourceText } from '../src/core/text.ts'
import type { Knowledge } from '../src/models/knowledge.ts'
import type { FunctionRef, Program, ProgramFile, Ref } from '../src/program/program.ts'
import { programOf } from './lab.ts'

/** A program of a test, path to text. */
export type Sources = Readonly<Record<string, string>>

/** What a comment asks about its line: the calls' targets, or types, names or callers of `probe`'s argument. */
const EXPECTATION = /#(>|:|=|<|!) ?(.*)$/

/**
 * What sources say about themselves, line by line:
 * `#> targets` of the outermost call, `#: types` and `#= names` of the argument of `probe(...)`,
 * `#< callers` of the function defined on the line, as `path:line`; `#! functions` that operations
 * on the line run which are no calls.
 */
export function expectedFacts(files: Sources): string[] {
  return lines(files).flatMap(({ path, line, text }) => {
    const [, kind, expected] = EXPECTATION.exec(text) ?? []
    return kind === undefined || expected === undefined ? [] : [`${path}:${line} ${kind} ${expected.trim()}`]
  })
}

/** The same as the linked program answers it. */
export async function linkedFacts(files: Sources, knowledge?: Knowledge): Promise<string[]> {
  const program = await programOf(files, knowledge)
  return lines(files).flatMap(({ path, line, text }) => {
    const kind = EXPECTATION.exec(text)?.[1]
    const file = program.files.find((each) => each.path === path)
    return kind === undefined || !file ? [] : [`${path}:${line} ${kind} ${answer(program, files, file, line, kind)}`]
  })
}

function answer(program: Program, files: Sources, file: ProgramFile, line: number, kind: string): string {
  if (kind === '<') return callersOf(program, files, file, line).join(', ')
  if (kind === '!') return operationsOn(program, files, file, line).join(', ')
  const call = outermostCall(files, file, line)
  if (call === undefined) return 'no call on this line'
  if (kind === '>') return targetsOf(program, call).join(', ')
  const argument = program.ref(file, file.facts.args[(file.facts.argStart[program.local(call)] ?? 0) + 1] ?? 0)
  return (kind === ':' ? program.types(argument) : program.names(argument)).join(', ')
}

/** Canonical name of a function of the program. */
export function nameOf(program: Program, of: FunctionRef): string {
  const { module } = program.fileOfFunction(of)
  return `${module}.${program.function(of).qualifiedName}`
}

/** Functions by name, classes as `new name`, libraries as `lib name`; a guess has `~`, no target its reason. */
export function targetsOf(program: Program, call: Ref): string[] {
  const { functions, library, constructs, unresolved, guess } = program.targets(call)
  return [
    ...functions.map((each) => `${guess ? '~' : ''}${nameOf(program, each)}`),
    ...constructs.map((each) => `new ${program.fileOfClass(each).module}.${program.class(each).qualifiedName}`),
    ...library.map((each) => `lib ${each}`),
    ...(unresolved === '' ? [] : [`? ${unresolved}`]),
  ]
}

/** Functions that operations starting on a line run. */
function operationsOn(program: Program, files: Sources, file: ProgramFile, line: number): string[] {
  const text = new SourceText(files[file.path] ?? '')
  const { op, start } = file.facts
  const found = new Set<FunctionRef>()
  for (let at = 0; at < op.length; at++) {
    if (op[at] === Op.Call || text.position(start[at] ?? 0).line !== line) continue
    const value = file.valueBase + at
    for (const each of [...program.implicitTargets(value), ...program.besides(value)]) found.add(each)
    if (op[at] === Op.Element) for (const each of program.nextTargets(value)) found.add(each)
  }
  return [...found].sort((a, b) => a - b).map((each) => nameOf(program, each))
}

/** `path:line` of each caller of the function whose name stands on a line. */
function callersOf(program: Program, files: Sources, file: ProgramFile, line: number): string[] {
  const text = new SourceText(files[file.path] ?? '')
  const index = file.facts.functions.findIndex((each) => (
    each.kind === 'function' && text.position(each.nameSpan.start).line === line
  ))
  return program.callers(file.functionBase + index, true).map((call) => {
    const caller = program.fileOf(call)
    return `${caller.path}:${new SourceText(files[caller.path] ?? '').position(program.span(call).start).line}`
  })
}

/** The call that starts first on a line; of several that start together, the longest. */
export function outermostCall(files: Sources, file: ProgramFile, line: number): Ref | undefined {
  const text = new SourceText(files[file.path] ?? '')
  const { op, start, end } = file.facts
  let best: number | undefined
  for (let at = 0; at < op.length; at++) {
    if (op[at] !== Op.Call || text.position(start[at] ?? 0).line !== line) continue
    const isBefore = best === undefined || (start[at] ?? 0) < (start[best] ?? 0)
    if (isBefore || start[at] === start[best ?? 0] && (end[at] ?? 0) > (end[best ?? 0] ?? 0)) best = at
  }
  return best === undefined ? undefined : file.valueBase + best
}

function lines(files: Sources): { path: string, line: number, text: string }[] {
  return Object.keys(files).sort().flatMap((path) => (
    (files[path] ?? '').split('\n').map((text, index) => ({ path, line: index + 1, text }))
  ))
}
