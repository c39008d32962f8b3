import { instruction, operand, text } from '../../dataflow/reader.ts'
import { Op } from '../../flow/facts.ts'
import type { Program, Ref } from '../../program/program.ts'

/** First words of names of functions that change what others see: verbs of interfaces to stored things and to machines. */
const VERBS: ReadonlySet<string> = new Set([
  'create', 'delete', 'destroy', 'remove', 'update', 'add', 'reset', 'revoke', 'disable', 'enable', 'start', 'stop', 'reboot', 'resize',
  'save', 'grant', 'migrate', 'restore', 'shelve', 'unshelve', 'lock', 'unlock', 'pause', 'unpause', 'suspend', 'resume', 'rebuild', 'evacuate',
  'attach', 'detach', 'import', 'register', 'unregister', 'rotate', 'activate', 'deactivate', 'approve', 'purge', 'rescue', 'unrescue',
])

/** Whether a name says that its function changes something: its first word is such a verb; private helpers are left out. */
export function saysChange(name: string): boolean {
  const words = /^([a-z]+)(?:_|[A-Z]|$)/.exec(name)
  return words !== null && VERBS.has(words[1] ?? '')
}

/** The name a call is written with, without what it is part of; `''` when it has none. */
export function writtenName(program: Program, call: Ref): string {
  const of = instruction(program, call)
  const callee = instruction(program, operand(of, of.a))
  if (callee.op === Op.Attr) return text(callee, callee.b)
  return callee.op === Op.Name ? text(callee, callee.a) : ''
}

/** Whether a call changes something in the program's own terms: a function of the program with a name that says so. */
export function isChange(program: Program, call: Ref): boolean {
  return saysChange(writtenName(program, call)) && program.targets(call).functions.length > 0
}
