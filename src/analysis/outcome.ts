import type { Origin, FlowResult } from '../dataflow/search.ts'
import type { Program, Ref } from '../program/program.ts'
import type { Outcome, SafeBy, UndecidedBecause } from './place.ts'

/**
 * The one outcome of a considered place, from everything its value can come
 * from. Untrusted data decides first; then what could not be followed, because
 * it might be untrusted; then what has no known source; only when all of it is
 * known to be harmless is the place safe.
 */
export function outcomeOf(program: Program, result: FlowResult, sink: Ref, options: OutcomeOptions): Outcome {
  const sources = result.origins.filter((origin) => origin.type === 'source')
  const clear = options.unknownCallsPass ? sources : sources.filter((origin) => origin.obscure.length === 0)
  if (clear.length > 0) return { type: 'found', routes: clear }

  const obscure = sources[0]
  if (obscure) {
    const calls = obscure.obscure.join(', ')
    return undecided(program, 'unresolved-call', obscure, `untrusted data passes through ${calls}, which no model describes`)
  }
  const limit = first(result, 'limit')
  if (limit) return undecided(program, 'limit', limit, `the search reached the limit ${limit.what}`)
  const unparsed = first(result, 'unparsed')
  if (unparsed) return undecided(program, 'unparsed-region', unparsed, 'it depends on code that was not understood')
  const unresolved = first(result, 'unresolved')
  if (unresolved) return undecided(program, 'unresolved-call', unresolved, `it depends on ${unresolved.what}, which could not be resolved`)

  const parameter = first(result, 'parameter')
  if (parameter) return noSource(program, parameter, `it comes from the parameter ${parameter.what}, for which no untrusted caller is known`)
  const library = first(result, 'library')
  if (library) return noSource(program, library, `it comes from ${library.what}, which no model calls untrusted`)
  return safe(program, result, sink, options)
}

export interface OutcomeOptions {
  /** Rules by patterns alone: a call nobody describes hands on what it is given. */
  readonly unknownCallsPass: boolean
  /** The sink receives its values apart from the text. */
  readonly hasParameters: boolean
}

function safe(program: Program, result: FlowResult, sink: Ref, options: OutcomeOptions): Outcome {
  const reasons: readonly (readonly [Origin['type'], SafeBy, (what: string) => string])[] = [
    ['sanitized', 'sanitizer', (what) => `it is made safe by ${what}`],
    ['guarded', 'guard', (what) => `it is checked by ${what}`],
    ['trusted', 'trusted-source', (what) => `it comes from ${what}, which whoever runs the program controls`],
    ['fixed-prefix', 'constant', (what) => `it stands behind the fixed text ${JSON.stringify(what)}`],
  ]
  for (const [type, by, why] of reasons) {
    const origin = first(result, type)
    if (origin) return safeBy(program, by, why(origin.what), origin.at)
  }
  if (options.hasParameters) return safeBy(program, 'parameters', 'the text is constant and the values are given apart', sink)
  const constant = first(result, 'constant')
  return safeBy(program, 'constant', 'every value that can arrive is a constant', constant?.at ?? sink)
}

/** A safe outcome with the line that makes it so. */
export function safeBy(program: Program, by: SafeBy, why: string, at: Ref): Outcome {
  return { type: 'safe', by, why, file: program.fileOf(at), at: program.span(at) }
}

function undecided(program: Program, reason: UndecidedBecause, origin: Origin, why: string): Outcome {
  return { type: 'undecided', reason, why, file: program.fileOf(origin.at), at: program.span(origin.at) }
}

function noSource(program: Program, origin: Origin, why: string): Outcome {
  return { type: 'no-source', why, file: program.fileOf(origin.at), at: program.span(origin.at) }
}

function first(result: FlowResult, type: Origin['type']): Origin | undefined {
  return result.origins.find((origin) => origin.type === type)
}
