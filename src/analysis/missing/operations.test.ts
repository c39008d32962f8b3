import assert from 'node:assert/strict'
import test from 'node:test'
import { programOf } from '../../../test/lab.ts'
import { shipped } from '../../../test/shipped.ts'
import { judge } from '../judge.ts'

const { rules, knowledge } = shipped()
const missing = rules.filter((rule) => rule.missing !== undefined)

/** What is considered in test files: rule, called name and reason. */
async function considered(files: Readonly<Record<string, string>>): Promise<string[]> {
  const program = await programOf(files, knowledge)
  return judge({ program, knowledge, rules: missing, matches: new Map(), isReviewed: (path) => path.startsWith('tests/') })
    .map(({ rule, callee, outcome }) => `${rule.id.replace('python.', '')} ${callee}: ${outcome.type === 'found' ? 'found' : outcome.why}`)
}

const TEST = `
class TestOrders:
    def setUp(self):
        self.useFixture(fakes.Clock())

    def test_delete(self):
        self.api.put_service('worker', {'down': True})
        self.api.delete_order(1)
        self.api.get_orders()
`

test('operations in a test are told, each with the reason why it is no weakness', async () => {
  const places = await considered({ 'tests/test_orders.py': TEST })
  const own = 'is test code that no entry point leads to and nothing outside the tests calls'
  assert.ok(places.includes(`change-before-check self.api.delete_order: \`TestOrders.test_delete\` ${own}: the steps run in the order in which the test gives them: this one after \`put_service\``))
  assert.ok(places.includes(`handler-without-check self.api.put_service: \`TestOrders.test_delete\` ${own}: nobody but who runs the tests makes this call, so there is no caller to check`))
  assert.ok(places.includes(`test-code-in-program fakes.Clock: \`TestOrders.setUp\` ${own}: it is set up by the test alone`))
  assert.ok(!places.some((place) => place.includes('get_orders')))
})

test('what the program calls of a test is not said to be out of reach', async () => {
  const places = await considered({
    'tests/__init__.py': '', 'tests/helpers.py': 'def make(api):\n    api.create_order()\n',
    'shop.py': 'from tests.helpers import make\ndef seed(api):\n    make(api)\n',
  })
  assert.deepEqual(places.filter((place) => place.startsWith('handler')), ['handler-without-check api.create_order: `make` is test code that the program calls here'])
})

test('of many test files under review nothing is told one by one', async () => {
  const files = Object.fromEntries(Array.from({ length: 21 }, (_, at) => [`tests/test_${at}.py`, TEST]))
  assert.deepEqual(await considered(files), [])
})
