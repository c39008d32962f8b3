import { createHash } from 'node:crypto'
import { UsageError } from '../core/problem.ts'
import type { Catalogue } from './catalogue.ts'
import { convertRelease } from './convert.ts'
import type { Release } from './convert.ts'
import { differenceOf, printDifference } from './difference.ts'
import { Refusal } from './refusal.ts'
import { serialiseCatalogue } from './stored.ts'
import { compareVersions } from './version.ts'
import { isZip, unpackRelease } from './zip.ts'

/** What `assay cwe load FILE` makes of a file. */
export interface LoadedRelease {
  readonly version: string
  /** The text to write to the user's data directory, or undefined when the release is not newer. */
  readonly content?: string
  /** What to print: the difference from the catalogue in use. */
  readonly text: string
}

/**
 * Reads an official release, the XML or the ZIP it comes in, and compares it with
 * the catalogue in use. Nothing is written. Throws a `UsageError` naming the file
 * when it is anything but a sound release in a known form.
 */
export function loadRelease(current: Catalogue, bytes: Uint8Array, fileName: string): LoadedRelease {
  const { data, formerNames } = readRelease(bytes, fileName)
  const { version, date } = data
  const order = compareVersions(version, current.version)
  const heading = `CWE ${version} (${date}) against CWE ${current.version} (${current.date}), which is in use.`
  const difference = printDifference(differenceOf(current.data, data))
  if (order <= 0) {
    const reason = order === 0 ? 'the same release' : 'an older release'
    return { version, text: `${heading}\n${difference}Not loaded: the file holds ${reason}.\n` }
  }
  const digest = createHash('sha256').update(bytes).digest('hex')
  const names = Object.fromEntries([...formerNames].map(([id, each]) => [String(id), each]))
  const content = serialiseCatalogue(data, `Loaded by \`assay cwe load\` from a file with the sha256 ${digest}.`, names)
  return { version, content, text: `${heading}\n${difference}` }
}

/** Reads the XML or ZIP of an official release. Throws a `UsageError` naming the file. */
export function readRelease(bytes: Uint8Array, fileName: string): Release {
  try {
    return convertRelease(isZip(bytes) ? unpackRelease(bytes) : bytes)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const remedy = 'Give it an official release (cwec_v<version>.xml or its ZIP) from https://cwe.mitre.org/data/.'
    throw new UsageError(`Not a CWE release that can be loaded: ${error.message}.`, fileName, remedy)
  }
}
