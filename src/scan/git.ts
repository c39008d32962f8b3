import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { installation } from './installation.ts'

/*
 * Git objects, read by git's own plumbing with fixed arguments. The repository
 * under review is hostile: nothing here runs hooks, filters, aliases, external
 * diffs, pagers or file system monitors, and no transport may be used, whatever
 * its configuration says.
 */

/** A repository around the reviewed root. */
export interface Repository {
  /** The root relative to the repository's top, with `/` at the end; `''` for the top. */
  readonly prefix: string
  /** Full id of the checked out commit; `''` before the first commit. */
  readonly head: string
}

/** A file of a revision. */
export interface TreeFile {
  /** Relative to the reviewed root. */
  readonly path: string
  /** Id of the content's object. */
  readonly id: string
  /** In bytes. */
  readonly size: number
  readonly kind: 'file' | 'link'
}

/** Bytes that git may write in one answer: all sources of a large program. */
const MAX_OUTPUT = 1_500_000_000

/** A git that waits (for a pipe in the repository's configuration, say) is given up. No result depends on it. */
const GIVE_UP_MILLISECONDS = 120_000

const SETTINGS: readonly string[] = [
  'core.hooksPath=/dev/null', 'core.fsmonitor=false', 'core.pager=cat', 'core.sshCommand=false', 'credential.helper=',
  'core.attributesFile=/dev/null', 'diff.external=', 'protocol.allow=never', 'core.untrackedCache=false',
]

/** The repository that holds a folder; `undefined` when there is none, or no git to read it. */
export function repositoryAt(root: string): Repository | undefined {
  const prefix = git(root, ['rev-parse', '--show-prefix'])
  if (prefix === undefined) return undefined
  const head = git(root, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'])
  return { prefix: textOf(prefix).trimEnd(), head: head === undefined ? '' : textOf(head).trim() }
}

/** The full id of a commit; `undefined` when the name means none. */
export function commitNamed(root: string, revision: string): string | undefined {
  // A name with a leading hyphen would be read as an option; no revision begins so.
  if (revision.startsWith('-') || revision.includes('\0')) return undefined
  const id = git(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`])
  if (id === undefined) return undefined
  return textOf(id).trim()
}

/** The files of a commit below the reviewed root, in git's order. Submodules are left out. */
export function filesOfCommit(root: string, repository: Repository, commit: string): readonly TreeFile[] {
  const { prefix } = repository
  const scope = prefix === '' ? [] : ['--', prefix]
  const listed = git(root, ['ls-tree', '-r', '-z', '-l', '--full-tree', commit, ...scope])
  if (listed === undefined) return []
  const files: TreeFile[] = []
  for (const line of textOf(listed).split('\0')) {
    const parts = /^(\d+) blob ([0-9a-f]+) +(\d+)\t([^]+)$/.exec(line)
    if (parts === null) continue
    const [, mode = '', id = '', size = '', path = ''] = parts
    if (!path.startsWith(prefix)) continue
    files.push({ path: path.slice(prefix.length), id, size: Number(size), kind: mode === '120000' ? 'link' : 'file' })
  }
  return files
}

/** Contents of objects by id; one that cannot be read is missing. */
export function readObjects(root: string, ids: readonly string[]): ReadonlyMap<string, Uint8Array> {
  const contents = new Map<string, Uint8Array>()
  if (ids.length === 0) return contents
  const output = git(root, ['cat-file', '--batch'], `${ids.join('\n')}\n`)
  if (output === undefined) return contents
  let at = 0
  while (at < output.length) {
    const lineEnd = output.indexOf(10, at)
    if (lineEnd < 0) break
    const header = /^([0-9a-f]+) blob (\d+)$/.exec(output.toString('latin1', at, lineEnd))
    at = lineEnd + 1
    if (header === null) continue
    const size = Number(header[2])
    contents.set(header[1] ?? '', output.subarray(at, at + size))
    at += size + 1
  }
  return contents
}

/** The id that git gives this content, in repositories with SHA-1 names. */
export function objectId(bytes: Uint8Array): string {
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex')
}

/** What git wrote; `undefined` when there is no git or it did not succeed. */
function git(root: string, command: readonly string[], input = ''): Buffer | undefined {
  const settings = SETTINGS.flatMap((each) => ['-c', each])
  const run = spawnSync('git', ['--no-pager', '--no-replace-objects', '-C', root, ...settings, ...command], {
    // Not the reviewed folder: Windows would look there for a program called git first.
    cwd: installation().folder,
    env: environment(),
    input,
    maxBuffer: MAX_OUTPUT,
    timeout: GIVE_UP_MILLISECONDS,
    windowsHide: true,
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  return run.status === 0 ? run.stdout : undefined
}

/** What git needs of the user's environment, and none of its own variables, which could name another repository. */
function environment(): Record<string, string> {
  const kept: Record<string, string> = {
    GIT_ALLOW_PROTOCOL: 'none', GIT_NO_LAZY_FETCH: '1', GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C',
    GIT_ASKPASS: '', SSH_ASKPASS: '',
  }
  for (const name of ['PATH', 'Path', 'HOME', 'USERPROFILE', 'SystemRoot', 'XDG_CONFIG_HOME', 'TEMP', 'TMPDIR']) {
    const value = process.env[name]
    if (value !== undefined) kept[name] = value
  }
  return kept
}

function textOf(bytes: Buffer): string {
  return bytes.toString('utf8')
}
