/** Takes the common indentation and the empty lines around from a text written inside code. */
export function dedented(text: string): string {
  const lines = text.replace(/^\s*\n/, '').trimEnd().split('\n')
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length)
  const common = indents.length === 0 ? 0 : Math.min(...indents)
  return lines.map((line) => line.slice(common)).join('\n')
}

/** The lines of a text, each moved in. */
export function indented(text: string, levels: number): string[] {
  return text.split('\n').map((line) => (line === '' ? line : `${'    '.repeat(levels)}${line}`))
}
