import { createHash } from 'node:crypto'
import { convertRelease } from './convert.ts'
import { checkIntegrity } from './integrity.ts'
import { serialiseCatalogue, serialiseFormerNames } from './stored.ts'
import { applySupplement, parseSupplement } from './supplement.ts'

/** The official release the shipped catalogue starts from: CWE 4.15 inside the npm package cwe-sdk 1.1.19. */
export const BASE_RELEASE = {
  file: 'node_modules/cwe-sdk/raw/cwe-archive.xml',
  version: '4.15',
  sha256: 'a7c64f3c642726b3aebfde6ecec096d6779b6e9cd7343dbc4165920bb6ad86c7',
} as const

/** The release that the supplement leads to. */
const SUPPLEMENTED = { version: '4.20', date: '2026-04-30' } as const

const SOURCE =
  'Built by `npm run catalogue` from the official CWE 4.15 XML (npm cwe-sdk 1.1.19, raw/cwe-archive.xml, sha256 ' +
  `${BASE_RELEASE.sha256}) and data/cwe/supplement-4.20.jsonl.`

/** Names that releases after 4.15 replaced; the 4.15 XML holds all earlier ones. */
const NAMES_REPLACED_SINCE: ReadonlyMap<number, string> = new Map([
  [598, 'Use of GET Request Method With Sensitive Query Strings'],
  [942, 'Permissive Cross-domain Policy with Untrusted Domains'],
  [1039, 'Automated Recognition Mechanism with Inadequate Detection or Handling of Adversarial Input Perturbations'],
  [1116, 'Inaccurate Comments'],
])

/** The texts of the generated files in `data/cwe`. */
export interface BuiltCatalogue {
  /** `catalogue.json` */
  readonly catalogue: string
  /** `former-names.json` */
  readonly formerNames: string
}

/** Makes the shipped catalogue from its two sources. Throws when a source is not the pinned one. */
export function buildCatalogue(baseXml: Uint8Array, supplement: string): BuiltCatalogue {
  const digest = createHash('sha256').update(baseXml).digest('hex')
  if (digest !== BASE_RELEASE.sha256) throw new Error(`${BASE_RELEASE.file} has the sha256 ${digest}`)
  const base = convertRelease(baseXml)
  const { version, date } = SUPPLEMENTED
  const data = applySupplement(base.data, parseSupplement(supplement), version, date)
  checkIntegrity(data)
  const names = new Map(base.formerNames)
  for (const [id, name] of NAMES_REPLACED_SINCE) names.set(id, [...(names.get(id) ?? []), name])
  return { catalogue: serialiseCatalogue(data, SOURCE), formerNames: serialiseFormerNames(names) }
}
