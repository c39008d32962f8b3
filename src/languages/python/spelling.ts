import type { Spelling } from '../../tree/language.ts'

const BUILTINS = 'builtins.'

/** Values that models write in neutral words. */
const CONSTANTS: ReadonlyMap<string, string> = new Map([['true', 'True'], ['false', 'False'], ['null', 'None']])

const LITERALS: ReadonlyMap<string, string> = new Map([['builtins.dict', '{...}'], ['builtins.list', '[...]']])

/** How Python writes what a rule pattern made from models needs. */
export const SPELLING: Spelling = {
  name: (canonical) => canonical.startsWith(BUILTINS) ? canonical.slice(BUILTINS.length) : canonical,
  constant,
  text: (content) => `"${content}"`,
  literal: (type) => LITERALS.get(type),
  call: (callee, args) => `${callee}(${args.join(', ')})`,
  keyword: (name, value) => `${name}=${value}`,
  returned: (value) => `return ${value}`,
  decorated: (decorator, name, parameters) => `@${decorator}\ndef ${name}(${parameters.join(', ')}):\n  ...`,
  method: (name, parameters) => `def ${name}($SELF, ${parameters.join(', ')}):\n  ...`,
  subclass: (name, base) => `class ${name}(..., ${base}, ...):\n  ...`,
}

function constant(value: string): string {
  const word = CONSTANTS.get(value)
  if (word !== undefined) return word
  return /^[+-]?\d+(\.\d+)?$/.test(value) ? value : JSON.stringify(value)
}
