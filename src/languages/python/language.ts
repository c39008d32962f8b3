import type { Language } from '../../tree/language.ts'
import { FEATURES } from './features.ts'
import { openPython } from './front-end.ts'
import { MODULES } from './modules.ts'

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
  isTest,
  rootMarkers: ['pyproject.toml', 'setup.py', 'setup.cfg', 'manage.py'],
}

/** By the conventions of unittest, pytest and nose. */
function isTest(path: string): boolean {
  const parts = path.split('/')
  const name = parts.pop() ?? ''
  if (parts.some((part) => part === 'tests' || part === 'test')) return true
  return /^(test_.*|.*_test|conftest|tests)\.pyw?$/.test(name)
}
