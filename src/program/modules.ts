import { LIMITS } from '../core/limits.ts'
import { Op } from '../flow/facts.ts'
import type { FileSet } from '../tree/language.ts'
import type { ProgramFile, Ref } from './program.ts'
import type { LinkInput, Space } from './space.ts'

/** Alternatives kept for a name that is defined conditionally. */
const MAX_DEFINITIONS = 4

interface Stars {
  readonly files: readonly ProgramFile[]
  readonly libraries: readonly string[]
}

interface TopLevelClass {
  readonly file: ProgramFile
  readonly index: number
}

/** Which file a module name means, and what a module's names are bound to. */
export class Modules {
  readonly #space: Space
  readonly #files: FileSet
  readonly #roots = new Map<string, readonly string[]>()
  readonly #byPath = new Map<string, ProgramFile>()
  readonly #byModule = new Map<string, ProgramFile>()
  readonly #bindings = new Map<ProgramFile, ReadonlyMap<string, readonly Ref[]>>()
  readonly #resolved = new Map<string, ProgramFile | null>()
  readonly #stars = new Map<ProgramFile, Stars>()
  #classes: ReadonlyMap<string, readonly TopLevelClass[]> | undefined

  constructor(space: Space, files: FileSet) {
    this.#space = space
    this.#files = files
    for (const file of space.files) {
      this.#byPath.set(file.path, file)
      if (file.module !== '' && !this.#byModule.has(file.module)) this.#byModule.set(file.module, file)
    }
  }

  /** The file of a module by its canonical name. */
  named(module: string): ProgramFile | undefined {
    return this.#byModule.get(module)
  }

  /** The file a specifier written in `from` means; `undefined` for a library. */
  resolve(specifier: string, from: ProgramFile): ProgramFile | undefined {
    const system = this.#space.languageOf(from).modules
    if (!system) return undefined
    const key = `${from.path}\n${specifier}`
    const known = this.#resolved.get(key)
    if (known !== undefined) return known ?? undefined
    const path = system.resolve(specifier, from.path, this.#rootsOf(from), this.#files)
    const found = path === undefined ? undefined : this.#byPath.get(path)
    this.#resolved.set(key, found ?? null)
    return found
  }

  /** A specifier as a dotted name, relative ones made absolute. */
  canonical(specifier: string, from: ProgramFile): string {
    const system = this.#space.languageOf(from).modules
    return system ? system.canonical(specifier, from.path, this.#rootsOf(from), this.#files) : specifier
  }

  /** The submodule of a package that an attribute or import of this name means. */
  submodule(file: ProgramFile, name: string): ProgramFile | undefined {
    const isPackage = this.#space.languageOf(file).modules?.isPackage(file.path) ?? false
    return isPackage ? this.#byModule.get(`${file.module}.${name}`) : undefined
  }

  /**
   * Values a module-level name is bound to, star imports and assignments from
   * functions included; where it is bound more than `MAX_DEFINITIONS` times, the last ones.
   */
  member(file: ProgramFile, name: string): readonly Ref[] {
    return this.#own(file).get(name) ?? this.#throughStars(file, name)
  }

  /** A star import binds what the module declares public, or else every name that starts with no underscore. */
  #throughStars(start: ProgramFile, name: string): readonly Ref[] {
    const queue = [...this.#starFiles(start)]
    const seen = new Set([start, ...queue])
    for (let at = 0; at < queue.length && at < LIMITS.reexports; at++) {
      const file = queue[at]
      if (!file || !isPublic(file, name)) continue
      const found = this.#own(file).get(name)
      if (found) return found
      for (const next of this.#starFiles(file)) {
        if (seen.has(next)) continue
        seen.add(next)
        queue.push(next)
      }
    }
    return []
  }

  /**
   * A class that a package offers without a binding in its own file: packages that
   * register or load their parts when asked have no other trace. Only where one
   * module below the package declares a class of that name.
   */
  registered(file: ProgramFile, name: string): { readonly file: ProgramFile, readonly index: number } | undefined {
    const isPackage = this.#space.languageOf(file).modules?.isPackage(file.path) ?? false
    if (!isPackage || file.module === '') return undefined
    this.#classes ??= topLevelClasses(this.#space.files)
    const below = (this.#classes.get(name) ?? []).filter((each) => isDirectlyBelow(each.file.module, file.module))
    return below.length === 1 ? below[0] : undefined
  }

  /** Canonical names of libraries that a file star-imports. */
  starLibraries(file: ProgramFile): readonly string[] {
    return this.#starsOf(file).libraries
  }

  #starFiles(file: ProgramFile): readonly ProgramFile[] {
    return this.#starsOf(file).files
  }

  #starsOf(file: ProgramFile): Stars {
    let stars = this.#stars.get(file)
    if (!stars) {
      const files: ProgramFile[] = []
      const libraries: string[] = []
      for (const each of file.facts.imports) {
        if (each.name !== '*') continue
        const from = this.resolve(each.module, file)
        if (!from) libraries.push(this.canonical(each.module, file))
        else if (from !== file) files.push(from)
      }
      // A later import binds last.
      stars = { files: files.reverse(), libraries: libraries.reverse() }
      this.#stars.set(file, stars)
    }
    return stars
  }

  #rootsOf(file: ProgramFile): readonly string[] {
    const language = this.#space.languageOf(file)
    let roots = this.#roots.get(language.id)
    if (!roots) {
      roots = language.modules?.roots(this.#files) ?? []
      this.#roots.set(language.id, roots)
    }
    return roots
  }

  #own(file: ProgramFile): ReadonlyMap<string, readonly Ref[]> {
    let bindings = this.#bindings.get(file)
    if (!bindings) {
      bindings = bindingsOf(file)
      this.#bindings.set(file, bindings)
    }
    return bindings
  }
}

/** All paths of a program, for the languages' module systems. */
export function fileSet(inputs: readonly Pick<LinkInput, 'path'>[]): FileSet {
  const paths = inputs.map((input) => input.path)
  const known = new Set(paths)
  const directories = new Set<string>([''])
  for (const path of paths) {
    for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
      const directory = path.slice(0, slash)
      if (directories.has(directory)) break
      directories.add(directory)
    }
  }
  return { paths, has: (path) => known.has(path), hasDirectory: (path) => directories.has(path) }
}

