import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import { SourceText } from '../../src/core/text.ts'
import { languageNamed, languageOfPath } from '../../src/languages/discover.ts'
import { loadRules } from '../../src/rules/load.ts'
import type { RuleTestSettings } from '../../src/scan/rule-tests.ts'
import type { Case } from './tally.ts'

/** Folder of patterns that serve several languages. */
const SHARED = 'POLYGLOT'

/**
 * Runs single patterns: `foo.sgrep` on `foo.EXT` beside it, or the shared pattern
 * of that name. A line with `ERROR:` or `MATCH:` says that a match starts on the next.
 */
export async function runPatternSuite(folder: string, settings: RuleTestSettings, isWanted: (of: Case) => boolean): Promise<Case[]> {
  const cases: Case[] = []
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
  if (!files.some((each) => each.endsWith('.sgrep'))) return cases
  for (const file of files) {
    const language = languageOfPath(settings.languages, file) ?? languageNamed(settings.languages, extname(file).slice(1))
    const pattern = patternFor(folder, file)
    if (pattern === undefined || extname(file) === '.sgrep') continue
    const name = file
    const common = { name, language: language?.id ?? extname(file).slice(1), features: [`pattern: ${featureOf(file)}`] }
    if (!isWanted({ ...common, verdict: 'pass', detail: '' })) continue
    if (language === undefined) {
      cases.push({ ...common, verdict: 'not supported', detail: 'no front end' })
      continue
    }
    const rule = { id: 'pattern', languages: [language.id], severity: 'INFO', message: 'm', pattern }
    const { rules } = loadRules([{ path: name, text: JSON.stringify({ rules: [rule] }) }], 'user', settings.catalogue)
    const text = readFileSync(join(folder, file), 'utf8')
    const { reports, problems } = await settings.runner.run(rules, text, name, language)
    const source = new SourceText(text)
    const found = new Set(reports.map((each) => source.position(each.start).line))
    const expected = text.split('\n').flatMap((line, at) => (/ERROR:|MATCH:/.test(line) ? [at + 2] : []))
    const missing = expected.filter((line) => !found.has(line))
    const extra = [...found].filter((line) => !expected.includes(line))
    const parts = [missing.length > 0 ? `missing ${missing.join(',')}` : '', extra.length > 0 ? `extra ${extra.join(',')}` : '', ...problems.slice(0, 3)]
    const verdict = missing.length + extra.length === 0 ? 'pass' : problems.some((each) => each.includes('cannot be read')) ? 'not supported' : 'fail'
    cases.push({ ...common, verdict, detail: verdict === 'pass' ? '' : parts.filter((part) => part !== '').join('; ') })
  }
  return cases
}

function patternFor(folder: string, file: string): string | undefined {
  const stem = basename(file).split('.')[0] ?? ''
  const own = join(folder, dirname(file), `${stem}.sgrep`)
  const shared = join(folder, SHARED, `${stem}.sgrep`)
  const found = [own, shared].find((each) => existsSync(each))
  return found === undefined ? undefined : readFileSync(found, 'utf8')
}

/** Names of these files begin with what they test: `dots_args`. */
function featureOf(file: string): string {
  return basename(file).split(/[_.-]/)[0] ?? ''
}
