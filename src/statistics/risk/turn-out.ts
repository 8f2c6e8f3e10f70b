import { usualAttendance } from '../law.ts'

/**
 * Outcomes of seats at sessions: of `count` people of a group, or one. `not-held`: the session was put off or
 * cancelled.
 */
export type SessionSeats = {
  readonly group: string
  readonly outcome: 'served' | 'absent' | 'not-held'
  readonly count?: number
}

/** The chance that a session is held on its day, and that who has a seat comes to it. */
export type SessionAttendance = { readonly held: number; comes(group: string): number }

type AttendanceBelief = Readonly<Record<'comes' | 'held' | 'worth', number>>

/** Learned from seats of the past; a unit with few is drawn toward the wider one ('193' above '193/06658'). */
export function measureAttendance(
  seats: Iterable<SessionSeats>,
  believed: AttendanceBelief = usualAttendance,
): SessionAttendance {
  const served = new Map<string, number>()
  const called = new Map<string, number>()
  let [held, planned] = [0, 0]
  for (const { group, outcome, count = 1 } of seats) {
    planned += count
    if (outcome === 'not-held') continue
    held += count
    for (let path: string | undefined = group; path !== undefined; path = widerGroup(path)) {
      called.set(path, (called.get(path) ?? 0) + count)
      if (outcome === 'served') served.set(path, (served.get(path) ?? 0) + count)
    }
  }
  const comes = (group: string): number => {
    const above = widerGroup(group)
    const usual = above === undefined ? believed.comes : comes(above)
    return ((served.get(group) ?? 0) + believed.worth * usual) / ((called.get(group) ?? 0) + believed.worth)
  }
  return { comes, held: (held + believed.worth * believed.held) / (planned + believed.worth) }
}

const widerGroup = (group: string): string | undefined =>
  group === '' ? undefined : group.slice(0, Math.max(0, group.lastIndexOf('/')))
