import type { Claim } from '../claim.ts'
import type { ReviewReader } from '../reader.ts'
import {
  fileClaim,
  linesClaim,
  messageClaim,
  otherPlace,
  severityClaim,
  titleClaim,
  weaknessClaims,
} from '../structured/claims.ts'
import { requireJson, StructuredReview, type FindingParts } from '../structured/document.ts'
import { isListOf, JsonRecord, rootRecord } from '../structured/record.ts'

/** SonarQube's generic issues: since 10.3 with `rules` beside the `issues`, before with all in the issue. */
export const reader: ReviewReader = {
  name: 'sonarqube',
  summary: "SonarQube's generic issues",
  rank: 10,
  accepts({ json }) {
    const root = rootRecord(json)
    return (
      root !== undefined && isListOf(root.value('issues'), (item) => item.has('primaryLocation') && item.has('ruleId'))
    )
  },
  read(input) {
    const root = JsonRecord.of(requireJson(input, 'sonarqube'))
    const review = new StructuredReview(input, 'sonarqube')
    const rules = new Map(root?.records('rules').map((rule) => [rule.text('id')?.value ?? '', rule]))
    const [first] = rules.values()
    review.author = first?.text('engineId')?.value ?? ''
    const list = root?.value('issues')
    review.addFindings(list?.kind === 'array' ? list.items : [], (record) => readIssue(review, record, rules))
    for (const rule of rules.values()) rule.skipAll()
    return review.finish(root === undefined ? [] : [root])
  },
}

function readIssue(
  { text }: StructuredReview,
  record: JsonRecord,
  rules: ReadonlyMap<string, JsonRecord>,
): FindingParts {
  const name = record.text('ruleId')?.value ?? ''
  const rule = rules.get(name)
  const primary = record.record('primaryLocation')
  // Lines count from 1, columns from 0; only lines are claims.
  const range = primary?.record('textRange')
  range?.skip('startColumn', 'endColumn')
  const message = primary?.text('message')
  const described = rule?.value('description')
  const claims: readonly Claim[] = [
    ...fileClaim(text, primary?.text('filePath')),
    ...linesClaim(range?.number('startLine'), range?.number('endLine')),
    ...titleClaim(text, rule?.text('name'), 'heading'),
    // The format has no member for a weakness; some tools name it in the words of the rule.
    ...weaknessClaims(text, described?.kind === 'string' && /cwe/i.test(described.value) ? described : message?.node),
    ...severityClaim(record.text('severity') ?? rule?.records('impacts')[0]?.text('severity')),
    ...messageClaim(text, message),
  ]
  record.skip('engineId', 'type', 'effortMinutes', 'severity')
  const otherPlaces = record.records('secondaryLocations').flatMap((each) => {
    const lines = each.record('textRange')
    lines?.skip('startColumn', 'endColumn')
    each.skip('message')
    return (
      otherPlace(
        each,
        each.text('filePath')?.value ?? '',
        lines?.number('startLine')?.value,
        lines?.number('endLine')?.value,
      ) ?? []
    )
  })
  return { name, claims, otherPlaces }
}
