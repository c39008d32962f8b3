import { construct, type Construct } from '../construct.ts'
import type { Scene } from '../scene.ts'

/** Ends the function when the condition holds, in one of the usual ways. */
function leaveWhen(b: Scene, condition: string): void {
  b.open(`if ${condition}:`)
  b.line(b.random.pick(['return None', 'raise ValueError(400)', "raise ValueError('bad request')"]))
  b.close()
}

/** Goes on inside the branch that is taken when the condition holds. */
function enterWhen(b: Scene, condition: string): void {
  b.open(`if ${condition}:`)
}

/** Lets only what satisfies the condition on, or, with `isWrong`, only what does not. */
function passOnly(b: Scene, condition: string, isWrong: boolean): void {
  if (b.random.chance(0.5)) enterWhen(b, isWrong ? `not ${condition}` : condition)
  else leaveWhen(b, isWrong ? condition : `not ${condition}`)
}

/** A check on a plain variable, since nobody checks an expression and then writes it again. */
function named(b: Scene, value: string): string {
  const name = b.value()
  b.line(`${name} = ${value}`)
  return name
}

/** A folder's name at the path's beginning says something only once the path is normal. */
function pathInside(b: Scene, name: string): string {
  const path = b.value()
  const joined = `${b.use('os')}.path.join('/srv/app/files', ${name})`
  b.line(`${path} = ${b.twin ? `${b.use('os')}.path.${b.random.pick(['normpath', 'realpath', 'abspath'])}(${joined})` : joined}`)
  b.hint('/srv/app/files/')
  leaveWhen(b, `not ${path}.startswith('/srv/app/files/')`)
  return path
}

/** A host's name at the address's beginning says something only when it ends there. */
function hostAllowed(b: Scene, name: string): string {
  b.hint('https://api.example.com')
  if (b.random.chance(0.5)) leaveWhen(b, `not ${name}.startswith('https://api.example.com${b.twin ? '/' : ''}')`)
  else leaveWhen(b, `${b.use('urllib.parse', 'urlsplit')}(${name}).${b.twin ? 'hostname' : 'scheme'} not in (${b.twin ? "'api.example.com', 'cdn.example.com'" : "'https', 'http'"})`)
  return name
}

