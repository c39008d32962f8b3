import type { Confidence, Severity } from '../rules/rule.ts'

/** What the project's own `assay.yaml` asks for. */
export interface ProjectConfiguration {
  /** Rule files or folders inside the root, relative to it. */
  readonly rules: readonly string[]
  /** Ids of rules that are not run. */
  readonly disabled: readonly string[]
  readonly exclude: readonly string[]
  readonly severity: Severity | undefined
  readonly confidence: Confidence | undefined
  readonly failOn: Severity | undefined
}

export const NO_CONFIGURATION: ProjectConfiguration = {
  rules: [], disabled: [], exclude: [], severity: undefined, confidence: undefined, failOn: undefined,
}
