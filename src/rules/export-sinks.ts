import type { ArgumentModel, Model, SinkModel } from '../models/model.ts'
import { callsWith, conditions, either, Groups } from './export-call.ts'
import type { Term, Wording } from './export-call.ts'
import type { ConstantTest, RuleKinds } from './rule.ts'

const SINK = '$SINK'
const VALUE = '$VALUE'
const ANY_ARGUMENT: ArgumentModel = { every: true }

/** Items of `pattern-sinks` for the models' sinks of these kinds, each narrowed to the argument. */
export function exportSinks(kinds: readonly string[], wording: Wording): readonly Term[] {
  const groups = new Groups()
  for (const sink of sinksOf(wording.models, kinds)) {
    for (const { text } of wording.names.spell(sink.call)) {
      const calls = callsWith(text, sink.argument ?? ANY_ARGUMENT, SINK, wording)
      groups.add(calls, [...conditions(text, sink, wording), { 'focus-metavariable': SINK }])
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
export function exportSanitizers(kinds: RuleKinds, wording: Wording): readonly Term[] {
  const { models, names, spelling } = wording
  const safeFor = kinds.sanitizers.length === 0 ? kinds.sinks : kinds.sanitizers
  const sources = models.flatMap((model) => model.sources).filter((each) => kinds.sources.includes(each.kind))
  const used = new Set([...sinksOf(models, kinds.sinks), ...sources].map((each) => each.call ?? ''))
  const methods = new Set([...used].map(lastPart))
  const groups = new Groups()
  for (const sanitizer of models.flatMap((model) => model.sanitizers)) {
    const { call } = sanitizer
    const isMeant = sanitizer.kinds.some((kind) => kind === '*' || safeFor.includes(kind))
    if (!isMeant || sanitizer.isRead || used.has(call)) continue
    const literal = spelling.literal(call)
    const told = names.spell(call).filter((name) => name.receiver === undefined || !methods.has(lastPart(call)))
    groups.add(told.map(({ text }) => spelling.call(text, ['...'])), [])
    if (literal !== undefined) groups.add([literal], [])
  }
  return groups.terms()
}

/** The search formula of a rule that judges a sink by the call alone or by constants. */
export function exportSearch(kinds: RuleKinds, wording: Wording): Term {
  const { models, names, spelling } = wording
  const groups = new Groups()
  for (const sink of sinksOf(models, kinds.sinks)) {
    for (const { text } of names.spell(sink.call)) {
      const also = conditions(text, sink, wording)
      if (kinds.constants === undefined) groups.add([spelling.call(text, ['...'])], also)
      else addConstants(groups, text, sink, kinds.constants, also, wording)
    }
  }
  return either(groups.terms())
}

/** Adds the calls that are given a dangerous constant. */
function addConstants(
  groups: Groups, callee: string, sink: SinkModel, test: ConstantTest, also: readonly Term[], wording: Wording,
): void {
  const { spelling } = wording
  const given = (value: string): readonly string[] => callsWith(callee, sink.argument ?? ANY_ARGUMENT, value, wording)
  const excluded = test.not === '' ? [] : [matching(`(?!(?:${test.not})$)`)]
  for (const each of test.equals) groups.add(given(spelling.constant(each)), also)
  if (test.matches !== '') {
    groups.add(given(spelling.text(VALUE)), [...also, matching(`(?:${test.matches})$`), ...excluded])
  }
  if (test.mask !== 0) groups.add(given(VALUE), [...also, matching(octalWith(test.mask)), ...excluded])
}

/** The method of a dotted name. */
function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1)
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
