import assert from 'node:assert/strict'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { test } from 'node:test'

/*
 * The structure of the source as data, with the reason of each row. A layer
 * imports itself, the layers it names and nothing else.
 */

interface Layer {
  readonly layer: string
  readonly imports: readonly string[]
  readonly because: string
}

const LAYERS: readonly Layer[] = [
  { layer: 'core', imports: [], because: 'everything stands on it, so it stands on nothing' },
  { layer: 'cwe', imports: ['core'], because: 'the catalogue is data with look-ups; it knows no code' },
  { layer: 'tree', imports: ['core'], because: 'the border between languages and engine belongs to neither' },
  { layer: 'syntax', imports: ['core', 'tree'], because: 'the parser runtime and its inner layout stand in one place' },
  { layer: 'languages', imports: ['core', 'tree', 'syntax'], because: 'a front end makes trees and knows nothing of their use' },
  { layer: 'flow', imports: ['core', 'tree'], because: 'facts are a function of the tree, the same for every language' },
  { layer: 'match', imports: ['core', 'tree'], because: 'patterns are compared with trees; the matcher knows no flow' },
  { layer: 'models', imports: ['core'], because: 'what libraries do is data' },
  { layer: 'program', imports: ['core', 'tree', 'flow', 'models'], because: 'linking needs facts and library types, no rule' },
  { layer: 'dataflow', imports: ['core', 'flow', 'models', 'program'], because: 'a search is given its ends; it knows no weakness' },
  { layer: 'rules', imports: ['core', 'cwe', 'tree', 'match', 'models'], because: 'a rule joins kinds and patterns to a weakness' },
  {
    layer: 'analysis',
    imports: ['core', 'cwe', 'tree', 'flow', 'match', 'models', 'program', 'dataflow', 'rules'],
    because: 'rules, models and search meet here, and only here',
  },
  {
    layer: 'review',
    imports: ['core', 'cwe', 'flow', 'program', 'dataflow', 'rules', 'analysis'],
    because: 'places become findings; nothing is analysed any more',
  },
  {
    layer: 'scan',
    imports: [
      'core', 'cwe', 'tree', 'languages', 'flow', 'match', 'models', 'program', 'dataflow', 'rules', 'analysis', 'review',
    ],
    because: 'the pipeline puts all parts together; languages only by discovery',
  },
  { layer: 'report', imports: ['core', 'cwe', 'rules', 'review'], because: 'a format sees the review and nothing behind it' },
  {
    layer: 'verify', imports: ['core', 'cwe', 'tree', 'languages', 'rules', 'analysis', 'review', 'report', 'scan'],
    because: "somebody else's review is judged by the tree, the catalogue and a review of our own",
  },
  { layer: 'index.ts', imports: ['core', 'cwe', 'rules', 'review', 'report', 'scan', 'verify'], because: 'the door for programs' },
  {
    layer: 'cli',
    imports: ['core', 'cwe', 'languages', 'rules', 'scan', 'verify', 'index.ts'],
    because: 'a front end: it goes through the door, and asks data for what it prints',
  },
]

interface Power {
  readonly what: string
  readonly pattern: RegExp
  readonly where: RegExp
  readonly because: string
}

