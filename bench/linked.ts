import { listEntries, readText } from '../src/core/files.ts'
import { factsOf } from '../src/flow/lower.ts'
import { languageOfPath, languages } from '../src/languages/discover.ts'
import { Knowledge } from '../src/models/knowledge.ts'
import { loadModels } from '../src/models/load.ts'
import type { LinkInput } from '../src/program/space.ts'

/** The facts of every file below a folder in a language with flow, sorted by path; hidden folders are left out. */
export async function readInputs(folder: string): Promise<LinkInput[]> {
  const known = await languages()
  const inputs: LinkInput[] = []
  const open = new Map<string, Awaited<ReturnType<(typeof known)[number]['open']>>>()
  for (const path of filesBelow(folder, '')) {
    const language = languageOfPath(known, path)
    if (!language?.flow) continue
    const frontEnd = open.get(language.id) ?? await language.open()
    open.set(language.id, frontEnd)
    const facts = factsOf(frontEnd.parse(readText(`${folder}/${path}`)), language)
    inputs.push({ path, facts, language, isTest: language.isTest(path) })
  }
  return inputs
}

/** What the models of the project say of libraries. */
export function readKnowledge(): Knowledge {
  const models = filesBelow('models', '').map((path) => ({ path, text: readText(`models/${path}`) }))
  return new Knowledge(loadModels(models).models)
}

/** Paths of the files below a folder, sorted. */
export function filesBelow(folder: string, prefix: string): string[] {
  return listEntries(`${folder}/${prefix}`).flatMap((entry) => {
    if (entry.name.startsWith('.')) return []
    if (entry.kind === 'directory') return filesBelow(folder, `${prefix}${entry.name}/`)
    return entry.kind === 'file' ? [`${prefix}${entry.name}`] : []
  }).sort()
}
