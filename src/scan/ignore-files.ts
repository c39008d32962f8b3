import ignore, { type Ignore } from 'ignore'
import type { FileTree } from './tree.ts'

/** Files whose lines say what not to read, in gitignore syntax; a later one overrides an earlier one. */
export const IGNORE_FILES: readonly string[] = ['.gitignore', '.semgrepignore', '.assayignore']

/** Folders that hold no code of the project. An ignore file can take one back with `!`. */
const PACKAGES: ReadonlySet<string> = new Set(['node_modules', 'site-packages', '.venv', '.tox', '.nox'])

/** Folders of version control; nobody expects a word about them. */
const UNMENTIONED: ReadonlySet<string> = new Set(['.git', '.hg', '.svn', '.jj'])

/** Largest ignore file, in bytes, lines in it, and characters in a line. */
const MAX_BYTES = 1_000_000
const MAX_LINES = 10_000
const MAX_LINE = 500

/** The ignore rules that hold in a folder: its own and those of the folders around it. */
export interface IgnoreRules {
  /** Relative to the root; `''` for the root. */
  readonly folder: string
  readonly own: Ignore
  readonly outer: IgnoreRules | undefined
}

/** The rules at a root; `names` are the entries of that folder. */
export function rulesAtRoot(tree: FileTree, folder: string, names: ReadonlySet<string>, refuse: RefuseLine): IgnoreRules {
  return rulesIn(tree, folder, names, { folder, own: newIgnore(), outer: undefined }, refuse)
}

/** Called for a line that is not obeyed. */
export type RefuseLine = (path: string, reason: string) => void

/** The rules in a folder below; the same object when it has no ignore file. */
export function rulesIn(
  tree: FileTree, folder: string, names: ReadonlySet<string>, outer: IgnoreRules, refuse: RefuseLine,
): IgnoreRules {
  const present = IGNORE_FILES.filter((name) => names.has(name))
  if (present.length === 0) return outer
  const own = newIgnore()
  for (const name of present) own.add(linesOf(tree, folder === '' ? name : `${folder}/${name}`, refuse))
  return { folder, own, outer }
}

/** Whether an entry is ignored. The innermost folder that says anything about it decides. */
export function isIgnored(rules: IgnoreRules, path: string, isFolder: boolean): boolean {
  for (let at: IgnoreRules | undefined = rules; at !== undefined; at = at.outer) {
    const relative = at.folder === '' ? path : path.slice(at.folder.length + 1)
    const answer = at.own.test(isFolder ? `${relative}/` : relative)
    if (answer.ignored || answer.unignored) return answer.ignored
  }
  const name = path.slice(path.lastIndexOf('/') + 1)
  return isUnmentioned(name) || (isFolder && PACKAGES.has(name))
}

/** Whether leaving this out deserves no word in the report. */
export function isUnmentioned(name: string): boolean {
  return UNMENTIONED.has(name)
}

function newIgnore(): Ignore {
  return ignore({ allowRelativePaths: true })
}

function linesOf(tree: FileTree, path: string, refuse: RefuseLine): string[] {
  let bytes: ReturnType<FileTree['read']>
  try {
    bytes = tree.read(path, MAX_BYTES)
  } catch {
    refuse(path, 'the ignore file cannot be read and is not obeyed')
    return []
  }
  if (typeof bytes === 'string') {
    refuse(path, `the ignore file is ${bytes} and is not obeyed`)
    return []
  }
  const lines = new TextDecoder().decode(bytes).split(/\r?\n/)
  if (lines.length > MAX_LINES) refuse(path, `only the first ${MAX_LINES} lines of the ignore file are obeyed`)
  const kept = lines.slice(0, MAX_LINES).filter((line) => line.startsWith('#') || isQuick(line))
  if (kept.length < Math.min(lines.length, MAX_LINES)) {
    refuse(path, 'lines with too many wildcards in the ignore file are not obeyed')
  }
  // `:include FILE` is an instruction of .semgrepignore; the files it names are read anyway or not ours.
  return kept.filter((line) => !line.startsWith(':include'))
}

/**
 * Whether comparing a line with any path is quick. The library turns lines into
 * regular expressions, whose time grows with the length of a name to the power
 * of the wildcards in it.
 */
function isQuick(line: string): boolean {
  const isShort = line.length <= MAX_LINE && (line.match(/\*\*/g)?.length ?? 0) <= 3
  return isShort && line.split('/').every((name) => (name.match(/[*?[]+/g)?.length ?? 0) <= 3)
}
