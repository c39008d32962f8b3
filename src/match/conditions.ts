import { isHighEntropy } from './entropy.ts'
import type { Analyzer } from './formula.ts'
import { exponentialAttack, spellAttack } from './redos.ts'
import { Flag, node, type Node } from '../tree/node.ts'
import { Candidates } from './candidates.ts'
import { holdsComparison, integerIn, type Comparison, type Value } from './comparison.ts'
import type { CompiledCondition, CompiledFormula } from './compile.ts'
import type { Context } from './context.ts'
import { NONE, bind, lookUp, type Bound, type Environment } from './environment.ts'
import { supposeType } from './metavariables.ts'
import { constantOf } from './names.ts'
import type { SafeRegex } from './regex.ts'
import { contentOf } from './strings.ts'
import type { Target } from './target.ts'
import { createContext } from './unify.ts'

/** Evaluates a formula in a part of the file: the bindings with which it matches there, joined with those given. */
type EvaluateIn = (context: Context, formula: CompiledFormula, environment: Environment) => readonly Environment[]

/** The bindings with which a condition on a match's bindings holds; none when it does not. */
export function applyCondition(
  context: Context, environment: Environment, condition: CompiledCondition, evaluateIn: EvaluateIn,
): readonly Environment[] {
  if (condition.kind === 'comparison') {
    return holds(context, environment, condition.comparison, condition.strip ? condition.metavariable : '') ? [environment] : NONE
  }
  const bound = lookUp(environment, condition.metavariable)
  if (bound === undefined) return NONE
  switch (condition.kind) {
    case 'regex':
      return applyRegex(context, environment, bound, condition.regex, condition.constantPropagation)
    case 'analysis':
      return applyAnalysis(context, environment, bound, condition.analyzer)
    case 'type':
      return bound.nodes.length !== 1 ? NONE : bound.nodes.flatMap((each) => supposeType(each, condition.types, environment))
    case 'pattern': {
      const inner = targetOf(context, bound, condition.isText)
      if (inner === undefined) return NONE
      // Cut off from the file's candidates, not from the rule's budget.
      return evaluateIn(createContext(inner, new Candidates(inner), context.budget, context.options), condition.formula, environment)
    }
  }
}

/** Anchored at the start of what the metavariable stands for; its named groups are bound. */
function applyRegex(
  context: Context, environment: Environment, bound: Bound, regex: SafeRegex, constantPropagation: boolean,
): readonly Environment[] {
  const constant = constantPropagation ? constantIn(context, bound) : undefined
  const text = constant === undefined ? bound.text : context.target.slice(constant.start, constant.end)
  const match = context.budget.steps(1 + text.length) ? regex.atStart(text) : undefined
  if (match === undefined) return NONE
  let extended: Environment | undefined = environment
  for (const group of match.groups) {
    if (/^\$\d/.test(group.name)) continue
    const start = bound.start + group.start
    extended &&= bind(extended, { ...group, start, end: start + group.text.length, nodes: [] })
  }
  return extended === undefined ? NONE : [extended]
}

/** What the analysis of an expression with a repeated group costs, in steps of the matcher. */
const REDOS_STEPS = 20_000

/** What an analysis says of the text that a metavariable stands for; of a literal the content counts. */
function applyAnalysis(context: Context, environment: Environment, bound: Bound, analyzer: Analyzer): readonly Environment[] {
  const [only, ...more] = bound.nodes
  const literal = only === undefined ? undefined : constantIn(context, bound) ?? (more.length === 0 ? only : undefined)
  if (only !== undefined && literal?.kind !== 'string') return NONE
  const text = literal?.text ?? bound.text
  const cost = analyzer === 'redos' && /\)[*+{]/.test(text) ? REDOS_STEPS : text.length
  if (!context.budget.steps(1 + cost)) return NONE
  if (analyzer === 'entropy') return isHighEntropy(text) ? [environment] : NONE
  const attack = exponentialAttack(text)
  if (attack === undefined) return NONE
  const { start, end } = bound
  return [bind(environment, { name: '$ATTACK', start, end, text: spellAttack(attack), nodes: [] }) ?? environment]
}

/** The literal that a single expression is known to be. */
function constantIn(context: Context, bound: Bound): Node | undefined {
  const [only, ...more] = bound.nodes
  const constant = only === undefined || more.length > 0 ? undefined : constantOf(context.target, only)
  return constant === 'unknown' ? undefined : constant
}

/** What a metavariable stands for as a text to search by itself; `undefined` where that is neither code nor text. */
function targetOf(context: Context, bound: Bound, isText: boolean): Target | undefined {
  const { start, end, nodes } = bound
  const [first, ...more] = nodes
  if (isText) {
    const literal = first !== undefined && more.length === 0 ? constantIn(context, bound) ?? first : undefined
    return context.target.within([], literal?.kind === 'string' ? contentOf(context.target, literal) : { start, end })
  }
  if (first === undefined) return context.target.within([node('string', 'value', start, end, [], bound.text, Flag.Synthetic)], { start, end })
  return nodes.every(isCode) ? context.target.within(nodes, { start, end }) : undefined
}

/** Expressions and statements, not other parts of constructs. */
function isCode(of: Node): boolean {
  return of.kind !== 'keyword-argument' && of.kind !== 'parameter' && of.kind !== 'import-item' && !of.kind.startsWith('pattern-')
}

function holds(context: Context, environment: Environment, comparison: Comparison, stripped: string): boolean {
  return holdsComparison(comparison, (name) => {
    const bound = lookUp(environment, name)
    if (bound === undefined || !context.budget.steps(1 + bound.text.length)) return undefined
    return name === stripped ? integerIn(bound.text.replace(/^(["'])(.*)\1$/s, '$2')) : valueOf(context, bound)
  })
}

/** The value that a binding is known to have, else its text as code. */
function valueOf(context: Context, bound: Bound): Value {
  const [only, ...more] = bound.nodes
  if (only === undefined) return { type: 'string', value: bound.text }
  const constant = more.length === 0 ? literalValue(constantIn(context, bound) ?? only) : undefined
  return constant ?? { type: 'code', value: bound.text }
}

function literalValue(of: Node): Value | undefined {
  switch (of.kind) {
    case 'string':
      return { type: 'string', value: of.text }
    case 'boolean':
      return { type: 'boolean', value: of.text === 'true' }
    case 'number': {
      const whole = integerIn(of.text)
      const value = Number(of.text)
      return whole ?? (Number.isNaN(value) ? undefined : { type: 'float', value })
    }
    case 'unary': {
      const [operand] = of.children
      const value = of.text === '-' && operand?.kind === 'number' ? literalValue(operand) : undefined
      if (value?.type === 'int') return { type: 'int', value: -value.value }
      return value?.type === 'float' ? { type: 'float', value: -value.value } : undefined
    }
    case 'list':
    case 'tuple': {
      const values = of.children.map(literalValue)
      const known = values.filter((each) => each !== undefined)
      return known.length === values.length ? { type: 'list', value: known } : undefined
    }
    default:
      return undefined
  }
}

