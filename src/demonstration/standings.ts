import type { Day } from '../platform/day.ts'
import { type Authority, asSystem, type OpenWork, type Work } from '../platform/work.ts'
import * as staff from '../staff/staff.ts'
import * as units from '../units/units.ts'

/** What an officer of the demonstration acts with: as themselves, in their unit, for the rows of its scope. */
export type Standing = Authority & { readonly unitId: units.UnitId }

/** The standings of the demonstration's officers on a day, by their logins. */
export async function readStandings(work: Work, day: Day, purpose: string): Promise<Map<string, Standing>> {
  const standings = new Map<string, Standing>()
  for (const { id, login, unitId, appointments } of await staff.officers(work)) {
    const { units: below, schools } = await units.scopePartsOf(work, unitId, day)
    const ofSchool = appointments.flatMap(({ schoolId }) => schoolId ?? [])
    const scope = { units: ofSchool.length > 0 ? ofSchool : [...below, ...schools] }
    standings.set(login, { by: { kind: 'officer', id }, unitId, scope, purpose })
  }
  return standings
}

/** Does works as officers of the demonstration, by their logins. */
export async function actAs(openWork: OpenWork, day: Day, purpose: string) {
  const standings = await openWork(asSystem('demonstration'), work => readStandings(work, day, purpose))
  const standingOf = (login: string): Standing => {
    const standing = standings.get(login)
    if (!standing) throw new Error(`the demonstration has no officer ${login}`)
    return standing
  }
  return {
    standingOf,
    as: <T>(login: string, does: (work: Work) => Promise<T>): Promise<T> => openWork(standingOf(login), does),
  }
}
