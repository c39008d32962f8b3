import { SaxesParser } from 'saxes'
import type { SaxesTagNS } from 'saxes'
import { Refusal } from './refusal.ts'
import { checkShape } from './xml-shape.ts'

/** The namespace of the official release; another one is another format. */
export const CWE_NAMESPACE = 'http://cwe.mitre.org/cwe-7'

/** Deepest nesting of elements read; the 4.15 release reaches 18. */
const MAX_DEPTH = 64
/** Largest document read, in bytes; the 4.20 release has 18 MB. */
export const MAX_XML_BYTES = 64_000_000
/** Most elements in one entry; the 4.15 release reaches about a thousand. */
const MAX_ELEMENTS = 50_000
/** Most entries; the 4.20 release has about 2,000 with its references. */
const MAX_ENTRIES = 50_000
/** Depth at which the entries stand: catalogue, section, entry. */
const ENTRY_DEPTH = 3

/** One element of the CWE namespace; elements of others are kept under a name that none of ours has. */
export interface XmlElement {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  /** Text and elements within, in document order. */
  readonly content: readonly (string | XmlElement)[]
}

interface OpenElement extends XmlElement {
  readonly content: (string | XmlElement)[]
}

/** What is told while a release is scanned. */
export interface ReleaseHandler {
  root(attributes: ReadonlyMap<string, string>): void
  /** A complete entry, with the name of the section it stands in. */
  entry(section: string, element: XmlElement): void
}

/**
 * Scans a release document once from front to back, holding one entry at a time.
 * Throws a `Refusal` on anything that is not a plain, complete, well-formed
 * document of the CWE namespace.
 */
export function scanRelease(bytes: Uint8Array, handler: ReleaseHandler): void {
  if (bytes.length > MAX_XML_BYTES) throw new Refusal(`the XML is larger than ${MAX_XML_BYTES} bytes`)
  const text = decode(bytes)
  checkShape(text)
  const parser = new SaxesParser({ xmlns: true, position: true })
  const scanner = new Scanner(handler)
  parser.on('error', (error) => {
    throw new Refusal(`the XML is malformed or truncated (${firstLine(error.message)})`)
  })
  parser.on('xmldecl', (declaration) => checkDeclaration(declaration.version, declaration.encoding))
  parser.on('opentag', (tag) => scanner.open(tag))
  parser.on('closetag', () => scanner.close())
  parser.on('text', (part) => scanner.text(part))
  parser.on('cdata', (part) => scanner.text(part))
  parser.write(text).close()
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Refusal('the XML is not valid UTF-8')
  }
}

function checkDeclaration(version: string | undefined, encoding: string | undefined): void {
  if (version !== '1.0') throw new Refusal('the XML is not of version 1.0')
  if (encoding !== undefined && encoding.toUpperCase() !== 'UTF-8') throw new Refusal('the XML is not in UTF-8')
}

function firstLine(message: string): string {
  return JSON.stringify(message.split('\n', 1)[0]?.slice(0, 120) ?? '').slice(1, -1)
}

class Scanner {
  readonly #handler: ReleaseHandler
  readonly #open: OpenElement[] = []
  #depth = 0
  #elements = 0
  #entries = 0
  #section = ''

  constructor(handler: ReleaseHandler) {
    this.#handler = handler
  }

  open(tag: SaxesTagNS): void {
    this.#depth += 1
    if (this.#depth > MAX_DEPTH) throw new Refusal(`the XML nests deeper than ${MAX_DEPTH} elements`)
    if (this.#depth === 1) return this.#root(tag)
    const name = tag.uri === CWE_NAMESPACE ? tag.local : `{${tag.uri}}${tag.local}`
    if (this.#depth === 2) this.#section = name
    if (this.#depth === ENTRY_DEPTH) this.#countEntry()
    if (this.#depth >= ENTRY_DEPTH) {
      this.#elements += 1
      if (this.#elements > MAX_ELEMENTS) throw new Refusal(`an entry has more than ${MAX_ELEMENTS} elements`)
      this.#open.push({ name, attributes: attributesOf(tag), content: [] })
    }
  }

  close(): void {
    if (this.#depth >= ENTRY_DEPTH) this.#finish()
    this.#depth -= 1
  }

  text(part: string): void {
    this.#open[this.#open.length - 1]?.content.push(part)
  }

  #countEntry(): void {
    this.#elements = 0
    this.#entries += 1
    if (this.#entries > MAX_ENTRIES) throw new Refusal(`the XML has more than ${MAX_ENTRIES} entries`)
  }

  #root(tag: SaxesTagNS): void {
    if (tag.local !== 'Weakness_Catalog') throw new Refusal('the root element is not Weakness_Catalog')
    if (tag.uri !== CWE_NAMESPACE) throw new Refusal(`the namespace is not ${CWE_NAMESPACE}`)
    this.#handler.root(attributesOf(tag))
  }

  #finish(): void {
    const element = this.#open.pop() ?? unopened()
    const parent = this.#open[this.#open.length - 1]
    if (parent === undefined) this.#handler.entry(this.#section, element)
    else parent.content.push(element)
  }
}

function unopened(): never {
  throw new Error('an element closed that was never opened')
}

function attributesOf(tag: SaxesTagNS): Map<string, string> {
  const attributes = new Map<string, string>()
  for (const attribute of Object.values(tag.attributes)) {
    if (attribute.uri === '') attributes.set(attribute.local, attribute.value)
  }
  return attributes
}

/** The elements at the end of a path of names below an element, in document order. */
export function elementsAt(element: XmlElement, ...path: readonly string[]): readonly XmlElement[] {
  let found: readonly XmlElement[] = [element]
  for (const name of path) found = found.flatMap((each) => childrenNamed(each, name))
  return found
}

function childrenNamed(element: XmlElement, name: string): XmlElement[] {
  return element.content.filter((part) => typeof part !== 'string').filter((child) => child.name === name)
}

/** All text within an element, in order. The depth is bounded by the scan. */
export function textOf(element: XmlElement): string {
  return element.content.map((part) => (typeof part === 'string' ? part : textOf(part))).join('')
}
