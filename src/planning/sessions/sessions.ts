/**
 * Sessions: day, site, team and machines. A plan comes in. Decided here: what is impossible (two places at once, a
 * closed site, a machine in repair) and what must be confirmed or ordered first (checks.ts). What goes out are sessions
 * in a calendar with the troubles of each (calendar.ts), made of sites, teams and machines (places.ts). Deeds:
 * session.planned, .moved, .cancelled; site.*, team.*, kit.*, working-hours.changed.
 */

import * as audit from '../../audit/audit.ts'
import { addDays, type Day, dayAt, daysBetween, yearOf } from '../../platform/day.ts'
import { newId } from '../../platform/ids.ts'
import { ruleOn } from '../../platform/law.ts'
import type { Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import * as units from '../../units/units.ts'
import type { Hour } from '../hour.ts'
import { caseOpenDays } from '../law.ts'
import { planningProblem } from '../problems.ts'
import {
  codeOf,
  type KitId,
  mayGo,
  type Seat,
  type Session,
  type SessionId,
  type SessionKind,
  type SiteId,
  type TeamId,
  type TeamRole,
} from '../session.ts'
import * as roster from '../store-roster.ts'
import * as store from '../store-session.ts'
import { type Leave, type Plan, refuseImpossible, refuseUnconfirmed, seated, warningsOf } from './checks.ts'
import { getKits, getSite, getTeam, refuseUnknownOfficers } from './places.ts'
import type { Kit } from './site.ts'

/** An officer named for a session; `from` and `to` default to the session's own hours. */
export type Named = {
  readonly officerId: string
  readonly role: TeamRole
  readonly from?: Hour | undefined
  readonly to?: Hour | undefined
}

export type NewSession = Leave & {
  readonly kind: SessionKind
  readonly campaignId?: string | undefined
  readonly siteId: SiteId
  readonly teamId?: TeamId | undefined
  readonly day: Day
  readonly startsAt: Hour
  readonly endsAt: Hour
  readonly kits?: readonly KitId[] | undefined
  /** Left out: the team's members. */
  readonly officers?: readonly Named[] | undefined
}

/** The kind of case by which a session's unit sees who is on its roster; each line is a case of its own. */
export const caseKind = 'session'

/**
 * The last day on which a case is open. Cases end by the real calendar, while a demonstration's day stands still, so
 * the distance is kept.
 */
export const caseUntil = (work: Work, day: Day): Day =>
  addDays(dayAt(work.now), daysBetween(work.today, day) + ruleOn(caseOpenDays, work.today, work))

async function seatsFor(work: Work, session: Session, officers: readonly Named[] | undefined): Promise<Seat[]> {
  const named = officers ?? (session.teamId ? (await getTeam(work, session.teamId)).members : [])
  if (officers)
    await refuseUnknownOfficers(
      work,
      officers.map(({ officerId }) => officerId),
    )
  return named.map((one: Named) => ({
    officerId: one.officerId,
    role: one.role,
    from: one.from ?? session.startsAt,
    to: one.to ?? session.endsAt,
  }))
}

/** Refuses what cannot be, asks for what is not confirmed, and gives back the warnings that were gone over. */
async function weigh(work: Work, plan: Plan, leave: Leave) {
  await refuseImpossible(work, plan)
  return refuseUnconfirmed(await warningsOf(work, plan), leave)
}

const placed = ({ day, startsAt, endsAt, siteId, teamId }: Session, kits: readonly Kit[]) => ({
  day,
  startsAt,
  endsAt,
  site: siteId,
  ...(teamId && { team: teamId }),
  kits: kits.map(({ code }) => code),
})

/**
 * Plans a session, or a shift at the counter. What cannot be is refused with the rule that it breaks (session-team-busy
 * and its like); what should be looked at first is refused with session-needs-confirmation until its codes are in
 * `confirm`, and with session-order-needed where only a commander may.
 */
export async function plan(work: Work, given: NewSession): Promise<Session> {
  const site = await getSite(work, given.siteId)
  if (given.teamId) await getTeam(work, given.teamId)
  const kits = await getKits(work, given.kits ?? [])
  const { kind, campaignId, siteId, day, startsAt, endsAt } = given
  const draft: Session = {
    id: newId<'session'>(work.now),
    unitId: site.unitId,
    code: '',
    kind,
    campaignId,
    siteId,
    teamId: kind === 'counter' ? undefined : given.teamId,
    day,
    startsAt,
    endsAt,
    state: 'planned',
    confirmed: [],
    version: 1,
  }
  const officers = await seatsFor(work, draft, given.officers)
  const confirmed = await weigh(work, { session: draft, site, officers, kits, invited: 0 }, given)

  const year = yearOf(day)
  const number = await store.nextNumber(work, site.unitId, year)
  const session = { ...draft, code: codeOf(await units.nameOf(work, site.unitId), number), confirmed }
  await seated(async () => {
    await store.insertSession(work, session, { year, number })
    await store.seat(
      work,
      session,
      officers,
      kits.map(({ id }) => id),
    )
  })
  await audit.record(
    work,
    'session.planned',
    { kind: 'session', id: session.id, unitId: session.unitId },
    { ...placed(session, kits), what: kind, officers: officers.map(({ officerId }) => officerId), confirmed },
  )
  return session
}

/**
 * A session of the work's units, locked for a change. Throws session-gone; session-changed where it is no longer as the
 * actor saw it.
 */
export async function hold(work: Work, id: SessionId, version?: number): Promise<Session> {
  const session = await store.holdSession(work, id)
  if (!session) throw planningProblem('session-gone')
  if (version !== undefined && version !== session.version)
    throw planningProblem('session-changed', { version: session.version })
  return session
}

export type Moved = Leave &
  Partial<Pick<NewSession, 'siteId' | 'teamId' | 'day' | 'startsAt' | 'endsAt' | 'kits' | 'officers'>> & {
    /** The version that the planner saw. */
    readonly version?: number | undefined
  }

/**
 * Changes where, when or who with; what is left out stays. The same rules hold as for a new one. Only what is planned
 * moves.
 */
export async function move(work: Work, id: SessionId, given: Moved): Promise<Session> {
  const before = await hold(work, id, given.version)
  if (before.state !== 'planned') throw planningProblem('session-state-refused', { state: before.state })
  const site = await getSite(work, given.siteId ?? before.siteId)
  const session: Session = {
    ...before,
    siteId: site.id,
    unitId: site.unitId,
    teamId: given.teamId ?? before.teamId,
    day: given.day ?? before.day,
    startsAt: given.startsAt ?? before.startsAt,
    endsAt: given.endsAt ?? before.endsAt,
  }
  const kits = await getKits(work, given.kits ?? (await store.kitsOf(work, [id])).map(({ kitId }) => kitId))
  const officers = await seatsFor(work, session, given.officers ?? (await keptOfficers(work, before, session)))
  const invited = (await roster.countsOf(work, [id])).get(id)?.invited ?? 0
  const confirmed = await weigh(work, { session, site, officers, kits, invited }, given)

  const moved = { ...session, confirmed, version: before.version + 1 }
  await store.unseat(work, id)
  await seated(async () => {
    await store.updateSession(work, moved)
    await store.seat(
      work,
      moved,
      officers,
      kits.map(({ id: kitId }) => kitId),
    )
  })
  if (moved.day !== before.day || moved.unitId !== before.unitId) await moveRoster(work, moved)
  await audit.record(
    work,
    'session.moved',
    { kind: 'session', id, unitId: moved.unitId },
    {
      from: placed(before, []),
      ...placed(moved, kits),
      officers: officers.map(({ officerId }) => officerId),
      confirmed,
    },
  )
  return moved
}

/**
 * The officers who stay after a move. Another team brings its own members; the same team keeps what its officers were
 * named for, and those who were there all the time stay all the time.
 */
async function keptOfficers(work: Work, before: Session, after: Session): Promise<Named[] | undefined> {
  if (after.teamId !== before.teamId) return undefined
  const seats = await store.seatsOf(work, [before.id])
  return seats.map(({ officerId, role, from, to }) => ({
    officerId,
    role,
    ...(from > before.startsAt && from > after.startsAt && from < after.endsAt && { from }),
    ...(to < before.endsAt && to > after.startsAt && to < after.endsAt && { to }),
  }))
}

/** The people are seen for as long after the new day. */
async function moveRoster(work: Work, session: Session): Promise<void> {
  await roster.moveLines(work, session)
  const lines = await roster.linesOf(work, session.id)
  await register.closeCases(
    work,
    caseKind,
    lines.map(({ id }) => id),
  )
  await register.openCases(work, casesFor(work, session, lines))
}

export const casesFor = (
  work: Work,
  session: Session,
  lines: readonly Pick<roster.Line, 'id' | 'personId'>[],
): register.OpenCase[] =>
  lines.map(({ id, personId }) => ({
    personId: personId,
    unitId: session.unitId,
    kind: caseKind,
    caseId: id,
    until: caseUntil(work, session.day),
  }))

/**
 * A planned session is not held after all: team, officers and machines are free again, and its people are no longer
 * seen for it.
 */
export async function cancel(
  work: Work,
  id: SessionId,
  { reason, version }: { reason: string; version?: number | undefined },
): Promise<Session> {
  const before = await hold(work, id, version)
  if (!mayGo(before.state, 'cancelled')) throw planningProblem('session-state-refused', { state: before.state })
  if (!reason.trim()) throw planningProblem('session-reason-needed')
  const session: Session = { ...before, state: 'cancelled', reason: reason.trim(), version: before.version + 1 }
  await store.updateSession(work, session)
  await register.closeCases(
    work,
    caseKind,
    (await roster.linesOf(work, id)).map(line => line.id),
  )
  await audit.record(
    work,
    'session.cancelled',
    { kind: 'session', id, unitId: session.unitId },
    { reason: session.reason },
  )
  return session
}
