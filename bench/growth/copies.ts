import { copyFileSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Where the packages of a corpus are told apart: their names, at the top of the folder. */
function packagesOf(corpus: string): readonly string[] {
  return readdirSync(corpus).filter((name) => statSync(join(corpus, name)).isDirectory() || name.endsWith('.py'))
    .map((name) => name.replace(/\.py$/, '')).filter((name) => /^[A-Za-z_]\w*$/.test(name)).sort()
}

/** Copies a corpus so often into a folder; in each copy packages are named, and imported, by names of their own. */
export function makeCopies(corpus: string, into: string, count: number): void {
  const packages = packagesOf(corpus)
  const named = new RegExp(`(?<![\\w.])(${packages.join('|')})(?=\\.\\w)|(?<=\\b(?:import|from) )(${packages.join('|')})\\b`, 'g')
  const paths = readdirSync(corpus, { recursive: true, encoding: 'utf8' }).map((path) => path.replaceAll('\\', '/')).sort()
  for (let copy = 1; copy <= count; copy++) {
    for (const path of paths) {
      const from = join(corpus, path)
      if (!statSync(from).isFile()) continue
      const [top = '', ...rest] = path.split('/')
      const own = top.replace(/^([A-Za-z_]\w*)(\.py)?$/, (_, name: string, ending = '') => `${name}_${copy}${String(ending)}`)
      const to = join(into, own, ...rest)
      mkdirSync(dirname(to), { recursive: true })
      if (path.endsWith('.py')) writeFileSync(to, readFileSync(from, 'utf8').replace(named, (name) => `${name}_${copy}`))
      else copyFileSync(from, to)
    }
  }
}
