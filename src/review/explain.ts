import type { Place } from '../analysis/place.ts'
import type { Origin } from '../dataflow/search.ts'
import { calleeName, sinkInSentence } from './evidence.ts'
import type { ReviewInput } from './input.ts'
import { sentenceStart } from './judge.ts'
import { bounded, codeInSentence } from './quote.ts'
import { symbolAt, symbolInSentence } from './symbol.ts'

/** Why a place is a weakness here, in full sentences: source, function, sink, then what follows from it. */
export function explain(input: ReviewInput, place: Place, best: Origin | undefined, routes: number): string {
  const sentences = [hereSentence(input, place, best)]
  if (best?.type === 'source') {
    const through = functionsOnTheWay(input, place, best)
    if (through !== '') sentences.push(through)
    sentences.push('No sanitizer or guard that is known lies on this route.')
    if (routes > 1)
      sentences.push(`${routes - 1} more ${routes === 2 ? 'route leads' : 'routes lead'} to the same place.`)
  }
  if (place.rule.why !== '') sentences.push(place.rule.why)
  return sentences.map((sentence) => sentence.trim()).join(' ')
}

/** The rule's message with the text of its metavariables; code in it is set apart by backticks. */
export function messageOf(place: Place): string {
  return place.rule.message.trim().replace(/\$\.{0,3}[A-Z_][A-Z0-9_]*/g, (name) => {
    const bound = place.bindings.get(name)
    return bound === undefined ? name : `\`${shorten(bound)}\``
  })
}

/** What to do: the library's own advice, else the rule's. */
export function recommend(place: Place): string {
  const advice = place.advice.trim()
  if (advice !== '') return advice
  const fix = place.rule.fix.trim()
  return fix === '' ? messageOf(place) : fix
}

function hereSentence(input: ReviewInput, place: Place, best: Origin | undefined): string {
  const symbol = symbolAt(input.program, place.file, place.span.start)
  const where = sentenceStart(symbolInSentence(symbol, place.file.path))
  if (best === undefined) return placeSentence(input, place, where)
  const text = input.texts.get(input.program.fileOf(best.at).path)
  const span = input.program.span(best.at)
  const code = text === undefined ? '' : `\`${codeInSentence(text, span)}\`, `
  const line = text === undefined ? 1 : text.position(span.start).line
  const from = `(${code}${input.program.fileOf(best.at).path}:${line})`
  const what = best.type === 'constant' ? 'the constant' : best.what === '' ? 'untrusted data' : bounded(best.what)
  return `${where}, ${what} ${from} reaches ${sinkInSentence(place)}.`
}

function placeSentence(input: ReviewInput, place: Place, where: string): string {
  const text = input.texts.get(place.file.path)
  const line = text === undefined ? 1 : text.position(place.span.start).line
  const callee = calleeName(place)
  if (callee !== '' && place.what !== '') return `${where}, line ${line} calls ${sinkInSentence(place)}.`
  const code = text === undefined ? 'this code' : `\`${codeInSentence(text, place.span)}\``
  const message = messageOf(place)
  const shown = place.outcome.type === 'found' ? place.outcome.shown : undefined
  if (shown !== undefined) return `${where}, line ${line} has ${code}. ${sentenceStart(shown.why)}.`
  return `${where}, line ${line} has ${code}. ${message}${/[.!?]$/.test(message) || message === '' ? '' : '.'}`
}

/** Functions the data passes from the source's to the sink's, in order, each with its file where that changes. */
function functionsOnTheWay(input: ReviewInput, place: Place, best: Origin): string {
  const passed: { readonly symbol: string; readonly path: string }[] = []
  const pass = (path: string, symbol: string): void => {
    const last = passed.at(-1)
    if (last?.symbol !== symbol || last.path !== path) passed.push({ symbol, path })
  }
  for (const { at } of best.path) {
    const file = input.program.fileOf(at)
    pass(file.path, symbolAt(input.program, file, input.program.span(at).start))
  }
  pass(place.file.path, symbolAt(input.program, place.file, place.span.start))
  if (passed.length < 2) return ''
  const names = passed.map(({ symbol, path }, at) => {
    const isNewFile = passed[at - 1]?.path !== path
    if (symbol === '') return `the top level of ${path}`
    return `\`${symbol.replaceAll('`', "'")}\`${isNewFile ? ` (${path})` : ''}`
  })
  const shown = names.length > 6 ? [...names.slice(0, 3), `${names.length - 6} more`, ...names.slice(-3)] : names
  return `On the way it passes through ${shown.join(', then ')}.`
}

function shorten(text: string): string {
  const joined = text.replace(/\s+/g, ' ').trim().replaceAll('`', "'")
  return joined.length > 80 ? `${joined.slice(0, 79)}…` : joined
}
