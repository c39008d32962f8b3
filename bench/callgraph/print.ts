import type { Comparison, Miss, Tally } from './compare.ts'

/** Prints the figures, the kinds of call, and the classes of miss with up to `examples` of each. */
export function printComparison({ program, tests, kinds, library, misses, unknown }: Comparison, examples: number): void {
  console.log(row('program', program))
  console.log(row('its tests', tests))
  console.log(row('called back by libraries', library))
  if (unknown > 0) console.log(`${unknown} functions that ran are not in the facts`)
  console.log('\nhow the calls of the program happened:')
  for (const [kind, each] of [...kinds].sort(([, a], [, b]) => b.calls - a.calls)) console.log(row(`  ${kind}`, each))
  console.log('\nclasses of miss:')
  const classes = new Map<string, Miss[]>()
  for (const miss of misses) classes.set(miss.cause, [...classes.get(miss.cause) ?? [], miss])
  for (const [cause, each] of [...classes].sort(([, a], [, b]) => b.length - a.length)) {
    console.log(`${String(each.length).padStart(6)}  ${cause}`)
    for (const { where, line, callee } of each.slice(0, examples)) console.log(`          ${where}: ${line}\n              -> ${callee}`)
  }
}

function row(name: string, { calls, found, sites, complete, targets }: Tally): string {
  const share = (part: number, whole: number): string => `${(100 * part / Math.max(1, whole)).toFixed(1)} %`.padStart(7)
  const recall = `${share(found, calls)} of ${String(calls).padStart(5)} calls`
  const places = `${share(complete, sites)} of ${String(sites).padStart(5)} places whole`
  return `${name.padEnd(40)} ${recall}, ${places}, ${(targets / Math.max(1, sites)).toFixed(2)} targets a place`
}
