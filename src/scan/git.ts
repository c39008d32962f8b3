import { execFile, spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { scratchFile, type ScratchFile } from '../core/files.ts'
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
  const prefix = git(root, ['rev-parse', '--show-prefix']) ?? bareRepository(root)
  if (prefix === undefined) return undefined
  const head = git(root, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'])
  return { prefix: textOf(prefix).trimEnd(), head: head === undefined ? '' : textOf(head).trim() }
}

/** The prefix in a repository without work tree, whose folder is its top; `undefined` elsewhere. */
function bareRepository(root: string): Buffer | undefined {
  const answer = git(root, ['rev-parse', '--is-bare-repository'])
  return answer !== undefined && textOf(answer).trim() === 'true' ? Buffer.alloc(0) : undefined
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
  return ids.length === 0 ? new Map() : contentsIn(git(root, ['cat-file', '--batch'], `${ids.join('\n')}\n`))
}

/** The same while other work goes on. */
export async function readObjectsBeside(root: string, ids: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>> {
  return ids.length === 0 ? new Map() : contentsIn(await gitBeside(root, ['cat-file', '--batch'], `${ids.join('\n')}\n`))
}

/** Reads `<id> blob <size>`, the content and a line end for each object. */
function contentsIn(output: Buffer | undefined): ReadonlyMap<string, Uint8Array> {
  const contents = new Map<string, Uint8Array>()
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

/** A file as one commit left it. */
export interface CommittedFile {
  /** Relative to the reviewed root. */
  readonly path: string
  /** Full id of the commit. */
  readonly commit: string
  /** Day of the commit by its committer, `YYYY-MM-DD`. */
  readonly date: string
  /** Id of the content's object; '' where the commit removed the file. */
  readonly blob: string
  /** The path before, when git takes the change for a renaming; else ''. */
  readonly renamedFrom: string
}

/** The day of a commit, `YYYY-MM-DD`; '' when it is not known. */
export function dayOfCommit(root: string, commit: string): string {
  const day = git(root, ['show', '--no-patch', '--format=%cs', '--end-of-options', commit])
  return day === undefined ? '' : textOf(day).trim()
}

/**
 * What commits did to some files, newest first, at most `limit` changes in all.
 * One walk serves all paths; it starts from any ref, or from the commits given.
 * Renamings are not followed here: see `renamingsOf`.
 */
export async function changesOf(
  root: string, { prefix }: Repository, paths: readonly string[], limit: number, from: readonly string[] = [],
): Promise<readonly CommittedFile[]> {
  if (paths.length === 0) return []
  const output = await walkBeside(root, [
    'log', '--raw', '-z', '--no-abbrev', '--no-renames', '--no-show-signature', `--max-count=${limit}`,
    '--format=%x01%H %cs', ...(from.length === 0 ? ['--all'] : ['--end-of-options', ...from]), '--', ...paths.map((path) => `:(top,literal)${prefix}${path}`),
  ])
  return output === undefined ? [] : rawChanges(textOf(output), prefix)
}

/** The renamings that some commits made. */
export async function renamingsOf(root: string, { prefix }: Repository, commits: readonly string[]): Promise<readonly CommittedFile[]> {
  if (commits.length === 0) return []
  const output = await walkBeside(root, [
    'show', '--raw', '-z', '--no-abbrev', '--find-renames=50%', '--diff-filter=R', '-l1000', '--no-show-signature',
    '--format=%x01%H %cs', '--end-of-options', ...commits,
  ])
  return output === undefined ? [] : rawChanges(textOf(output), prefix)
}

/** Reads `\x01<commit> <day>` and the raw lines `:mode mode id id STATUS\0path[\0path]` after each. */
function rawChanges(output: string, prefix: string): readonly CommittedFile[] {
  const changes: CommittedFile[] = []
  let commit = ''
  let date = ''
  const parts = output.split('\0')
  const below = (path: string): string => (path.startsWith(prefix) ? path.slice(prefix.length) : '')
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at] ?? ''
    const mark = part.indexOf('\u0001')
    if (mark >= 0) {
      commit = part.slice(mark + 1, part.indexOf(' ', mark))
      date = part.slice(mark + commit.length + 2, mark + commit.length + 12)
    }
    const change = /:\d+ \d+ [0-9a-f]+ ([0-9a-f]+) ([A-Z])\d*$/.exec(part.trimEnd())
    if (change === null) continue
    const isRenaming = change[2] === 'R'
    const from = isRenaming ? below(parts[at + 1] ?? '') : ''
    const path = below(parts[isRenaming ? at + 2 : at + 1] ?? '')
    at += isRenaming ? 2 : 1
    const blob = /^0+$/.test(change[1] ?? '') ? '' : change[1] ?? ''
    if (path !== '') changes.push({ path, commit, date, blob, renamedFrom: from })
  }
  return changes
}

/** The id that git gives this content, in repositories with SHA-1 names. */
export function objectId(bytes: Uint8Array): string {
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex')
}

/** What git wrote; `undefined` when there is no git or it did not succeed. */
function git(root: string, command: readonly string[], input = ''): Buffer | undefined {
  const run = spawnSync('git', argumentsOf(root, command), { ...options(), input, stdio: ['pipe', 'pipe', 'ignore'] })
  return run.status === 0 ? run.stdout : undefined
}

/** The same while other work goes on. */
function gitBeside(root: string, command: readonly string[], input = ''): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    const run = execFile('git', argumentsOf(root, command), { ...options(), encoding: 'buffer' }, (error, output) => resolve(error === null ? output : undefined))
    // A git that has gone already says so by its status.
    run.stdin?.on('error', () => undefined).end(input)
  })
}

/**
 * A walk over commits while other work goes on. It writes to a file: a pipe is
 * full at once, and nobody takes anything out of it while this thread computes.
 */
async function walkBeside(root: string, command: readonly string[]): Promise<Buffer | undefined> {
  let output: ScratchFile
  try {
    output = scratchFile()
  } catch {
    return gitBeside(root, command)
  }
  try {
    const status = await new Promise((resolve) => {
      const run = spawn('git', argumentsOf(root, command), { ...options(), stdio: ['ignore', output.descriptor, 'ignore'] })
      run.on('error', () => resolve(undefined)).on('exit', resolve)
    })
    return status === 0 ? output.read(MAX_OUTPUT) : undefined
  } finally {
    output.remove()
  }
}

function argumentsOf(root: string, command: readonly string[]): readonly string[] {
  return ['--no-pager', '--no-replace-objects', '-C', root, ...SETTINGS.flatMap((each) => ['-c', each]), ...command]
}

function options(): { readonly cwd: string, readonly env: Record<string, string>, readonly maxBuffer: number, readonly timeout: number, readonly windowsHide: boolean } {
  // Not the reviewed folder: Windows would look there for a program called git first.
  return { cwd: installation().folder, env: environment(), maxBuffer: MAX_OUTPUT, timeout: GIVE_UP_MILLISECONDS, windowsHide: true }
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
