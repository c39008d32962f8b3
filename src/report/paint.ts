import type { Severity } from '../rules/rule.ts'

/** Ways to set text apart in a terminal; without colour they leave it as it is. */
export interface Paints {
  strong(text: string): string
  faint(text: string): string
  place(text: string): string
  mark(text: string): string
  severity(level: Severity, text: string): string
}

/** SGR parameters of ECMA-48. */
const SGR = { bold: 1, faint: 2, red: 31, yellow: 33, blue: 34, magenta: 35, cyan: 36 } as const

const BY_SEVERITY: Readonly<Record<Severity, number>> = {
  low: SGR.blue,
  medium: SGR.yellow,
  high: SGR.red,
  critical: SGR.magenta,
}

/** The paints of a report. Text must be printable before it is painted. */
export function paints(colour: boolean): Paints {
  const paint = (code: number, text: string): string =>
    colour && text !== ''
      ? text
          .split('\n')
          .map((line) => `\u001b[${code}m${line}\u001b[0m`)
          .join('\n')
      : text
  return {
    strong: (text) => paint(SGR.bold, text),
    faint: (text) => paint(SGR.faint, text),
    place: (text) => paint(SGR.cyan, text),
    mark: (text) => paint(SGR.red, text),
    severity: (level, text) => paint(BY_SEVERITY[level], text),
  }
}
