// Runs every compiled test as an explicit list: `node --test` takes a folder on
// some Node versions and a glob on others, a list on all. Arguments narrow the
// list to files whose path contains one of them.
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

const wanted = process.argv.slice(2)
const files = readdirSync('dist', { recursive: true })
  .map((name) => join('dist', name))
  .filter((name) => name.endsWith('.test.js'))
  .filter((name) => wanted.length === 0 || wanted.some((part) => name.split('\\').join('/').includes(part)))
  .sort()
if (files.length === 0) {
  console.error('no compiled test found: run `npm run build` first, or check the filter')
  process.exit(2)
}
const run = spawnSync(process.execPath, ['--test', '--enable-source-maps', ...files], { stdio: 'inherit' })
process.exit(run.status ?? 1)
