import { instruction } from '../dataflow/reader.ts'
import { Op } from '../flow/facts.ts'
import type { Knowledge } from '../models/knowledge.ts'
import type { SinkModel } from '../models/model.ts'
import { isAnonymous } from '../program/program.ts'
import type { Program, ProgramFile, Ref } from '../program/program.ts'
import { receiverOf } from './arguments.ts'

/** A call that a model calls a sink. */
export interface SinkCall {
  readonly call: Ref
  /** Canonical name under which the model knows it. */
  readonly callee: string
  readonly model: SinkModel
}

/**
 * Sinks among a file's calls, in order of place; one per call, kind and argument.
 * `candidates` are the calls that may be one.
 */
export function sinksIn(
  program: Program, knowledge: Knowledge, file: ProgramFile, candidates: ReadonlySet<Ref>,
): SinkCall[] {
  const found: SinkCall[] = []
  const { op } = file.facts
  for (let local = 0; local < op.length; local++) {
    const call = file.valueBase + local
    if (op[local] !== Op.Call || !candidates.has(call)) continue
    const seen = new Set<string>()
    for (const sink of sinksOfCall(program, knowledge, call)) {
      const { argument } = sink.model
      const key = `${sink.model.kind}|${argument ? `${argument.position}|${argument.name}|${argument.receiver}` : ''}`
      if (seen.has(key)) continue
      seen.add(key)
      found.push(sink)
    }
  }
  return found
}

/** What the models say of one call; nothing for a value that is no call. */
export function sinksOfCall(program: Program, knowledge: Knowledge, call: Ref): SinkCall[] {
  if (instruction(program, call).op !== Op.Call) return []
  const targets = program.targets(call)
  const named = targets.library.flatMap((callee) => knowledge.sinksOf(callee).map((model) => ({ call, callee, model })))
  if (named.length > 0 || targets.method === '' || !targets.library.every(isAnonymous)) return named
  if (targets.functions.length > 0 && !targets.guess || receiverOf(program, call).length === 0) return named
  return knowledge.sinksNamed(targets.method).map((model) => ({ call, callee: targets.method, model }))
}
