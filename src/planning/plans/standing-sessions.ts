import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { UnitId } from '../../units/units.ts'
import type { AnnouncedSession, PlanInstance } from '../optimiser/instance.ts'
import { needsOrder } from '../plan-warnings.ts'
import type { KitId, TeamId, TeamSession } from '../session.ts'
import type { Site } from '../sessions/site.ts'
import * as sessions from '../store-session.ts'
import { shiftOfHours } from './plan-days.ts'
import { sessionsToldOf } from './store-instance.ts'

/**
 * The sessions that stand in the days of a plan. Those of a team for its campaign, or for none, are announced: the plan
 * keeps or moves them. All others, such as shifts at a counter and visits at home, take their officers and machines for
 * the whole day.
 */

type MovableSession = TeamSession & {
  readonly teamId: TeamId
  readonly officers: readonly Id<'officer'>[]
  readonly kits: readonly KitId[]
  /** A family was told of it, or it is open. */
  readonly isLocked: boolean
}

export type StandingSessions = {
  readonly movable: readonly MovableSession[]
  /** Days on which an officer or a machine is elsewhere, by its id. */
  readonly elsewhere: ReadonlyMap<string, readonly Day[]>
  /** Days on which a session stands that a commander ordered beyond ordinary hours. */
  readonly orderedDays: readonly Day[]
}

export async function readStandingSessions(
  work: Work,
  {
    unitIds,
    from,
    to,
    campaignId,
    sites,
  }: {
    readonly unitIds: readonly UnitId[]
    readonly from: Day
    readonly to: Day
    readonly campaignId: Id<'campaign'>
    readonly sites: readonly Site[]
  },
): Promise<StandingSessions> {
  const standing = (await sessions.sessionsIn(work, unitIds, from, to)).filter(
    ({ state }) => state === 'planned' || state === 'open',
  )
  const ids = standing.map(({ id }) => id)
  const officersOf = Map.groupBy(await sessions.seatsOf(work, ids), ({ sessionId }) => sessionId)
  const kitsOf = Map.groupBy(await sessions.kitsOf(work, ids), ({ sessionId }) => sessionId)
  const told = await sessionsToldOf(work, ids)
  const homes = new Set(sites.filter(({ kind }) => kind === 'home').map(({ id }) => id))

  const movable: MovableSession[] = []
  const elsewhere = new Map<string, Day[]>()
  for (const session of standing) {
    const { id, teamId, kind, siteId, day, state } = session
    const officers = (officersOf.get(id) ?? []).map(({ officerId }) => officerId)
    const kits = (kitsOf.get(id) ?? []).map(({ kitId }) => kitId)
    const isOfPlan = session.campaignId === undefined || session.campaignId === campaignId
    if (teamId && kind !== 'counter' && isOfPlan && !homes.has(siteId))
      movable.push({ ...session, teamId, officers, kits, isLocked: told.has(id) || state === 'open' })
    else for (const who of [...officers, ...kits]) elsewhere.set(who, [...(elsewhere.get(who) ?? []), day])
  }
  const ordered = movable.filter(({ confirmed }) => confirmed.some(code => needsOrder.includes(code)))
  return { movable, elsewhere, orderedDays: [...new Set(ordered.map(({ day }) => day))] }
}

/** As the instance has them: officers and machines as far as it knows them; of a team that it does not know none. */
export function announcedIn(
  movable: readonly MovableSession[],
  { teams, kits, shifts }: Pick<PlanInstance, 'teams' | 'kits' | 'shifts'>,
): AnnouncedSession[] {
  const knownKits = new Set(kits.map(({ id }) => id))
  return movable.flatMap((session): AnnouncedSession[] => {
    const team = teams.find(({ id }) => id === session.teamId)
    const shift = shiftOfHours(shifts, { from: session.startsAt, to: session.endsAt })
    if (!team || !shift) return []
    return [
      {
        id: session.id,
        site: session.siteId,
        day: session.day,
        shift,
        team: team.id,
        officers: session.officers.filter(id => team.officers.some(officer => officer.id === id)),
        kits: session.kits.filter(id => knownKits.has(id)),
        from: session.startsAt,
        to: session.endsAt,
        locked: session.isLocked,
      },
    ]
  })
}

/**
 * Who and what is at a standing session without being of its team in the plan: lent officers, and all of a session that
 * is not announced. They are elsewhere on its day.
 */
export function lentBy(
  movable: readonly MovableSession[],
  announced: readonly AnnouncedSession[],
): ReadonlyMap<string, readonly Day[]> {
  const lent = new Map<string, Day[]>()
  for (const { id, day, officers, kits } of movable) {
    const known = announced.find(one => one.id === id)
    const ofPlan = new Set([...(known?.officers ?? []), ...(known?.kits ?? [])])
    for (const who of [...officers, ...kits]) if (!ofPlan.has(who)) lent.set(who, [...(lent.get(who) ?? []), day])
  }
  return lent
}
