import { readFileSync } from 'node:fs'
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { Ajv } from 'ajv'
import { parse } from 'yaml'
import { PROJECT, shipped } from '../../test/shipped.ts'
import { UsageError } from '../core/problem.ts'
import type { Formula, RuleFormula } from '../match/formula.ts'
import { language } from '../languages/python/language.ts'
import { exportRule } from './export.ts'
import { loadRules } from './load.ts'
import type { Rule } from './rule.ts'

const { rules, knowledge, catalogue } = shipped()
const isValid = new Ajv({ strictTypes: false }).compile(
  JSON.parse(readFileSync(join(PROJECT, 'schemas', 'rule.schema.json'), 'utf8')) as object,
)

describe('export of shipped rules', () => {
  // What is missing cannot be said in patterns.
  for (const rule of rules.filter(({ missing }) => missing === undefined)) {
    it(`${rule.id} is valid by the schema and loads again with the same meaning`, () => {
      const text = exportRule(rule, knowledge, [language])
      isValid(parse(text))
      assert.deepEqual(isValid.errors ?? [], [])
      const again = reload(text)
      assert.equal(again.kinds, undefined)
      assert.equal(again.cwe, rule.cwe)
      assert.deepEqual([again.title, again.what, again.why, again.fix], [rule.title, rule.what, rule.why, rule.fix])
      assert.equal(again.severity, rule.severity)
      if (rule.kinds === undefined) assert.deepEqual(again.formula, rule.formula)
    })

    it(`${rule.id} holds only patterns that the language reads`, async () => {
      const frontEnd = await language.open()
      for (const pattern of patternsOf(reload(exportRule(rule, knowledge, [language])).formula)) {
        assert.ok(frontEnd.parsePattern(pattern).readings.length > 0, pattern)
      }
    })
  }
})

describe('what an export says', () => {
  it('a function sink narrows to the argument, by position and by name', () => {
    const sinks = sectionOf('python.os-command-injection', 'pattern-sinks')
    assert.ok(sinks.includes('- pattern: os.system($SINK, ...)'))
    assert.ok(sinks.includes('- pattern: os.system(..., command=$SINK, ...)'))
    assert.ok(sinks.includes('- focus-metavariable: $SINK'))
  })

  it('a method sink stands on any receiver', () => {
    assert.ok(sectionOf('python.sql-injection', 'pattern-sinks').includes('- pattern: $OBJ.execute($SINK, ...)'))
  })

  it('a later position has the ones before it', () => {
    const sinks = sectionOf('python.os-command-injection', 'pattern-sinks')
    assert.ok(sinks.includes('- pattern: os.spawnl($A0, $SINK, ...)'))
  })

  it('an attribute of a typed value of a module is written as users write it', () => {
    assert.ok(sectionOf('python.path-traversal', 'pattern-sources').includes('- pattern: flask.request.args'))
  })

  it('parameters of a decorated function are sources', () => {
    const sources = sectionOf('python.path-traversal', 'pattern-sources')
    assert.ok(sources.includes('@$OBJ.route(...)'))
    assert.ok(sources.includes('def $FUNCTION(..., $PARAM, ...):'))
    assert.ok(sources.includes('- focus-metavariable: $PARAM'))
  })

  it('what a page function returns is a sink of HTML', () => {
    assert.ok(sectionOf('python.cross-site-scripting', 'pattern-sinks').includes('- pattern: return $SINK'))
    assert.ok(!sectionOf('python.sql-injection', 'pattern-sinks').includes('- pattern: return $SINK'))
  })

  it('sanitizers are those of the sink kinds, and no call that is a sink itself', () => {
    assert.ok(sectionOf('python.sql-injection', 'pattern-sanitizers').includes('- pattern: int(...)'))
    const shell = sectionOf('python.os-command-injection', 'pattern-sanitizers')
    assert.ok(shell.includes('- pattern: shlex.quote(...)'))
    assert.ok(!shell.includes('- pattern: os.system(...)'))
  })

  it('a condition of a model stays one', () => {
    const loads = sectionOf('python.unsafe-deserialization', 'pattern-sinks')
    assert.ok(loads.includes('- pattern-not: yaml.load(..., Loader=yaml.SafeLoader, ...)'))
    const shell = sectionOf('python.os-command-injection', 'pattern-sinks')
    assert.ok(shell.includes('- pattern: subprocess.run(..., shell=True, ...)'))
  })

  it('constants become literals of a search rule', () => {
    const text = exported('python.certificate-verification-off')
    assert.ok(text.includes('- pattern: requests.get(..., verify=False, ...)'))
    assert.ok(!text.includes('mode: taint'))
  })

  it('a mask becomes the octal literals that share a bit with it', () => {
    const condition = /regex: (0\[oO\].*)$/m.exec(exported('python.world-writable-file'))?.[1] ?? ''
    const regex = new RegExp(`^${condition}`)
    assert.ok(regex.test('0o777'))
    assert.ok(regex.test('0666'))
    assert.ok(!regex.test('0o755'))
    assert.ok(!regex.test('0o600'))
  })

  it('a call that suffices is there without arguments', () => {
    assert.ok(exported('python.unverified-tls').includes('- pattern: ssl._create_unverified_context(...)'))
  })

  it('refuses a rule whose kinds no model has', () => {
    const rule = ruleOf('python.sql-injection')
    const kinds = { sources: ['remote'], sinks: ['nothing'], sanitizers: [], constants: undefined, callAlone: false }
    assert.throws(() => exportRule({ ...rule, kinds }, knowledge, [language]), UsageError)
  })

  it('refuses a rule of kinds for a language without spelling', () => {
    const rule = ruleOf('python.sql-injection')
    assert.throws(() => exportRule({ ...rule, languages: ['cobol'] }, knowledge, [language]), UsageError)
  })
})

function ruleOf(id: string): Rule {
  const rule = rules.find((each) => each.id === id)
  assert.ok(rule, id)
  return rule
}

function exported(id: string): string {
  return exportRule(ruleOf(id), knowledge, [language])
}

/** The text of one section, up to the next key of the rule. */
function sectionOf(id: string, key: string): string {
  const text = exported(id)
  const from = text.indexOf(`    ${key}:`)
  assert.ok(from >= 0, key)
  const rest = text.slice(from + 4)
  const end = rest.search(/\n {4}[a-z]/)
  return rest.slice(0, end)
}

function reload(text: string): Rule {
  const { rules: [rule], problems } = loadRules([{ path: 'exported.yaml', text }], 'user', catalogue)
  assert.deepEqual(problems, [])
  assert.ok(rule)
  return rule
}

function patternsOf(formula: RuleFormula): string[] {
  if (formula.mode === 'search') return inFormula(formula.formula)
  const { sources, sinks, sanitizers, propagators } = formula
  return [...sources, ...sinks, ...sanitizers, ...propagators].flatMap((each) => inFormula(each.formula))
}

function inFormula(formula: Formula): string[] {
  if ('pattern' in formula) return [formula.pattern]
  if (!('of' in formula)) return []
  return 'op' in formula.of ? inFormula(formula.of) : formula.of.flatMap(inFormula)
}
