import { basename, resolve } from 'node:path'
import { errorCode, fileStatus, readRegular, realPath } from '../core/files.ts'
import { UsageError } from '../core/problem.ts'
import { languages as allLanguages } from '../languages/discover.ts'
import { commitNamed, dayOfCommit, filesOfCommit, objectId, repositoryAt, type Repository } from '../scan/git.ts'
import { RevisionTree } from '../scan/revision-tree.ts'
import { TreeWithInput } from '../scan/standard-input.ts'
import { DiskTree, type FileTree } from '../scan/tree.ts'
import type { Language } from '../tree/language.ts'
import type { ForeignReview } from './claim.ts'
import type { History } from './evidence.ts'
import { GitHistory, NO_HISTORY } from './history.ts'
import type { VerifyOptions } from './options.ts'
import type { VerifiedRevision } from './result.ts'
import { TreeSources, listSources, textOf } from './sources.ts'

/** What the review is judged against. */
export interface Target {
  /** Absolute, with every link resolved. */
  readonly root: string
  readonly tree: FileTree
  readonly sources: TreeSources
  readonly history: History
  readonly revision: VerifiedRevision
  /** The path in the tree that `--file` means; `''` without. */
  readonly file: string
  readonly languages: readonly Language[]
  /** What could not be used, one sentence each. */
  readonly problems: readonly string[]
  /**
   * The revision as it is told: of files on disk the commit that is checked out, and whether these files of it are
   * changed.
   */
  told(paths: readonly string[]): VerifiedRevision
}

/** Largest file that `--file` may put in place of one of the tree, in bytes. */
const MAX_GIVEN = 5_000_000

/**
 * Resolves tree, revision and file. The revision is the one given, else the
 * first commit that the review names and the repository has, else what stands
 * on disk. Throws a `UsageError` for what the user named and is not there.
 */
export async function openTarget(options: VerifyOptions, review: ForeignReview): Promise<Target> {
  const languages = await allLanguages()
  const root = rootOf(options.against)
  const repository = repositoryAt(root)
  const { revision, problems } = chooseRevision(options, review, root, repository)
  const { tree, prefetch } = openTree(root, repository, revision, languages)
  const given = givenFile(options.file, tree, languages)
  const sources = new TreeSources({
    tree: given.tree,
    revision: revision.commit,
    languages,
    prefetch,
    added: given.added,
  })
  const wantsHistory = repository !== undefined && repository.head !== '' && options.history !== false
  return {
    root,
    sources,
    revision,
    languages,
    problems,
    tree: given.tree,
    file: given.path,
    history: wantsHistory ? new GitHistory(root, repository, languages) : NO_HISTORY,
    told: (paths) => {
      if (revision.from !== 'disk' || repository === undefined || repository.head === '') return revision
      return { ...revision, commit: repository.head, isDirty: isChanged(root, repository, given.tree, paths) }
    },
  }
}

/** Whether a file on disk is not what the checked out commit has. */
function isChanged(root: string, repository: Repository, tree: FileTree, paths: readonly string[]): boolean {
  const committed = new Map(filesOfCommit(root, repository, repository.head).map((file) => [file.path, file.id]))
  return [...new Set(paths)].some((path) => {
    try {
      const bytes = tree.read(path, MAX_GIVEN)
      return typeof bytes !== 'string' && committed.get(path) !== objectId(bytes)
    } catch {
      return true
    }
  })
}

function rootOf(against: string): string {
  try {
    const real = realPath(resolve(against))
    if (fileStatus(real)?.kind === 'directory') return real
  } catch (error) {
    throw new UsageError(`The tree cannot be read (${errorCode(error)})`, against, 'Name a folder that is there.')
  }
  throw new UsageError(
    'The tree is not a folder',
    against,
    'Name the folder that holds the program; `--file` names one file in it.',
  )
}

interface Chosen {
  readonly revision: VerifiedRevision
  readonly problems: readonly string[]
}

