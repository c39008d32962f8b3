import type { Catalogue } from '../../cwe/catalogue.ts'
import type { Check } from '../check.ts'
import type { TitleClaim } from '../claim.ts'
import { TitleLadder, type TitleJudgement } from '../titles/ladder.ts'
import type { Verdict } from '../verdict.ts'
import { entryEvidence, saidBy } from '../words.ts'

const ladders = new WeakMap<Catalogue, TitleLadder>()

/** Whether the title given for an id is a name of that entry. */
export const check: Check = {
  subject: 'cwe.title',
  summary: 'the title is a name of the CWE entry',
  judge({ finding }, { catalogue, review }) {
    const ladder = ladders.get(catalogue) ?? new TitleLadder(catalogue)
    ladders.set(catalogue, ladder)
    const ids = finding.claims.filter((claim) => claim.kind === 'weakness').map((claim) => claim.id)
    const titles = finding.claims.filter((claim) => claim.kind === 'title')
    return titles
      .filter((claim) => claim.role === 'weakness' || claim.id !== undefined || ids.length === 0)
      .flatMap((claim) => {
        const verdict =
          claim.id === undefined
            ? judgeWithoutId(catalogue, ladder, claim, ids)
            : judgeTitle(catalogue, ladder, claim.id, claim)
        return verdict === undefined ? [] : [{ ...verdict, said: saidBy(review.text, claim) }]
      })
  },
}

/** A heading beside an id may describe the finding; only what is clearly another weakness contradicts. */
const CLEAR = 0.75

function judgeTitle(
  catalogue: Catalogue,
  ladder: TitleLadder,
  id: number,
  { text, role }: TitleClaim,
): Verdict | undefined {
  const official = catalogue.nameOf(id)
  if (official === undefined) return undefined
  const judged = ladder.judge(id, text)
  if (role === 'heading' && isVague(judged)) return undefined
  const others = judged.candidates.map((each) => entryEvidence(catalogue, each.id, each.score))
  const own = entryEvidence(catalogue, id, judged.score)
  return { subject: 'cwe.title', evidence: [own, ...others], ...WORDING[judged.step](official, judged, catalogue) }
}

function isVague({ step, candidates }: TitleJudgement): boolean {
  if (step === 'other-weakness') return (candidates[0]?.score ?? 0) < CLEAR
  return step === 'paraphrase' || step === 'over-general' || step === 'unclear' || step === 'placeholder'
}

type Judged = Pick<Verdict, 'verdict' | 'code' | 'reason' | 'defect'>

/** What each step of the ladder means. */
const WORDING: Readonly<
  Record<TitleJudgement['step'], (official: string, judged: TitleJudgement, catalogue: Catalogue) => Judged>
> = {
  official: () => ({ verdict: 'confirmed', code: 'official', reason: 'It is the official name.' }),
  normalised: (official) => ({
    verdict: 'confirmed',
    code: 'normalised',
    reason: `It is the official name in another spelling: ${official}.`,
  }),
  former: (official) => ({
    verdict: 'confirmed-elsewhere',
    code: 'former',
    reason: `It is a former name; today it is called ${official}.`,
  }),
  alternate: (official, { matched }) => ({
    verdict: 'confirmed-elsewhere',
    code: 'alternate',
    reason: `It is an alternate term of the entry (${matched}); its name is ${official}.`,
  }),
  short: (official) => ({
    verdict: 'confirmed-elsewhere',
    code: 'short',
    reason: `It is a short name in common use for ${official}.`,
  }),
  truncated: (official) => ({
    verdict: 'confirmed-elsewhere',
    code: 'truncated',
    reason: `It is a part of the official name, or the name with more: ${official}.`,
  }),
  paraphrase: (official, { matched }) => ({
    verdict: 'near',
    code: 'paraphrase',
    defect: { label: 'imprecise' },
    reason: `It paraphrases the name (${matched}); official: ${official}.`,
  }),
  'over-general': (official, { candidates }, catalogue) => ({
    verdict: 'near',
    code: 'over-general',
    defect: { label: 'imprecise' },
    reason: `Official: ${official}. The title fits the more specific ${catalogue.title(candidates[0]?.id ?? 0)} better.`,
  }),
  placeholder: (official) => ({
    verdict: 'not-stated',
    code: 'placeholder',
    reason: `It names nothing; official: ${official}.`,
  }),
  unclear: (official) => ({
    verdict: 'not-checkable',
    code: 'unclear',
    reason: `The title resembles no name closely enough; official: ${official}.`,
  }),
  'other-weakness': (official, { candidates }, catalogue) => ({
    verdict: 'contradicted',
    code: 'other-weakness',
    defect: { label: 'wrong' },
    reason: `Official: ${official}. The title fits ${catalogue.title(candidates[0]?.id ?? 0)}.`,
  }),
}

/** A title beside ids of which none is its own, or without any: which weakness it means. */
function judgeWithoutId(
  catalogue: Catalogue,
  ladder: TitleLadder,
  { text, role }: TitleClaim,
  ids: readonly number[],
): Verdict | undefined {
  const best = ladder.best(text)
  if (best.length === 0) return undefined
  const fits = best.filter((each) => ids.length === 0 || ids.includes(each.id))
  if (ids.length > 0 && fits.length > 0) return undefined
  const evidence = best.map((each) => entryEvidence(catalogue, each.id, each.score))
  if (ids.length > 0 || role === 'category') {
    return {
      subject: 'cwe.title',
      verdict: 'not-stated',
      code: 'no-id',
      reason: 'The review gives no id for it; it fits the entries shown.',
      evidence,
    }
  }
  return {
    subject: 'cwe.title',
    verdict: 'not-stated',
    code: 'no-id',
    reason: 'The review gives no CWE id; the title fits the entries shown.',
    evidence,
  }
}
