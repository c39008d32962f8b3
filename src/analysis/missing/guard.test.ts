import assert from 'node:assert/strict'
import test from 'node:test'
import { programOf } from '../../../test/lab.ts'
import { shipped } from '../../../test/shipped.ts'
import { judge } from '../judge.ts'
import type { Place } from '../place.ts'

const { rules, knowledge } = shipped()
const guard = rules.filter((rule) => rule.id === 'python.handler-without-check')

async function places(files: Readonly<Record<string, string>>): Promise<readonly Place[]> {
  const program = await programOf(files, knowledge)
  return judge({ program, knowledge, rules: guard, matches: new Map(), isReviewed: () => true })
}

/** Name of each handler with its outcome. */
async function outcomes(files: Readonly<Record<string, string>>): Promise<Record<string, string>> {
  const program = await programOf(files, knowledge)
  const found = judge({ program, knowledge, rules: guard, matches: new Map(), isReviewed: () => true })
  return Object.fromEntries(found.map(({ file, span, outcome }) => {
    const name = file.facts.functions.find((each) => each.nameSpan.start === span.start)?.qualifiedName ?? ''
    return [name, outcome.type === 'safe' ? `safe:${outcome.by}` : outcome.type === 'undecided' ? `undecided:${outcome.reason}` : outcome.type]
  }))
}

/** A policy engine of the program's own around a library's, and controllers that the program finds itself. */
const BASE = `
from oslo_policy import policy
enforcer = policy.Enforcer({})
def authorize(context, action):
    return enforcer.authorize(action, {}, context, do_raise=True)
class Context:
    def can(self, action):
        return authorize(self, action)
class Controller:
    pass
def expected(*codes):
    def decorate(f):
        def inner(*args, **kwargs):
            return f(*args, **kwargs)
        return inner
    return decorate
def removed(f):
    return f
`

function controller(name: string, methods: Readonly<Record<string, string>>): string {
  const body = Object.entries(methods).map(([method, code]) => `    @expected(400)\n    def ${method}(self, req):\n        ${code}\n`).join('')
  return `class ${name}(Controller):\n${body}`
}

const CHECKED = 'context: Context = req.context; context.can("x"); return store.get(req)'
const OPEN = 'return store.get(req)'
const four = { index: CHECKED, show: CHECKED, create: CHECKED, delete: CHECKED }

test('of the methods that a program finds itself, the one without the check of its siblings is found', async () => {
  const files = {
    'base.py': BASE,
    'api.py': `from base import *\nimport store\n${controller('A', four)}${controller('B', four)}${controller('C', { ...four, update: OPEN })}`,
  }
  const found = await outcomes(files)
  assert.equal(found['C.update'], 'found')
  assert.equal(found['C.create'], 'safe:check')
  const [place] = (await places(files)).filter(({ outcome }) => outcome.type === 'found')
  assert.ok(place?.outcome.type === 'found')
  assert.match(place.outcome.shown?.why ?? '', /^of 13 methods with the parameter req of classes that descend from base\.Controller, 12 are/)
  assert.equal(place.outcome.shown?.steps.length, 3)
})

test('a part of the program without any check has rules of its own, and a handler may only refuse', async () => {
  const found = await outcomes({
    'base.py': BASE,
    'api.py': `from base import *\nimport store\n${controller('A', four)}${controller('B', four)}${controller('C', { ...four, gone: 'raise ValueError("gone")' })}`,
    'versions.py': `from base import *\nimport store\n${controller('Versions', { index: OPEN, show: OPEN })}`,
  })
  assert.equal(found['Versions.index'], 'safe:exclusion')
  assert.equal(found['C.gone'], 'safe:exclusion')
})

test('a decorator that stands only at open handlers says that they are meant to be open', async () => {
  const marked = `    @removed\n    def ping(self, req):\n        ${OPEN}\n`
  const found = await outcomes({
    'base.py': BASE,
    'api.py': `from base import *\nimport store\n${controller('A', four)}${marked}${controller('B', four)}${marked}${controller('C', four)}`,
  })
  assert.equal(found['A.ping'], 'safe:exclusion')
})

const FASTAPI = `
from fastapi import APIRouter, Depends, HTTPException
def token():
    return ''
def user(given=Depends(token)):
    if not given:
        raise HTTPException(status_code=401)
    return given
class Guarded:
    user = Depends(user)
class GuardedRouter(APIRouter):
    def __init__(self):
        super().__init__(dependencies=[Depends(user)])
router = APIRouter()
guarded = GuardedRouter()
listed = APIRouter(dependencies=[Depends(user)])
`

test('dependencies of parameters, classes and routers are checks', async () => {
  const handlers = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name) => `@router.get('/${name}')\ndef ${name}(who=Depends(user)):\n    return load(who)\n`)
  const found = await outcomes({
    'app.py': `${FASTAPI}${handlers.join('')}
@router.post('/open')
def open_one():
    return load(None)
@guarded.get('/one')
def by_router_class():
    return load(None)
@listed.get('/two')
def by_router():
    return load(None)
class Users(Guarded):
    @router.get('/three')
    def by_class(self):
        return load(None)
`,
  })
  assert.deepEqual(found, {
    ...Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name) => [name, 'safe:check'])),
    open_one: 'found', by_router_class: 'safe:check', by_router: 'safe:check', 'Users.by_class': 'safe:check',
  })
})

