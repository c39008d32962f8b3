import type { Span } from '../../core/text.ts'
import { child, childrenIn, Flag, has } from '../../tree/node.ts'
import type { Node } from '../../tree/node.ts'
import type { ClassFacts, FunctionFacts, ParameterFacts, ValueId } from '../facts.ts'
import type { Definition, FileLowering, Lowering } from './context.ts'
import { newDefinition } from './definitions.ts'
import type { Unit } from './scopes.ts'
import type { Renumber } from './tables.ts'

/** Where a function's values and blocks are. */
export interface Ranges {
  readonly firstValue: number
  readonly valueCount: number
  readonly firstBlock: number
  readonly blockCount: number
}

/** The tables of functions and classes of a file. */
export class Records {
  readonly functions: FunctionFacts[] = []
  readonly unlowered: number[] = []
  readonly #file: FileLowering
  /** By unit, with final values. */
  readonly #definitions = new Map<Unit, Definition>()
  readonly #names: string[] = []

  constructor(file: FileLowering) {
    this.#file = file
  }

  /** Keeps what the enclosing function, now finished, says about one inside it. */
  define(of: Definition, renumber: Renumber): void {
    this.#definitions.set(of.unit, {
      unit: of.unit,
      decorators: of.decorators.map(renumber),
      bases: of.bases.map(renumber),
      defaults: of.defaults.map(renumber),
      annotations: of.annotations.map(renumber),
      returns: renumber(of.returns),
    })
  }

  /** Adds a finished function; those that hold it were added before. */
  add(from: Lowering, parameters: readonly number[], renumber: Renumber, ranges: Ranges): void {
    const { unit } = from
    const { node } = unit
    const definition = this.#definitions.get(unit) ?? newDefinition(unit, [])
    const isClass = unit.kind === 'class-body'
    const name = nameOf(unit)
    for (const { variable, value } of from.assigned) variable.values.push(renumber(value))
    this.functions.push({
      start: unit.kind === 'module' ? 0 : node.start,
      end: node.end,
      name,
      qualifiedName: this.#qualified(unit, name),
      kind: unit.kind,
      parent: unit.parent?.index ?? -1,
      classIndex: this.#file.scopes.classOf.get(isClass ? node : unit.parent?.node ?? node) ?? -1,
      isAsync: has(node, Flag.Async),
      isGenerator: has(node, Flag.Generator),
      parameters: childrenIn(node, 'parameter')
        .map((each, at) => parameterFacts(each, at, parameters, definition, renumber)),
      decorators: isClass ? [] : definition.decorators,
      nameSpan: nameSpan(node),
      firstValue: ranges.firstValue,
      valueCount: ranges.valueCount,
      firstBlock: ranges.firstBlock,
      blockCount: ranges.blockCount,
      returns: from.builder.overflown ? [] : from.returns.map(renumber),
      returnAnnotation: definition.returns,
      bindings: from.bindings.map((each) => ({ name: each.name, value: renumber(each.value) })),
    })
  }

  /** All classes; to be asked for when all functions are added. */
  classes(): ClassFacts[] {
    return this.#file.scopes.classes.flatMap((node) => {
      const unit = this.#file.scopes.unitOf.get(node)
      return unit ? [this.#class(node, unit)] : []
    })
  }

  #class(node: Node, unit: Unit): ClassFacts {
    const definition = this.#definitions.get(unit) ?? newDefinition(unit, [])
    return {
      start: node.start,
      end: node.end,
      name: nameOf(unit),
      qualifiedName: this.#names[unit.index] ?? '',
      parent: unit.parent?.index ?? 0,
      bases: definition.bases.filter((value) => value >= 0),
      decorators: definition.decorators,
      body: unit.index,
      nameSpan: nameSpan(node),
    }
  }

  #qualified(unit: Unit, name: string): string {
    const outer = unit.parent ? this.#names[unit.parent.index] ?? '' : ''
    const qualified = outer === '' ? name : `${outer}.${name}`
    this.#names[unit.index] = qualified
    return qualified
  }
}

function nameOf(unit: Unit): string {
  if (unit.kind === 'module') return ''
  return child(unit.node, 'name')?.text ?? (unit.kind === 'lambda' ? '<lambda>' : '')
}

/** A definition without a name is known by its start. */
function nameSpan(node: Node): Span {
  const name = child(node, 'name')
  return name ? { start: name.start, end: name.end } : { start: node.start, end: node.start }
}

function parameterFacts(
  of: Node, at: number, values: readonly number[], definition: Definition, renumber: Renumber,
): ParameterFacts {
  return {
    name: child(of, 'name')?.text ?? '',
    kind: parameterKind(of),
    value: renumber(values[at] ?? -1),
    default: valueAt(definition.defaults, at),
    annotation: valueAt(definition.annotations, at),
  }
}

function valueAt(list: readonly ValueId[], at: number): ValueId {
  return list[at] ?? -1
}

function parameterKind(of: Node): ParameterFacts['kind'] {
  if (has(of, Flag.Double)) return 'keyword-rest'
  if (has(of, Flag.Rest)) return 'rest'
  if (has(of, Flag.KeywordOnly)) return 'keyword-only'
  return has(of, Flag.PositionalOnly) ? 'positional-only' : 'positional'
}
