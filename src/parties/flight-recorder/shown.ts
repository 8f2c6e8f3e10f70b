import type { ReplyOf } from '../../platform/endpoint.ts'
import type { clientFlights, flightOne } from '../contract.ts'
import { tellCheck } from './check.ts'
import type { flightsOfClient } from './flight-recorder.ts'
import type { Flight } from './note.ts'

/** Views of notes for the wire. */

const iso = (at: Date) => at.toISOString()

/** The view shows the difference of the clocks only if the check is about time. */
export function shownNote({
  at,
  clientId,
  endpoint,
  outcome,
  check,
  error,
  detail,
  seconds,
}: Flight): ReplyOf<typeof flightOne>['notes'][number] {
  const told = check === null ? undefined : tellCheck(check)
  return {
    at: iso(at),
    ...(clientId !== null && { clientId }),
    endpoint,
    outcome,
    ...(check !== null && told && { check, means: told.means, mend: told.mend }),
    ...(error !== null && { error }),
    ...(detail !== null && { detail }),
    ...(seconds !== null && told?.clock && { seconds }),
  }
}

type Fared = Awaited<ReturnType<typeof flightsOfClient>>

export const shownFlights = ({ passed, checks, recent }: Fared): ReplyOf<typeof clientFlights> => ({
  passed,
  checks: checks.map(({ check, count, hours }) => {
    const { means, mend } = tellCheck(check)
    return { check, means, mend, count, hours: hours.map(({ hour, count }) => ({ hour: iso(hour), count })) }
  }),
  recent: recent.map(({ requestId, ...note }) => ({ ...shownNote(note), requestId })),
})
