import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openCatalogue } from '../src/cwe/open.ts'
import type { Catalogue } from '../src/cwe/catalogue.ts'
import { Knowledge } from '../src/models/knowledge.ts'
import { loadModels } from '../src/models/load.ts'
import { loadRules } from '../src/rules/load.ts'
import type { Rule } from '../src/rules/rule.ts'

/** The project's own folder, from wherever the tests were compiled to. */
export const PROJECT: string = findProject()

/** Rules, models and catalogue as they are shipped; fails when one of them does not load clean. */
export function shipped(): { readonly rules: readonly Rule[], readonly knowledge: Knowledge, readonly catalogue: Catalogue } {
  const { catalogue } = openCatalogue(join(PROJECT, 'data', 'cwe'))
  const models = loadModels(textsIn('models'))
  const rules = loadRules(textsIn('rules'), 'assay', catalogue)
  const problems = [...models.problems, ...rules.problems].map((each) => each.message)
  if (problems.length > 0) throw new Error(problems.join('\n'))
  return { rules: rules.rules, knowledge: new Knowledge(models.models), catalogue }
}

/** The YAML files of a folder of the project. */
export function textsIn(folder: string): { path: string, text: string }[] {
  return readdirSync(join(PROJECT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => ({ path: `${folder}/${name.split('\\').join('/')}`, text: readFileSync(join(PROJECT, folder, name), 'utf8') }))
}

function findProject(): string {
  let folder = fileURLToPath(new URL('.', import.meta.url))
  for (let up = 0; up < 6; up++) {
    try {
      const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { readonly name?: string }
      if (manifest.name === 'assay' && readdirSync(folder).includes('rules')) return folder
    } catch {
      // Not here; look one folder up.
    }
    folder = join(folder, '..')
  }
  throw new Error('the project folder was not found above the compiled tests')
}
