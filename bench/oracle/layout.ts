import { Module, type Placement } from './module.ts'
import { Names } from './names.ts'
import type { Random } from './random.ts'
import type { Style } from './style.ts'

/** How the files of a program lie. */
export type LayoutKind = 'package' | 'namespace' | 'source-folder' | 'flat'

/** The most files with code in one program. */
const MAX_MODULES = 6

interface ImportForm {
  readonly line: string
  /** What stands for the imported name from there on. */
  readonly expression: string
}

/** The files of one program, and how they import each other. */
export class Layout {
  readonly random: Random
  readonly names: Names
  readonly kind: LayoutKind
  /** Top-level package, or what every file's name begins with. */
  readonly package: string
  /** Definitions are put into no more files than this. */
  readonly maxModules: number
  readonly modules: Module[] = []
  readonly style: Style
  /** Imports by way of a package's own file: path of that file, lines. */
  readonly #packageFiles = new Map<string, string[]>()

  constructor(random: Random, kind: LayoutKind, packageName: string, style: Style, maxModules: number = MAX_MODULES) {
    this.style = style
    this.maxModules = maxModules
    this.random = random
    this.names = new Names(random)
    this.kind = kind
    this.package = packageName
    this.addModule(true)
  }

  /** A new file after all others. */
  addModule(isEntry = false): Module {
    const word = this.names.module(isEntry)
    const inFolder = !isEntry && this.kind !== 'flat' && this.random.chance(0.25)
    const folder = inFolder ? `${this.names.folder()}.` : ''
    const dotted = this.kind === 'flat' ? `${this.package}_${word}` : `${this.package}.${folder}${word}`
    const module = new Module(this, this.modules.length, `${this.kind === 'source-folder' ? 'src/' : ''}${dotted.replaceAll('.', '/')}.py`, dotted)
    this.modules.push(module)
    return module
  }

  /** A file that `from` may import: itself, a later one or a new one. */
  placeFor(from: Module, placement: Placement): Module {
    if (placement === 'here' || (placement === 'any' && this.random.chance(0.55))) return from
    const later = this.modules.slice(from.index + 1)
    if (this.modules.length < this.maxModules && (later.length === 0 || this.random.chance(0.4))) return this.addModule()
    return later.length === 0 ? from : this.random.pick(later)
  }

  /** One of the ways to import a name. */
  importOf(from: Module, holder: Module, name: string): ImportForm {
    const forms = [...this.#absoluteForms(holder, name), ...this.#relativeForms(from, holder, name)]
    return this.random.pick(forms)()
  }

  #absoluteForms(holder: Module, name: string): (() => ImportForm)[] {
    const { dotted } = holder
    const plain = (): ImportForm => ({ line: `from ${dotted} import ${name}`, expression: name })
    const forms = [
      plain, plain, plain,
      (): ImportForm => ({ line: `from ${dotted} import ${name} as ${name}_alias`, expression: `${name}_alias` }),
      (): ImportForm => ({ line: `import ${dotted}`, expression: `${dotted}.${name}` }),
      (): ImportForm => ({ line: `import ${dotted} as ${last(dotted)}_mod`, expression: `${last(dotted)}_mod.${name}` }),
    ]
    if (this.kind !== 'flat') {
      forms.push(() => ({ line: `from ${parent(dotted)} import ${last(dotted)}`, expression: `${last(dotted)}.${name}` }))
    }
    return forms
  }

  #relativeForms(from: Module, holder: Module, name: string): (() => ImportForm)[] {
    if (this.kind === 'flat') return []
    const path = relative(from.dotted, holder.dotted)
    const forms = [
      (): ImportForm => ({ line: `from ${path} import ${name}`, expression: name }),
      (): ImportForm => ({ line: `from ${parentOfRelative(path)} import ${last(holder.dotted)}`, expression: `${last(holder.dotted)}.${name}` }),
    ]
    const folder = parent(holder.dotted)
    if (this.kind !== 'namespace' && folder !== this.package && !from.dotted.startsWith(`${folder}.`)) {
      forms.push(() => this.#byPackage(holder, folder, name))
    }
    return forms
  }

  /** By way of the `__init__` of the folder. */
  #byPackage(holder: Module, folder: string, name: string): ImportForm {
    const path = `${this.kind === 'source-folder' ? 'src/' : ''}${folder.replaceAll('.', '/')}/__init__.py`
    const lines = this.#packageFiles.get(path) ?? []
    lines.push(`from .${last(holder.dotted)} import ${name}`)
    this.#packageFiles.set(path, lines)
    return { line: `from ${folder} import ${name}`, expression: name }
  }

  /** Every file's text by path. */
  files(): Map<string, string> {
    const files = new Map<string, string>()
    for (const module of this.modules) files.set(module.path, module.text())
    if (this.kind === 'flat' || this.kind === 'namespace') return files
    for (const { path } of this.modules) {
      const parts = path.split('/').slice(0, -1)
      for (let depth = this.kind === 'source-folder' ? 2 : 1; depth <= parts.length; depth++) {
        const own = `${parts.slice(0, depth).join('/')}/__init__.py`
        files.set(own, (this.#packageFiles.get(own) ?? []).map((line) => `${line}\n`).join(''))
      }
    }
    return files
  }
}

function last(dotted: string): string {
  return dotted.slice(dotted.lastIndexOf('.') + 1)
}

function parent(dotted: string): string {
  return dotted.slice(0, Math.max(0, dotted.lastIndexOf('.')))
}

/** `..store.items` for `shop.store.items` seen from `shop.web.views`. */
function relative(from: string, to: string): string {
  const here = from.split('.').slice(0, -1)
  const there = to.split('.')
  let shared = 0
  while (shared < here.length && here[shared] === there[shared]) shared++
  return '.'.repeat(here.length - shared + 1) + there.slice(shared).join('.')
}

/** `..store` for `..store.items`, `.` for `.items`. */
function parentOfRelative(path: string): string {
  const at = path.lastIndexOf('.')
  return /^\.+[^.]+$/.test(path) ? path.slice(0, at + 1) : path.slice(0, at)
}
