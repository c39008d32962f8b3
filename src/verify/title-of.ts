import type { ForeignFinding } from './claim.ts'
import { oneLine } from './words.ts'

/** One line that says which finding is meant, in the review's own words. */
export function titleOf({ claims, name }: ForeignFinding): string {
  const titles = claims.filter((claim) => claim.kind === 'title')
  const heading = titles.find((each) => each.role === 'heading') ?? titles[0]
  if (heading !== undefined) return oneLine(heading.text)
  const said = claims.find(
    (claim) =>
      claim.kind === 'description' || claim.kind === 'absence' || claim.kind === 'flow' || claim.kind === 'reach',
  )
  return said !== undefined && 'text' in said ? oneLine(said.text) : name
}
