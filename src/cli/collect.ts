/** For an option that may be given several times: a list of its values. It never swallows the paths after it. */
export function collect(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...before ?? [], value]
}
