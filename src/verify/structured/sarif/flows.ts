import type { Claim, OtherPlace } from '../../claim.ts'
import { flowClaim } from '../claims.ts'
import type { JsonRecord } from '../record.ts'
import type { RunPlaces } from './places.ts'

/** Ways of one result, and steps of one way, that are read. */
const MAX_FLOWS = 10
const MAX_STEPS = 1_000

/** The ways of the data in a result, one claim each; of several threads the first is the way. */
export function flowClaims(result: JsonRecord, places: RunPlaces): readonly Claim[] {
  return result.records('codeFlows').slice(0, MAX_FLOWS).flatMap((flow) => {
    const words = flow.record('message')?.skipAll().text('text')?.value
    flow.skip('threadFlows')
    const [thread] = flow.records('threadFlows')
    const steps: OtherPlace[] = []
    for (const step of thread?.skipAll().records('locations').slice(0, MAX_STEPS) ?? []) {
      step.skipAll()
      steps.push(...places.place(places.stepLocation(step)))
    }
    return flowClaim(steps, flow.span, words)
  })
}
