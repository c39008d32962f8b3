import type { Scene } from './scene.ts'

/** A kind of harm, with the library calls that do it. */
export interface SinkKind {
  /** As the execution's judges name it. */
  readonly name: string
  /** Texts that do no harm there. */
  readonly harmless: readonly string[]
  /** What may be put before and after the value without disarming it. */
  readonly around: readonly (readonly [string, string])[]
  /** A call, with the library and name it needs, that makes a value harmless for this kind. */
  readonly sanitizers: readonly ((scene: Scene, value: string) => string)[]
  /** One that is right elsewhere and does not help here. */
  readonly wrongSanitizers: readonly ((scene: Scene, value: string) => string)[]
  /** Write the call with the value as part of what it acts on. */
  readonly sinks: readonly ((scene: Scene, value: string) => void)[]
  /** Write a call that looks alike and keeps the value apart. */
  readonly nearMisses: readonly ((scene: Scene, value: string) => void)[]
}

const call = (library: string, name: string) => (scene: Scene, value: string): string => `${scene.use(library, name)}(${value})`
const quote = call('shlex', 'quote')
const escapeHtml = call('html', 'escape')
const number = (_: Scene, value: string): string => `int(${value})`
const literal = (_: Scene, value: string): string => `repr(${value})`

/** The statement that runs a call, in one of the usual forms. */
function run(scene: Scene, expression: string): void {
  if (scene.random.chance(0.6)) scene.line(expression)
  else scene.line(`${scene.value()} = ${expression}`)
}

/** A literal with the value in it, put together in one of the usual ways. */
export function joined(scene: Scene, before: string, value: string, after: string): string {
  const isPlain = /^[A-Za-z_][\w.]*$/.test(value)
  const escaped = (text: string): string => text.replaceAll('%', '%%')
  const ways = [
    (): string => `${scene.quoted(before)} + ${value}${after === '' ? '' : ` + ${scene.quoted(after)}`}`,
    (): string => `${scene.quoted(`${escaped(before)}%s${escaped(after)}`)} % (${value},)`,
    (): string => `${scene.quoted(`${before}{}${after}`)}.format(${value})`,
  ]
  if (isPlain) ways.push(() => `f${scene.quoted(`${before}{${value}}${after}`)}`)
  return scene.random.pick(ways)()
}

function inVariable(scene: Scene, expression: string): string {
  if (scene.random.chance(0.4)) return expression
  const name = scene.value()
  scene.line(`${name} = ${expression}`)
  return name
}

/** A connection or a cursor, come by in one of the usual ways; returns the expression that has `execute`. */
function cursor(scene: Scene): string {
  const [connection, name] = [scene.thing(), scene.thing()]
  switch (scene.random.below(6)) {
    case 0: {
      const get = scene.define('function', (own, module) => `
        def ${own}():
            return ${module.use('sqlite3', 'connect')}('app.db')
      `)
      scene.line(`${connection} = ${get}()`)
      break
    }
    case 1: {
      const shared = scene.define('constant', (own, module) => `${own} = ${module.use('sqlite3', 'connect')}('app.db')`)
      return `${shared}${scene.random.chance(0.5) ? '.cursor()' : ''}`
    }
    case 2: {
      const cls = scene.define('class', (own, module) => `
        class ${own}:
            def __init__(self, path='app.db'):
                self.connection = ${module.use('sqlite3', 'connect')}(path)

            def cursor(self):
                return self.connection.cursor()
      `)
      scene.line(`${connection} = ${cls}()`)
      return scene.random.pick([`${connection}.connection`, `${connection}.cursor()`])
    }
    case 3:
      scene.open(`with ${scene.use('sqlite3', 'connect')}('app.db') as ${connection}:`)
      break
    default:
      scene.line(`${connection} = ${scene.use('sqlite3', 'connect')}(${scene.quoted('app.db')})`)
  }
  if (scene.random.chance(0.3)) return connection
  scene.line(`${name} = ${connection}.cursor()`)
  return name
}

