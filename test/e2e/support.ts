import { spawnSync, type SpawnSyncReturns } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TestContext } from 'node:test'
import type { Review } from '../../src/review/review.ts'

/** The compiled command. */
const MAIN = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url))

/** A program in a temporary folder, with a cache of its own, gone after the test. */
export class Workspace {
  readonly folder: string
  readonly cache: string

  constructor(test: TestContext, files: Readonly<Record<string, string | Uint8Array>> = {}) {
    const base = mkdtempSync(join(tmpdir(), 'assay-'))
    this.folder = join(base, 'work')
    this.cache = join(base, 'cache')
    mkdirSync(this.folder)
    for (const [path, content] of Object.entries(files)) this.write(path, content)
    test.after(() => rmSync(base, { recursive: true, force: true }))
  }

  path(name: string): string {
    return join(this.folder, name)
  }

  write(path: string, content: string | Uint8Array): void {
    mkdirSync(dirname(this.path(path)), { recursive: true })
    writeFileSync(this.path(path), content)
  }

  /** Runs the command in the folder. */
  assay(args: readonly string[], input: string | Uint8Array = '', env: Readonly<Record<string, string>> = {}, output: 'pipe' | number = 'pipe'): SpawnSyncReturns<string> {
    const { CI: _, NO_COLOR: __, ...outer } = process.env
    return spawnSync(process.execPath, [MAIN, ...args], {
      cwd: this.folder, input, encoding: 'utf8', timeout: 120_000, maxBuffer: 100_000_000, stdio: ['pipe', output, 'pipe'],
      env: { ...outer, XDG_CACHE_HOME: this.cache, XDG_DATA_HOME: join(this.cache, 'data'), ...env },
    })
  }

  /** The review of these paths, from the json format. Fails when the command does. */
  review(...args: readonly string[]): Review {
    const run = this.assay(['review', '--format', 'json', ...args])
    if (run.status === 2 || run.stdout === '') throw new Error(`exit ${run.status}: ${run.stderr}`)
    return JSON.parse(run.stdout) as Review
  }

  /** Runs git with an identity of its own. */
  git(...args: readonly string[]): string {
    const run = spawnSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', '-c', 'init.defaultBranch=main', ...args], {
      cwd: this.folder, encoding: 'utf8', env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' },
    })
    if (run.status !== 0) throw new Error(`git ${args.join(' ')}: ${run.stderr}`)
    return run.stdout
  }
}

/** The project's folder, from the compiled tests. */
export function projectFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'examples'))) {
    if (dirname(folder) === folder) throw new Error('no examples folder above')
    folder = dirname(folder)
  }
  return folder
}

/** Where and what each finding is: `path:line cwe`. */
export function found(review: Review): readonly string[] {
  return review.findings.map((finding) => `${finding.place.path}:${finding.place.line} ${finding.cwe}`)
}

/** A view and a query two files apart, with an injection at line 5 of `shop/db.py`. */
export const SHOP: Readonly<Record<string, string>> = {
  'pyproject.toml': '[project]\nname = "shop"\n',
  'shop/__init__.py': '',
  'shop/db.py': [
    'import sqlite3', '', 'def find(name):', "    cursor = sqlite3.connect('shop.db').cursor()",
    `    cursor.execute("SELECT * FROM item WHERE name = '" + name + "'")`, '    return cursor.fetchall()', '',
  ].join('\n'),
  'shop/views.py': [
    'from flask import Flask, request', 'from shop import db', '', 'app = Flask(__name__)', '', "@app.route('/search')",
    'def search():', "    return str(len(db.find(request.args['q'])))", '',
  ].join('\n'),
}
