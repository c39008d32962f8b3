import { construct, type Construct } from '../construct.ts'

export const constructs: readonly Construct[] = [
  construct('assign.plain', (b, value) => {
    const name = b.value()
    b.line(`${name} = ${value}`)
    if (b.twin) b.line(`${name} = ${b.safe()}`)
    return name
  }),
  construct('assign.chained', (b, value) => {
    const [first, second] = [b.value(), b.value()]
    b.line(`${first} = ${second} = ${value}`)
    if (b.twin) b.line(`${first} = ${b.safe()}`)
    return first
  }),
  construct('assign.unpacked', (b, value) => {
    const [first, second] = [b.value(), b.value()]
    b.line(`${first}, ${second} = ${value}, ${b.safe()}`)
    return b.twin ? second : first
  }),
  construct('assign.swapped', (b, value) => {
    const [first, second] = [b.value(), b.value()]
    b.line(`${first} = ${value}`)
    b.line(`${second} = ${b.safe()}`)
    b.line(`${first}, ${second} = ${second}, ${first}`)
    return b.twin ? first : second
  }),
  construct('assign.starred', (b, value) => {
    const [first, rest] = [b.value(), b.thing()]
    b.line(`${first}, *${rest} = ${b.safe()}, ${value}, ${b.safe()}`)
    return `${rest}[${b.twin ? 1 : 0}]`
  }),
  construct('assign.nested', (b, value) => {
    const [first, second, third] = [b.value(), b.value(), b.value()]
    b.line(`${first}, (${second}, ${third}) = ${b.safe()}, (${b.safe()}, ${value})`)
    return b.twin ? second : third
  }),
  construct('assign.walrus', (b, value) => {
    const name = b.value()
    b.open(`if (${name} := ${b.twin ? b.safe() : value}):`)
    return name
  }),
  construct('assign.augmented', (b, value) => {
    const name = b.value()
    const [before, after] = b.around()
    b.line(`${name} = ${b.quoted(before)}`)
    b.line(`${name} += ${value}`)
    b.line(`${name} += ${b.quoted(after)}`)
    if (b.twin) b.line(`${name} = ${b.safe()}`)
    return name
  }),
  construct('assign.deleted', (b, value) => {
    const name = b.value()
    b.line(`${name} = ${value}`)
    if (b.twin) {
      b.line(`del ${name}`)
      b.line(`${name} = ${b.safe()}`)
    }
    return name
  }),
]
