/**
 * Homes of a pupil's household, for the police. In: the rolls of the year and the register's residences, parents,
 * brothers and sisters. Decided: whether the home that the roll tells, or the registered home of one of the household,
 * is another than the pupil's registered one. Out: a list with its figures, and follow-ups of the ward where the pupil
 * lives. Of kin beyond the reader's units it is told that they differ, and no more. Deed: households.followed.
 */

import { randomUUID } from 'node:crypto'
import * as audit from '../../audit/audit.ts'
import * as followUps from '../../follow-ups/follow-ups.ts'
import type { ReplyOf } from '../../platform/endpoint.ts'
import { type Id, newId } from '../../platform/ids.ts'
import { ruleOn } from '../../platform/law.ts'
import { inBothLanguages } from '../../platform/pages/html.ts'
import type { Work } from '../../platform/work.ts'
import * as rolls from '../../rolls/rolls.ts'
import * as units from '../../units/units.ts'
import { householdDays } from '../law.ts'
import { outOfSchoolProblem } from '../problems.ts'
import type { householdDifferences } from './contract.ts'
import { type HomeDifference, homeDifferences } from './difference.ts'
import { findHouseholds, type HouseholdRow } from './store.ts'
import { sayHousehold } from './words.ts'

const kind = 'household' as const

async function writtenUnits(work: Work, wanted: Id<'unit'> | undefined): Promise<ReadonlyMap<Id<'unit'>, Id<'unit'>>> {
  const unitId = wanted ?? work.unitId
  if (!unitId) throw outOfSchoolProblem('out-of-school-unit-needed')
  const homes = await units.homesOn(work, unitId, work.today)
  const { scope } = work
  if (typeof scope !== 'string' && ![...homes.keys()].some(id => scope.units.includes(id)))
    throw outOfSchoolProblem('out-of-school-unit-outside')
  return homes
}

function differencesOf(row: HouseholdRow): HomeDifference[] {
  const differs = {
    said: row.saidDiffers,
    father: row.fatherDiffers,
    mother: row.motherDiffers,
    sibling: row.siblingDiffers,
  }
  return homeDifferences.filter(one => differs[one])
}

type Filter = {
  readonly unit?: Id<'unit'> | undefined
  readonly differs?: HomeDifference | undefined
}

/** The list, and figures that are its lengths. Whoever stands on the page is noted as read. */
export async function listDifferences(
  work: Work,
  { unit, differs }: Filter,
  { offset = 0, limit = 200 }: { readonly offset?: number | undefined; readonly limit?: number | undefined } = {},
): Promise<ReplyOf<typeof householdDifferences>> {
  const homes = await writtenUnits(work, unit)
  const schoolYear = rolls.schoolYearOn(work.today, work)
  const all = await findHouseholds(work, [...homes.keys()], schoolYear)
  const told = all.map(row => ({ row, differs: differencesOf(row) })).filter(one => one.differs.length > 0)
  const count = (of: HomeDifference) => told.filter(one => one.differs.includes(of)).length
  const asked = told.filter(one => !differs || one.differs.includes(differs))
  const page = asked.slice(offset, offset + limit)
  await audit.noteReading(
    work,
    page.map(({ row }) => row.personId),
    ['name', 'residence', 'kin'],
  )
  return {
    schoolYear,
    pupils: all.length,
    withKin: all.filter(({ kinKnown }) => kinKnown).length,
    counts: {
      any: told.length,
      said: count('said'),
      father: count('father'),
      mother: count('mother'),
      sibling: count('sibling'),
    },
    total: asked.length,
    rows: await Promise.all(
      page.map(async ({ row, differs: of }) => ({
        person: row.personId,
        name: row.name,
        school: (await units.getSchool(work, row.schoolId)).name,
        class: row.class ?? '',
        home: await units.unitName(work, homes.get(row.unitId) ?? row.unitId),
        ...(row.saidDiffers && row.saidUnitId && { said: await units.unitName(work, row.saidUnitId) }),
        differs: of,
        kin: await Promise.all(row.kinUnitIds.map(id => units.unitName(work, id))),
        elsewhere: of.some(one => one !== 'said') && row.kinUnitIds.length === 0,
      })),
    ),
  }
}

/**
 * Each difference between kin becomes a follow-up of the ward where the pupil lives, with a last day; what is gone
 * is closed. A
 * second run changes nothing.
 */
export async function followDifferences(work: Work, unit?: Id<'unit'>) {
  const homes = await writtenUnits(work, unit)
  const schoolYear = rolls.schoolYearOn(work.today, work)
  const rows = await findHouseholds(work, [...homes.keys()], schoolYear)
  // What the roll itself says is followed where the roll is (`residence-differs`), and would be asked twice here.
  const wanted = rows.flatMap(row => differencesOf(row).flatMap(reason => (reason === 'said' ? [] : [{ row, reason }])))
  const here = new Set<string>(homes.values())
  const open = (await followUps.findFollowUps(work, { kind })).filter(one => here.has(one.scopeId))
  const keyOf = (subject: string, reason: string) => `${subject} ${reason}`
  const isWanted = new Set(wanted.map(({ row, reason }) => keyOf(row.rowId, reason)))
  const isOpen = new Set(open.map(({ subjectId, reason }) => keyOf(subjectId, reason)))

  const gone = open.filter(({ subjectId, reason }) => !isWanted.has(keyOf(subjectId, reason)))
  for (const [scopeId, theirs] of Map.groupBy(gone, one => one.scopeId))
    await followUps.closeFollowUps(
      work,
      scopeId,
      theirs.map(({ id }) => ({ id, state: 'done' })),
    )
  const dueOn = units.workingDaysAfter(work.today, ruleOn(householdDays, work.today, work))
  const made = wanted.filter(({ row, reason }) => !isOpen.has(keyOf(row.rowId, reason)))
  await followUps.openFollowUps(
    work,
    made.map(({ row, reason }) => {
      const ward = homes.get(row.unitId) ?? row.unitId
      return {
        id: newId<'follow-up'>(work.now),
        kind,
        // The police of the ward see it, and not the school.
        scopeId: ward as string as Id<'school'>,
        period: schoolYear,
        sourceId: row.rollId,
        sourcePlace: row.place,
        subjectId: row.rowId,
        personId: row.personId,
        reason,
        evidence: 'residence',
        valuesKey: randomUUID(),
        owner: 'ward' as const,
        ownerUnitId: ward,
        dueOn,
        state: 'open' as const,
        openedOn: work.today,
      }
    }),
  )
  if (made.length + gone.length > 0)
    await audit.record(
      work,
      'households.followed',
      { kind: 'households', id: work.id, ...(work.unitId && { unitId: work.unitId }) },
      { opened: made.length, closed: gone.length },
    )
  return { opened: made.length, closed: gone.length, open: open.length - gone.length + made.length }
}

const isDifference = (reason: string): reason is HomeDifference => homeDifferences.some(one => one === reason)
const inBoth = inBothLanguages(sayHousehold)

/** What the context of follow-ups asks of a household: the pupil by name, and never where kin live. */
export const householdFollowUps: followUps.KeptKindRules = {
  title: inBoth('title'),
  right: 'rolls.review',
  purpose: 'attendance',
  papersDecide: () => false,
  describe: (work, found) =>
    followUps.describeOfPersons(work, found, ({ reason }) => ({
      what: inBoth(isDifference(reason) ? reason : 'said'),
      why: inBoth('why'),
      task: inBoth('task'),
    })),
}
