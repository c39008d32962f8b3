import { construct, type Construct } from '../construct.ts'
import type { Scene } from '../scene.ts'

/** The right sanitizer of the program's sink, applied. */
function right(b: Scene, value: string): string {
  return b.random.pick(b.kind.sanitizers)(b, value)
}

function wrong(b: Scene, value: string): string {
  return b.random.pick(b.kind.wrongSanitizers)(b, value)
}

/** As text, since some sanitizers give numbers. */
function rightText(b: Scene, value: string): string {
  return `str(${right(b, value)})`
}

export const constructs: readonly Construct[] = [
  construct('sanitizer.right-or-wrong', (b, value) => {
    const name = b.value()
    const [good, bad] = [rightText(b, value), wrong(b, value)]
    b.line(`${name} = ${b.twin ? good : bad}`)
    return name
  }),
  construct('sanitizer.result-thrown-away', (b, value) => {
    const name = b.value()
    b.line(`${name} = ${value}`)
    const cleaned = b.define('function', (own, m) => `
      def ${own}(${b.text('given_text')}):
          return ${rightIn(b, m.use.bind(m), 'given_text')}
    `)
    if (b.twin) b.line(`${name} = ${cleaned}(${name})`)
    else b.line(`${cleaned}('7')`)
    return name
  }),
  construct('sanitizer.before-more-text', (b, value) => {
    const [name, size] = [b.value(), b.value()]
    b.line(`${size} = str(len(${value}))`)
    b.line(`${name} = ${b.twin ? size : value} + ${b.kind.name === 'code' ? "' + ' + " : ''}${size}`)
    return name
  }),
  construct('sanitizer.on-one-path', (b, value) => {
    const name = b.value()
    b.line(`${name} = ${value}`)
    b.open(`if len(${name}) > 4000:`)
    b.line(`${name} = ${rightText(b, value)}`)
    b.close()
    if (b.twin) {
      b.open('else:')
      b.line(`${name} = ${rightText(b, value)}`)
      b.close()
    }
    return name
  }),
  construct('sanitizer.in-helper', (b, value) => {
    const helper = b.define('function', (own, m) => `
      def ${own}(${b.text('given_text')}):
          cleaned_text = ${b.twin ? rightIn(b, m.use.bind(m), 'given_text') : 'given_text.strip()'}
          return cleaned_text
    `)
    return `${helper}(${value})`
  }),
  construct('sanitizer.other-variable', (b, value) => {
    const [name, cleaned] = [b.value(), b.value()]
    b.line(`${name} = ${value}`)
    b.line(`${cleaned} = str(len(${name}))`)
    return b.twin ? cleaned : name
  }),
  construct('sanitizer.number', (b, value) => {
    const name = b.value()
    b.line(`${name} = ${b.twin ? b.random.pick([`str(int(${value}))`, `str(float(${value}))`, `'%d' % int(${value})`]) : `str(${value})`}`)
    return name
  }),
  construct('sanitizer.character-filter', (b, value) => {
    const [name, each] = [b.value(), b.value()]
    b.line(`${name} = ''.join(${each} for ${each} in ${value} if ${each}${b.twin ? '.isalnum()' : " != '~'"})`)
    return name
  }),
  construct('sanitizer.truth-value', (b, value) => {
    const name = b.value()
    b.line(`${name} = ${b.twin ? `str(bool(${value}))` : `${value} if bool(${value}) else ''`}`)
    return name
  }),
  construct('sanitizer.table-lookup', (b, value) => {
    const table = b.define('constant', (own) => `${own} = {'7': ${b.safe()}, 'status': ${b.safe()}}`)
    return `${table}.get(${value}, ${b.twin ? b.safe() : value})`
  }),
  construct('sanitizer.enum', (b, value) => {
    const name = b.value()
    const cls = b.define('class', (own, m) => `
      class ${own}(${m.use('enum', 'Enum')}):
          FIRST = '7'
          SECOND = 'status'
    `)
    b.open('try:')
    b.line(`${name} = ${cls}(${value}).value`)
    b.close()
    b.open('except ValueError:')
    b.line(`${name} = ${b.twin ? b.safe() : value}`)
    b.close()
    return name
  }),
]

/** A right sanitizer where only the imports of another module are at hand. */
function rightIn(b: Scene, use: (library: string, name?: string) => string, value: string): string {
  switch (b.kind.name) {
    case 'shell': return `${use('shlex', 'quote')}(${value})`
    case 'path': return `${use('werkzeug.utils', 'secure_filename')}(${value})`
    case 'html': return `${use('html', 'escape')}(${value})`
    default: return `str(int(${value}))`
  }
}
