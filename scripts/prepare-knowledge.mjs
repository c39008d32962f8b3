// Reads and checks Assay's own rules and models once, so that no run has to:
// see src/scan/prepared.ts.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { prepare, PREPARED_FOLDERS, preparedFile } from '../dist/src/scan/prepared.js'

for (const folder of PREPARED_FOLDERS) {
  mkdirSync(dirname(preparedFile(folder)), { recursive: true })
  writeFileSync(preparedFile(folder), prepare(folder))
}