const POWERS: readonly Power[] = [
  {
    what: 'files', pattern: /from '(node:)?fs(\/promises)?'/, where: /^core\/files\.ts$/,
    because: 'what is read and written can be stated by reading one file',
  },
  {
    what: 'processes', pattern: /from '(node:)?child_process'/, where: /^scan\/git\.ts$/,
    because: 'only git plumbing with fixed arguments is ever started',
  },
  {
    what: 'network', pattern: /from '(node:)?(net|tls|dgram|dns|https?|http2|inspector)(\/promises)?'|\bfetch\(|WebSocket/,
    where: /^(scan\/revision-tree|scan\/baseline|verify\/target)\.ts$/, because: 'a review connects to nothing (these files have a method of that name)',
  },
  {
    what: 'code from text', pattern: /\beval\(|new Function\(|from '(node:)?vm'/, where: /^$/,
    because: 'nothing that is read is ever executed',
  },
  {
    what: 'threads', pattern: /from '(node:)?worker_threads'/, where: /^scan\/(pool|worker)\.ts$/,
    because: 'results are placed in order in one place',
  },
  {
    what: 'console and exit', pattern: /\bconsole\.|process\.(exit\b|exitCode|stdout|stderr)/, where: /^cli\//,
    because: 'only the command line speaks to the user',
  },
  {
    what: 'the environment', pattern: /process\.env/, where: /^(cli\/|scan\/(user-folders|git)\.ts$)/,
    because: 'a review depends on its options, not on the machine',
  },
  {
    what: 'the clock', pattern: /Date\.now\(|new Date\(\)|performance\.now\(/, where: /^(cli\/progress|scan\/(disk-cache|facts-store))\.ts$/,
    because: 'the same input gives the same bytes; the cache needs it to see changes',
  },
  {
    what: 'chance', pattern: /Math\.random\(|randomBytes|randomUUID/, where: /^$/, because: 'the same input gives the same bytes',
  },
]

/** Modules that are reached otherwise than by an import: entry points, and what is found by folder. */
const ENTRIES: readonly RegExp[] = [
  /^cli\/main\.ts$/, /^index\.ts$/, /^scan\/worker\.ts$/, /^languages\/[^/]+\/language\.ts$/, /^report\/formats\/[^/.]+\.ts$/,
  /^verify\/(readers|checks|premises|formats)\/[^/.]+\.ts$/,
]

/** Modules that only tests use: they print and check what the others make. */
const FOR_TESTS: readonly RegExp[] = [/^(tree|flow)\/print\.ts$/, /^tree\/(validate|visit)\.ts$/, /^rules\/annotations\.ts$/]

const projectFolder = findProject(dirname(fileURLToPath(import.meta.url)))
const sourceFolder = join(projectFolder, 'src')
const allFiles = listFiles(sourceFolder)
const modules = allFiles.filter((file) => !isTestCode(file))
const texts = new Map(allFiles.map((file) => [file, readFileSync(join(sourceFolder, file), 'utf8')]))
const importsOf = new Map(allFiles.map((file) => [file, imports(file, true)]))

function findProject(start: string): string {
  let folder = start
  while (!existsSync(join(folder, 'package.json')) || !existsSync(join(folder, 'src'))) {
    assert.notEqual(dirname(folder), folder, 'the project folder')
    folder = dirname(folder)
  }
  return folder
}

function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.ts')).sort()
}

/** Tests, and the samples they share. */
function isTestCode(file: string): boolean {
  return file.endsWith('.test.ts') || file.endsWith('/sample.ts')
}

function textOf(file: string): string {
  return texts.get(file) ?? ''
}

/** Files of the source that a file imports; types alone leave nothing at run time and can be left out. */
function imports(file: string, withTypes: boolean): readonly string[] {
  const statements = [...textOf(file).matchAll(/^(?:import|export)\b([^'\n]*|[^';]*?)from '(\.[^']+)'|\bimport\('(\.[^']+)'\)/gm)]
  const counted = statements.filter((match) => withTypes || !isTypesOnly(match[1] ?? ''))
  return counted.map((match) => posix.normalize(posix.join(posix.dirname(file), match[2] ?? match[3] ?? '')))
}

function isTypesOnly(names: string): boolean {
  const listed = /\{([^}]*)\}/.exec(names)?.[1]?.split(',').map((name) => name.trim()).filter((name) => name !== '')
  return /^\s*type\b/.test(names) || listed?.every((name) => name.startsWith('type ')) === true
}

function layerOf(file: string): string {
  return file.includes('/') ? file.slice(0, file.indexOf('/')) : file
}

/** The code without comments; strings stay. */
function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[^]*?\*\//g, '').replaceAll(/(^|\s)\/\/.*$/gm, '')
}

test('every folder of the source is a layer of the table', () => {
  const known = LAYERS.map((each) => each.layer)
  assert.deepEqual([...new Set(modules.map(layerOf))].filter((layer) => !known.includes(layer)), [])
})

test('a layer imports only layers below it', () => {
  const wrong: string[] = []
  for (const file of modules) {
    const row = LAYERS.find((each) => each.layer === layerOf(file))
    for (const imported of importsOf.get(file) ?? []) {
      const layer = layerOf(imported)
      if (layer === layerOf(file) || imported.startsWith('../') || row?.imports.includes(layer) === true) continue
      wrong.push(`${file} imports ${imported}: ${row?.layer ?? ''} imports ${row?.imports.join(', ') ?? ''}, because ${row?.because ?? ''}`)
    }
  }
  assert.deepEqual(wrong, [])
})

test('languages do not import one another, and are found by discovery only', () => {
  const wrong: string[] = []
  for (const file of modules) {
    const own = /^languages\/[^/]+\//.exec(file)?.[0]
    for (const imported of importsOf.get(file) ?? []) {
      const other = /^languages\/[^/]+\//.exec(imported)?.[0]
      if (other !== undefined && other !== own) wrong.push(`${file} imports ${imported}`)
    }
  }
  assert.deepEqual(wrong, [])
})

test('no cycle of imports', () => {
  const values = new Map(modules.map((file) => [file, imports(file, false)]))
  const done = new Set<string>()
  const path: string[] = []
  const cycles: string[] = []
  const visit = (file: string): void => {
    if (path.includes(file)) cycles.push([...path.slice(path.indexOf(file)), file].join(' -> '))
    if (done.has(file) || path.includes(file)) return
    path.push(file)
    for (const imported of values.get(file) ?? []) visit(imported)
    path.pop()
    done.add(file)
  }
  for (const file of modules) visit(file)
  assert.deepEqual(cycles, [])
})

test('every module is reached from an entry', () => {
  const scripts = readdirSync(join(projectFolder, 'scripts')).map((name) => readFileSync(join(projectFolder, 'scripts', name), 'utf8'))
  const isForScripts = (file: string): boolean => scripts.some((text) => text.includes(`'${posix.basename(file, '.ts')}.js'`))
  const waiting = modules.filter((file) => isForScripts(file) || [...ENTRIES, ...FOR_TESTS].some((entry) => entry.test(file)))
  const reached = new Set<string>()
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (reached.has(file)) continue
    reached.add(file)
    waiting.push(...importsOf.get(file) ?? [])
  }
  assert.deepEqual(modules.filter((file) => !reached.has(file)), [])
})

test('every import leads to a file', () => {
  const missing = allFiles.flatMap((file) => (importsOf.get(file) ?? [])
    .filter((imported) => !imported.startsWith('../') && !texts.has(imported)).map((imported) => `${file}: ${imported}`))
  assert.deepEqual(missing, [])
})

test('powers are few, and each stands in one place', () => {
  const wrong: string[] = []
  for (const file of modules) {
    const code = withoutComments(textOf(file))
    for (const power of POWERS) {
      if (power.pattern.test(code) && !power.where.test(file)) wrong.push(`${file} uses ${power.what}, but ${power.because}`)
    }
  }
  assert.deepEqual(wrong, [])
})

test('no language is named outside its folder', () => {
  const ids = readdirSync(join(sourceFolder, 'languages'), { withFileTypes: true }).filter((each) => each.isDirectory()).map((each) => each.name)
  const wrong: string[] = []
  for (const file of modules) {
    const own = /^languages\/([^/]+)\//.exec(file)?.[1]
    for (const id of ids) {
      if (id !== own && new RegExp(`\\b${id}`, 'i').test(withoutComments(textOf(file)))) wrong.push(`${file} names ${id}`)
    }
  }
  assert.deepEqual(wrong, [])
})

test('no default export, no barrel, no escape from the types', () => {
  const wrong: string[] = []
  for (const file of modules) {
    const code = withoutComments(textOf(file))
    if (/\bexport default\b/.test(code)) wrong.push(`${file}: a default export`)
    if (/\bexport \* from\b/.test(code)) wrong.push(`${file}: a barrel`)
    if (/@ts-(ignore|expect-error|nocheck)/.test(textOf(file))) wrong.push(`${file}: the compiler is silenced`)
  }
  assert.deepEqual(wrong, [])
})

test('npm scripts need no shell', () => {
  const { scripts } = JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8')) as { readonly scripts: Record<string, string> }
  assert.deepEqual(Object.entries(scripts).filter(([, line]) => /[&|;<>$`*?~'"\\]/.test(line)), [])
})

test('nothing refers to what lies outside the project', () => {
  const places = ['src', 'test', 'bench', 'scripts', 'rules', 'models', 'schemas', 'examples', '.ci']
  const files = places.filter((place) => existsSync(join(projectFolder, place))).flatMap((place) => {
    return readdirSync(join(projectFolder, place), { recursive: true, withFileTypes: true, encoding: 'utf8' })
      .filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name))
  })
  files.push(...readdirSync(projectFolder).filter((name) => /\.(md|json)$/.test(name)).map((name) => join(projectFolder, name)))
  // Put together, so that this line does not find itself.
  const outside = ['..', 'shared'].join('/')
  assert.deepEqual(files.filter((file) => readFileSync(file, 'utf8').includes(outside)), [])
})
