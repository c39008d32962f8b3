import type { FrontEnd, Language } from '../../tree/language.ts'
import { node } from '../../tree/node.ts'

/** Any text: a file is words and punctuation, and so is a pattern. */
export const language: Language = {
  id: 'generic',
  title: 'any text',
  aliases: ['spacegrep'],
  extensions: [],
  fileNames: [],
  shebangs: [],
  lineComments: ['#', '//', '--', ';', '<!--', '/*', '{{!--', '%', "'"],
  version: '1',
  ofAnyFile: true,
  open: () => Promise.resolve(FRONT_END),
  isTest: () => false,
  rootMarkers: [],
}

const FRONT_END: FrontEnd = {
  hasTextPatterns: true,
  parse: (text) => ({ root: node('module', 'root', 0, text.length, []), comments: [], problems: [], dialect: '' }),
  parseFragment: (text) => FRONT_END.parse(text),
  parsePattern: () => ({ readings: [], reason: 'patterns of texts have no tree' }),
}
