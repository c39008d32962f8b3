import type { Language } from '../../tree/language.ts'
import { FEATURES } from './features.ts'
import { openPython } from './front-end.ts'
import { MODULES } from './modules.ts'
import { SPELLING } from './spelling.ts'

/** Python, 2.7 and 3 up to 3.14. */
export const language: Language = {
  id: 'python',
  title: 'Python',
  aliases: ['py', 'python2', 'python3'],
  extensions: ['.py', '.pyi', '.pyw'],
  fileNames: ['SConstruct', 'SConscript', 'wscript'],
  shebangs: ['python', 'python2', 'python3'],
  lineComments: ['#'],
  version: '1',
  open: openPython,
  flow: FEATURES,
  modules: MODULES,
  spelling: SPELLING,
  isTest,
  rootMarkers: ['pyproject.toml', 'setup.py', 'setup.cfg', 'manage.py'],
  partMarkers: ['__init__.py'],
  declaredEncoding,
}

/** PEP 263: a comment in the first or second line; a first line that is neither blank nor a comment ends the search. */
function declaredEncoding(beginning: string): string | undefined {
  const [first = '', second = ''] = beginning.split(/\r\n|\n|\r/, 2)
  const cookie = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/
  const found = cookie.exec(first) ?? (/^[ \t\f]*(#.*)?$/.test(first) ? cookie.exec(second) : null)
  const name = found?.[1]?.toLowerCase().replaceAll('_', '-')
  if (name === undefined) return undefined
  if (/^utf-?8(-|$)/.test(name)) return 'utf-8'
  if (/^(latin-?1|iso-?8859-1|l1)(-|$)/.test(name)) return 'latin1'
  return name.startsWith('cp') ? name.replace(/^cp-?/, 'windows-') : name
}

/** By the conventions of unittest, pytest and nose. */
function isTest(path: string): boolean {
  const parts = path.split('/')
  const name = parts.pop() ?? ''
  if (parts.some((part) => part === 'tests' || part === 'test')) return true
  return /^(test_.*|.*_test|conftest|tests)\.pyw?$/.test(name)
}
