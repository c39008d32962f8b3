import { ArgTag, ConstKind, ContainerKind, Op } from '../flow/facts.ts'
import type { Ref } from '../program/program.ts'
import { deeper, keyStep, WHOLE } from './demand.ts'
import type { AccessPath, Demand } from './demand.ts'
import { instruction, literal, tagged } from './reader.ts'
import { end, ingredient } from './steps.ts'
import type { Edge, SearchContext, Transfer } from './steps.ts'
import { built, harmless } from './strings.ts'

const CONVERSION = /%(?:\(([^)]*)\))?[-#0 +]*([\d*]*(?:\.[\d*]+)?)([a-zA-Z%])/g

/** A place of a template that a value is put into. */
interface Conversion {
  /** Key of the value in a mapping; `undefined` for the next in order. */
  readonly name: string | undefined
  readonly isNumeric: boolean
}

/** `text % values`: only what the template names, and no numbers, becomes part of the text. */
export function formatted(context: SearchContext, demand: Demand, left: Ref, right: Ref): Transfer {
  const template = literal(instruction(context.program, left))
  if (!template || template.kind !== ConstKind.String) return built(context, demand, [left, right])
  const conversions = conversionsOf(template.text)
  if (conversions.length > 0 && conversions.every(({ isNumeric }) => isNumeric)) {
    return { edges: [], ends: [{ type: 'sanitized', what: 'a numeric conversion' }] }
  }
  const hole = template.text.search(/%[^%]/)
  if (hole >= 0 && harmless(context, template.text.slice(0, hole))) return end('fixed-prefix', template.text.slice(0, hole))
  // A width of its own takes a value too.
  if (/%[^a-zA-Z%]*\*/.test(template.text)) return built(context, demand, [left, right])
  const edges = valuesOf(context, demand, right, conversions.filter(({ isNumeric }) => !isNumeric), conversions)
  return edges.length === 0 ? end('constant', template.text) : { edges, ends: [] }
}

function conversionsOf(template: string): readonly Conversion[] {
  return [...template.matchAll(CONVERSION)]
    .filter(([, , , letter]) => letter !== '%')
    .map(([, name, , letter = '']) => ({ name, isNumeric: 'diouxXeEfFgG'.includes(letter) }))
}

function valuesOf(
  context: SearchContext, demand: Demand, from: Ref, texts: readonly Conversion[], all: readonly Conversion[],
): Edge[] {
  const of = instruction(context.program, from)
  const isTuple = of.op === Op.Container && of.b === ContainerKind.Tuple
  const part = (path: AccessPath): Edge => {
    const edge = ingredient(demand, from, 'becomes part of a string')
    return { ...edge, to: { ...edge.to, path } }
  }
  if (isTuple && tagged(of).every(({ tag }) => tag === ArgTag.Positional)) {
    return tagged(of).filter((_, index) => all[index]?.isNumeric !== true)
      .map(({ value }) => ingredient(demand, value, 'becomes part of a string'))
  }
  const names = new Set(texts.flatMap(({ name }) => (name === undefined ? [] : [name])))
  if (names.size === 0) return all.length === 0 ? [] : [part(WHOLE)]
  return [...names].map((name) => part(deeper(keyStep(name), WHOLE)))
}
