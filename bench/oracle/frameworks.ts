import type { Scene } from './scene.ts'

/** How the execution starts a program. */
export interface Entry {
  readonly kind: 'views' | 'handler' | 'main' | 'wsgi'
  /** Module to import. */
  readonly module: string
  /** Class or function in it; `''` for views, which register themselves. */
  readonly name: string
  /** Whether the client's text is in the address's query as `q`, and not the whole address. */
  readonly isQuery: boolean
}

/** A way for a client's text to come into a program. */
export interface Framework {
  readonly name: string
  /** Writes what is around, opens the function, and returns the expression that holds the text. */
  readonly begin: (scene: Scene) => { readonly value: string, readonly entry: Entry }
}

function views(scene: Scene): Entry {
  return { kind: 'views', module: scene.module.dotted, name: '', isQuery: false }
}

/** `application = Flask(__name__)`, at the top of the entry module, perhaps with a blueprint; returns what routes are added to. */
function application(scene: Scene): string {
  const flask = scene.use('flask', 'Flask')
  const name = scene.random.pick(['app', 'application'])
  scene.module.add(`${name} = ${flask}(__name__)`)
  if (scene.random.chance(0.7)) return name
  scene.module.add(`bp = ${scene.use('flask', 'Blueprint')}('main', __name__)`)
  scene.module.addLast(`${name}.register_blueprint(bp)`)
  return 'bp'
}

function flaskRead(scene: Scene): string {
  const request = scene.use('flask', 'request')
  const key = scene.key()
  return scene.random.pick([
    `${request}.args.get(${key}, '')`, `${request}.args[${key}]`, `${request}.form[${key}]`, `${request}.form.get(${key})`,
    `${request}.values.get(${key})`, `${request}.cookies.get(${key}, '')`, `${request}.headers.get('X-Name', '')`,
    `${request}.get_json()[${key}]`, `${request}.json[${key}]`,
  ])
}

function assigned(scene: Scene, read: string): string {
  const name = scene.value()
  scene.line(`${name} = ${read}`)
  return name
}