function topLevelClasses(files: readonly ProgramFile[]): ReadonlyMap<string, readonly TopLevelClass[]> {
  const found = new Map<string, TopLevelClass[]>()
  for (const file of files) {
    for (const [index, each] of file.facts.classes.entries()) {
      if (each.parent !== 0) continue
      const list = found.get(each.name)
      if (list) list.push({ file, index })
      else found.set(each.name, [{ file, index }])
    }
  }
  return found
}

function isDirectlyBelow(module: string, parent: string): boolean {
  return module.startsWith(`${parent}.`) && !module.includes('.', parent.length + 1)
}

function isPublic(file: ProgramFile, name: string): boolean {
  return file.facts.exports === undefined ? !name.startsWith('_') : file.facts.exports.includes(name)
}

/** Blocks of a module's own code that every run of it to its end goes through. */
function blocksAlwaysRun({ facts }: ProgramFile): ReadonlySet<number> {
  const body = facts.functions[0]
  const blocks = new Set<number>()
  for (let block = body ? body.firstBlock + body.blockCount - 1 : -1; block >= 0; block = facts.dominator[block] ?? -1) blocks.add(block)
  return blocks
}

function bindingsOf(file: ProgramFile): ReadonlyMap<string, readonly Ref[]> {
  const { facts, valueBase } = file
  const found = new Map<string, Ref[]>()
  const add = (name: string, value: Ref): void => {
    const list = found.get(name)
    if (!list) found.set(name, [value])
    else if (!list.includes(value)) list.push(value)
  }
  const always = blocksAlwaysRun(file)
  for (const { name, value } of facts.functions[0]?.bindings ?? []) {
    const written = facts.strings[name] ?? ''
    // A function or class that is always declared takes the place of what the name was bound to before.
    const isDeclared = facts.op[value] === Op.Function || facts.op[value] === Op.Class
    if (isDeclared && always.has(facts.block[value] ?? -1)) found.delete(written)
    add(written, valueBase + value)
  }
  for (let at = 0; at < facts.op.length; at++) {
    if (facts.op[at] !== Op.SetName) continue
    add(facts.strings[facts.a[at] ?? 0] ?? '', valueBase + (facts.args[facts.argStart[at] ?? 0] ?? 0))
  }
  for (const list of found.values()) if (list.length > MAX_DEFINITIONS) list.splice(0, list.length - MAX_DEFINITIONS)
  return found
}
