import type { JsonRecord } from '../record.ts'

/** A rule as a run describes it. */
export interface SarifRule {
  readonly id: string
  readonly record: JsonRecord
}

/** The rules of a run: of the driver and of its extensions, by number and by id. */
export class RuleTable {
  /** Name and version of the tool; `''` when it does not say. */
  readonly tool: string
  readonly #components: readonly (readonly SarifRule[])[]
  readonly #byId = new Map<string, SarifRule>()

  constructor(run: JsonRecord) {
    const tool = run.record('tool')?.skipAll()
    const driver = tool?.record('driver')?.skipAll()
    const extensions = tool?.records('extensions') ?? []
    this.tool = [
      driver?.text('name')?.value ?? '',
      driver?.text('semanticVersion')?.value ?? driver?.text('version')?.value ?? '',
    ]
      .filter((part) => part !== '')
      .join(' ')
    this.#components = [driver, ...extensions].map((each) => rulesOf(each))
    for (const rule of this.#components.flat()) if (!this.#byId.has(rule.id)) this.#byId.set(rule.id, rule)
  }

  /** The rule of a result: by number, else by id, which may go on after a slash. */
  of(result: JsonRecord): SarifRule | undefined {
    const reference = result.record('rule')?.skip('guid')
    const component = reference?.record('toolComponent')?.skipAll().number('index')?.value
    const index = reference?.number('index')?.value ?? result.number('ruleIndex')?.value
    const id = result.text('ruleId')?.value ?? reference?.text('id')?.value
    const byIndex =
      index === undefined || index < 0
        ? undefined
        : this.#components[component === undefined ? 0 : component + 1]?.[index]
    // A number that disagrees with the id is a mistake of the tool; the id is what a reader sees.
    if (byIndex !== undefined && (id === undefined || names(id, byIndex.id))) return byIndex
    return id === undefined ? undefined : (this.#byId.get(id) ?? this.#byId.get(id.split('/', 1)[0] ?? ''))
  }
}

function names(id: string, rule: string): boolean {
  return id === rule || id.startsWith(`${rule}/`)
}

function rulesOf(component: JsonRecord | undefined): readonly SarifRule[] {
  return (
    component?.records('rules').map((record) => ({ id: record.text('id')?.value ?? '', record: record.skipAll() })) ??
    []
  )
}