test("the program's own decorator, a hook before all requests, and a program without a habit", async () => {
  const head = "from flask import Flask, abort, session\napp = Flask(__name__)\n"
  const own = `${head}
def admin(f):
    def inner(*args):
        if not session.get('admin'):
            abort(403)
        return f(*args)
    return inner
@app.get('/a')
@admin
def a():
    return load()
@app.get('/b')
def b():
    return load()
`
  assert.deepEqual(await outcomes({ 'app.py': own }), { a: 'safe:check', b: 'undecided:no-convention' })
  const hook = `${head}
@app.before_request
def check():
    if not session.get('user'):
        abort(401)
@app.get('/a')
def a():
    return load()
`
  assert.deepEqual(await outcomes({ 'app.py': hook }), { a: 'safe:check' })
})

test('a check on some ways only is found where the others check on every way', async () => {
  const partly = 'context: Context = req.context\n        if req.id:\n            context.can("x")\n        return store.get(req)'
  const refused = 'context: Context = req.context\n        if not req.id:\n            raise ValueError("id")\n        context.can("x")\n        return store.get(req)'
  const found = await outcomes({
    'base.py': BASE,
    'api.py': `from base import *\nimport store\n${controller('A', { ...four, update: CHECKED, detail: CHECKED })}${['B', 'C', 'D', 'E'].map((name) => controller(name, four)).join('')}${controller('F', { show: partly, index: refused })}`,
  })
  assert.equal(found['F.show'], 'found')
  assert.equal(found['F.index'], 'safe:check')
})

test('a check far further away than that of the others is not its own', async () => {
  const far = 'def one(context):\n    two(context)\ndef two(context):\n    three(context)\ndef three(context):\n    four(context)\ndef four(context: Context):\n    context.can("y")\n'
  const found = await outcomes({
    'base.py': BASE,
    'api.py': `from base import *\nimport store\n${far}${controller('A', four)}${controller('B', four)}${controller('C', { ...four, update: 'one(req.context)' })}`,
  })
  assert.equal(found['C.update'], 'found')
})

test('what belongs to the login itself is open', async () => {
  const found = await outcomes({
    'base.py': BASE,
    'api.py': `from base import *\nimport store\n${controller('A', four)}${controller('B', four)}${controller('C', { ...four, login: OPEN })}`,
  })
  assert.equal(found['C.login'], 'safe:exclusion')
})

test('a helper that others do not rely on is no check of its own', async () => {
  const look = '    def _look(self, req):\n        context: Context = req.context\n        context.can("look")\n        return store.get(req)\n'
  const both = 'context: Context = req.context; thing = self._look(req); context.can("x"); return thing'
  const found = await outcomes({
    'base.py': BASE,
    'api.py': `from base import *\nimport store\n${controller('A', four)}${controller('B', four)}${controller('C', { show: both, create: both, update: both, delete: 'return self._look(req)' })}${look}`,
  })
  assert.equal(found['C.delete'], 'found')
  assert.equal(found['C.show'], 'safe:check')
})

test('methods of classes without a common base are compared by their parameter', async () => {
  const plain = (name: string, methods: Readonly<Record<string, string>>): string => controller(name, methods).replace('(Controller)', '')
  const files = (partner: string): Readonly<Record<string, string>> => ({
    'base.py': BASE,
    'api.py': `from base import *\nimport store\n${plain('A', four)}${plain('B', four)}${plain('C', { ...four, update: OPEN })}${partner}`,
  })
  assert.equal((await outcomes(files('')))['C.update'], 'found')
  const reading = 'class Reader:\n    def update(self, request):\n        context: Context = request.context\n        context.can("x")\n'
  assert.equal((await outcomes(files(reading)))['C.update'], 'safe:exclusion')
})

const VIEWS = `from django.contrib.auth.decorators import login_required
from django.urls import path
from shop import limited
def _order(request, number):
    return load(request.user, number)
`

function views(open: readonly string[]): string {
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j']
  const view = (name: string): string => `@limited\n${open.includes(name) ? '' : '@login_required\n'}def ${name}(request, number):\n    return _order(request, number)\n`
  const free = ['terms', 'prices', 'help', 'about', 'contact'].map((name) => `def ${name}(request):\n    return render(request)\n`)
  const urls = [...names, 'terms', 'prices', 'help', 'about', 'contact'].map((name) => `path('${name}', ${name})`).join(', ')
  return `${VIEWS}${names.map(view).join('')}${free.join('')}urlpatterns = [${urls}]\n`
}

test('of a program with many open handlers, one is found that alone of its like is open', async () => {
  const found = await outcomes({ 'views.py': views(['d']) })
  assert.equal(found['d'], 'found')
  assert.notEqual(found['terms'], 'found')
  const two = await outcomes({ 'views.py': views(['d', 'e']) })
  assert.notEqual(two['d'], 'found')
})

test('what only says in other words that something else refused is no check', async () => {
  const translated = 'try:\n            return store.get(req)\n        except store.Forbidden:\n            abort(403)'
  const checked = 'if not req.user:\n            abort(401)\n        return store.get(req)'
  const methods = { index: checked, show: checked, create: checked, delete: checked }
  const found = await outcomes({
    'base.py': 'from flask import abort\nclass Controller:\n    pass\ndef expected(code):\n    def decorate(f):\n        return f\n    return decorate\n',
    'api.py': `from base import *\nfrom flask import abort\nimport store\n${controller('A', methods)}${controller('B', methods)}${controller('C', { ...methods, update: translated })}`,
  })
  assert.equal(found['C.update'], 'found')
})

test('a method that a decorator registers is a handler whatever its name', async () => {
  const found = await outcomes({
    'base.py': BASE,
    'api.py': `from base import *\nimport store\n${controller('A', four)}${controller('B', four)}${controller('C', { ...four, _start: OPEN, _stop: CHECKED })}`,
  })
  assert.equal(found['C._start'], 'found')
  assert.equal(found['C._stop'], 'safe:check')
})
