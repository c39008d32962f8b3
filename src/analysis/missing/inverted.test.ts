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
