import * as audit from '../../audit/audit.ts'
import type { Day } from '../../platform/day.ts'
import { type Id, newId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as units from '../../units/units.ts'
import { type Hour, minutesOf } from '../hour.ts'
import { planningProblem } from '../problems.ts'
import type { SiteId, SiteKind, TeamSession } from '../session.ts'
import * as sessions from '../store-session.ts'
import type { ClosedDay, Site } from './site.ts'
import * as store from './store.ts'
import { refuseUnitOutside } from './unit-in-scope.ts'

/** Where sessions can be held: schools, halls, offices; and the days on which one is closed. */

export type SiteInput = {
  /** Left out for a school: the unit in which it stands. */
  readonly unitId?: units.UnitId | undefined
  readonly kind: SiteKind
  readonly schoolId?: Id<'school'> | undefined
  /** Left out for a school: the school's own. */
  readonly name?: string | undefined
  readonly address?: string | undefined
  readonly opensAt: Hour
  readonly closesAt: Hour
}

/** Enters a place at which sessions can be held. Throws hours-reversed, site-known, unit-outside-scope. */
export async function createSite(
  work: Work,
  { unitId, kind, schoolId, name, address, opensAt, closesAt }: SiteInput,
): Promise<Site> {
  if (minutesOf(closesAt) <= minutesOf(opensAt)) throw planningProblem('hours-reversed')
  const school = kind === 'school' && schoolId ? await units.getSchool(work, schoolId) : undefined
  const inUnit = school?.unitId ?? unitId ?? work.unitId
  if (!inUnit || (kind === 'school' && !school)) throw planningProblem('site-unknown')
  await refuseUnitOutside(work, inUnit)
  const site: Site = {
    id: newId<'site'>(work.now),
    unitId: inUnit,
    kind,
    ...(school && { schoolId: school.id }),
    name: name?.trim() || school?.name || (await units.unitName(work, inUnit)),
    ...(address?.trim() && { address: address.trim() }),
    opensAt,
    closesAt,
  }
  if (!(await store.insertSite(work, site))) throw planningProblem('site-known')
  await audit.record(
    work,
    'site.created',
    { kind: 'site', id: site.id, unitId: inUnit },
    { kind, ...(school && { school: school.id }) },
  )
  return site
}

export async function getSite(work: Work, id: SiteId): Promise<Site> {
  const site = await store.findSite(work, id)
  if (!site) throw planningProblem('site-unknown')
  return site
}

/** The sites of some units, and the days on which they are closed. */
export async function listSites(
  work: Work,
  unitIds: readonly units.UnitId[],
  { from, to }: { readonly from: Day; readonly to: Day },
): Promise<{ readonly sites: readonly Site[]; readonly closedDays: readonly ClosedDay[] }> {
  return {
    sites: await store.sitesIn(work, unitIds),
    closedDays: await store.closedDaysIn(work, unitIds, from, to),
  }
}

/** Closes a site for a day. Returns the sessions planned there on that day, which a planner has to move. */
export async function closeSiteForDay(
  work: Work,
  siteId: SiteId,
  { day, why, note }: Pick<ClosedDay, 'day' | 'why' | 'note'>,
): Promise<readonly TeamSession[]> {
  const { unitId } = await getSite(work, siteId)
  await sessions.holdPlaceToClose(work, siteId)
  await store.insertClosedDay(work, { siteId, unitId, day, why, note })
  await audit.record(work, 'site.closed-on', { kind: 'site', id: siteId, unitId }, { day, why })
  return sessions.sessionsAtSite(work, siteId, day)
}

/** Takes that back. */
export async function reopenSiteForDay(work: Work, siteId: SiteId, day: Day): Promise<void> {
  const { unitId } = await getSite(work, siteId)
  await store.deleteClosedDay(work, siteId, day)
  await audit.record(work, 'site.opened-on', { kind: 'site', id: siteId, unitId }, { day })
}
