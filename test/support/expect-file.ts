import { strict as assert } from 'node:assert'
import { readFileSync, writeFileSync } from 'node:fs'

/**
 * Asserts that a text is what a recorded file holds. `UPDATE=1` writes the file
 * anew; what has changed is then read in the difference.
 */
export function expectFile(path: string, text: string): void {
  if (process.env['UPDATE'] === '1') writeFileSync(path, text)
  assert.equal(text, readFileSync(path, 'utf8'))
}
