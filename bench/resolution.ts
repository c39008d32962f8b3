import { Op } from '../src/flow/facts.ts'
import { linkProgram } from '../src/program/link.ts'
import { isAnonymous } from '../src/program/program.ts'
import type { Program } from '../src/program/program.ts'
import { readInputs, readKnowledge } from './linked.ts'

/**
 * How much of a program's call graph is known: `node dist/bench/resolution.js FOLDER`.
 * Prints, as JSON, the share of call sites by what they resolve to, the method
 * names most often unresolved, and the time that each step took on one core.
 */
export interface ResolutionFigures {
  readonly calls: number
  /** By outcome: `program`, `constructs`, `guess`, `library`, `anonymous` (of an object a library made), or why not. */
  readonly outcomes: Readonly<Record<string, number>>
  /** Callee names most often without target, with their counts. */
  readonly unresolved: readonly (readonly [string, number])[]
  /** Functions with a caller, of all functions that have a name. */
  readonly called: number
  readonly functions: number
}

/** Resolves every call of a program and counts the outcomes. */
export function resolutionFigures(program: Program, isCounted: (path: string) => boolean): ResolutionFigures {
  const outcomes = new Map<string, number>()
  const names = new Map<string, number>()
  let calls = 0
  let functions = 0
  let called = 0
  for (const file of program.files) {
    if (!isCounted(file.path)) continue
    const { op, a, b, strings } = file.facts
    for (let at = 0; at < op.length; at++) {
      if (op[at] !== Op.Call) continue
      calls++
      const outcome = outcomeOf(program, program.ref(file, at))
      count(outcomes, outcome)
      if (outcome.startsWith('unresolved')) {
        const callee = a[at] ?? 0
        count(names, `${outcome.slice(12)}: ${strings[(op[callee] === Op.Attr ? b[callee] : a[callee]) ?? 0] ?? ''}`)
      }
    }
    for (const [index, each] of file.facts.functions.entries()) {
      if (each.kind !== 'function') continue
      functions++
      if (program.callers(file.functionBase + index, true).length > 0) called++
    }
  }
  const unresolved = [...names].sort((x, y) => y[1] - x[1] || (x[0] < y[0] ? -1 : 1)).slice(0, 40)
  const sorted = [...outcomes].sort(([x], [y]) => (x < y ? -1 : 1))
  return { calls, outcomes: Object.fromEntries(sorted), unresolved, called, functions }
}

function outcomeOf(program: Program, call: number): string {
  const targets = program.targets(call)
  if (targets.guess) return 'guess'
  if (targets.functions.length > 0) return 'program'
  if (targets.constructs.length > 0) return 'constructs'
  if (targets.library.length > 0) return targets.library.every(isAnonymous) ? 'anonymous' : 'library'
  return `unresolved, ${targets.unresolved === '' ? 'parent call' : targets.unresolved}`
}

function count(into: Map<string, number>, key: string): void {
  into.set(key, (into.get(key) ?? 0) + 1)
}

async function main(folder: string): Promise<void> {
  const started = performance.now()
  const inputs = await readInputs(folder)
  const knowledge = readKnowledge()
  const parsed = performance.now()
  const program = linkProgram(inputs, knowledge)
  const linked = performance.now()
  const figures = resolutionFigures(program, () => true)
  const resolved = performance.now()
  const milliseconds = { facts: parsed - started, link: linked - parsed, resolve: resolved - linked }
  process.stdout.write(`${JSON.stringify({ ...figures, milliseconds }, undefined, 2)}\n`)
}

const [, script = '', folder] = process.argv
if (script.endsWith('resolution.js') && folder !== undefined) await main(folder)
