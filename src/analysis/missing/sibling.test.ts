import assert from 'node:assert/strict'
import test from 'node:test'
import { programOf } from '../../../test/lab.ts'
import { shipped } from '../../../test/shipped.ts'
import { judge } from '../judge.ts'

const { rules, knowledge } = shipped()
const sibling = rules.filter((rule) => rule.id === 'python.change-without-own-check')

/** Name of each place with its outcome. */
async function outcomes(text: string): Promise<Record<string, string>> {
  const program = await programOf({ 'app.py': text }, knowledge)
  const places = judge({ program, knowledge, rules: sibling, matches: new Map(), isReviewed: () => true })
  return Object.fromEntries(places.map(({ file, span, outcome }) => [
    file.facts.functions.find((each) => each.nameSpan.start === span.start)?.name ?? '', outcome.type,
  ]))
}

const HEAD = `from fastapi import APIRouter, HTTPException
router = APIRouter()
`

test('a handler is compared with those that take the same key, not with those that take other data', async () => {
  const found = await outcomes(`${HEAD}
class Notes:
    def _check(self, note_id):
        if load(note_id).owner != self.user:
            raise HTTPException(403)
    @router.put('/{note_id}')
    def update(self, note_id, data):
        self._check(note_id)
    @router.delete('/{note_id}')
    def delete(self, note_id):
        remove(note_id)
    @router.post('/')
    def create(self, data):
        add(data)
    @router.post('/{note_id}/preview')
    def preview(self, note_id):
        return show(note_id)
`)
  assert.deepEqual(found, { update: 'safe', delete: 'found' })
})

test('what refuses in the code of one handler alone need not be meant for the others', async () => {
  const found = await outcomes(`${HEAD}
class Users:
    @router.put('/{user_id}')
    def update(self, user_id, data):
        if user_id == self.user and data.demoted:
            raise HTTPException(403)
        store(user_id, data)
    @router.delete('/{user_id}')
    def delete(self, user_id):
        remove(user_id)
`)
  assert.deepEqual(found, { update: 'safe' })
})
