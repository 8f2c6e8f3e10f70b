import * as audit from '../../audit/audit.ts'
import { type Day, daysBetween, daysFrom, yearOf } from '../../platform/day.ts'
import { requestProblem } from '../../platform/http/problems.ts'
import type { Id } from '../../platform/ids.ts'
import { type Work, withHouseScope } from '../../platform/work.ts'
import type * as register from '../../register/register.ts'
import * as staff from '../../staff/staff.ts'
import * as units from '../../units/units.ts'
import { minutesOf } from '../hour.ts'
import { longestCalendar } from '../law.ts'
import { activitiesOf, type OfficerOvertime, overtimeIn } from '../overtime/overtime.ts'
import { planningProblem } from '../problems.ts'
import type { KitId, SessionClosing, TeamSession, TeamSessionId } from '../session.ts'
import * as roster from '../store-roster.ts'
import * as sessions from '../store-session.ts'
import type { WorkingHours } from '../working-hours.ts'
import { capacityOf, placesOf } from './capacity.ts'
import { capacityFor } from './checks.ts'
import { type Projection, projectEnd } from './projected-end.ts'
import type { ClosedDay, Kit, Site, Team } from './site.ts'
import * as store from './store.ts'
import { type SessionTrouble, troublesOf } from './troubles.ts'
import { getWorkingHours } from './unit-hours.ts'
import { unitsBelow } from './unit-in-scope.ts'

export type SessionView = TeamSession & {
  readonly site: Pick<Site, 'id' | 'name' | 'address' | 'kind' | 'schoolId'>
  readonly officers: readonly (sessions.SessionSeat & { readonly name: string })[]
  readonly kits: readonly Pick<Kit, 'id' | 'code'>[]
  readonly counts: roster.RosterCounts
  readonly capacity: number
  readonly troubles: readonly SessionTrouble[]
}

const noCounts: roster.RosterCounts = { invited: 0, served: 0, absent: 0, waiting: 0, notCome: 0, walkIns: 0 }

/** Sessions with everything that is shown of them; who they serve is not told here, only how many. */
export async function sessionViews(work: Work, all: readonly TeamSession[]): Promise<SessionView[]> {
  const ids = all.map(({ id }) => id)
  const seats = await sessions.seatsOf(work, ids)
  const names = await staff.namesOf(
    work,
    seats.map(({ officerId }) => officerId),
  )
  const kitIds = await sessions.kitsOf(work, ids)
  const kits = new Map(
    (await store.findKits(work, [...new Set(kitIds.map(({ kitId }) => kitId))])).map(kit => [kit.id, kit]),
  )
  const counts = await roster.countsOf(work, ids)
  const siteIds = [...new Set(all.map(({ siteId }) => siteId))]
  const sites = new Map((await store.findSites(work, siteIds)).map(site => [site.id, site]))
  const days = [...new Set(all.map(({ day }) => day))]
  const closed = new Set((await store.closedAmong(work, siteIds, days)).map(({ siteId, day }) => `${siteId} ${day}`))
  const shown: SessionView[] = []
  for (const session of all) {
    const officers = seats
      .filter(({ sessionId }) => sessionId === session.id)
      .map(seat => ({ ...seat, name: names.get(seat.officerId) ?? '' }))
    const theirs = kitIds.flatMap(({ sessionId, kitId }) =>
      sessionId === session.id ? (kits.get(kitId as KitId) ?? []) : [],
    )
    const site = sites.get(session.siteId)
    if (!site) continue
    const one = { ...session, site, officers, kits: theirs, counts: counts.get(session.id) ?? noCounts }
    const capacity = capacityFor(work, { session, kits: theirs, officers })
    const isClosed = closed.has(`${session.siteId} ${session.day}`)
    shown.push({ ...one, capacity, troubles: troublesOf(one, { kits: theirs, capacity, isClosed }) })
  }
  return shown
}

export type SessionCalendar = {
  readonly unit: { readonly id: Id<'unit'>; readonly name: string }
  readonly from: Day
  readonly to: Day
  readonly hours: WorkingHours
  readonly holidays: readonly { readonly day: Day; readonly name: string }[]
  /** Saturdays that are worked in place of another day. */
  readonly madeUpDays: readonly Day[]
  /** Years of the days shown whose holidays are not all known yet. */
  readonly yearsWithoutHolidays: readonly number[]
  readonly closedDays: readonly ClosedDay[]
  readonly sessions: readonly SessionView[]
  readonly sites: readonly Site[]
  readonly teams: readonly (Team & { readonly unitName: string })[]
  readonly kits: readonly Kit[]
  /** In the month of the last day shown. */
  readonly overtime: readonly OfficerOvertime[]
}

export type DayAhead = Pick<TeamSession, 'id' | 'day' | 'startsAt' | 'endsAt' | 'state'> & {
  readonly siteName: string
  /** Their names. */
  readonly officers: readonly string[]
  readonly invited: number
  readonly capacity: number
}

const holidaysIn = (days: readonly Day[]): SessionCalendar['holidays'] =>
  days.flatMap(day => {
    const name = units.holidayOn(day)
    return name === undefined ? [] : [{ day, name }]
  })

/** Throws input-invalid where there are more than 100 days, or none. */
function daysOfCalendar(from: Day, to: Day): Day[] {
  if (to < from || daysBetween(from, to) >= longestCalendar)
    throw requestProblem('input-invalid', { wrong: [{ field: 'to' }] })
  return daysFrom(from, to)
}

