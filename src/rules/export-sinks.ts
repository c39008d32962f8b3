import type { ArgumentModel, Model, SinkModel } from '../models/model.ts'
import type { Spelling } from '../tree/language.ts'
import { callsWith, conditions, Groups } from './export-call.ts'
import type { Term } from './export-call.ts'
import type { ConstantTest, RuleKinds } from './rule.ts'
import type { NameSpeller } from './spell-name.ts'

const SINK = '$SINK'
const VALUE = '$VALUE'
const ANY_ARGUMENT: ArgumentModel = { every: true }

/** Items of `pattern-sinks` for the models' sinks of these kinds, each narrowed to the argument. */
export function exportSinks(models: readonly Model[], kinds: readonly string[], names: NameSpeller, spelling: Spelling): readonly Term[] {
  const groups = new Groups()
  for (const sink of sinksOf(models, kinds)) {
    for (const { text } of names.spell(sink.call)) {
      const calls = callsWith(text, sink.argument ?? ANY_ARGUMENT, SINK, spelling)
      groups.add(calls, [...conditions(text, sink, names, spelling), { 'focus-metavariable': SINK }])
    }
  }
  return groups.terms()
}

/**
 * Items of `pattern-sanitizers`: results of calls that no longer carry what is
 * dangerous to the rule's sinks. Left out: a sink that is such a call itself,
 * since everything inside a sanitizer counts as safe, and a method whose name a
 * source or sink of the rule has too, since receivers are not told apart.
 */
export function exportSanitizers(models: readonly Model[], kinds: RuleKinds, names: NameSpeller, spelling: Spelling): readonly Term[] {
  const safeFor = kinds.sanitizers.length === 0 ? kinds.sinks : kinds.sanitizers
  const sources = models.flatMap((model) => model.sources).filter((each) => kinds.sources.includes(each.kind))
  const used = new Set([...sinksOf(models, kinds.sinks), ...sources].map((each) => each.call ?? ''))
  const methods = new Set([...used].map((each) => each.slice(each.lastIndexOf('.') + 1)))
  const groups = new Groups()
  for (const sanitizer of models.flatMap((model) => model.sanitizers)) {
    const { call } = sanitizer
    if (used.has(call) || !sanitizer.kinds.some((kind) => kind === '*' || safeFor.includes(kind))) continue
    const literal = spelling.literal(call)
    const told = names.spell(call).filter((name) => name.receiver === undefined || !methods.has(call.slice(call.lastIndexOf('.') + 1)))
    groups.add([...told.map(({ text }) => spelling.call(text, ['...'])), ...(literal === undefined ? [] : [literal])], [])
  }
  return groups.terms()
}

/** The search formula of a rule that judges a sink by the call alone or by constants. */
export function exportSearch(models: readonly Model[], kinds: RuleKinds, names: NameSpeller, spelling: Spelling): Term {
  const groups = new Groups()
  for (const sink of sinksOf(models, kinds.sinks)) {
    for (const { text } of names.spell(sink.call)) {
      const also = conditions(text, sink, names, spelling)
      if (kinds.constants === undefined) groups.add([spelling.call(text, ['...'])], also)
      else addConstants(groups, text, sink, kinds.constants, also, spelling)
    }
  }
  const found = groups.terms()
  return found.length === 1 ? { patterns: found } : { 'pattern-either': found }
}

/** Adds the calls that are given a dangerous constant. */
function addConstants(groups: Groups, callee: string, sink: SinkModel, test: ConstantTest, also: readonly Term[], spelling: Spelling): void {
  const argument = sink.argument ?? ANY_ARGUMENT
  const excluded = test.not === '' ? [] : [matching(`(?!(?:${test.not})$)`)]
  for (const each of test.equals) groups.add(callsWith(callee, argument, spelling.constant(each), spelling), also)
  if (test.matches !== '') {
    groups.add(callsWith(callee, argument, spelling.text(VALUE), spelling), [...also, matching(`(?:${test.matches})$`), ...excluded])
  }
  if (test.mask !== 0) groups.add(callsWith(callee, argument, VALUE, spelling), [...also, matching(octalWith(test.mask)), ...excluded])
}

function matching(regex: string): Term {
  return { 'metavariable-regex': { metavariable: VALUE, regex } }
}

/** An octal literal that shares a bit with the mask; modes are written so. */
function octalWith(mask: number): string {
  const places = mask.toString(8).split('').reverse().flatMap((digit, place) => {
    const bits = Number(digit)
    const digits = ['0', '1', '2', '3', '4', '5', '6', '7'].filter((each) => (Number(each) & bits) !== 0)
    return digits.length === 0 ? [] : [`[0-7]*[${digits.join('')}]${'[0-7]'.repeat(place)}`]
  })
  return `0[oO]?(?:${places.join('|')})$`
}

function sinksOf(models: readonly Model[], kinds: readonly string[]): readonly SinkModel[] {
  return models.flatMap((model) => model.sinks).filter((each) => kinds.includes(each.kind))
}
