import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FileStatus, FolderEntry, ReadRefusal } from '../core/files.ts'
import { languages } from '../languages/discover.ts'
import { discover, type Discovery } from './discover.ts'
import type { FileTree, LinkTarget } from './tree.ts'
import { relativeTo } from './tree.ts'

/** A tree in memory: paths with their texts. */
class MemoryTree implements FileTree {
  readonly #files: Readonly<Record<string, string>>

  constructor(files: Readonly<Record<string, string>>) {
    this.#files = files
  }

  list(folder: string): readonly FolderEntry[] {
    const entries = new Map<string, FolderEntry>()
    for (const path of Object.keys(this.#files)) {
      const rest = folder === '' ? path : path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : ''
      const [name = '', ...below] = rest.split('/')
      if (name !== '') entries.set(name, { name, kind: below.length === 0 ? 'file' : 'directory' })
    }
    return [...entries.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
  }

  status(): FileStatus | undefined {
    return undefined
  }

  read(path: string): Uint8Array | ReadRefusal {
    return new TextEncoder().encode(this.#files[path] ?? '')
  }

  beginning(path: string, count: number): Uint8Array {
    return new TextEncoder().encode(this.#files[path] ?? '').subarray(0, count)
  }

  linkTarget(): LinkTarget {
    return 'inside'
  }
}

interface Asked {
  readonly target?: string
  readonly file?: string
  readonly excluded?: string
}

async function find(files: Readonly<Record<string, string>>, { target = '', file, excluded }: Asked = {}): Promise<Discovery> {
  const path = file ?? target
  return discover(new MemoryTree(files), {
    programs: [''],
    languages: await languages(),
    targets: [{ named: path, path, isFolder: file === undefined }],
    isExcluded: (each) => each === excluded,
  })
}

function paths(discovery: Discovery): readonly string[] {
  return discovery.files.map((each) => (each.isReviewed ? each.path : `(${each.path})`))
}

test('files by extension, name and first line, sorted', async () => {
  const discovery = await find({
    'b.py': '', 'a/z.py': '', 'tool': '#!/usr/bin/env python3\n', 'notes': 'python\n', 'SConstruct': '', 'page.html': '', 'x.txt': '',
  })
  assert.deepEqual(paths(discovery), ['SConstruct', 'a/z.py', 'b.py', 'tool'])
  assert.deepEqual(discovery.problems.map((each) => each.message), [
    '3 files are in no language that Assay reads: .html 1, .txt 1, without extension 1',
  ])
})

test('only the target is reviewed, the program around it is read', async () => {
  const files = { 'a/x.py': '', 'ab/y.py': '', 'c.py': '' }
  assert.deepEqual(paths(await find(files, { target: 'a' })), ['a/x.py', '(ab/y.py)', '(c.py)'])
  assert.deepEqual(paths(await find(files, { file: 'c.py' })), ['(a/x.py)', '(ab/y.py)', 'c.py'])
})

test('ignore files hold in their folder and below; an inner one overrides an outer one', async () => {
  const files = {
    '.gitignore': '*.gen.py\nbuild/\n!keep.gen.py\n', '.assayignore': 'old.py\n', 'x.gen.py': '', 'keep.gen.py': '', 'old.py': '',
    'build/a.py': '', 'sub/.semgrepignore': '!y.gen.py\nlocal.py\n', 'sub/y.gen.py': '', 'sub/local.py': '', 'local.py': '',
  }
  assert.deepEqual(paths(await find(files)), ['keep.gen.py', 'local.py', 'sub/y.gen.py'])
})

test('installed packages and version control are left out, and can be taken back', async () => {
  const files = { 'node_modules/p/a.py': '', '.git/hooks/b.py': '', '.venv/c.py': '', 'd.py': '' }
  assert.deepEqual(paths(await find(files)), ['d.py'])
  assert.deepEqual(paths(await find({ ...files, '.assayignore': '!node_modules/\n' })), ['d.py', 'node_modules/p/a.py'])
})

test('what is named by itself is reviewed although it is ignored or excluded', async () => {
  const files = { '.gitignore': 'gen/\n', 'gen/a.py': '', 'b.py': '' }
  assert.deepEqual(paths(await find(files, { file: 'gen/a.py' })), ['(b.py)', 'gen/a.py'])
  assert.deepEqual(paths(await find(files, { target: 'gen' })), ['(b.py)', 'gen/a.py'])
  const excluded = await find(files, { excluded: 'b.py' })
  assert.deepEqual([paths(excluded), excluded.excluded], [['(b.py)'], 1])
  assert.deepEqual(paths(await find(files, { file: 'b.py', excluded: 'b.py' })), ['b.py'])
})

test('a file named by itself in no known language is said', async () => {
  const discovery = await find({ 'a.txt': '' }, { file: 'a.txt' })
  assert.deepEqual(discovery.problems, [{ kind: 'skipped', path: 'a.txt', message: 'in no language that Assay reads' }])
})

test('containment, with the paths of POSIX and of Windows', () => {
  assert.equal(relativeTo('/a/b', '/a/b/c/d.py'), 'c/d.py')
  assert.equal(relativeTo('/a/b', '/a/b'), '')
  assert.equal(relativeTo('/a/b', '/a/bc/d.py'), undefined)
  assert.equal(relativeTo('/', '/a'), 'a')
  assert.equal(relativeTo('/a', '/A/b'), undefined)
  assert.equal(relativeTo('/a', '/a/b\\c'), 'b\\c')
  assert.equal(relativeTo('C:\\work\\shop', 'c:\\Work\\shop\\src\\a.py'), 'src/a.py')
  assert.equal(relativeTo('C:\\work\\shop', 'C:\\work\\shopping\\a.py'), undefined)
  assert.equal(relativeTo('C:\\', 'C:\\a.py'), 'a.py')
  assert.equal(relativeTo('\\\\server\\share', '\\\\server\\share\\a\\b.py'), 'a/b.py')
  assert.equal(relativeTo('C:\\work', 'D:\\work\\a.py'), undefined)
})
