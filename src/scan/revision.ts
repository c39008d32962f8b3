import { LIMITS } from '../core/limits.ts'
import { languageOfPath } from '../languages/discover.ts'
import { filesOfCommit, repositoryAt } from './git.ts'
import type { FileContent } from './program-files.ts'
import type { Settings } from './settings.ts'

/**
 * The checked out commit, with `+` when a source file differs from it; `''`
 * without a repository. Contents are compared here: git would run the filters
 * that the reviewed repository configures.
 */
export function revisionOf(settings: Settings, files: readonly FileContent[]): string {
  const repository = repositoryAt(settings.root)
  if (repository === undefined || repository.head === '') return ''
  const known = new Map(files.map((file) => [file.source.path, file]))
  const committed = new Map<string, string>()
  for (const { path, id, kind, size } of filesOfCommit(settings.root, repository, repository.head)) {
    const isSource = kind === 'file' && size <= LIMITS.fileBytes && isRead(settings, path)
    if (!isSource) continue
    committed.set(path, id)
    if (!known.has(path) && isGone(settings, path)) return `${repository.head}+`
  }
  const differs = files.some((file) => committed.get(file.source.path) !== file.objectId && isRead(settings, file.source.path))
  return differs ? `${repository.head}+` : repository.head
}

function isRead(settings: Settings, path: string): boolean {
  return settings.anyFile !== undefined || languageOfPath(settings.languages, path) !== undefined
}

function isGone(settings: Settings, path: string): boolean {
  try {
    return settings.tree.status(path) === undefined
  } catch {
    return false
  }
}

