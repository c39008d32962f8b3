// Writes data/cwe/catalogue.json and data/cwe/former-names.json from the official
// CWE 4.15 XML and data/cwe/supplement-4.20.jsonl. A test compares the result.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const compiled = process.argv[2] ?? 'dist'
const build = await import(pathToFileURL(join(process.cwd(), compiled, 'src', 'cwe', 'build.js')).href)
const folder = join('data', 'cwe')
const supplement = readFileSync(join(folder, 'supplement-4.20.jsonl'), 'utf8')
const built = build.buildCatalogue(readFileSync(build.BASE_RELEASE.file), supplement)
writeFileSync(join(folder, 'catalogue.json'), built.catalogue)
writeFileSync(join(folder, 'former-names.json'), built.formerNames)