/** The sessions of a unit and those below, as a first page shows them: without teams, machines and overtime. */
export async function readDaysAhead(
  work: Work,
  { unitId, from, to }: { unitId: units.UnitId; from: Day; to: Day },
): Promise<{ readonly holidays: SessionCalendar['holidays']; readonly sessions: readonly DayAhead[] }> {
  const days = daysOfCalendar(from, to)
  const found = await store.sessionsOfDays(work, await unitsBelow(work, unitId, from), from, to)
  const names = await staff.namesOf(
    work,
    found.flatMap(({ officerIds }) => officerIds),
  )
  return {
    holidays: holidaysIn(days),
    sessions: found.map(({ kind, officerIds, kits, ...session }) => ({
      ...session,
      officers: officerIds.map(id => names.get(id) ?? ''),
      capacity: capacityOf(
        {
          kind,
          minutes: minutesOf(session.endsAt) - minutesOf(session.startsAt),
          kits: kits.map(perHour => perHour ?? undefined),
          officers: officerIds.length,
        },
        session.day,
        work,
      ),
    })),
  }
}

/** Teams with the name of the unit that each is of, by unit: a province has a first team in every district. */
async function teamViews(work: Work, teams: readonly Team[]): Promise<SessionCalendar['teams']> {
  const all = await Promise.all(
    teams.map(async team => ({ ...team, unitName: await units.unitName(work, team.unitId) })),
  )
  return all.toSorted((a, b) => a.unitName.localeCompare(b.unitName, 'vi') || a.name.localeCompare(b.name, 'vi'))
}

/**
 * What happens in a unit and those below from a day to a day, both included. Throws input-invalid where there are more
 * than 100 days.
 */
export async function readCalendar(
  work: Work,
  { unitId, from, to }: { unitId: units.UnitId; from: Day; to: Day },
): Promise<SessionCalendar> {
  const days = daysOfCalendar(from, to)
  const unit = await units.getUnit(work, unitId)
  const below = await unitsBelow(work, unitId, from)
  return {
    unit: { id: unit.id, name: unit.name },
    from,
    to,
    hours: await getWorkingHours(work, unitId, from),
    holidays: holidaysIn(days),
    madeUpDays: days.filter(units.isMadeUp),
    yearsWithoutHolidays: [...new Set(days.map(yearOf))].filter(year => units.holidaysMissing(year, work) > 0),
    closedDays: await store.closedDaysIn(work, below, from, to),
    sessions: await sessionViews(work, await sessions.sessionsIn(work, below, from, to)),
    sites: await store.sitesIn(work, below),
    teams: await teamViews(work, await store.findTeams(work)),
    kits: await store.findKits(work),
    overtime: await overtimeIn(work, await unitsBelow(work, unitId, to), to),
  }
}

export type SessionDetail = SessionView & {
  /** Who has come and has no outcome yet; the longest wait first. */
  readonly waiting: readonly {
    readonly personId: register.PersonId
    readonly name: string
    readonly class: string
    readonly minutes: number
  }[]
  /** How many each officer has served. */
  readonly people: readonly { readonly officerId: Id<'officer'>; readonly people: number }[]
  readonly projection?: Projection | undefined
  readonly closing?: SessionClosing | undefined
}

/** One session whole. Throws session-gone. */
export async function getSession(work: Work, id: TeamSessionId): Promise<SessionDetail> {
  const found = await sessions.findSession(work, id)
  const [session] = found ? await sessionViews(work, [found]) : []
  if (!session) throw planningProblem('session-gone')
  const lines = await roster.namedLinesOf(work, id)
  const waits = lines.flatMap(({ outcome, cameAt, personId, name, class: inClass }) =>
    outcome || !cameAt
      ? []
      : [
          {
            personId,
            name: name ?? '',
            class: inClass ?? '',
            minutes: Math.floor((work.now.getTime() - cameAt.getTime()) / 60_000),
          },
        ],
  )
  await audit.noteReading(
    work,
    waits.map(({ personId }) => personId),
    ['identity'],
  )
  const activities = await activitiesOf(work, id)
  const projection = projectionOf(work, session, lines)
  const closing = await sessions.findClosing(work, id)
  return {
    ...session,
    waiting: waits.sort((a, b) => b.minutes - a.minutes),
    people: activities.map(({ officerId, people }) => ({ officerId, people })),
    ...(projection && { projection }),
    ...(closing && { closing }),
  }
}

function projectionOf(work: Work, session: SessionView, lines: readonly roster.RosterLine[]): Projection | undefined {
  if (session.state !== 'open' || !session.openedAt) return undefined
  return projectEnd({
    openedAt: session.openedAt,
    ended: lines.flatMap(({ outcome, endedAt }) => (outcome === 'served' && endedAt ? [endedAt] : [])),
    left: lines.filter(({ outcome }) => !outcome).length,
    places: placesOf({
      kind: session.kind,
      kits: session.kits.map(() => undefined),
      officers: session.officers.length,
    }),
    now: work.now,
  })
}

/** The next day, today included, on which a team comes to a school. A day is nobody's data: every scope may know it. */
export const nextDayAtSchool = (work: Work, schoolId: units.SchoolId): Promise<Day | undefined> =>
  withHouseScope(work, house => sessions.findDayAtSchool(house, schoolId, work.today))

/** Officers who can be named for a session: those of the work's units with such a post, who have not left. */
export async function listOfficersFor(
  work: Work,
): Promise<{ readonly id: string; readonly name: string; readonly unitId: Id<'unit'> }[]> {
  const all = await staff.officers(work)
  return all.flatMap(({ id, fullName, unitId, left, appointments }) =>
    left || !appointments.some(({ role }) => staff.goesOut(role)) ? [] : [{ id, name: fullName, unitId }],
  )
}
