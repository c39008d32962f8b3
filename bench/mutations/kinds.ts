import type { VerifiedFinding, Verdict } from '../../src/index.ts'
import type { Stated, StatedPlace } from './stated.ts'
import { squashed, type World } from './world.ts'

/** One way to make one claim of a true finding false. */
export interface Mutation {
  /** The kind of claim, by which recall is counted. */
  readonly claim: string
  readonly name: string
  /** Subjects whose verdicts may change with it; all others must not be contradicted. */
  readonly touches: readonly Verdict['subject'][]
  /** The changed finding; `undefined` where it cannot be changed so. */
  mutate(stated: Stated, world: World): Stated | undefined
  /** Whether the verifier says that the changed claim does not hold. */
  isNoticed(finding: VerifiedFinding): boolean
}

const WEAKNESS: Mutation['touches'] = ['cwe.id', 'cwe.title', 'cwe.usage', 'ingredient', 'flow', 'duplicate', 'absence']
const CODE: Mutation['touches'] = [
  'file', 'line', 'quote', 'construct', 'context', 'ingredient', 'flow', 'absence', 'reach', 'duplicate',
]

function isAgainst(
  finding: VerifiedFinding,
  subjects: readonly Verdict['subject'][],
  words: readonly Verdict['verdict'][],
): boolean {
  return finding.verdicts.some((each) => subjects.includes(each.subject) && words.includes(each.verdict))
}

const DENIED: readonly Verdict['verdict'][] = ['contradicted', 'unsupported']
const MOVED: readonly Verdict['verdict'][] = [...DENIED, 'confirmed-elsewhere', 'near']

/** The finding as it is: nothing may be contradicted. */
export const UNCHANGED: Mutation = {
  claim: '(none)', name: 'unchanged', touches: [], mutate: (stated) => stated, isNoticed: () => true,
}

/** True sentences about what is missing: nothing may be contradicted. */
export const TRULY_ABSENT: Mutation = {
  claim: '(none)',
  name: 'a true absence',
  touches: [],
  isNoticed: () => true,
  mutate(stated, world) {
    const lines = world.functionAround(stated.place)
    return lines.length === 0 || /log|audit|notif|warn|print|event/i.test(lines.join('\n'))
      ? undefined
      : { ...stated, words: 'There is no logging of this.' }
  },
}

export const MUTATIONS: readonly Mutation[] = [
  {
    claim: 'id',
    name: 'another id',
    touches: WEAKNESS,
    mutate: (stated, world) => {
      const other = world.unrelated(stated.id)
      return other === undefined ? undefined : { ...stated, id: other.id }
    },
    isNoticed: (finding) => isAgainst(finding, ['cwe.id', 'cwe.title'], ['contradicted']),
  },
  {
    claim: 'id',
    name: 'an id that does not exist',
    touches: WEAKNESS,
    mutate: (stated, world) => ({ ...stated, id: 1_500 + world.random.below(8_000) }),
    isNoticed: (finding) => isAgainst(finding, ['cwe.id'], ['contradicted']),
  },
  {
    claim: 'title',
    name: 'the title of another weakness',
    touches: ['cwe.title', 'construct'],
    mutate: (stated, world) => {
      const other = world.unrelated(stated.id)
      return other === undefined ? undefined : { ...stated, title: other.title }
    },
    isNoticed: (finding) => isAgainst(finding, ['cwe.title'], ['contradicted']),
  },
  {
    claim: 'line',
    name: 'lines elsewhere in the file',
    touches: ['line', 'quote', 'flow', 'ingredient', 'duplicate'],
    mutate: (stated, world) => movedLines(stated, world, 200),
    isNoticed: (finding) => isAgainst(finding, ['line'], MOVED),
  },
  {
    claim: 'line',
    name: 'lines up to ten away',
    touches: ['line', 'quote', 'flow', 'ingredient', 'duplicate'],
    mutate: (stated, world) => movedLines(stated, world, 10),
    isNoticed: (finding) => isAgainst(finding, ['line'], MOVED),
  },
  {
    claim: 'line',
    name: 'lines past the end',
    touches: ['line', 'quote', 'flow', 'ingredient', 'duplicate'],
    mutate(stated, world) {
      const line = world.lines(stated.place.path).length + 1 + world.random.below(500)
      return { ...stated, place: { ...stated.place, line, endLine: line } }
    },
    isNoticed: (finding) => isAgainst(finding, ['line'], ['contradicted']),
  },
  {
    claim: 'quote',
    name: 'one token of the quote',
    touches: CODE,
    mutate: otherToken,
    isNoticed: (finding) => isAgainst(finding, ['quote'], MOVED),
  },
  {
    claim: 'file',
    name: 'another file of the tree',
    touches: CODE,
    mutate(stated, world) {
      const path = world.random.pick(
        world.paths.filter((each) => each !== stated.place.path && !world.holds(each, stated.place.code)),
      )
      return path === undefined ? undefined : { ...stated, place: { ...stated.place, path } }
    },
    isNoticed: (finding) => isAgainst(finding, ['file', 'quote'], MOVED),
  },
  {
    claim: 'file',
    name: 'a file that is not there',
    touches: CODE,
    mutate: (stated, world) => ({
      ...stated,
      place: {
        ...stated.place,
        path: `${['core', 'lib', 'api'][world.random.below(3)] ?? ''}/x${world.random.below(9_999)}.py`,
      },
    }),
    isNoticed: (finding) => isAgainst(finding, ['file'], MOVED),
  },
  {
    claim: 'premise',
    name: 'another weakness, well named',
    touches: WEAKNESS,
    mutate(stated, world) {
      const other = world.impossible(stated.id, stated.place)
      return other === undefined ? undefined : { ...stated, ...other }
    },
    isNoticed: (finding) => isAgainst(finding, ['ingredient', 'flow'], DENIED),
  },
  {
    claim: 'premise',
    name: 'a log call is said to be missing',
    touches: ['absence', 'construct'],
    mutate: (stated, world) =>
      hasLogCall(world.functionAbove(stated.place)) ? { ...stated, words: 'There is no logging of this.' } : undefined,
    isNoticed: (finding) => isAgainst(finding, ['absence'], ['contradicted']),
  },
  {
    claim: 'flow',
    name: 'a step at another line',
    touches: ['flow'],
    mutate(stated, world) {
      const at = world.random.below(stated.steps.length)
      const step = stated.steps[at]
      const place = step === undefined ? undefined : movedPlace(step, world, 200)
      return place === undefined || stated.steps.length < 2
        ? undefined
        : { ...stated, steps: stated.steps.with(at, place) }
    },
    isNoticed: (finding) => isAgainst(finding, ['flow'], DENIED),
  },
  {
    claim: 'flow',
    name: 'a step in a file that is not there',
    touches: ['flow'],
    mutate(stated, world) {
      const at = world.random.below(stated.steps.length)
      const step = stated.steps[at]
      return step === undefined || stated.steps.length < 2
        ? undefined
        : { ...stated, steps: stated.steps.with(at, { ...step, path: `lib/x${world.random.below(9_999)}.py` }) }
    },
    isNoticed: (finding) => isAgainst(finding, ['flow'], DENIED),
  },
  {
    claim: 'flow',
    name: 'the source of another flow',
    touches: ['flow'],
    mutate(stated, world) {
      const [own] = stated.steps
      const source = world.random.pick(
        world
          .sourcesElsewhere(stated.place)
          .filter((each) => each.path !== own?.path || Math.abs(each.line - own.line) > 10),
      )
      return own === undefined || source === undefined || stated.steps.length < 2
        ? undefined
        : { ...stated, steps: stated.steps.with(0, source) }
    },
    isNoticed: (finding) => isAgainst(finding, ['flow'], DENIED),
  },
  {
    claim: 'flow',
    name: 'a flow to a place that is safe',
    touches: [...WEAKNESS, ...CODE, 'severity'],
    mutate(stated, world) {
      const safe = world.random.pick(world.safePlaces())
      const [source] = stated.steps
      if (safe === undefined || source === undefined || stated.steps.length < 2) return undefined
      const { path, line, endLine, code } = safe.place
      const place: StatedPlace = { path, line, endLine, code }
      return {
        ...stated,
        id: safe.cwe,
        title: world.title(safe.cwe),
        place,
        isTest: safe.isTest,
        steps: [source, place],
      }
    },
    isNoticed: (finding) => isAgainst(finding, ['flow'], DENIED),
  },
]

