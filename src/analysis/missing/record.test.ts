import assert from 'node:assert/strict'
import test from 'node:test'
import { programOf } from '../../../test/lab.ts'
import { shipped } from '../../../test/shipped.ts'
import { judge } from '../judge.ts'

const { rules, knowledge } = shipped()
const record = rules.filter((rule) => rule.id === 'python.change-without-record')

/** Names of the functions that leave no record though others of their sort do. */
async function found(text: string): Promise<string[]> {
  const program = await programOf({ 'app.py': text }, knowledge)
  return judge({ program, knowledge, rules: record, matches: new Map(), isReviewed: () => true })
    .filter(({ outcome }) => outcome.type === 'found')
    .map(({ file, span }) => file.facts.functions.find((each) => each.nameSpan.start === span.start)?.qualifiedName ?? '')
}

const HEAD = 'import logging\nfrom shop import audit, store\nlog = logging.getLogger(__name__)\n'

test('of those that create, update and delete one sort of thing, the one without an entry is found', async () => {
  const text = `${HEAD}
def create_order(order):
    store.insert(order)
    audit.created(order)
def update_order(order):
    store.update(order)
    audit.updated(order)
def delete_order(order):
    store.remove(order)
def create_basket(basket):
    store.insert(basket)
    audit.created(basket)
def delete_basket(basket):
    store.remove(basket)
`
  assert.deepEqual(await found(text), ['delete_order'])
})

test('a line of the log that something writes which it calls is no record of its own', async () => {
  const text = `${HEAD}
def remove(order):
    log.info('removed')
def create_order(order):
    store.insert(order)
    audit.created(order)
def update_order(order):
    store.update(order)
    audit.updated(order)
def delete_order(order):
    remove(order)
`
  assert.deepEqual(await found(text), ['delete_order'])
  assert.deepEqual(await found(text.replace('    remove(order)', "    log.info('deleted %s', order)")), [])
})

test('a parameter that others are given for their records alone says that one was meant', async () => {
  const method = (name: string, body: string): string => `class ${name.toUpperCase()}:\n    def revoke_${name}(self, number, initiator):\n        store.revoke(number)\n        ${body}\n`
  const recorded = ['a', 'b', 'c', 'd'].map((name) => method(name, 'audit.revoked(number, initiator)')).join('')
  assert.deepEqual(await found(`${HEAD}${recorded}${method('e', 'return number')}`), ['E.revoke_e'])
  const used = ['a', 'b', 'c', 'd'].map((name) => method(name, 'audit.revoked(number, initiator); store.by(initiator)')).join('')
  assert.deepEqual(await found(`${HEAD}${used}${method('e', 'return number')}`), [])
})

test('what has no parameter starts or resets the object itself', async () => {
  const methods = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `    def start_${name}(self, number):\n        audit.started(number)\n`).join('')
  assert.deepEqual(await found(`${HEAD}class Machines:\n${methods}    def reset(self):\n        store.reset()\n`), [])
  assert.deepEqual(await found(`${HEAD}class Machines:\n${methods}    def reset(self, number):\n        store.reset(number)\n`), ['Machines.reset'])
})

test('what a function is for is no record of it', async () => {
  const text = `${HEAD}
def create_hook(hook):
    return {'status': hooks.notify(hook)}
def update_hook(hook):
    return {'status': hooks.notify(hook)}
def delete_hook(hook):
    return {'status': hooks.remove(hook)}
`
  assert.deepEqual(await found(text), [])
})
