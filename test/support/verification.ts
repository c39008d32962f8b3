import { NOT_DECIDED, VERIFICATION_SCHEMA, type Verification, type VerifiedFinding } from '../../src/verify/result.ts'
import { tally } from '../../src/verify/tally.ts'
import { LABELS, SUBJECTS, SUBSTANCES, CLAIM_VERDICTS, type EvidenceItem, type Verdict } from '../../src/verify/verdict.ts'

/** A verification with these findings, for tests of its forms. */
export function verificationOf(findings: readonly VerifiedFinding[], parts: Partial<Verification> = {}): Verification {
  return {
    schema: VERIFICATION_SCHEMA, version: '0.1.0',
    subject: {
      review: 'review.md', format: 'prose', author: '', against: '.', file: '',
      revision: { commit: '4ba7baf451'.padEnd(40, '0'), date: '2017-08-08', from: 'given', isDirty: false },
    },
    catalogue: { name: 'CWE', version: '4.20', date: '2026-04-30' },
    findings, conclusions: [], counts: tally(findings),
    coverage: { share: 1, unread: [], unreadCount: 0 },
    problems: [], notDecided: NOT_DECIDED, ...parts,
  }
}

/** A finding with the title contradicted and the quote found three lines away. */
export function sampleFinding(parts: Partial<VerifiedFinding> = {}): VerifiedFinding {
  const code: EvidenceItem = { kind: 'code', path: 'shop/cart.py', line: 12, endLine: 13, text: 'def pay(self):\n    send(self)', revision: '4ba7baf451'.padEnd(40, '0'), why: 'the quoted code' }
  const verdicts: readonly Verdict[] = [
    {
      subject: 'cwe.title', verdict: 'contradicted', code: 'other-weakness', reason: 'Official: Insufficient Session Expiration.', defect: { label: 'wrong' },
      said: { text: 'Insufficient Logging', span: { start: 5, end: 25 } },
      evidence: [{ kind: 'catalogue', id: 778, name: 'Insufficient Logging', score: 0.67, usage: 'Allowed' }],
    },
    { subject: 'quote', verdict: 'confirmed-elsewhere', code: 'same-file', reason: 'It stands in lines 12-13 of the file.', said: { text: 'def pay(self):', span: { start: 30, end: 44 } }, evidence: [code] },
    {
      subject: 'absence', verdict: 'unsupported', code: 'not-found', reason: 'Nothing of the kind was found.', said: { text: 'There is no logging.', span: { start: 50, end: 70 } },
      evidence: [{ kind: 'search', scope: 'the function', terms: ['log', 'audit'], searched: 3, hits: 0 }],
    },
    { subject: 'severity', verdict: 'not-checkable', code: 'deployment', reason: 'It depends on deployment.', said: { text: 'High', span: { start: 71, end: 75 } }, evidence: [] },
    { subject: 'flow', verdict: 'not-stated', code: 'none', reason: 'The review states no flow.', evidence: [] },
  ]
  return {
    number: 1, name: '3', title: 'Insufficient Logging', cwes: [613], span: { start: 0, end: 80 }, bytes: { start: 0, end: 80 },
    place: { path: 'shop/cart.py', line: 12, endLine: 13 }, substance: 'referenced', label: 'wrong', because: 'The place is right.', verdicts, ...parts,
  }
}

const PIECES: readonly string[] = [
  'x', 'run(', ')', '\n', '\r', '\t', '`', '```', '"', "'", '\\', '# ', '--', '|', '<b>', '![a](http://b/c)', '](', '{0}', '\u0000', '\u001b[2J', '\u202e', '\u2028', '\ud800',
  '🙂', '名', 'y'.repeat(150), '  ', '@someone', '::error::', '##[group]', '##vso[x]', '\n::debug::', '&lt;', 'www.example.org', 'https://example.org/?q=1', '<!-- ', '- [ ] ', '$x$', '',
]

/** A verification whose every text is hostile; the same for the same seed. */
export function hostileVerification(seed: number): Verification {
  let state = seed
  const next = (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff
    return (state >>> 8) % below
  }
  const text = (): string => Array.from({ length: next(12) }, () => PIECES[next(PIECES.length)] ?? '').join('')
  const pick = <Item>(items: readonly Item[]): Item => items[next(items.length)] as Item
  const evidence = (): EvidenceItem => pick<() => EvidenceItem>([
    () => ({ kind: 'code', path: text(), line: next(9), endLine: 9, text: text(), revision: '', why: text() }),
    () => ({ kind: 'catalogue', id: next(900), name: text(), score: next(100) / 100, usage: 'Allowed' }),
    () => ({ kind: 'search', scope: text(), terms: [text()], searched: 1, hits: 0 }),
    () => ({ kind: 'difference', said: text(), found: text() }),
    () => ({ kind: 'revision', revision: text(), text: text() }),
    () => ({ kind: 'engine', rule: text(), outcome: text(), text: text() }),
  ])()
  const verdict = (): Verdict => ({
    subject: pick(SUBJECTS), verdict: pick(CLAIM_VERDICTS), code: 'x', reason: text(), said: { text: text(), span: { start: 0, end: 1 } },
    evidence: Array.from({ length: next(3) }, evidence),
  })
  const findings = Array.from({ length: next(4) }, (_, at) => sampleFinding({
    number: at + 1, name: text(), title: text(), cwes: [next(1_500)], because: text(), substance: pick(SUBSTANCES), label: pick(LABELS),
    place: { path: text(), line: next(9), endLine: 9 }, verdicts: Array.from({ length: next(5) }, verdict),
  }))
  return verificationOf(findings, {
    conclusions: [verdict()], problems: [text()], coverage: { share: 0.5, unread: [{ span: { start: 0, end: 1 }, text: text() }], unreadCount: 1 },
    subject: { review: text(), format: 'prose', author: text(), against: text(), file: '', revision: { commit: '', date: '', from: 'disk', isDirty: true } },
  })
}
