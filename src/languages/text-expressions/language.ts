import type { FrontEnd, Language } from '../../tree/language.ts'
import { node } from '../../tree/node.ts'

/** Any text, for rules that have regular expressions alone. */
export const language: Language = {
  id: 'regex',
  title: 'any text, by regular expressions',
  aliases: ['none'],
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