function chooseRevision(
  { revision: given }: VerifyOptions,
  review: ForeignReview,
  root: string,
  repository: Repository | undefined,
): Chosen {
  if (given !== undefined) {
    if (repository === undefined) {
      throw new UsageError(
        'No git repository to look for a revision',
        `--rev ${given}`,
        `Check that git can read ${root}.`,
      )
    }
    const commit = commitNamed(root, given)
    if (commit === undefined) {
      throw new UsageError(
        'No such revision in the repository',
        `--rev ${given}`,
        'Check the name; fetch the revision if it is elsewhere.',
      )
    }
    return { revision: { commit, date: dayOfCommit(root, commit), from: 'given', isDirty: false }, problems: [] }
  }
  const problems: string[] = []
  for (const { revision, kind } of review.revisions.slice(0, MAX_NAMED)) {
    const commit =
      repository === undefined || kind !== 'commit' || !isHexadecimal(revision)
        ? undefined
        : commitNamed(root, revision)
    if (commit !== undefined) {
      return { revision: { commit, date: dayOfCommit(root, commit), from: 'review', isDirty: false }, problems }
    }
    problems.push(`The review names revision ${revision}, which is not known here; it was not used.`)
  }
  const head = repository?.head ?? ''
  return {
    revision: { commit: '', date: head === '' ? '' : dayOfCommit(root, head), from: 'disk', isDirty: false },
    problems,
  }
}

/** Revisions of a review that are tried. */
const MAX_NAMED = 10

function isHexadecimal(text: string): boolean {
  return /^[0-9a-fA-F]{7,64}$/.test(text)
}

interface OpenedTree {
  readonly tree: FileTree
  readonly prefetch: (paths: readonly string[]) => void
}

function openTree(
  root: string,
  repository: Repository | undefined,
  { commit }: VerifiedRevision,
  languages: readonly Language[],
): OpenedTree {
  if (commit === '' || repository === undefined) return { tree: new DiskTree(root), prefetch: () => undefined }
  const files = filesOfCommit(root, repository, commit)
  const tree = new RevisionTree(root, files)
  // Without them every file that is looked at would start a process of its own.
  tree.fetch(
    files
      .filter(
        ({ path, size }) =>
          size < 1_000_000 && languages.some((each) => each.extensions.some((ending) => path.endsWith(ending))),
      )
      .map((file) => file.path),
  )
  return { tree, prefetch: (paths) => tree.fetch(paths) }
}

interface GivenFile {
  readonly path: string
  /** The tree, with the file's text in its place. */
  readonly tree: FileTree
  /** The path, when the tree itself does not have it. */
  readonly added: readonly string[]
}

/**
 * `--file`: a path of the tree, or a file elsewhere on disk, whose text then
 * stands in the place of the one file of the tree with the same name.
 */
function givenFile(file: string | undefined, tree: FileTree, languages: readonly Language[]): GivenFile {
  if (file === undefined) return { path: '', tree, added: [] }
  const wanted = file.replaceAll('\\', '/').replace(/^(\.\/)+/, '')
  const paths = listSources(tree)
  if (paths.includes(wanted)) return { path: wanted, tree, added: [] }
  const bytes = bytesOnDisk(file, languages)
  const name = basename(wanted)
  const same = paths.filter((path) => path === name || path.endsWith(`/${name}`))
  const path = same.length === 1 ? same[0] ?? name : name
  return { path, tree: new TreeWithInput(tree, path, bytes), added: same.length === 1 ? [] : [path] }
}

function bytesOnDisk(file: string, languages: readonly Language[]): Uint8Array {
  let bytes: ReturnType<typeof readRegular>
  try {
    bytes = readRegular(realPath(file), MAX_GIVEN)
  } catch {
    throw new UsageError('No such file in the tree or on disk', `--file ${file}`, 'Give its path relative to the tree.')
  }
  if (typeof bytes === 'string') throw new UsageError(`The file is ${bytes}`, `--file ${file}`, 'Give a source file.')
  const language = languages.find((each) => each.extensions.some((ending) => file.endsWith(ending)))
  if (textOf(bytes, language) === undefined) {
    throw new UsageError('The file holds no text', `--file ${file}`, 'Give a source file.')
  }
  return bytes
}
