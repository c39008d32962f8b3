import type { Claim, OtherPlace } from '../claim.ts'
import { cleanQuote } from '../quoted-code.ts'
import type { ProseDocument } from './lines.ts'
import { pathMentions } from './mentions.ts'

/**
 * The steps of a flow that some lines list, in their order: each place with
 * lines, and the code block under it. Nothing where fewer than two are listed.
 */
export function listedFlow({ lines, fences, text }: ProseDocument, first: number, last: number): readonly Claim[] {
  const steps: OtherPlace[] = []
  for (let at = first; at < last; at++) {
    const line = lines[at]
    if (line === undefined || line.kind === 'code' || line.kind === 'fence') continue
    for (const {
      path,
      ranges: [range],
      span,
    } of pathMentions(line.text)) {
      if (range === undefined) continue
      const place = { start: line.textStart + span.start, end: line.textStart + span.end }
      const quote = codeUnder(at)
      steps.push({
        path,
        startLine: range.start,
        endLine: range.end,
        span: place,
        ...(quote === undefined ? {} : { quote }),
      })
    }
  }
  const [source] = steps
  const sink = steps.at(-1)
  if (source === undefined || sink === undefined || steps.length < 2) return []
  const span = { start: source.span.start, end: lines[last - 1]?.span.end ?? sink.span.end }
  return [
    {
      kind: 'flow',
      text: `${text.slice(source.span.start, source.span.end)} to ${text.slice(sink.span.start, sink.span.end)}`,
      steps,
      span,
    },
  ]

  /** The block after a line, before anything else but a sentence about the step. */
  function codeUnder(at: number): string | undefined {
    const fence = fences.find((each) => each.line > at)
    const isNext =
      fence !== undefined &&
      fence.line < last &&
      !lines.slice(at + 1, fence.line).some((each) => pathMentions(each.text).length > 0)
    return isNext ? cleanQuote(fence.text)?.text : undefined
  }
}
