/** How one case of a suite went. */
export type Verdict = 'pass' | 'fail' | 'not supported'

/** One case of a suite. */
export interface Case {
  readonly name: string
  readonly language: string
  readonly features: readonly string[]
  readonly verdict: Verdict
  /** What is missing, extra or not understood; `''` when it passed. */
  readonly detail: string
}

/** Prints the figures by language and by feature, and every case that did not pass. */
export function printCases(title: string, cases: readonly Case[]): void {
  console.log(`\n${title}`)
  table('language', group(cases, (each) => [each.language]))
  table('feature', group(cases, (each) => each.features))
  for (const verdict of ['fail', 'not supported'] as const) {
    const named = cases.filter((each) => each.verdict === verdict)
    if (named.length > 0) console.log(`\n  ${verdict}:`)
    for (const each of named) console.log(`    ${each.language}  ${each.name}  ${each.detail}`)
  }
}

function group(cases: readonly Case[], keys: (of: Case) => readonly string[]): ReadonlyMap<string, readonly Case[]> {
  const groups = new Map<string, Case[]>()
  for (const each of cases) {
    for (const key of keys(each)) {
      const known = groups.get(key)
      if (known === undefined) groups.set(key, [each])
      else known.push(each)
    }
  }
  return new Map([...groups].sort(([one], [other]) => (one < other ? -1 : 1)))
}

function table(name: string, groups: ReadonlyMap<string, readonly Case[]>): void {
  console.log(`  ${name.padEnd(42)}    pass   fail  not supported`)
  for (const [key, cases] of groups) {
    const count = (verdict: Verdict): number => cases.filter((each) => each.verdict === verdict).length
    const figures = `${String(count('pass')).padStart(6)} ${String(count('fail')).padStart(6)} ${String(count('not supported')).padStart(14)}`
    console.log(`    ${key.padEnd(41)} ${figures}`)
  }
}