export const constructs: readonly Construct[] = [
  construct('guard.membership', (b, value) => {
    const name = named(b, value)
    const allowed = b.define('constant', (own) => `${own} = ${b.random.pick([`('7', ${b.safe()})`, `['7', ${b.safe()}]`, `{'7', ${b.safe()}}`, `frozenset(['7', ${b.safe()}])`])}`)
    passOnly(b, `(${name} in ${allowed})`, !b.twin)
    return name
  }),
  construct('guard.membership-literal', (b, value) => {
    const name = named(b, value)
    const [left, right] = [b.safe(), b.safe()]
    if (b.random.chance(0.5)) enterWhen(b, `${name} ${b.twin ? 'in' : 'not in'} (${left}, '7', ${right})`)
    else leaveWhen(b, `${name} ${b.twin ? 'not in' : 'in'} [${left}, '7', ${right}]`)
    return name
  }),
  construct('guard.dictionary-key', (b, value) => {
    const name = named(b, value)
    const allowed = b.define('constant', (own) => `${own} = {'7': 1, ${b.safe()}: 2}`)
    if (b.twin) leaveWhen(b, `${name} not in ${allowed}`)
    else leaveWhen(b, `${name} in ${allowed}`)
    return name
  }),
  construct('guard.equality', (b, value) => {
    const name = named(b, value)
    enterWhen(b, `${name} ${b.twin ? '==' : '!='} '7'`)
    return name
  }),
  construct('guard.equality-or', (b, value) => {
    const name = named(b, value)
    enterWhen(b, b.twin ? `${name} == '7' or ${name} == ${b.safe()}` : `${name} == '7' or ${name} != ${b.safe()}`)
    return name
  }),
  construct('guard.fullmatch', (b, value) => {
    const name = named(b, value)
    b.hint('abc')
    const call = `${b.use('re')}.${b.twin ? 'fullmatch' : 'match'}(r'[a-z0-9]+', ${name})`
    // Matching only the beginning lets anything follow.
    if (b.random.chance(0.5)) leaveWhen(b, `not ${call}`)
    else leaveWhen(b, `${call} is None`)
    return name
  }),
  construct('guard.anchored', (b, value) => {
    const name = named(b, value)
    b.hint('abc')
    enterWhen(b, `${b.use('re')}.match(r'^[a-z0-9]+${b.twin ? b.random.pick(['\\Z', '$']) : ''}', ${name})`)
    return name
  }),
  construct('guard.search', (b, value) => {
    const name = named(b, value)
    b.hint('7 ')
    b.hint('', ' 7')
    passOnly(b, `${b.use('re', 'search')}(r'${b.twin ? '^[0-9]+\\Z' : '[0-9]+'}', ${name})`, false)
    return name
  }),
  construct('guard.compiled', (b, value) => {
    const name = named(b, value)
    b.hint('abc')
    const pattern = b.define('constant', (own, m) => `${own} = ${m.use('re', 'compile')}(r'[a-z]+')`)
    leaveWhen(b, `not ${pattern}.${b.twin ? 'fullmatch' : 'match'}(${name})`)
    return name
  }),
  construct('guard.isdigit', (b, value) => {
    const name = named(b, value)
    passOnly(b, `${name}.${b.random.pick(['isdigit()', 'isalnum()', 'isdecimal()'])}`, !b.twin)
    return name
  }),
  construct('guard.is-not-digit-only-logged', (b, value) => {
    const name = named(b, value)
    b.open(`if not ${name}.isdigit():`)
    b.line(`${b.use('logging')}.warning('unusual')`)
    if (b.twin) b.line('return None')
    b.close()
    return name
  }),
  construct('guard.isinstance', (b, value) => {
    const name = named(b, value)
    passOnly(b, `isinstance(${name}, ${b.twin ? 'int' : 'str'})`, false)
    return name
  }),
  construct('guard.converted-in-try', (b, value) => {
    const name = named(b, value)
    b.open('try:')
    b.line(`int(${name})`)
    b.close()
    b.open('except ValueError:')
    b.line(b.twin ? 'return None' : 'pass')
    b.close()
    return name
  }),
  construct('guard.length', (b, value) => {
    const name = named(b, value)
    // No length check helps; the near miss is a check of another kind beside it.
    leaveWhen(b, b.twin ? `len(${name}) > 4000 or not ${name}.isalnum()` : `len(${name}) > 4000`)
    return name
  }),
  construct('guard.and', (b, value) => {
    const name = named(b, value)
    enterWhen(b, `len(${name}) < 4000 ${b.twin ? 'and' : 'or'} ${name}.isalnum()`)
    return name
  }),
  construct('guard.or-negated', (b, value) => {
    const name = named(b, value)
    leaveWhen(b, `len(${name}) > 4000 ${b.twin ? 'or' : 'and'} not ${name}.isalnum()`)
    return name
  }),
  construct('guard.variable-condition', (b, value) => {
    const [name, ok] = [named(b, value), b.thing()]
    b.line(`${ok} = ${name}.isalnum()`)
    enterWhen(b, b.twin ? ok : `not ${ok}`)
    return name
  }),
  construct('guard.helper-raises', (b, value) => {
    const name = named(b, value)
    const check = b.define('function', (own) => `
      def ${own}(${b.text('given_text')}):
          if ${b.twin ? 'not given_text.isalnum()' : 'given_text.isdigit()'}:
              raise ValueError('not allowed')
    `)
    b.line(`${check}(${name})`)
    return name
  }),
  construct('guard.helper-returns', (b, value) => {
    const name = named(b, value)
    const check = b.define('function', (own) => `
      def ${own}(${b.text('given_text')}):
          if not given_text.isalnum():
              return False
          return True
    `)
    passOnly(b, `${check}(${name})`, !b.twin)
    return name
  }),
  construct('guard.helper-expression', (b, value) => {
    const name = named(b, value)
    const check = b.define('function', (own) => `
      def ${own}(${b.text('given_text')}) -> bool:
          return given_text in ('7', ${b.safe()})
    `)
    leaveWhen(b, b.twin ? `not ${check}(${name})` : `${check}(${name})`)
    return name
  }),
  construct('guard.helper-regex', (b, value) => {
    const name = named(b, value)
    b.hint('abc')
    const check = b.define('function', (own, m) => `
      def ${own}(${b.text('given_text')}):
          return ${m.use('re')}.${b.twin ? 'fullmatch' : 'match'}(r'[a-z]+', given_text) is not None
    `)
    leaveWhen(b, `not ${check}(${name})`)
    return name
  }),
  construct('guard.helper-ignored', (b, value) => {
    const name = named(b, value)
    const check = b.define('function', (own) => `
      def ${own}(${b.text('given_text')}):
          return given_text.isalnum()
    `)
    if (b.twin) leaveWhen(b, `not ${check}(${name})`)
    else b.line(`${check}(${name})`)
    return name
  }),
  construct('guard.validating-decorator', (b, value) => {
    const [next, parameter] = [b.continuation('here'), b.value()]
    const decorator = b.define('function', (own) => `
      def ${own}(function):
          def wrapper(given_text):
              if ${b.twin ? 'not given_text.isalnum()' : 'given_text.isdigit()'}:
                  raise ValueError('not allowed')
              return function(given_text)
          return wrapper
    `)
    b.line(`${b.reference(next)}(${value})`)
    b.enter(next.module, `@${decorator}\ndef ${next.name}(${b.text(parameter)}):`)
    return parameter
  }),
  construct('guard.other-variable', (b, value) => {
    const [name, other] = [named(b, value), b.value()]
    b.line(`${other} = '42'`)
    leaveWhen(b, `not ${b.twin ? name : other}.isdigit()`)
    return name
  }),
  construct('guard.lost-by-reassignment', (b, value) => {
    const name = b.value()
    const original = named(b, value)
    b.line(`${name} = ${b.twin ? original : b.safe()}`)
    leaveWhen(b, `not ${b.twin ? original : "'7'"}.isdigit()`)
    if (!b.twin) b.line(`${name} = ${original}`)
    return name
  }),
  construct('guard.while-not-valid', (b, value) => {
    const name = named(b, value)
    b.open(`while not ${name}${b.twin ? '' : '.strip()'}.isalnum()${b.twin ? '' : ` and len(${name}) > 4000`}:`)
    b.line(`${name} = '7'`)
    b.close()
    return name
  }),
  construct('guard.assert', (b, value) => {
    const name = named(b, value)
    b.line(`assert ${b.twin ? '' : 'not '}${name}.isdigit()`)
    return name
  }),
  construct('guard.of-the-sink', (b, value) => {
    const name = named(b, value)
    switch (b.kind.name) {
      case 'path': return pathInside(b, name)
      case 'redirect':
      case 'url-fetch': return hostAllowed(b, name)
      default:
        leaveWhen(b, b.twin ? `set(${name}) - set('abcdefghijklmnopqrstuvwxyz0123456789')` : `set(${name}) == set('~')`)
        return name
    }
  }),
  construct('guard.prefix', (b, value) => {
    const name = named(b, value)
    // A prefix alone decides nothing about what follows it.
    b.hint('abc')
    leaveWhen(b, b.twin ? `not (${name}.startswith('abc') and ${name}.isalnum())` : `not ${name}.startswith('abc')`)
    return name
  }),
]
