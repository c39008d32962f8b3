import type { Scene } from './scene.ts'

/*
 * What stands in real programs beside the way of the value: logging, times,
 * comments, functions and classes that have nothing to do with it, and calls of
 * the same library with fixed text.
 */

const STATEMENTS: readonly ((scene: Scene) => void)[] = [
  (scene) => scene.line(`${scene.use('logging', 'getLogger')}(__name__).info(${scene.quoted('step done')})`),
  (scene) => scene.line(`# ${scene.random.pick(['see the ticket', 'keep in step with the docs', 'order matters here', 'was different before 2.0'])}`),
  (scene) => scene.line(`${scene.thing()} = ${scene.use('time', 'time')}()`),
  (scene) => scene.line(`${scene.value()} = ${scene.safe()}.upper()`),
  (scene) => scene.line(`${scene.thing()} = [${scene.safe()}, ${scene.safe()}]`),
  (scene) => scene.line(`print(${scene.quoted('working')})`),
  (scene) => {
    const helper = scene.define('function', (name) => `
      def ${name}(first_number, second_number=2):
          """Adds what is given."""
          total = 0
          for number in (first_number, second_number):
              total += number
          return total
    `)
    scene.line(`${scene.thing()} = ${helper}(${scene.random.below(90)})`)
  },
  (scene) => {
    const [object, attribute, method] = [scene.thing(), scene.value(), scene.method()]
    const cls = scene.define('class', (name) => `
      class ${name}(object):
          """Counts."""

          limit = ${scene.random.below(50) + 1}

          def __init__(self):
              self.${attribute} = 0

          def ${method}(self, step=1):
              self.${attribute} = min(self.${attribute} + step, self.limit)
              return self.${attribute}
    `)
    scene.line(`${object} = ${cls}()`)
    scene.line(`${object}.${method}(step=2)`)
  },
  (scene) => {
    const table = scene.define('constant', (name) => `${name} = {'a': 1, 'b': 2}`)
    scene.line(`${scene.thing()} = sorted(${table})`)
  },
  (scene) => {
    const helper = scene.define('function', (name, module) => `
      def ${name}(count):
          try:
              return ${module.use('math', 'sqrt')}(count)
          except (TypeError, ValueError):
              return None
    `)
    scene.line(`${scene.thing()} = ${helper}(${scene.random.below(90)})`)
  },
]

/** Sometimes writes something that has nothing to do with the value. */
export function maybeClutter(scene: Scene): void {
  if (scene.random.chance(0.35)) scene.random.pick(STATEMENTS)(scene)
}

/** Sometimes writes a call of the program's own kind of sink with fixed text. */
export function maybeFixedCall(scene: Scene): void {
  if (!scene.random.chance(0.25)) return
  const name = scene.value()
  scene.line(`${name} = ${scene.safe()}`)
  scene.random.pick(scene.kind.sinks)(scene, name)
}
