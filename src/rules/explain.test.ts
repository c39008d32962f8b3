import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { shipped } from '../../test/shipped.ts'
import { explainRule } from './explain.ts'

const { rules, catalogue } = shipped()

describe('page of a rule', () => {
  for (const rule of rules) {
    it(`${rule.id}: title, weakness, every example, every reference`, () => {
      const page = explainRule(rule, catalogue)
      assert.ok(page.startsWith(`${rule.id}: ${rule.title}`))
      assert.ok(flat(page).includes(catalogue.title(rule.cwe)))
      for (const part of [rule.what, rule.why, rule.fix, rule.mappingReason]) {
        assert.ok(flat(page).includes(flat(part)), part)
      }
      for (const reference of rule.references) assert.ok(page.includes(reference), reference)
      for (const example of rule.examples) {
        assert.ok(page.includes(`Example: ${example.title}`))
        for (const [name, code] of example.files) {
          assert.ok(page.includes(`  ${name}\n`), name)
          const lines = code.split('\n').filter((line) => line.trim() !== '' && !/(ruleid|ok):/.test(line))
          for (const line of lines) assert.ok(page.includes(line.trimEnd()), line)
        }
      }
    })

    it(`${rule.id}: prose within 100 columns`, () => {
      const prose = explainRule(rule, catalogue).split('\nExample')[0] ?? ''
      assert.deepEqual(prose.split('\n').filter((line) => line.length > 100 && line.trim().includes(' ')), [])
    })
  }

  it('says which lines are reported and which are not', () => {
    const rule = rules.find((each) => each.id === 'python.sql-injection')
    assert.ok(rule)
    const page = explainRule(rule, catalogue)
    assert.ok(page.includes(`  reported >     rows = db.execute(f"SELECT id FROM orders WHERE status = '{status}'")`))
    assert.ok(page.includes(`        ok >     rows = db.execute('SELECT id FROM orders WHERE status = ?', (status,))`))
    assert.ok(page.includes('Follows data of the kind remote to library calls of the kind sql'))
    assert.ok(!page.includes('ruleid:'))
  })
})

function flat(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
