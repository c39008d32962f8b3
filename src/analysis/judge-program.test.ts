import assert from 'node:assert/strict'
import test from 'node:test'
import { expectations, outcomes } from '../../test/lab.ts'

/** Flow along what only the linked program knows. The expected outcome stands on the sink's line. */
const CASES: Readonly<Record<string, string>> = {
  'reading a property runs it': `
import lab
class Page:
    def __init__(self, text):
        self.text = text
        self.label = 'fixed'
    @property
    def shown(self):
        return self.text
    @property
    def fixed(self):
        return self.label
    @property
    def fresh(self):
        return lab.source()
    def method(self):
        return lab.source()
page = Page(lab.source())
lab.sink(page.shown)  #! found
lab.sink(page.fixed)  #! safe:constant
lab.sink(page.fresh)  #! found
lab.sink(page.method())  #! found
`,
}

for (const [name, text] of Object.entries(CASES)) {
  test(`flow: ${name}`, async () => {
    const files = { 'main.py': text }
    assert.deepEqual((await outcomes(files)).sort(), expectations(files).sort())
  })
}
