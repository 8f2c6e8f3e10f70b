/**
 * Officers' overtime. What an officer does at a session comes in as it is done; when the session closes it is decided
 * which of those minutes lie beyond the unit's hours, on a rest day, a holiday or at night (law.ts). What goes out are
 * sums by officer with a warning above the limits, which a commander signs. Deed: overtime.signed.
 */

import * as audit from '../../audit/audit.ts'
import { asDay, type Day, dayAt, daysBetween, latestDay, yearOf } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import { ruleOn } from '../../platform/law.ts'
import type { Work } from '../../platform/work.ts'
import * as staff from '../../staff/staff.ts'
import * as units from '../../units/units.ts'
import { hourAt, minutesOf } from '../hour.ts'
import { workOver } from '../law.ts'
import { planningProblem } from '../problems.ts'
import type { TeamSession } from '../session.ts'
import { seatsOf } from '../store-session.ts'
import type { WorkingHours } from '../working-hours.ts'
import { type OvertimeLimit, overLimits, overtimeOf } from './reckoning.ts'
import * as store from './store.ts'

/**
 * Notes that the actor did something at a session just now; `people` are those served by it. Officers alone work
 * overtime.
 */
export async function noteActivity(work: Work, session: TeamSession, people: number): Promise<void> {
  if (work.by.kind === 'officer') await store.upsertActivity(work, session, people)
}

/** What each officer did at a session, the first to begin first. */
export const activitiesOf = store.activitiesOf

export type OfficerOvertime = store.OvertimeSum & { readonly name: string; readonly over: readonly OvertimeLimit[] }

/**
 * Overtime of each officer of some units, in the month and the year of a day; most of the month first. Above the limits
 * it warns.
 */
export async function overtimeIn(work: Work, unitIds: readonly Id<'unit'>[], day: Day): Promise<OfficerOvertime[]> {
  const sums = await store.findOvertimeSums(work, unitIds, day)
  const names = await staff.namesOf(
    work,
    sums.map(({ officerId }) => officerId),
  )
  return sums.map(sum => ({ ...sum, name: names.get(sum.officerId) ?? '', over: overLimits(sum, day, work) }))
}

/** The same of some officers, wherever they worked. */
export async function overtimeOfOfficers(
  work: Work,
  ids: readonly Id<'officer'>[],
  day: Day,
): Promise<Pick<OfficerOvertime, 'officerId' | 'over'>[]> {
  const sums = await store.findOvertimeOf(work, ids, day)
  return sums.map(sum => ({ officerId: sum.officerId, over: overLimits(sum, day, work) }))
}

/**
 * A commander signs what of an officer's overtime in a month ('2023-04') nobody has signed yet: it stays as it is from
 * then on. Gives back the minutes. Throws overtime-own, overtime-nothing.
 */
export async function signOvertime(
  work: Work,
  { officerId, month }: { readonly officerId: Id<'officer'>; readonly month: string },
): Promise<number> {
  const firstOn = asDay(`${month}-01`)
  const hand = { id: officerId, at: [firstOn, latestDay({ y: yearOf(firstOn), m: Number(month.slice(5)) })] } as const
  await staff.refuseSameHand(work, 'overtime-signed', [hand], () => planningProblem('overtime-own'))
  const signed = await store.setOvertimeSigned(work, officerId, month)
  if (signed.length === 0) throw planningProblem('overtime-nothing')
  const minutes = signed.reduce((sum, one) => sum + one.minutes, 0)
  await audit.record(
    work,
    'overtime.signed',
    { kind: 'officer', id: officerId, ...(work.unitId && { unitId: work.unitId }) },
    { month, minutes, sessions: signed.length },
  )
  return minutes
}

/** Minutes since the midnight before a first instant, in the province: past the next midnight they grow beyond 1440. */
const minutesFrom = (first: Day, instant: Date) =>
  daysBetween(first, dayAt(instant)) * 1440 + minutesOf(hourAt(instant))

/**
 * Keeps each officer's overtime at a session that closes, by their unit's hours; gives the minutes. Who did nothing in
 * this house themselves, but sat there, worked as long as the session did.
 */
export async function reckonOvertime(work: Work, session: TeamSession, hours: WorkingHours): Promise<number> {
  const opened = (session.openedAt ?? work.now).getTime()
  const all = await store.activitiesOf(work, session.id)
  const longestSession = ruleOn(workOver, work.today, work).session * 3_600_000
  const activities = all.filter(({ firstAt }) => firstAt.getTime() - opened < longestSession)
  if (activities.length === 0) return 0
  const firstAt = new Date(Math.min(...activities.map(one => one.firstAt.getTime())))
  const lastAt = new Date(Math.max(...activities.map(one => one.lastAt.getTime())))
  const own = new Map(activities.map(one => [one.officerId, one]))
  const present = new Set([...(await seatsOf(work, [session.id])).map(({ officerId }) => officerId), ...own.keys()])
  const rows = [...present].map(officerId => {
    const acted = own.get(officerId) ?? { firstAt, lastAt }
    const day = dayAt(acted.firstAt)
    const [from, to] = [minutesFrom(day, acted.firstAt), minutesFrom(day, acted.lastAt)]
    const isHoliday = (on: Day) => units.holidayOn(on) !== undefined
    const stretch = { day: session.day, from, to, hours, isHoliday, isMadeUp: units.isMadeUp }
    return {
      officerId,
      basis: own.has(officerId) ? ('own' as const) : ('session' as const),
      from,
      to,
      ...overtimeOf(stretch, work),
    }
  })
  await store.insertOvertime(work, session, rows)
  return rows.reduce((sum, { weekday, restDay, holiday }) => sum + weekday + restDay + holiday, 0)
}
