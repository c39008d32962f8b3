import { instruction, operand, text } from '../../dataflow/reader.ts'
import { Op } from '../../flow/facts.ts'
import type { FunctionRef, Program, Ref } from '../../program/program.ts'

/** First words of names of functions that change what others see: verbs of interfaces to stored things and to machines. */
const VERBS: ReadonlySet<string> = new Set([
  'create', 'delete', 'destroy', 'remove', 'update', 'add', 'reset', 'revoke', 'disable', 'enable', 'start', 'stop', 'reboot', 'resize',
  'save', 'grant', 'migrate', 'restore', 'shelve', 'unshelve', 'lock', 'unlock', 'pause', 'unpause', 'suspend', 'resume', 'rebuild', 'evacuate',
  'attach', 'detach', 'import', 'register', 'unregister', 'rotate', 'activate', 'deactivate', 'approve', 'purge', 'rescue', 'unrescue',
  'backup', 'snapshot', 'inject', 'swap', 'force', 'revert', 'extend', 'cancel', 'abort', 'terminate',
])

/** Whether a name says that its function changes something: its first word is such a verb; private helpers are left out. */
export function saysChange(name: string): boolean {
  const words = /^([a-z]+)(?:_|[A-Z]|$)/.exec(name)
  return words !== null && VERBS.has(words[1] ?? '')
}

/** The same verbs of storing at the end of a name, where the thing comes first: `order_delete`. */
const LAST_VERB = /_(?:create|update|delete|destroy|remove|insert|save)$/

/** Whether a name says so by its last word. */
export function endsInChange(name: string): boolean {
  return LAST_VERB.test(name)
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
  const name = writtenName(program, call)
  return (saysChange(name) || endsInChange(name)) && program.targets(call).functions.length > 0
}

/** Names of methods that the protocol of the web gives to changes; frameworks call handlers and decorators so. */
const CHANGING = /^(?:on_)?(?:post|put|patch|delete)$/

/** Names of handlers that change nothing, whatever method of the protocol they are registered for. */
const READING = /^(?:get|list|find|search|show|read|preview|export|download|validate|verify|check|test|count|parse)(?:_|[A-Z]|$)/

/** Whether a handler changes something, by its own name or by that of the method that its decorator registers it for. */
export function handlesChange(program: Program, of: FunctionRef): boolean {
  const { name, decorators } = program.function(of)
  if (CHANGING.test(name) || saysChange(name)) return true
  if (READING.test(name)) return false
  const file = program.fileOfFunction(of)
  return decorators.some((local) => {
    const made = instruction(program, program.ref(file, local))
    if (made.op !== Op.Call) return false
    const named = instruction(program, operand(made, made.a))
    return named.op === Op.Attr && CHANGING.test(text(named, named.b))
  })
}
