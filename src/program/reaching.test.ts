import assert from 'node:assert/strict'
import test from 'node:test'
import { programOf } from '../../test/lab.ts'
import { Op } from '../flow/facts.ts'

/** Lines (1-based) of the calls that may reach one of the names, in a program of one file. */
async function linesReaching(code: string, ...names: string[]): Promise<number[]> {
  const program = await programOf({ 'main.py': code })
  const [file] = program.files
  assert.ok(file !== undefined)
  const calls = [...program.callsReaching(names)].filter((call) => file.facts.op[program.local(call)] === Op.Call)
  const lines = calls.map((call) => code.slice(0, program.span(call).start).split('\n').length)
  return [...new Set(lines)].sort((a, b) => a - b)
}

test('calls that may reach a name are found under every way to write it, and others are left out', async () => {
  const code = `import os
from os import system as run
start = os.system
class Shell:
    go = os.system
    def __init__(self):
        self.execute = start
run('a')
start('b')
Shell().execute('c')
Shell().go('d')
os.getpid()
[os.system][0]('e')
print(os.getpid)
`
  assert.deepEqual(await linesReaching(code, 'system'), [8, 9, 10, 11, 13])
})

test('making an object of a class that inherits a library class is among the calls that may reach it', async () => {
  const code = `import string
class Page(string.Template):
    pass
class Letter(Page):
    pass
Letter('a')
dict()
`
  assert.deepEqual(await linesReaching(code, 'Template'), [6])
})
