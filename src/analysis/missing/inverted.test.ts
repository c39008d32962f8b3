import assert from 'node:assert/strict'
import test from 'node:test'
import { programOf } from '../../../test/lab.ts'
import { shipped } from '../../../test/shipped.ts'
import { judge } from '../judge.ts'

const { rules, knowledge } = shipped()
const inverted = rules.filter((rule) => rule.id === 'python.refusal-inverted')

/** Each refusal in the order of place: `found`, or why it is safe. */
async function outcomes(text: string): Promise<string[]> {
  const program = await programOf({ 'app.py': text }, knowledge)
  return judge({ program, knowledge, rules: inverted, matches: new Map(), isReviewed: () => true })
    .map(({ outcome }) => (outcome.type === 'safe' ? outcome.by : outcome.type))
}

const HEAD = 'from flask import abort\nclass Forbidden(Exception):\n    pass\n'

function refusal(name: string, condition: string, how: string = 'abort(403)'): string {
  return `def ${name}(user):\n    if ${condition}:\n        ${how}\n    return user\n`
}

test('which way round a test is meant is learnt from the refusals that it decides', async () => {
  const right = ['a', 'b', 'c', 'd'].map((name) => refusal(name, 'not user.manages', 'raise Forbidden()')).join('')
  assert.deepEqual(await outcomes(`${HEAD}${right}${refusal('e', 'user.manages')}`), ['check', 'check', 'check', 'check', 'found'])
  const locked = ['a', 'b', 'c', 'd'].map((name) => refusal(name, 'user.locked')).join('')
  assert.deepEqual(await outcomes(`${HEAD}${locked}${refusal('e', 'not user.locked')}`), ['check', 'check', 'check', 'check', 'found'])
})

test('what is seen too rarely, or both ways round, shows nothing', async () => {
  assert.deepEqual(await outcomes(`${HEAD}${refusal('a', 'not user.manages')}${refusal('b', 'user.manages')}`), [])
  const both = ['a', 'b', 'c', 'd'].map((name) => refusal(name, 'user.open')).join('') + ['e', 'f'].map((name) => refusal(name, 'not user.open')).join('')
  assert.deepEqual(await outcomes(`${HEAD}${both}`), [])
})

test('who was already checked may be refused for having a right', async () => {
  const text = `from flask import abort
from oslo_policy import policy
enforcer = policy.Enforcer({})
def show(user):
    enforcer.authorize('show', {}, {}, do_raise=True)
    if user.is_superuser:
        abort(403)
    return user
`
  assert.deepEqual(await outcomes(text), ['check'])
})

test('a name that says a permission is meant one way round, also where the refusal is returned', async () => {
  assert.deepEqual(await outcomes(`${HEAD}${refusal('a', 'user.can_manage')}${refusal('b', 'not user.can_manage')}`), ['found', 'check'])
  assert.deepEqual(await outcomes(refusal('a', 'user.can_manage', "return {'message': 'no'}, 403")), ['found'])
  assert.deepEqual(await outcomes(`${HEAD}${refusal('a', 'user.can_not_manage')}`), [])
})

test('a value that is used only where the test found none was meant the other way round', async () => {
  const text = `${HEAD}
def export(orders):
    if orders:
        abort(403)
    return [each.total for each in orders]
def session(request):
    if request.user:
        abort(401)
    return request.user.name
def close(orders):
    if orders:
        abort(403)
    return orders
def own(context, project):
    if context.project:
        abort(403)
    elif context.project != project:
        abort(403)
def before():
    order = find()
    order.close()
    if order:
        abort(403)
`
  assert.deepEqual(await outcomes(text), ['found', 'found', 'found'])
})

test('one variable that decides several refusals means the same each time', async () => {
  const text = `${HEAD}
def team(request):
    manages = find(request) == 'manager'
    if request.what == 'invite':
        if not manages:
            abort(403)
        invite()
    elif request.what == 'remove':
        if not manages:
            abort(403)
        remove()
    elif request.what == 'rename':
        if manages:
            abort(403)
        rename()
`
  assert.deepEqual(await outcomes(text), ['check', 'check', 'found'])
})

test('a refusal of what was caught is not decided by the test before', async () => {
  const text = `${HEAD}
def create(user):
    if not user.can_create:
        abort(403)
    try:
        return store(user)
    except KeyError:
        abort(403)
`
  assert.deepEqual(await outcomes(text), ['check'])
})
