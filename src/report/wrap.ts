import { displayWidth } from '../core/printable.ts'

/** Narrowest text that is still wrapped; below it lines run on. */
const NARROWEST = 30

/** Breaks printable text at blanks so that lines with their indent fit a width. A longer word stays whole. */
export function wrap(text: string, width: number, indent: string, hanging: string = indent): string {
  const room = Math.max(NARROWEST, width)
  const lines: string[] = []
  let line = indent
  let isEmpty = true
  for (const word of text.split(/\s+/).filter((each) => each !== '')) {
    if (!isEmpty && displayWidth(line) + 1 + displayWidth(word) > room) {
      lines.push(line)
      line = hanging
      isEmpty = true
    }
    line += isEmpty ? word : ` ${word}`
    isEmpty = false
  }
  lines.push(line)
  return lines.join('\n')
}
