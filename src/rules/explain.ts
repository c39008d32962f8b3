import type { MissingRule, Rule, RuleExample } from './rule.ts'

/** Columns of a page. Code is never broken. */
const WIDTH = 100
const INDENT = '  '

/** What a page needs of the catalogue. */
export interface WeaknessNames {
  /** `CWE-89: Improper Neutralization of ...`. */
  title(id: number): string
}

/** The page of a rule as plain text: what it finds, why, what to do, and code that is and is not reported. */
export function explainRule(rule: Rule, catalogue: WeaknessNames): string {
  const sections = [
    heading(rule, catalogue),
    section('What', rule.what === '' ? rule.message : rule.what),
    section('Why it matters', rule.why),
    section('What to do', rule.fix),
    section('Why this weakness', rule.mappingReason),
    section('How it is found', method(rule)),
    ...rule.examples.map((example) => exampleText(example, rule.id)),
    rule.references.length === 0 ? '' : ['References', ...rule.references.map((each) => INDENT + each)].join('\n'),
  ]
  return `${sections.filter((each) => each !== '').join('\n\n')}\n`
}

function heading(rule: Rule, catalogue: WeaknessNames): string {
  const others = rule.otherCwes.map((id) => catalogue.title(id))
  return [
    fill(`${rule.id}: ${rule.title}`, ''),
    ...(rule.cwe === 0 ? [] : [fill(catalogue.title(rule.cwe), '')]),
    ...(others.length === 0 ? [] : [fill(`Also: ${others.join('; ')}`, '')]),
    `Severity ${rule.severity}, confidence ${rule.confidence}, for ${rule.languages.join(', ')}.`,
    `Rule file: ${rule.file}`,
  ].join('\n')
}

/** Where the rule looks, in words of the models' kinds. */
function method(rule: Rule): string {
  const { kinds, missing } = rule
  if (missing !== undefined) return missingMethod(missing)
  if (kinds === undefined) {
    return rule.formula.mode === 'taint'
      ? 'Follows data from the sources to the sinks that the rule gives as patterns.'
      : 'Code that matches the patterns of the rule.'
  }
  const sinks = `library calls of the kind ${kinds.sinks.join(', ')}`
  if (kinds.callAlone) return `Every one of the ${sinks}, as the models describe them.`
  const constant = kinds.constants === undefined ? [] : [`Constants that are dangerous in ${sinks}.`]
  if (kinds.sources.length === 0) return constant.join(' ')
  const sanitizers = kinds.sanitizers.length === 0 ? kinds.sinks : kinds.sanitizers
  const flow = `Follows data of the kind ${kinds.sources.join(', ')} to ${sinks}`
  return [`${flow}, unless it is made safe for ${sanitizers.join(', ')}.`, ...constant].join(' ')
}

function missingMethod({ analysis, needs }: MissingRule): string {
  switch (analysis) {
    case 'guard':
      return guardMethod(needs)
    case 'order':
      return `Calls in handlers that change something, compared with the ${needs.join(' or ')} of the same handler: which of them has always run before the other.`
    case 'inverted':
      return 'Refusals of the caller with the test directly over them: tests of a right must refuse where they fail; of other tests it is learnt from all refusals of the program which way round they are meant.'
    case 'record':
      return `Methods whose names say that they change something, in classes where nearly all such methods leave a ${needs.join(' or ')}, themselves or in what they call.`
    case 'creation':
      return `Calls that are ${needs.join(' or ')}, with the permissions that they give and what is put into what they make.`
    case 'stand-in':
      return `Code outside of tests that uses the program's own test code or ${needs.join(' or ')}.`
    case 'sibling':
      return `Handlers that change the thing which a parameter names, in classes where others with the same parameter have a ${needs.join(' or ')} of their own: in their code, their decorators or a few calls away.`
  }
}

function guardMethod(needs: readonly string[]): string {
  const [strong = '', ...weaker] = needs
  const also = weaker.length === 0 ? '' : ` (where these are too few, ${weaker.join(', ')} counts too)`
  return `Learns what the handlers of the program do: where nearly all of a kind are only run after a ${strong}${also} `
    + '- in their code, what they call, a decorator, a base class, a dependency or a hook -, those that are not are reported.'
}

function section(title: string, text: string): string {
  if (text === '') return ''
  const paragraphs = text.split(/\n\s*\n/).map((each) => fill(each, INDENT))
  return [title, paragraphs.join('\n\n')].join('\n')
}

/** Annotations become words in the margin: which line is reported and which is not. */
function exampleText(example: RuleExample, id: string): string {
  const lines = [example.title === '' ? 'Example' : `Example: ${example.title}`]
  for (const [name, code] of example.files) {
    lines.push(`${INDENT}${name}`)
    const trimmed = code.trimEnd()
    if (trimmed === '') lines.push(`${INDENT}${INDENT}(empty)`)
    else lines.push(...marked(trimmed.split('\n'), id))
  }
  return lines.join('\n')
}

const REPORTED = 'reported > '
const ACCEPTED = '      ok > '

function marked(code: readonly string[], id: string): string[] {
  const lines: string[] = []
  let margin = ''
  for (const line of code) {
    const found = /^\W*(ruleid|ok|todoruleid|todook)\s*:\s*([\w., -]*)/.exec(line)
    const isOurs = found !== null && (found[2] ?? '').split(',').some((each) => each.trim() === id)
    if (isOurs) {
      margin = found[1] === 'ruleid' ? REPORTED : found[1] === 'ok' ? ACCEPTED : ''
    } else {
      lines.push(`${INDENT}${margin === '' ? ' '.repeat(REPORTED.length) : margin}${line}`.trimEnd())
      margin = ''
    }
  }
  return lines
}

/** Breaks at blanks; a longer word stays whole. */
function fill(text: string, indent: string): string {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/).filter((each) => each !== '')) {
    if (line !== '' && indent.length + line.length + 1 + word.length > WIDTH) {
      lines.push(indent + line)
      line = word
    } else {
      line = line === '' ? word : `${line} ${word}`
    }
  }
  lines.push(indent + line)
  return lines.join('\n')
}
