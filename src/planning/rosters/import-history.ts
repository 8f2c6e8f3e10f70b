import * as audit from '../../audit/audit.ts'
import { asDay, type Day, yearOf } from '../../platform/day.ts'
import { asId, type Id, isId, newId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import * as units from '../../units/units.ts'
import type { ServiceDone } from '../session.ts'
import { codeOf } from '../session-code.ts'
import { casesFor, holdTeamSession } from '../sessions/sessions.ts'
import { linesOf } from '../store-roster.ts'
import { closeTeamSession } from './closing.ts'
import type { PastSeat, PastSession } from './imported-session.ts'
import * as store from './store-history.ts'

/** The digits at the end of a team's name. */
const lastNumberIn = (team: string) => /(?<!\d)\d+$/.exec(team)?.[0]

const servedAs: Record<PastSession['kind'], readonly ServiceDone[]> = {
  'card-and-account': ['card', 'account'],
  'raise-level': ['raised'],
  activation: ['activated'],
}

type PastPlace = {
  readonly unitId: Id<'unit'>
  readonly unitName: string
  readonly schoolId: Id<'school'> | null
  readonly name: string
}

async function pastPlaceOf(work: Work, { school, commune }: PastSession, day: Day): Promise<PastPlace | undefined> {
  const unit = await units.findUnitOn(work, commune, day, 'commune')
  const found = school ? await units.findSchool(work, school, day) : undefined
  if (found)
    return {
      unitId: found.unitId,
      unitName: await units.unitName(work, found.unitId),
      schoolId: found.id,
      name: found.name,
    }
  return unit && { unitId: unit.id, unitName: unit.name, schoolId: null, name: `Nhà văn hóa ${unit.name}` }
}

/**
 * Imports past sessions with their rosters and outcomes; unknown sites, teams and machines are created. `officers` maps
 * each code to an officer. Sessions that are over are closed like any other: counts from their lines, overtime from
 * their hours. Known sessions change nothing; a seat whose number has no holder is left out and counted in `left`. One
 * deed.
 */
export async function takeHistory(
  work: Work,
  {
    sessions,
    seats,
    officers,
  }: { sessions: readonly PastSession[]; seats: readonly PastSeat[]; officers: ReadonlyMap<string, Id<'officer'>> },
): Promise<{ taken: number; known: number; left: number }> {
  const known = await store.knownSessions(
    work,
    sessions.map(({ id }) => id),
  )
  const fresh = sessions
    .filter(({ id }) => isId(id) && !known.has(id))
    .toSorted((a, b) => (a.day + a.start < b.day + b.start ? -1 : 1))
  const bySession = Map.groupBy(seats, ({ session }) => session)
  const sites = new Map<string, string>()
  const numbers = new Map<string, number>()
  let left = 0
  for (const one of fresh) {
    const day = asDay(one.day)
    const place = await pastPlaceOf(work, one, day)
    const district = await units.findUnitOn(work, one.team.split('-')[0] ?? '', day, 'district')
    if (!place || !district) {
      left += 1
      continue
    }
    const siteId = sites.get(place.name + place.unitId) ?? (await store.findOrInsertSite(work, place))
    sites.set(place.name + place.unitId, siteId)
    const key = `${place.unitId} ${yearOf(day)}`
    const number = (numbers.get(key) ?? (await store.lastNumber(work, place.unitId, yearOf(day)))) + 1
    numbers.set(key, number)
    const team = `Tổ ${lastNumberIn(one.team) ?? one.team}`
    await store.insertPastSession(work, {
      ...one,
      day,
      unitId: place.unitId,
      siteId,
      year: yearOf(day),
      number,
      code: codeOf(place.unitName, number),
      teamId: await store.findOrInsertTeam(work, district.id, team, Number(lastNumberIn(one.team) ?? 1)),
      kitIds: await store.findOrInsertKits(work, district.id, one.kits),
      officerIds: one.officers.flatMap(code => officers.get(code) ?? []),
    })
    await store.insertSeats(
      work,
      { ...one, day, unitId: place.unitId, schoolId: place.schoolId, done: servedAs[one.kind] },
      bySession.get(one.id) ?? [],
    )
    const session = await holdTeamSession(work, asId<'session'>(one.id))
    await register.openAccessCases(work, casesFor(work, session, await linesOf(work, session.id)))
    if (one.state === 'closed') await closeTeamSession(work, session.id)
  }
  await store.keepNumbers(work, numbers)
  const counts = { taken: fresh.length - left, known: known.size, left }
  await audit.record(
    work,
    'sessions.history-imported',
    { kind: 'import', id: newId<'import'>(work.now) },
    { ...counts, seats: seats.length },
  )
  return counts
}
