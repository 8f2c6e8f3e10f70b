/**
 * Sessions: day, site, team and machines. A plan comes in. Decided here: what is impossible (two places at once, a
 * closed site, a machine in repair) and what must be confirmed or ordered first (checks.ts). What goes out are sessions
 * in a calendar with the troubles of each (calendar.ts), made of sites, teams and machines (places.ts). Deeds:
 * session.planned, .moved, .cancelled; site.*, team.*, kit.*, working-hours.changed.
 */

import * as audit from '../../audit/audit.ts'
import { addDays, type Day, dayAt, daysBetween, yearOf } from '../../platform/day.ts'
import { type Id, newId } from '../../platform/ids.ts'
import { ruleOn } from '../../platform/law.ts'
import type { Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import * as units from '../../units/units.ts'
import type { Hour } from '../hour.ts'
import { caseOpenDays } from '../law.ts'
import { planningProblem } from '../problems.ts'
import {
  type KitId,
  mayTransition,
  type OfficerSeat,
  type SessionKind,
  type SiteId,
  type TeamId,
  type TeamRole,
  type TeamSession,
  type TeamSessionId,
} from '../session.ts'
import { codeOf } from '../session-code.ts'
import * as roster from '../store-roster.ts'
import * as store from '../store-session.ts'
import {
  type PlanningConsent,
  refuseImpossible,
  refuseUnconfirmed,
  refusingClashes,
  type SessionPlan,
  warningsOf,
} from './checks.ts'
import { getKits } from './kits.ts'
import type { Kit } from './site.ts'
import { getSite } from './sites.ts'
import { getTeam, refuseUnknownOfficers } from './teams.ts'

/** An officer named for a session; `from` and `to` default to the session's own hours. */
export type NamedOfficer = {
  readonly officerId: Id<'officer'>
  readonly role: TeamRole
  readonly from?: Hour | undefined
  readonly to?: Hour | undefined
}

export type NewTeamSession = PlanningConsent & {
  readonly kind: SessionKind
  readonly campaignId?: Id<'campaign'> | undefined
  readonly siteId: SiteId
  readonly teamId?: TeamId | undefined
  readonly day: Day
  readonly startsAt: Hour
  readonly endsAt: Hour
  readonly kits?: readonly KitId[] | undefined
  /** Left out: the team's members. */
  readonly officers?: readonly NamedOfficer[] | undefined
}

/** The kind of case by which a session's unit sees who is on its roster; each line is a case of its own. */
export const caseKind = 'session' as const

/**
 * The last day on which a case is open. Cases end by the real calendar, while a demonstration's day stands still, so
 * the distance is kept.
 */
export const caseUntil = (work: Work, day: Day): Day =>
  addDays(dayAt(work.now), daysBetween(work.today, day) + ruleOn(caseOpenDays, work.today, work))

async function seatsFor(
  work: Work,
  session: TeamSession,
  officers: readonly NamedOfficer[] | undefined,
): Promise<OfficerSeat[]> {
  const named = officers ?? (session.teamId ? (await getTeam(work, session.teamId)).members : [])
  if (officers)
    await refuseUnknownOfficers(
      work,
      officers.map(({ officerId }) => officerId),
    )
  return named.map((one: NamedOfficer) => ({
    officerId: one.officerId,
    role: one.role,
    from: one.from ?? session.startsAt,
    to: one.to ?? session.endsAt,
  }))
}

/** Refuses what cannot be, asks for what is not confirmed, and gives back the warnings that were gone over. */
async function raiseWarnings(work: Work, plan: SessionPlan, leave: PlanningConsent) {
  await refuseImpossible(work, plan)
  return refuseUnconfirmed(await warningsOf(work, plan), leave)
}

const placementFacts = ({ day, startsAt, endsAt, siteId, teamId }: TeamSession, kits: readonly Kit[]) => ({
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
export async function planTeamSession(work: Work, input: NewTeamSession): Promise<TeamSession> {
  const site = await getSite(work, input.siteId)
  if (input.teamId) await getTeam(work, input.teamId)
  const kits = await getKits(work, input.kits ?? [])
  const { kind, campaignId, siteId, day, startsAt, endsAt } = input
  const draft: TeamSession = {
    id: newId<'session'>(work.now),
    unitId: site.unitId,
    code: '',
    kind,
    campaignId,
    siteId,
    teamId: kind === 'counter' ? undefined : input.teamId,
    day,
    startsAt,
    endsAt,
    state: 'planned',
    confirmed: [],
    version: 1,
  }
  const officers = await seatsFor(work, draft, input.officers)
  const confirmed = await raiseWarnings(work, { session: draft, site, officers, kits, invited: 0 }, input)

  const year = yearOf(day)
  const number = await store.nextNumber(work, site.unitId, year)
  const session = { ...draft, code: codeOf(await units.unitName(work, site.unitId), number), confirmed }
  await refusingClashes(async () => {
    await store.insertSession(work, session, { year, number })
    await store.insertSessionSeats(
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
    { ...placementFacts(session, kits), what: kind, officers: officers.map(({ officerId }) => officerId), confirmed },
  )
  return session
}

/**
 * A session of the work's units, locked for a change. Throws session-gone; session-changed where it is no longer as the
 * actor saw it.
 */
export async function holdTeamSession(work: Work, id: TeamSessionId, version?: number): Promise<TeamSession> {
  const session = await store.holdSession(work, id)
  if (!session) throw planningProblem('session-gone')
  if (version !== undefined && version !== session.version)
    throw planningProblem('session-changed', { version: session.version })
  return session
}

export type SessionChange = PlanningConsent &
  Partial<Pick<NewTeamSession, 'siteId' | 'teamId' | 'day' | 'startsAt' | 'endsAt' | 'kits' | 'officers'>> & {
    /** The version that the planner saw. */
    readonly version?: number | undefined
  }

/**
 * Changes where, when or who with; what is left out stays. The same rules hold as for a new one. Only what is planned
 * moves.
 */
export async function moveTeamSession(work: Work, id: TeamSessionId, change: SessionChange): Promise<TeamSession> {
  const before = await holdTeamSession(work, id, change.version)
  if (before.state !== 'planned') throw planningProblem('session-state-refused', { state: before.state })
  const site = await getSite(work, change.siteId ?? before.siteId)
  const session: TeamSession = {
    ...before,
    siteId: site.id,
    unitId: site.unitId,
    teamId: change.teamId ?? before.teamId,
    day: change.day ?? before.day,
    startsAt: change.startsAt ?? before.startsAt,
    endsAt: change.endsAt ?? before.endsAt,
  }
  const kits = await getKits(work, change.kits ?? (await store.kitsOf(work, [id])).map(({ kitId }) => kitId))
  const officers = await seatsFor(work, session, change.officers ?? (await officersToKeep(work, before, session)))
  const invited = (await roster.countsOf(work, [id])).get(id)?.invited ?? 0
  const confirmed = await raiseWarnings(work, { session, site, officers, kits, invited }, change)

  const moved = { ...session, confirmed, version: before.version + 1 }
  await store.deleteSeats(work, id)
  await refusingClashes(async () => {
    await store.updateSession(work, moved)
    await store.insertSessionSeats(
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
      from: placementFacts(before, []),
      ...placementFacts(moved, kits),
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
async function officersToKeep(
  work: Work,
  before: TeamSession,
  after: TeamSession,
): Promise<NamedOfficer[] | undefined> {
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
async function moveRoster(work: Work, session: TeamSession): Promise<void> {
  await roster.moveLines(work, session)
  const lines = await roster.linesOf(work, session.id)
  await register.closeAccessCasesOfKind(
    work,
    caseKind,
    lines.map(({ id }) => id),
  )
  await register.openAccessCases(work, casesFor(work, session, lines))
}

export const casesFor = (
  work: Work,
  session: TeamSession,
  lines: readonly Pick<roster.RosterLine, 'id' | 'personId'>[],
): register.AccessOpening[] =>
  lines.map(({ id, personId }) => ({
    personId: personId,
    unitId: session.unitId,
    kind: caseKind,
    caseId: id,
    grade: 'whole',
    until: caseUntil(work, session.day),
  }))

/**
 * A planned session is not held after all: team, officers and machines are free again, and its people are no longer
 * seen for it.
 */
export async function cancelTeamSession(
  work: Work,
  id: TeamSessionId,
  { reason, version }: { reason: string; version?: number | undefined },
): Promise<TeamSession> {
  const before = await holdTeamSession(work, id, version)
  if (!mayTransition(before.state, 'cancelled')) throw planningProblem('session-state-refused', { state: before.state })
  if (!reason.trim()) throw planningProblem('session-reason-needed')
  const session: TeamSession = { ...before, state: 'cancelled', reason: reason.trim(), version: before.version + 1 }
  await store.updateSession(work, session)
  await register.closeAccessCasesOfKind(
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
