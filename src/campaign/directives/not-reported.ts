import type { Static } from 'typebox'
import * as audit from '../../audit/audit.ts'
import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as staff from '../../staff/staff.ts'
import * as units from '../../units/units.ts'
import { readCohortQuery } from '../cohorts/list-filter.ts'
import type { notReportedList } from './contract.ts'

/**
 * Deeds that enter nothing: to sign in, to read what was ordered and to take a list out are no work on the campaign.
 */
const noEntries: readonly string[] = [
  'session.began',
  'session.ended',
  'session.turned',
  'sign-in.refused',
  'password.changed',
  'password.reset',
  'directive.read',
  'directive.acknowledged',
  'list.exported',
  'list.printed',
  'attendance.exported',
  'house-list.made',
]

type Period = { readonly fromOn?: Day | undefined; readonly toOn?: Day | undefined }
const isInPeriod = ({ fromOn, toOn }: Period, day: Day) => (!fromOn || fromOn <= day) && (!toOn || day < toOn)

/** The officers of each unit on a day, by their appointments, and those who stand in for them. */
async function officersOn(work: Work, day: Day): Promise<Map<string, Set<Id<'officer'>>>> {
  const acting = new Map<string, Set<Id<'officer'>>>()
  const add = (unitId: Id<'unit'>, officerId: Id<'officer'>) =>
    acting.set(unitId, (acting.get(unitId) ?? new Set()).add(officerId))
  for (const { appointments } of await staff.officers(work))
    for (const { unitId, officerId, standIns, ...days } of appointments)
      if (isInPeriod(days, day)) {
        add(unitId, officerId)
        for (const standIn of standIns) if (isInPeriod(standIn, day)) add(unitId, standIn.officerId)
      }
  return acting
}

/**
 * The units in which no officer has entered anything on a day, whatever unit the entry counts in. A unit without
 * officers has not reported either. The caller gets units in their scope alone, since officers of others are unknown.
 */
export async function unitsNotReported(
  work: Work,
  unitIds: readonly units.UnitId[],
  day: Day,
): Promise<units.UnitId[]> {
  return (await notReportedQuery(work, unitIds, day)).filter(({ isSilent }) => isSilent).map(({ id }) => id)
}

async function notReportedQuery(work: Work, unitIds: readonly units.UnitId[], day: Day) {
  const acting = await officersOn(work, day)
  const officers = unitIds.flatMap(id => [...(acting.get(id) ?? [])])
  const atWork = await audit.officersAtWork(work, [...new Set(officers)], day, noEntries)
  return unitIds.map(id => {
    const here = [...(acting.get(id) ?? [])]
    return { id, hasOfficers: here.length > 0, isSilent: !here.some(officer => atWork.has(officer)) }
  })
}

/** "These units have entered nothing today": the communes of a unit, by the name of their district and their own. */
export async function listNotReported(
  work: Work,
  query: { unit?: Id<'unit'> | undefined; day?: string | undefined },
): Promise<Static<NonNullable<(typeof notReportedList)['reply']>>> {
  const { cohort, unit } = await readCohortQuery(work, {
    ...(query.unit && { unit: query.unit }),
    ...(query.day && { day: query.day }),
  })
  const { day } = cohort
  const communes = (await units.subtreeOn(work, unit.id, day)).filter(({ level }) => level === 'commune')
  const silent = (
    await notReportedQuery(
      work,
      communes.map(({ id }) => id),
      day,
    )
  ).filter(({ isSilent }) => isSilent)
  const named = await Promise.all(
    silent.map(async ({ id, hasOfficers }) => {
      const [self, above] = await units.unitPath(work, id, day)
      return { id, name: self?.name ?? '', district: above?.level === 'district' ? above.name : '', hasOfficers }
    }),
  )
  const order = new Intl.Collator('vi')
  return {
    day,
    of: { id: unit.id, name: unit.name },
    communes: communes.length,
    units: named.sort((a, b) => order.compare(a.district, b.district) || order.compare(a.name, b.name)),
  }
}
