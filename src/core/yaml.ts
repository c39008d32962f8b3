import { createRequire } from 'node:module'
import type * as Yaml from 'yaml'

/** A YAML file as it is given to a loader. */
export interface YamlFile {
  /** For messages, with `/`. */
  readonly path: string
  readonly text: string
  /** What the text holds, where that was read and checked before; then the text is read for the lines of messages alone. */
  readonly value?: unknown
}

/** Keys and indices that lead to a part of a document. */
export type YamlPlace = readonly (string | number)[]

export interface YamlError {
  readonly message: string
  /** In UTF-16 units from the start of the text. */
  readonly offset: number
}

/** How a document is read: `merge` for keys `<<`, and the aliases that it may expand. */
export interface YamlReading {
  readonly merge: boolean
  readonly maxAliases: number
}

/** What is written in a YAML file, and where. The text is read when something is asked that the file does not bring. */
export class YamlDocument {
  readonly #file: YamlFile
  readonly #reading: YamlReading
  #parsed: { readonly document: Yaml.Document, readonly lines: Yaml.LineCounter } | undefined

  constructor(file: YamlFile, reading: YamlReading) {
    this.#file = file
    this.#reading = reading
  }

  /** Why the text is no YAML, in order of place; empty when it is. */
  get errors(): readonly YamlError[] {
    if (this.#file.value !== undefined) return []
    return this.#read().document.errors.map(({ message, pos }) => ({ message: message.split('\n')[0] ?? '', offset: pos[0] }))
  }

  /** The whole as plain data. Throws when more aliases are expanded than may be. */
  value(): unknown {
    return this.#file.value ?? this.#read().document.toJS({ maxAliasCount: this.#reading.maxAliases }) as unknown
  }

  /** Where the part that the keys lead to begins, or its nearest parent that is there. */
  offsetOf(place: YamlPlace): number {
    const { document } = this.#read()
    for (let length = place.length; length >= 0; length--) {
      const node: unknown = length === 0 ? document.contents : document.getIn(place.slice(0, length), true)
      if (yaml().isNode(node) && node.range) return node.range[0]
    }
    return 0
  }

  /** The line of an offset, from 1. */
  lineAt(offset: number): number {
    return this.#read().lines.linePos(Math.max(0, offset)).line
  }

  #read(): { readonly document: Yaml.Document, readonly lines: Yaml.LineCounter } {
    if (this.#parsed === undefined) {
      const { LineCounter, parseDocument } = yaml()
      const lines = new LineCounter()
      const document = parseDocument(this.#file.text, {
        lineCounter: lines, prettyErrors: false, uniqueKeys: true, merge: this.#reading.merge,
      })
      this.#parsed = { document, lines }
    }
    return this.#parsed
  }
}

/** Plain data as YAML, below a comment of some lines. */
export function writeYaml(value: unknown, comment: readonly string[]): string {
  const document = new (yaml().Document)(value, { aliasDuplicateObjects: false })
  document.commentBefore = comment.map((line) => ` ${line}`).join('\n')
  return document.toString({ lineWidth: 0 })
}

let loaded: typeof Yaml | undefined

/** The library, loaded when the first text is read: most runs read none. */
function yaml(): typeof Yaml {
  loaded ??= createRequire(import.meta.url)('yaml') as typeof Yaml
  return loaded
}