/** Sometimes hands the value over to a function or a method that holds the sink; returns what holds it there. */
export function maybeHandOver(scene: Scene, value: string): string {
  const way = scene.random.below(8)
  if (way > 1) return value
  const [next, parameter] = [scene.continuation(), scene.value()]
  if (way === 0) {
    scene.line(`${scene.reference(next)}(${value})`)
    scene.enterFunction(next, [scene.text(parameter)])
    return parameter
  }
  const [object, cls] = [scene.thing(), scene.layout.names.global('class')]
  scene.line(`${object} = ${scene.module.reference(next.module, cls)}()`)
  scene.line(`${object}.${next.name}(${scene.random.chance(0.3) ? `${parameter}=` : ''}${value})`)
  scene.enter(next.module, `class ${cls}:`, `def ${next.name}(self, ${scene.text(parameter)}):`)
  return parameter
}

export const SINK_KINDS: readonly SinkKind[] = [
  {
    name: 'shell', harmless: ['status', 'uptime', 'date'], around: [['list ', ''], ['', ' -v'], ['--name ', ' --all']],
    sanitizers: [quote, quote, number], wrongSanitizers: [escapeLightly, call('urllib.parse', 'unquote')],
    sinks: [
      (scene, value) => run(scene, `${scene.use('os', 'system')}(${inVariable(scene, joined(scene, 'ping -c 1 ', value, ''))})`),
      (scene, value) => run(scene, `${scene.use('subprocess', 'run')}(${inVariable(scene, joined(scene, 'ls -l ', value, ' | sort'))}, shell=True)`),
      (scene, value) => run(scene, `${scene.use('subprocess', 'check_output')}(${inVariable(scene, joined(scene, 'grep -r ', value, ' .'))}, shell=True)`),
      (scene, value) => run(scene, `${scene.use('os', 'popen')}(${inVariable(scene, joined(scene, 'convert ', value, ' out.png'))})`),
    ],
    nearMisses: [
      (scene, value) => run(scene, `${scene.use('subprocess', 'run')}([${scene.quoted('ls')}, ${scene.quoted('--')}, ${value}])`),
      (scene, value) => run(scene, `${scene.use('os', 'system')}(${inVariable(scene, joined(scene, 'ping ', `${scene.use('shlex', 'quote')}(${value})`, ''))})`),
    ],
  },
  {
    name: 'sql', harmless: ['open', 'closed', 'paid'], around: [['', ' '], [' ', '']],
    sanitizers: [number], wrongSanitizers: [escapeLightly, call('urllib.parse', 'unquote')],
    sinks: [
      (scene, value) => run(scene, `${cursor(scene)}.execute(${inVariable(scene, joined(scene, "SELECT * FROM orders WHERE state = '", value, "'"))})`),
      (scene, value) => run(scene, `${cursor(scene)}.execute(${inVariable(scene, joined(scene, 'SELECT id FROM items ORDER BY ', value, ''))})`),
      (scene, value) => run(scene, `${cursor(scene)}.execute(${inVariable(scene, joined(scene, 'DELETE FROM notes WHERE id = ', value, ''))})`),
      // Doubled quotes help inside of quotes only.
      (scene, value) => run(scene, `${cursor(scene)}.execute(${inVariable(scene, joined(scene, 'SELECT id FROM notes LIMIT ', `${value}.replace("'", "''")`, ''))})`),
    ],
    nearMisses: [
      (scene, value) => run(scene, `${cursor(scene)}.execute(${scene.quoted('SELECT * FROM orders WHERE state = ?')}, (${value},))`),
      (scene, value) => run(scene, `${cursor(scene)}.execute(${inVariable(scene, joined(scene, "SELECT id FROM notes WHERE tag = '", `${value}.replace("'", "''")`, "'"))})`),
    ],
  },
  {
    name: 'code', harmless: ['1 + 1', '2 * 3'], around: [['1 + ', ''], ['', ' + 1']],
    sanitizers: [number, literal], wrongSanitizers: [call('urllib.parse', 'unquote'), (_, value) => `${value}.strip()`],
    sinks: [
      (scene, value) => run(scene, `eval(${value})`),
      (scene, value) => run(scene, `eval(${inVariable(scene, joined(scene, '3 * ', value, ''))})`),
      (scene, value) => scene.line(`exec(${inVariable(scene, joined(scene, 'result = ', value, ''))})`),
    ],
    nearMisses: [(scene, value) => run(scene, `${scene.use('ast', 'literal_eval')}(${value})`)],
  },
  {
    name: 'path', harmless: ['readme.txt', 'logo.png'], around: [['', '.txt'], ['', '.json'], ['', '']],
    sanitizers: [call('werkzeug.utils', 'secure_filename'), call('os.path', 'basename')], wrongSanitizers: [escapeHtml, (_, value) => `${value}.strip()`],
    sinks: [
      (scene, value) => run(scene, `open(${inVariable(scene, `${scene.use('os')}.path.join(${scene.quoted('/srv/app/files')}, ${value})`)})`),
      (scene, value) => run(scene, `open(${inVariable(scene, joined(scene, '/srv/app/files/', value, ''))}).read()`),
      (scene, value) => run(scene, `${scene.use('os', 'remove')}(${inVariable(scene, joined(scene, '/srv/app/tmp/', value, ''))})`),
    ],
    nearMisses: [
      (scene, value) => run(scene, `open(${inVariable(scene, joined(scene, '/srv/app/files/', `${scene.use('werkzeug.utils', 'secure_filename')}(${value})`, ''))})`),
    ],
  },
  {
    name: 'redirect', harmless: ['/home', '/login'], around: [['', '?from=app'], ['', '']],
    sanitizers: [number], wrongSanitizers: [(_, value) => `${value}.strip()`],
    sinks: [
      (scene, value) => run(scene, `${scene.use('flask', 'redirect')}(${value})`),
      // A second slash makes the rest a host.
      (scene, value) => run(scene, `${scene.use('flask', 'redirect')}(${inVariable(scene, joined(scene, '/', value, ''))})`),
      (scene, value) => run(scene, `${scene.use('flask', 'redirect')}(${inVariable(scene, joined(scene, 'https://app.example.com', value, ''))})`),
    ],
    nearMisses: [(scene, value) => run(scene, `${scene.use('flask', 'redirect')}(${joined(scene, 'https://app.example.com/p/', value, '')})`)],
  },
  {
    name: 'url-fetch', harmless: ['https://api.example.com/v1', 'https://cdn.example.com/list'], around: [['', '?format=json'], ['', '']],
    sanitizers: [call('urllib.parse', 'quote_plus'), number], wrongSanitizers: [escapeHtml, (_, value) => `${value}.strip()`],
    sinks: [
      (scene, value) => run(scene, `${scene.use('requests', 'get')}(${value}, timeout=5)`),
      (scene, value) => run(scene, `${scene.use('requests', 'get')}(${inVariable(scene, joined(scene, 'https://', value, '/status'))})`),
      (scene, value) => run(scene, `${scene.use('urllib.request', 'urlopen')}(${value})`),
      // Without a slash the host does not end where the fixed text does.
      (scene, value) => run(scene, `${scene.use('requests', 'get')}(${inVariable(scene, joined(scene, 'https://api.example.com', value, ''))})`),
    ],
    nearMisses: [(scene, value) => run(scene, `${scene.use('requests', 'get')}(${joined(scene, 'https://api.example.com/v1/', value, '')})`)],
  },
  {
    name: 'html', harmless: ['hello', 'welcome'], around: [['<b>', '</b>'], ['Dear ', ''], ['', '!']],
    sanitizers: [escapeHtml, call('markupsafe', 'escape'), number], wrongSanitizers: [call('shlex', 'quote'), (_, value) => `${value}.strip()`],
    sinks: [
      (scene, value) => run(scene, `${scene.use('markupsafe', 'Markup')}(${inVariable(scene, joined(scene, '<p>', value, '</p>'))})`),
      (scene, value) => run(scene, `${scene.use('flask', 'make_response')}(${inVariable(scene, joined(scene, '<h1>', value, '</h1>'))})`),
    ],
    nearMisses: [(scene, value) => run(scene, `${scene.use('markupsafe', 'Markup')}(${scene.quoted('<p>{}</p>')}).format(${value})`)],
  },
  {
    name: 'template', harmless: ['Hello', 'Welcome back'], around: [['<b>', '</b>'], ['Dear ', '']],
    sanitizers: [number], wrongSanitizers: [escapeHtml],
    sinks: [(scene, value) => run(scene, `${scene.use('flask', 'render_template_string')}(${inVariable(scene, joined(scene, '<p>', value, '</p>'))})`)],
    nearMisses: [(scene, value) => run(scene, `${scene.use('flask', 'render_template_string')}(${scene.quoted('<p>{{ text }}</p>')}, text=${value})`)],
  },
]

/** HTML escaping that leaves quotes, which stop neither SQL nor every shell attack. */
function escapeLightly(scene: Scene, value: string): string {
  return `${scene.use('html', 'escape')}(${value}, False)`
}