function movedLines(stated: Stated, world: World, most: number): Stated | undefined {
  const place = movedPlace(stated.place, world, most)
  return place === undefined ? undefined : { ...stated, place }
}

/** The place some lines away, where other code stands. */
function movedPlace(place: StatedPlace, world: World, most: number): StatedPlace | undefined {
  const lines = world.lines(place.path)
  for (let tries = 0; tries < 20; tries++) {
    const delta = (1 + world.random.below(most)) * (world.random.below(2) === 0 ? 1 : -1)
    const [line, endLine] = [place.line + delta, place.endLine + delta]
    const isApart = line > place.endLine || endLine < place.line
    if (!isApart || line < 1 || endLine > lines.length) continue
    if (!squashed(lines.slice(line - 1, endLine).join('')).includes(squashed(place.code))) {
      return { ...place, line, endLine }
    }
  }
  return undefined
}

const NAMES: readonly string[] = ['payload', 'session_key', 'record', 'total', 'handler', 'queue', 'worker', 'limit']
const OPERATORS: ReadonlyMap<string, string> = new Map([['==', '!='], ['!=', '=='], ['+', '-'], ['%', '*'], ['and', 'or'], ['or', 'and'], ['True', 'False'], ['False', 'True']])
const WORDS: ReadonlySet<string> = new Set([
  'def', 'return', 'if', 'in', 'for', 'with', 'as', 'not', 'is', 'else', 'class', 'import', 'from', 'lambda', 'None',
  'try', 'except', 'self', 'raise', 'yield',
])

/** Changes an identifier, the words of a literal, or an operator; the file must not hold the result. */
function otherToken(stated: Stated, world: World): Stated | undefined {
  const { code } = stated.place
  const withoutComment = code
    .split('\n')
    .map((line) => line.split(' #', 1)[0] ?? '')
    .join('\n')
  const tokens = [...withoutComment.matchAll(/[A-Za-z_]\w*|\d+|==|!=|[+%]/g)].filter(([token]) => !WORDS.has(token))
  for (let tries = 0; tries < 20; tries++) {
    const token = world.random.pick(tokens)
    if (token === undefined) return undefined
    const other =
      OPERATORS.get(token[0]) ??
      (/^\d/.test(token[0]) ? `${Number(token[0].slice(0, 9)) + 7}` : (world.random.pick(NAMES) ?? ''))
    const changed = `${code.slice(0, token.index)}${other}${code.slice(token.index + token[0].length)}`
    if (other !== token[0] && !world.holds(stated.place.path, changed)) {
      return { ...stated, place: { ...stated.place, code: changed } }
    }
  }
  return undefined
}

function hasLogCall(lines: readonly string[]): boolean {
  return lines.some((line) =>
    /^\s*(?:LOG|log|logger|logging|LOGGER)\.(?:debug|info|warning|error|exception|critical)\(/.test(line),
  )
}
