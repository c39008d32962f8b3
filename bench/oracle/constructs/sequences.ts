import { construct, type Construct } from '../construct.ts'

export const constructs: readonly Construct[] = [
  construct('comprehension.list', (b, value) => {
    const [parts, each] = [b.thing(), b.value()]
    b.line(`${parts} = [${each}.strip() for ${each} in [${b.twin ? b.safe() : value}]]`)
    return `${parts}[0]`
  }),
  construct('comprehension.dict', (b, value) => {
    const [bag, key, each, [word, other]] = [b.thing(), b.value(), b.value(), b.twoWords()]
    b.line(`${bag} = {${key}: ${each} for ${key}, ${each} in [(${b.quoted(word)}, ${b.twin ? b.safe() : value}), (${b.quoted(other)}, ${b.safe()})]}`)
    return `${bag}[${b.quoted(word)}]`
  }),
  construct('comprehension.filtered', (b, value) => {
    const [parts, each] = [b.thing(), b.value()]
    b.line(`${parts} = [${each} for ${each} in (${value},) if ${each}${b.twin ? '.isdigit()' : ''}]`)
    return `''.join(${parts})`
  }),
  construct('comprehension.nested', (b, value) => {
    const [parts, row, each] = [b.thing(), b.thing(), b.value()]
    b.line(`${parts} = [${each} for ${row} in [[${b.safe()}], [${b.twin ? b.safe() : value}]] for ${each} in ${row}]`)
    return `${parts}[1]`
  }),
  construct('comprehension.generator', (b, value) => {
    const each = b.value()
    return `''.join(${each} for ${each} in [${b.twin ? b.safe() : value}])`
  }),
  construct('generator.next', (b, value) => {
    const each = b.value()
    return `next(${each} for ${each} in (${value}, ${b.safe()}) if ${each}${b.twin ? '.isalnum()' : ''})`
  }),
  construct('generator.yielded', (b, value) => {
    const each = b.value()
    const helper = b.define('function', (name) => `
      def ${name}(${b.text('given_text')}):
          yield ${b.twin ? b.safe() : 'given_text'}
    `)
    b.open(`for ${each} in ${helper}(${value}):`)
    return each
  }),
  construct('generator.yield-from', (b, value) => {
    const each = b.value()
    const helper = b.define('function', (name, m) => {
      const inner = m.define('function', (own) => `
        def ${own}(parts):
            for part_text in parts:
                yield ${b.twin ? 'str(len(part_text))' : 'part_text'}
      `)
      return `
        def ${name}(${b.text('given_text')}):
            yield from ${inner}([given_text])
      `
    })
    b.open(`for ${each} in ${helper}(${value}):`)
    return each
  }),
  construct('generator.sent', (b, value) => {
    const [made, name] = [b.thing(), b.value()]
    const helper = b.define('function', (own) => `
      def ${own}():
          received = yield ''
          yield ${b.twin ? b.safe() : 'received'}
    `)
    b.line(`${made} = ${helper}()`)
    b.line(`next(${made})`)
    b.line(`${name} = ${made}.send(${value})`)
    return name
  }),
  construct('generator.returned', (b, value) => {
    const helper = b.define('function', (name, m) => {
      const inner = m.define('function', (own) => `
        def ${own}(given_text):
            yield ''
            return ${b.twin ? b.safe() : 'given_text'}
      `)
      return `
        def ${name}(${b.text('given_text')}):
            result_text = yield from ${inner}(given_text)
            yield result_text
      `
    })
    return `list(${helper}(${value}))[1]`
  }),
  construct('generator.unpacked', (b, value) => {
    const [first, second] = [b.value(), b.value()]
    const helper = b.define('function', (name) => `
      def ${name}(${b.text('given_text')}):
          yield given_text
          yield ${b.safe()}
    `)
    b.line(`${first}, ${second} = ${helper}(${value})`)
    return b.twin ? second : first
  }),
  construct('iterator.chained', (b, value) => {
    const each = b.value()
    b.open(`for ${each} in ${b.use('itertools', 'chain')}([${b.safe()}], [${b.twin ? b.safe() : value}]):`)
    return each
  }),
  construct('async.awaited', (b, value) => {
    const helper = b.define('function', (name, m) => {
      const inner = m.define('function', (own) => `
        async def ${own}(given_text):
            return ${b.twin ? b.safe() : 'given_text'}
      `)
      return `
        async def ${name}(${b.text('given_text')}):
            found_text = await ${inner}(given_text)
            return found_text
      `
    })
    return `${b.use('asyncio', 'run')}(${helper}(${value}))`
  }),
  construct('async.gathered', (b, value) => {
    const helper = b.define('function', (name, m) => {
      const inner = m.define('function', (own) => `
        async def ${own}(given_text):
            return given_text
      `)
      return `
        async def ${name}(${b.text('given_text')}):
            first_text, second_text = await ${m.use('asyncio', 'gather')}(${inner}(given_text), ${inner}(${b.safe()}))
            return ${b.twin ? 'second_text' : 'first_text'}
      `
    })
    return `${b.use('asyncio', 'run')}(${helper}(${value}))`
  }),
  construct('async.task', (b, value) => {
    const helper = b.define('function', (name, m) => {
      const inner = m.define('function', (own) => `
        async def ${own}(given_text):
            return ${b.twin ? 'str(len(given_text))' : 'given_text'}
      `)
      return `
        async def ${name}(${b.text('given_text')}):
            task = ${m.use('asyncio', 'create_task')}(${inner}(given_text))
            return await task
      `
    })
    return `${b.use('asyncio', 'run')}(${helper}(${value}))`
  }),
  construct('async.with', (b, value) => {
    const held = b.value()
    const helper = b.define('function', (name, m) => {
      const cls = m.define('class', (own) => `
        class ${own}:
            def __init__(self, ${held}):
                self.${held} = ${held}

            async def __aenter__(self):
                return ${b.twin ? b.safe() : `self.${held}`}

            async def __aexit__(self, *error):
                return None
      `)
      return `
        async def ${name}(${b.text('given_text')}):
            async with ${cls}(given_text) as entered:
                return entered
      `
    })
    return `${b.use('asyncio', 'run')}(${helper}(${value}))`
  }),
  construct('async.for', (b, value) => {
    const helper = b.define('function', (name, m) => {
      const inner = m.define('function', (own) => `
        async def ${own}(given_text):
            yield ${b.twin ? b.safe() : 'given_text'}
      `)
      return `
        async def ${name}(${b.text('given_text')}):
            result_text = ''
            async for part_text in ${inner}(given_text):
                result_text += part_text
            return result_text
      `
    })
    return `${b.use('asyncio', 'run')}(${helper}(${value}))`
  }),
  // A loop that runs cannot be run again, so nothing may follow.
  { ...construct('async.continues', (b, value) => {
    const [next, parameter] = [b.continuation(), b.value()]
    b.line(`${b.use('asyncio', 'run')}(${b.reference(next)}(${b.twin ? b.safe() : value}))`)
    b.enter(next.module, `async def ${next.name}(${b.text(parameter)}):`)
    return parameter
  }), isLast: true },
]
