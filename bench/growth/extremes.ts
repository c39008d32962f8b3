import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** A program that is extreme in one way; `size` counts what it is extreme in. */
export interface Extreme {
  readonly name: string
  readonly size: number
  /** Files by path. */
  readonly make: (size: number) => Iterable<readonly [path: string, text: string]>
}

const HEADER = 'import subprocess\nfrom flask import Flask, request\n\napp = Flask(__name__)\n\n\n'

function lines(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join('\n')
}

function entry(call: string): string {
  return `@app.route('/')\ndef index():\n    value = request.args['q']\n    ${call}\n    return 'ok'\n`
}

/** What people and generators do not write often, each with data that flows through all of it. */
export const EXTREMES: readonly Extreme[] = [
  { name: 'lines of an ordinary program', size: 1_000_000, make: ordinary },
  {
    name: 'lines in one function', size: 20_000,
    make: (size) => [['app.py', `${HEADER}def long(value):\n    total = value\n${lines(size, longLine)}\n    subprocess.run(total, shell=True)\n\n\n${entry('long(value)')}`]],
  },
  {
    name: 'methods of one class', size: 5_000,
    make: (size) => [['app.py', `${HEADER}class Big:\n${lines(size, (index) => method(index, size))}\n\n\n${entry('Big().method_0(value)')}`]],
  },
  {
    name: 'functions that call each other in circles', size: 3_000,
    make: (size) => [['app.py', `${HEADER}${lines(size, (index) => circle(index, size))}\n\n\n${entry('step_0(value, 1)')}`]],
  },
  {
    name: 'assignments in one chain', size: 10_000,
    make: (size) => [['app.py', `${HEADER}def chain(value_0):\n${lines(size, (index) => `    value_${index + 1} = value_${index}`)}\n    subprocess.run(value_${size}, shell=True)\n\n\n${entry('chain(value)')}`]],
  },
]

/** Writes a program into a folder; the number of its lines. */
export function writeExtreme({ make }: Extreme, size: number, folder: string): number {
  let count = 0
  for (const [path, text] of make(size)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
    count += text.split('\n').length - 1
  }
  return count
}

function longLine(index: number): string {
  if (index % 10 === 3) return `    if total == 'x${index}':`
  if (index % 10 === 4) return `        total = total + 'y${index}'`
  if (index % 10 === 7) return `    other_${index} = [total, ${index}]`
  return `    name_${index} = total + str(${index})`
}

function method(index: number, size: number): string {
  const next = (index * 7 + 1) % size
  const last = index === size - 1 ? 'subprocess.run(value, shell=True)' : `self.method_${index + 1}(value)`
  return `    def method_${index}(self, value):\n        self.field_${index} = value\n        print(self.field_${next})\n        ${last}\n`
}

function circle(index: number, size: number): string {
  const [one, other] = [(index + 1) % size, (index * 13 + 5) % size]
  const sink = index % 100 === 99 ? '    subprocess.run(value, shell=True)\n' : ''
  return `def step_${index}(value, depth):\n${sink}    if depth > 3:\n        return step_${one}(value, depth - 1)\n    return step_${other}(value + 'x', depth)\n\n`
}

const LINES_A_FILE = 500
const FILES_A_PACKAGE = 20

/** Packages of modules of small functions and classes that use those of the module before them. */
function* ordinary(size: number): Iterable<readonly [string, string]> {
  const count = Math.ceil(size / LINES_A_FILE)
  for (let file = 0; file < count; file++) {
    const name = (index: number): string => `pack_${Math.floor(index / FILES_A_PACKAGE)}.part_${index}`
    if (file % FILES_A_PACKAGE === 0) yield [`pack_${file / FILES_A_PACKAGE}/__init__.py`, '']
    const before = file === 0 ? '' : `from ${name(file - 1)} import Row_${file - 1}, work_${file - 1}_0\n`
    const called = file === 0 ? 'str(value)' : `work_${file - 1}_0(value)`
    const functions = Array.from({ length: (LINES_A_FILE - 24) / 8 }, (_, index) => [
      `def work_${file}_${index}(value, limit=${index}):`, `    """Work ${index}."""`, '    result = []', '    for each in range(limit):',
      `        result.append('%s-%d' % (${index === 0 ? called : `work_${file}_${index - 1}(value)`}, each))`, '    return \', \'.join(result)', '', '',
    ].join('\n')).join('\n')
    const rows = `class Row_${file}:\n    def __init__(self, name):\n        self.name = name\n\n    def shown(self):\n        return work_${file}_1(self.name)\n\n\n`
    const use = file % 50 === 0 ? entry(`subprocess.run(Row_${file}(value).shown(), shell=True)`) : ''
    yield [`${name(file).replace('.', '/')}.py`, `${HEADER}${before}${functions}${rows}${use}`]
  }
}
