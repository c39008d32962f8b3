import type { PartStep } from '../models/parts.ts'
import type { ArgumentModel } from '../models/model.ts'
import type { Part } from './annotations.ts'
import { argumentAt } from './callbacks.ts'
import { textOf } from './contents.ts'
import type { LibraryTypes } from './knowledge.ts'
import type { ProgramFile, Ref } from './program.ts'

/** An argument or receiver that a library call gives back, or of which it gives a part. */
export interface HandedOn {
  readonly value: Ref
  /** Itself, or one of its elements. */
  readonly part: 'whole' | Part
  /** The key of the element, where another argument is that and is a text written out. */
  readonly key: string | undefined
}

/** Which part of the result is asked for: itself, its elements, or a part of each of these by index. */
export type ResultPart = 'whole' | 'element' | number

/** What a call of a library function gives of what it is given, as the models say. */
export function handedOn(file: ProgramFile, call: number, name: string, asked: ResultPart, library: LibraryTypes): readonly HandedOn[] {
  return library.propagatorsOf(name).flatMap(({ from, to, parts, isCalled }): readonly HandedOn[] => {
    if (to !== 'result' || isCalled || !parts || parts.to === 'anywhere' || !isAsked(parts.to, asked)) return []
    const part = partOf(parts.from)
    if (part === undefined) return []
    const key = keyGiven(file, call, parts.from)
    return from.flatMap((each) => {
      const value = argumentAt(file, call, each)
      return value === undefined ? [] : [{ value, part, key }]
    })
  })
}

/** The object and the name where a call gives the attribute of an object that an argument names. */
export function attributeGiven(file: ProgramFile, call: number, name: string, library: LibraryTypes): { readonly object: Ref, readonly name: Ref } | undefined {
  for (const { from: [from], to, parts } of library.propagatorsOf(name)) {
    const [step, ...rest] = parts?.from ?? []
    if (to !== 'result' || from === undefined || step?.kind !== 'given-attribute' || rest.length > 0) continue
    const object = argumentAt(file, call, from)
    const named = argumentAt(file, call, positioned(step.position))
    if (object !== undefined && named !== undefined) return { object, name: named }
  }
  return undefined
}

function keyGiven(file: ProgramFile, call: number, [step]: readonly PartStep[]): string | undefined {
  const key = step?.kind === 'given-key' ? argumentAt(file, call, positioned(step.position)) : undefined
  return key === undefined ? undefined : textOf(file.facts, key - file.valueBase)
}

function positioned(position: number): ArgumentModel {
  return { position }
}

function isAsked(to: readonly PartStep[], asked: ResultPart): boolean {
  const [first, second, ...rest] = to
  if (rest.length > 0) return false
  if (asked === 'whole') return first === undefined
  const isElement = first !== undefined && ELEMENTS.has(first.kind)
  if (asked === 'element') return isElement && second === undefined
  return isElement && second?.kind === 'key' && second.name === String(asked)
}

function partOf(from: readonly PartStep[]): 'whole' | Part | undefined {
  const [first, ...rest] = from
  if (rest.length > 0) return undefined
  if (first === undefined) return 'whole'
  if (first.kind === 'each') return 'iterated'
  return INDEXED.has(first.kind) ? 'indexed' : undefined
}

const ELEMENTS: ReadonlySet<PartStep['kind']> = new Set(['any', 'value', 'each'])
const INDEXED: ReadonlySet<PartStep['kind']> = new Set(['any', 'value', 'given-key'])
