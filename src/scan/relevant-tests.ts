import type { FileFacts } from '../flow/facts.ts'
import { fileSet } from '../program/modules.ts'
import type { FileSet, Language } from '../tree/language.ts'
import type { SourceFile } from './discover.ts'

/** A file with what it imports. */
export interface Importer {
  readonly source: SourceFile
  readonly facts: FileFacts
}

/**
 * Which tests of a program bear on what is reviewed. What a program does does not
 * depend on its tests: the engine follows nothing from the one into the other.
 * Where all that is reviewed is the program, its tests need not be read; a test
 * that is reviewed needs those that it imports, and those that may import it and
 * call what it offers. In many programs most of the code is tests.
 */
export class RelevantTests {
  readonly #sources: readonly SourceFile[]
  /** Tests that were not found to matter so far. */
  readonly #others = new Map<string, SourceFile>()
  readonly #files: FileSet
  readonly #roots = new Map<string, readonly string[]>()

  constructor(sources: readonly SourceFile[]) {
    this.#sources = sources
    this.#files = fileSet(sources)
  }

  /** Every file but the tests that no reviewed one is known to need. `textOf` gives a file's text, as far as it is plain ASCII. */
  first(textOf: (source: SourceFile) => string): readonly SourceFile[] {
    const reviewed = this.#sources.filter((each) => each.isReviewed && isLoneTest(each)).map((each) => this.#nameOf(each))
    const mayImport = (source: SourceFile): boolean => {
      const text = reviewed.length === 0 ? '' : textOf(source)
      return reviewed.some((module) => source.language.modules?.mayImport(text, module) === true)
    }
    const isNeeded = (source: SourceFile): boolean => source.isReviewed || !isLoneTest(source) || mayImport(source)
    const needed = this.#sources.filter(isNeeded)
    for (const source of this.#sources) this.#others.set(source.path, source)
    for (const source of needed) this.#others.delete(source.path)
    return needed
  }

  /** The tests that these files import and that were not given before. */
  importedBy(importers: readonly Importer[]): readonly SourceFile[] {
    const found: SourceFile[] = []
    for (const { source, facts } of importers) {
      for (const module of new Set(facts.imports.flatMap(modulesOf))) {
        const path = source.language.modules?.resolve(module, source.path, this.#rootsOf(source.language), this.#files) ?? ''
        const test = this.#others.get(path)
        if (test === undefined) continue
        this.#others.delete(path)
        found.push(test)
      }
    }
    return found
  }

  #nameOf({ path, language }: SourceFile): string {
    return language.modules?.moduleName(path, this.#rootsOf(language), this.#files) ?? ''
  }

  #rootsOf(language: Language): readonly string[] {
    let roots = this.#roots.get(language.id)
    if (roots === undefined) {
      roots = language.modules?.roots(this.#files) ?? []
      this.#roots.set(language.id, roots)
    }
    return roots
  }
}

/** A test that is not what a folder of modules begins with, which names are resolved through. */
function isLoneTest({ path, language }: SourceFile): boolean {
  return language.modules !== undefined && language.isTest(path) && !language.modules.isPackage(path)
}

/** The modules that an import may name: what is imported from one can be one itself. */
function modulesOf({ module, name }: FileFacts['imports'][number]): readonly string[] {
  return name === '' || name === '*' ? [module] : [module, module.endsWith('.') ? module + name : `${module}.${name}`]
}
