import type { FileSet, ModuleSystem } from '../../tree/language.ts'

/**
 * Python's imports: https://docs.python.org/3/reference/import.html.
 * A directory with `__init__.py` is a package, one without a namespace package.
 */
export const MODULES: ModuleSystem = { roots, moduleName, resolve, canonical, isPackage, mayImport }

/** Files that mark a directory from which its project's modules are imported. */
const MARKERS = ['setup.py', 'setup.cfg', 'pyproject.toml', 'manage.py']
/** Directories below a project that by convention hold its modules. */
const LAYOUTS = ['src', 'lib']
const ANY_SOURCE = /\.py[wi]?$/

/**
 * The project's own root first, then every directory with a marker file and its
 * `src` and `lib` when those are no packages themselves. Where a script lies
 * alone outside any package, Python also looks beside it: `resolve` does that.
 */
function roots(files: FileSet): readonly string[] {
  const found = new Set<string>([''])
  for (const path of files.paths) {
    const name = path.slice(path.lastIndexOf('/') + 1)
    if (MARKERS.includes(name)) found.add(parentOf(path))
  }
  const all = [...found]
  for (const root of found) {
    for (const layout of LAYOUTS) {
      const below = join(root, layout)
      const isNew = files.hasDirectory(below) && !files.has(`${below}/__init__.py`) && !found.has(below)
      if (isNew) all.push(below)
    }
  }
  return all.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
}

/**
 * The name by the longest root that holds the file, unless that root is itself
 * inside a package: a package's name starts where its `__init__.py` files start.
 */
function moduleName(path: string, known: readonly string[], files: FileSet): string {
  const holding = known.filter((root) => root === '' || path.startsWith(`${root}/`))
    .filter((root) => root === '' || !files.has(`${root}/__init__.py`))
    .sort((a, b) => b.length - a.length)
  const root = holding[0] ?? ''
  const inner = (root === '' ? path : path.slice(root.length + 1)).replace(ANY_SOURCE, '')
  const parts = inner.split('/')
  if (parts.at(-1) === '__init__' && parts.length > 1) parts.pop()
  return parts.join('.')
}

function resolve(specifier: string, from: string, known: readonly string[], files: FileSet): string | undefined {
  const dots = leadingDots(specifier)
  const parts = specifier.slice(dots).split('.').filter((part) => part !== '')
  if (dots > 0) {
    const base = climb(parentOf(from), dots - 1)
    return base === undefined ? undefined : moduleFile(base, parts, files)
  }
  if (parts.length === 0) return undefined
  for (const folder of searchPath(from, known, files)) {
    const file = moduleFile(folder, parts, files)
    if (file !== undefined && (file !== from || parts.length > 1)) return file
  }
  return undefined
}

/**
 * Folders in which a module is looked for: the roots that hold the importing file,
 * nearest first; its own folder, which a script is started from, as every module
 * was in Python 2; the folders above that are no packages, from which the program
 * may be started; last the roots of other projects.
 */
function searchPath(from: string, known: readonly string[], files: FileSet): ReadonlySet<string> {
  const holds = (root: string): boolean => root === '' || from.startsWith(`${root}/`)
  const folders = new Set(known.filter(holds).sort((a, b) => b.length - a.length))
  const own = parentOf(from)
  folders.add(own)
  for (let folder = parentOf(own); folder !== ''; folder = parentOf(folder)) {
    if (!files.has(`${folder}/__init__.py`)) folders.add(folder)
  }
  for (const root of known) folders.add(root)
  return folders
}

/** A source file wins over its stub, a package over a module of the same name. */
function moduleFile(base: string, parts: readonly string[], files: FileSet): string | undefined {
  const path = join(base, parts.join('/'))
  const candidates = parts.length === 0 ? [] : [`${path}.py`, `${path}.pyw`, `${path}.pyi`]
  const asPackage = [join(path, '__init__.py'), join(path, '__init__.pyi')]
  const [init, initStub] = asPackage
  const order = [init, ...candidates.slice(0, 2), initStub, ...candidates.slice(2)]
  return order.find((each) => each !== undefined && files.has(each))
}

function canonical(specifier: string, from: string, known: readonly string[], files: FileSet): string {
  const dots = leadingDots(specifier)
  if (dots > 0) {
    const own = moduleName(from, known, files).split('.').filter((part) => part !== '')
    const keep = own.length - (isPackage(from) ? dots - 1 : dots)
    const rest = specifier.slice(dots).split('.').filter((part) => part !== '')
    return [...own.slice(0, Math.max(0, keep)), ...rest].join('.')
  }
  const file = resolve(specifier, from, known, files)
  return file === undefined ? specifier : moduleName(file, known, files)
}

function isPackage(path: string): boolean {
  return /(^|\/)__init__\.py[wi]?$/.test(path)
}

const RELATIVE_IMPORT = /\bfrom\s+\.[.\w]*\s+import\b/

/** By its whole name, or by its last part out of its package, which a relative import does not name. */
function mayImport(text: string, module: string): boolean {
  const dot = module.lastIndexOf('.')
  if (!text.includes(module.slice(dot + 1))) return false
  if (text.includes(module) || RELATIVE_IMPORT.test(text)) return true
  const parent = module.slice(0, Math.max(0, dot))
  return text.includes(parent) && new RegExp(`\\bfrom\\s+${parent.replace(/[^\w]/g, '\\$&')}\\s+import\\b`, 'u').test(text)
}

function leadingDots(specifier: string): number {
  let dots = 0
  while (specifier[dots] === '.') dots++
  return dots
}

function parentOf(path: string): string {
  const slash = path.lastIndexOf('/')
  return slash < 0 ? '' : path.slice(0, slash)
}

/** The directory so many levels up; `undefined` above the project. */
function climb(directory: string, levels: number): string | undefined {
  let at = directory
  for (let level = 0; level < levels; level++) {
    if (at === '') return undefined
    at = parentOf(at)
  }
  return at
}

function join(directory: string, name: string): string {
  return directory === '' ? name : name === '' ? directory : `${directory}/${name}`
}
