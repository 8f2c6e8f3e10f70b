import type { ReplyOf } from '../../platform/endpoint.ts'
import type { clientFlights, flightOne } from '../contract.ts'
import { checkTextOf } from './check-texts.ts'
import type { summarizeFlights } from './flight-recorder.ts'
import type { Flight } from './note.ts'

/** Views of notes for the wire. */

const flightInstantText = (at: Date) => at.toISOString()

/** The view shows the difference of the clocks only if the check is about time. */
export function flightView({
  at,
  clientId,
  endpoint,
  outcome,
  check,
  error,
  detail,
  seconds,
}: Flight): ReplyOf<typeof flightOne>['notes'][number] {
  const told = check === null ? undefined : checkTextOf(check)
  return {
    at: flightInstantText(at),
    ...(clientId !== null && { clientId }),
    endpoint,
    outcome,
    ...(check !== null && told && { check, means: told.means, mend: told.mend }),
    ...(error !== null && { error }),
    ...(detail !== null && { detail }),
    ...(seconds !== null && told?.clock && { seconds }),
  }
}

type FlightSummary = Awaited<ReturnType<typeof summarizeFlights>>

export const flightSummaryView = ({ passed, checks, recent }: FlightSummary): ReplyOf<typeof clientFlights> => ({
  passed,
  checks: checks.map(({ check, count, hours }) => {
    const { means, mend } = checkTextOf(check)
    return {
      check,
      means,
      mend,
      count,
      hours: hours.map(({ hour, count }) => ({ hour: flightInstantText(hour), count })),
    }
  }),
  recent: recent.map(({ requestId, ...note }) => ({ ...flightView(note), requestId })),
})
