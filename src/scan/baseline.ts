import { errorCode, fileStatus, readRegular, realPath } from '../core/files.ts'
import { UsageError } from '../core/problem.ts'
import { baselineOf, readBaseline, type Baseline } from '../review/baseline.ts'
import type { Review } from '../review/review.ts'
import { commitNamed, filesOfCommit, repositoryAt } from './git.ts'
import { RevisionTree } from './revision-tree.ts'
import type { Settings } from './settings.ts'

/** Largest baseline file, in bytes. */
const MAX_BYTES = 200_000_000

/** Files without extension whose beginnings are read at once. */
const MAX_PREFETCHED = 5_000

/**
 * The findings known before: from a file, or from a review of that revision's
 * files with the same settings. Throws a `UsageError` when there is neither.
 */
export async function baselineFor(
  settings: Settings, reviewOf: (settings: Settings) => Promise<Review>,
): Promise<Baseline | undefined> {
  const { baseline } = settings
  if (baseline === undefined) return undefined
  if (!baseline.isRevision && fileStatus(baseline.name) !== undefined) return fromFile(baseline.name)
  const tree = revisionTree(settings, baseline.name)
  const review = await reviewOf({
    ...settings, tree,
    // A path that the revision does not have holds nothing that was known.
    targets: settings.targets.filter((target) => tree.has(target.path)),
    isBaseline: true, inputPath: undefined, severity: 'low', confidence: 'low',
  })
  return baselineOf(review, baseline.name)
}

function fromFile(name: string): Baseline {
  let bytes: ReturnType<typeof readRegular>
  try {
    bytes = readRegular(realPath(name), MAX_BYTES)
  } catch (error) {
    throw new UsageError(`The baseline cannot be read (${errorCode(error)})`, name, 'Check its permissions.')
  }
  if (typeof bytes === 'string') throw new UsageError(`The baseline is ${bytes}`, name, 'Give a file that Assay wrote.')
  return readBaseline(new TextDecoder().decode(bytes), name.replaceAll('\\', '/'))
}

function revisionTree({ root, languages }: Settings, revision: string): RevisionTree {
  const repository = repositoryAt(root)
  if (repository === undefined) {
    throw new UsageError('No such file, and no git repository to look for a revision', revision, `Check the name, and that git can read ${root}.`)
  }
  const commit = commitNamed(root, revision)
  if (commit === undefined) throw new UsageError('Neither a file nor a revision of the repository', revision, 'Check the name; fetch the revision if it is elsewhere.')
  const files = filesOfCommit(root, repository, commit)
  const tree = new RevisionTree(root, files)
  const isWanted = (path: string): boolean => languages.some((each) => each.extensions.some((ending) => path.endsWith(ending)))
  const others = files.filter(({ path, size }) => size < 100_000 && /(^|\/)(\.\w*ignore|[^./]+)$/.test(path)).slice(0, MAX_PREFETCHED)
  tree.fetch([...files.map((file) => file.path).filter(isWanted), ...others.map((file) => file.path)])
  return tree
}

