import type { Check } from '../check.ts'
import type { ConstructClaim } from '../claim.ts'
import type { Evidence, LocatedFinding } from '../evidence.ts'
import { placesOfName } from '../names.ts'
import { definitionsIn } from '../scope.ts'
import type { Verdict } from '../verdict.ts'
import { codeEvidence, counted, saidBy } from '../words.ts'

/** Lines around the place that belong to it. */
const AROUND = 3

/** Constructs of one finding that are looked at. */
const MAX_CONSTRUCTS = 20

/** Whether what the text names is there. */
export const check: Check = {
  subject: 'construct',
  summary: 'functions, names and literals that the text speaks of exist',
  judge(located, evidence) {
    const claims = located.finding.claims.filter((claim) => claim.kind === 'construct')
    const first = [...new Map(claims.map((claim) => [claim.name, claim])).values()].slice(0, MAX_CONSTRUCTS)
    const judged = first.map((claim) => ({
      ...judgeConstruct(claim, located, evidence),
      said: saidBy(evidence.review.text, claim),
    }))
    // One strange name may be a library's; when there is nothing but such names, the finding stands on nothing.
    const standsOnNothing =
      located.quotes.length === 0 &&
      first.some((claim) => claim.what === 'call') &&
      judged.every((each) => each.code === 'nowhere')
    return standsOnNothing
      ? judged.map((each, at) => (at === 0 ? { ...each, defect: { substance: 'ungrounded' as const } } : each))
      : judged
  },
}

function judgeConstruct(
  { name }: ConstructClaim,
  { file, anchor }: LocatedFinding,
  evidence: Evidence,
): Omit<Verdict, 'said'> {
  const { sources } = evidence
  const path = anchor?.path ?? file.path
  const source = sources.text(path)
  const about = { subject: 'construct' as const }
  const short = name.slice(name.lastIndexOf('.') + 1)
  if (source !== undefined) {
    for (const each of [name, short]) {
      const lines = placesOfName(source, each)
      const [first] = lines
      if (first === undefined) continue
      const near =
        anchor === undefined
          ? first
          : lines.find((line) => line >= anchor.line - AROUND && line <= anchor.endLine + AROUND)
      if (near !== undefined) {
        const reason =
          anchor === undefined
            ? `It stands in ${counted(lines.length, 'line')} of the file, first in line ${near}.`
            : `It stands in line ${near}.`
        return {
          ...about,
          verdict: 'confirmed',
          code: 'at-place',
          reason,
          evidence: [codeEvidence(sources, path, near, 'the construct')],
        }
      }
      return {
        ...about,
        verdict: 'confirmed-elsewhere',
        code: 'in-file',
        reason: `It stands elsewhere in the file, first in line ${first}.`,
        evidence: [codeEvidence(sources, path, first, 'the construct')],
      }
    }
  }
  if (path !== '' && sources.skipped(path) !== undefined) {
    return { ...about, verdict: 'not-checkable', code: 'skipped', reason: 'The file could not be read.', evidence: [] }
  }
  return elsewhere(name, short, path, evidence)
}

/** Files that are compared to find the nearest one with a name. */
const MAX_FILES = 200

function elsewhere(name: string, short: string, own: string, { sources }: Evidence): Omit<Verdict, 'said'> {
  const about = { subject: 'construct' as const, verdict: 'confirmed-elsewhere' as const, code: 'other-file' }
  const lead = (rest: string): string => (own === '' ? `It ${rest}` : `Not in the file; it ${rest}`)
  const standsIn = (paths: readonly string[]): Omit<Verdict, 'said'> | undefined => {
    const code = paths.filter((path) => sources.languageOf(path) !== undefined)
    const [nearest] = nearestFirst(
      (code.length > 0 ? code : paths).map((path) => ({ path })),
      own,
    )
    return nearest === undefined ? undefined : { ...about, reason: lead(`stands in ${nearest.path}.`), evidence: [] }
  }
  // `request.form` as a whole says more than any `form`.
  const whole = name === short ? undefined : standsIn(sources.filesWith(name, MAX_FILES).paths)
  if (whole !== undefined) return whole
  const isOwnKind = ({ path }: { readonly path: string }): boolean => own === '' || endingOf(path) === endingOf(own)
  const [definition] = nearestFirst(definitionsIn(sources).of(short).all.filter(isOwnKind), own)
  if (definition !== undefined) {
    return {
      ...about,
      reason: lead(`is defined in ${definition.path}.`),
      evidence: [codeEvidence(sources, definition.path, definition.line, 'its definition')],
    }
  }
  const found = sources.filesWith(short, MAX_FILES)
  return (
    standsIn(found.paths) ?? {
      subject: 'construct',
      verdict: 'unsupported',
      code: 'nowhere',
      reason: `It stands in none of the ${counted(found.searched, 'file')} searched.`,
      evidence: [
        {
          kind: 'search',
          scope: 'all files of the tree',
          terms: [...new Set([name, short])],
          searched: found.searched,
          hits: 0,
        },
      ],
    }
  )
}

/** Places by how many folders they share with a file, those in files of its kind first. */
function nearestFirst<Place extends { readonly path: string }>(
  places: readonly Place[],
  own: string,
): readonly Place[] {
  const folders = own.split('/').slice(0, -1)
  const rank = ({ path }: Place): number => {
    const parts = path.split('/')
    const apart = folders.findIndex((folder, at) => parts[at] !== folder)
    return (endingOf(path) === endingOf(own) ? MAX_DEPTH : 0) + (apart < 0 ? folders.length : apart)
  }
  return [...places].sort((one, other) => rank(other) - rank(one))
}

function endingOf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1)
}

/** More folders than any path has. */
const MAX_DEPTH = 1_000
