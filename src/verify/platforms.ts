import { join } from 'node:path'
import { readText } from '../core/files.ts'
import type { Weakness } from '../cwe/record.ts'
import { installation } from '../scan/installation.ts'

interface Languages {
  readonly languages: Readonly<Record<string, string>>
  readonly memoryUnsafe: readonly string[]
  readonly raw: readonly string[]
}

let loaded: Languages | undefined

/** Classes of languages in CWE's platforms that mean memory without protection. */
const UNSAFE_CLASSES: ReadonlySet<string> = new Set(['Memory-Unsafe', 'Assembly'])

/**
 * Why a weakness of raw memory cannot be in a file, by the platforms that CWE
 * gives for it; `undefined` when it can, or when nothing says that it cannot.
 */
export function platformMismatch({ platforms }: Weakness, path: string, text: string): string | undefined {
  const classes = platforms?.languageClasses ?? []
  const isOfRawMemory =
    classes.some((each) => UNSAFE_CLASSES.has(each)) && classes.every((each) => UNSAFE_CLASSES.has(each))
  if (!isOfRawMemory) return undefined
  loaded ??= load()
  const ending = path.slice(path.lastIndexOf('.') + 1).toLowerCase()
  const language = Object.hasOwn(loaded.languages, ending) ? loaded.languages[ending] : undefined
  if (
    language === undefined ||
    loaded.memoryUnsafe.includes(language) ||
    platforms?.languages?.includes(language) === true
  )
    return undefined
  if (loaded.raw.some((piece) => text.includes(piece))) return undefined
  return `CWE knows it for languages with raw memory; the file is ${language} and reaches for none`
}

function load(): Languages {
  return JSON.parse(readText(join(installation().folder, 'data', 'verify', 'languages.json'))) as Languages
}