export const FRAMEWORKS: readonly Framework[] = [
  {
    name: 'flask.view',
    begin: (scene) => {
      const app = application(scene)
      const name = scene.layout.names.global('function')
      scene.enter(scene.module, `@${app}.route('/${scene.word()}')\ndef ${name}():`)
      return { value: assigned(scene, flaskRead(scene)), entry: views(scene) }
    },
  },
  {
    name: 'flask.parameter',
    begin: (scene) => {
      const app = application(scene)
      const [name, parameter] = [scene.layout.names.global('function'), scene.value()]
      scene.enter(scene.module, `@${app}.route('/${scene.word()}/<${parameter}>', methods=['GET', 'POST'])\ndef ${name}(${parameter}):`)
      return { value: parameter, entry: views(scene) }
    },
  },
  {
    name: 'flask.method-view',
    begin: (scene) => {
      const app = application(scene)
      const name = scene.layout.names.global('class')
      const base = scene.use('flask.views', 'MethodView')
      scene.module.addLast(`${app}.add_url_rule('/${scene.word()}', view_func=${name}.as_view('${scene.word()}'))`)
      scene.enter(scene.module, `class ${name}(${base}):`, `def ${scene.random.pick(['get', 'post'])}(self):`)
      return { value: assigned(scene, flaskRead(scene)), entry: views(scene) }
    },
  },
  {
    name: 'flask.reader',
    begin: (scene) => {
      const app = application(scene)
      const reader = scene.define('function', (name, module) => `
        def ${name}():
            return ${module.use('flask', 'request')}.args.get(${scene.key()}, '')
      `)
      scene.enter(scene.module, `@${app}.route('/${scene.word()}')\ndef ${scene.layout.names.global('function')}():`)
      return { value: assigned(scene, `${reader}()`), entry: views(scene) }
    },
  },
  {
    name: 'flask.request-passed',
    begin: (scene) => {
      const app = application(scene)
      const key = scene.key()
      const reader = scene.define('function', (name) => `
        def ${name}(req):
            return req.${scene.random.pick([`args.get(${key}, '')`, `form[${key}]`, `args[${key}]`])}
      `)
      scene.enter(scene.module, `@${app}.route('/${scene.word()}')\ndef ${scene.layout.names.global('function')}():`)
      return { value: assigned(scene, `${reader}(${scene.use('flask', 'request')})`), entry: views(scene) }
    },
  },
  {
    name: 'flask.request-kept',
    begin: (scene) => {
      const app = application(scene)
      const [method, object, key] = [scene.method(), scene.thing(), scene.key()]
      const cls = scene.define('class', (name) => `
        class ${name}:
            def __init__(self, req):
                self.req = req

            def ${method}(self):
                return self.req.args.get(${key}, '')
      `)
      scene.enter(scene.module, `@${app}.get('/${scene.word()}')\ndef ${scene.layout.names.global('function')}():`)
      scene.line(`${object} = ${cls}(${scene.use('flask', 'request')})`)
      return { value: assigned(scene, `${object}.${method}()`), entry: views(scene) }
    },
  },
  {
    name: 'flask.before-request',
    begin: (scene) => {
      const app = application(scene)
      const [attribute, hook] = [scene.value(), scene.layout.names.global('function')]
      const [g, request] = [scene.use('flask', 'g'), scene.use('flask', 'request')]
      scene.module.add(`
        @${app}.before_request
        def ${hook}():
            ${g}.${attribute} = ${request}.args.get(${scene.key()}, '')
      `)
      scene.enter(scene.module, `@${app}.route('/${scene.word()}')\ndef ${scene.layout.names.global('function')}():`)
      return { value: assigned(scene, `${g}.${attribute}`), entry: views(scene) }
    },
  },
  {
    name: 'flask.url-rule',
    begin: (scene) => {
      const app = application(scene)
      const name = scene.layout.names.global('function')
      scene.module.addLast(`${app}.add_url_rule('/${scene.word()}', '${scene.word()}', ${name})`)
      scene.enter(scene.module, `def ${name}():`)
      return { value: assigned(scene, flaskRead(scene)), entry: views(scene) }
    },
  },
  {
    name: 'django.view',
    begin: (scene) => {
      const path = scene.use('django.urls', 'path')
      const name = scene.layout.names.global('function')
      scene.module.addLast(`urlpatterns = [\n    ${path}('${scene.word()}/', ${name}),\n]`)
      scene.enter(scene.module, `def ${name}(request):`)
      const key = scene.key()
      return { value: assigned(scene, scene.random.pick([`request.GET.get(${key}, '')`, `request.GET[${key}]`, `request.POST[${key}]`, `request.COOKIES[${key}]`])), entry: views(scene) }
    },
  },
  {
    name: 'django.class-view',
    begin: (scene) => {
      const path = scene.use('django.urls', 'path')
      const name = scene.layout.names.global('class')
      const base = scene.use('django.views', 'View')
      scene.module.addLast(`urlpatterns = [\n    ${path}('${scene.word()}/', ${name}.as_view()),\n]`)
      scene.enter(scene.module, `class ${name}(${base}):`, 'def get(self, request):')
      return { value: assigned(scene, `request.GET.get(${scene.key()}, '')`), entry: views(scene) }
    },
  },
  {
    name: 'webob',
    begin: (scene) => {
      const wsgify = scene.use('webob.dec', 'wsgify')
      scene.enter(scene.module, `@${wsgify}\ndef ${scene.layout.names.global('function')}(req):`)
      return { value: assigned(scene, scene.random.pick([`req.GET[${scene.key()}]`, `req.params.get(${scene.key()})`, `req.headers['X-Name']`])), entry: views(scene) }
    },
  },
  {
    name: 'http.server',
    begin: (scene) => {
      const base = scene.use('http.server', 'BaseHTTPRequestHandler')
      const name = scene.layout.names.global('class')
      scene.enter(scene.module, `class ${name}(${base}):`, 'def do_GET(self):')
      return { value: assigned(scene, scene.random.pick(["self.headers['X-Name']", "self.headers.get('X-Name')", 'self.path'])), entry: { kind: 'handler', module: scene.module.dotted, name, isQuery: false } }
    },
  },
  {
    name: 'http.server.query',
    begin: (scene) => {
      const base = scene.use('http.server', 'BaseHTTPRequestHandler')
      const name = scene.layout.names.global('class')
      const [split, parse] = [scene.use('urllib.parse', 'urlsplit'), scene.use('urllib.parse', 'parse_qs')]
      scene.enter(scene.module, `class ${name}(${base}):`, 'def do_GET(self):')
      const query = scene.thing()
      scene.line(`${query} = ${parse}(${split}(self.path).query)`)
      return { value: assigned(scene, scene.random.pick([`${query}['q'][0]`, `${query}.get('q', [''])[0]`])), entry: { kind: 'handler', module: scene.module.dotted, name, isQuery: true } }
    },
  },
  {
    name: 'wsgi',
    begin: (scene) => {
      const server = scene.use('wsgiref.simple_server', 'make_server')
      const parse = scene.use('urllib.parse', 'parse_qs')
      const name = scene.random.pick(['application', 'wsgi_app'])
      scene.module.addLast(`if __name__ == '__main__':\n    ${server}('', 8000, ${name}).serve_forever()`)
      scene.enter(scene.module, `def ${name}(environ, start_response):`)
      const query = scene.thing()
      scene.line("start_response('200 OK', [('Content-Type', 'text/plain')])")
      scene.line(`${query} = ${parse}(environ${scene.random.pick(["['QUERY_STRING']", ".get('QUERY_STRING', '')"])})`)
      return { value: assigned(scene, `${query}['q'][0]`), entry: { kind: 'wsgi', module: scene.module.dotted, name, isQuery: true } }
    },
  },
  {
    name: 'socket.main',
    begin: (scene) => {
      const parser = scene.use('argparse', 'ArgumentParser')
      const socket = scene.use('socket', 'socket')
      scene.module.addLast("if __name__ == '__main__':\n    main()")
      scene.enter(scene.module, 'def main():')
      const [options, server, client, peer] = [scene.thing(), scene.thing(), scene.thing(), scene.thing()]
      scene.lines(`
        ${options} = ${parser}()
        ${options}.add_argument('--port', type=int, default=9000)
        ${server} = ${socket}()
        ${server}.bind(('', ${options}.parse_args([]).port))
        ${client}, ${peer} = ${server}.accept()
      `)
      return { value: assigned(scene, `${client}.recv(4096).decode()`), entry: { kind: 'main', module: scene.module.dotted, name: 'main', isQuery: false } }
    },
  },
]
