import * as audit from '../../audit/audit.ts'
import * as followUps from '../../follow-ups/follow-ups.ts'
import type { Day } from '../../platform/day.ts'
import { type Id, newId } from '../../platform/ids.ts'
import { queueJob } from '../../platform/jobs/jobs.ts'
import { asSystem, type OpenWork, type Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import * as units from '../../units/units.ts'
import type { RegisterFacts } from '../find-defects.ts'
import { reassignQueue } from '../reconciling/duplicates-on-roll.ts'
import { judgingFactsOf } from '../register-facts.ts'
import { type RollDefect, rollDefects } from '../roll.ts'
import type { RollRow } from '../row.ts'
import { findRoll, type KeptRoll } from '../store.ts'
import { currentDefects, evidenceOf, proposedCorrection, type SecondSource, valuesKeyOf } from './evidence.ts'
import { followUpLastDay } from './last-day.ts'
import { followUpOwnerOf, opensFollowUp } from './owner-rule.ts'
import { responsibleWard } from './responsible-ward.ts'
import { findRowFollowUps, followUpOf, type RowFollowUp } from './row-follow-up.ts'
import * as store from './store-row.ts'
import * as visits from './store-visit.ts'
import { evidenceText, withdrawalReason } from './words.ts'

/**
 * The name of the job: an officer's work sees neither the ward's corrections nor other schools' rolls, so the house
 * settles what it changed.
 */
export const refreshFollowUpsJob = 'settle-errands'

type RefreshContext = {
  readonly roll: KeptRoll
  readonly school: units.School
  readonly witnesses: ReadonlyMap<string, readonly SecondSource[]>
}

/** A present defect of a row, and its open follow-up from before. */
type NeededFollowUp = {
  readonly row: RollRow
  readonly defect: RollDefect
  readonly person: RegisterFacts | undefined
  readonly before: RowFollowUp | undefined
}
type RoutedFollowUp = NeededFollowUp & { readonly after: RowFollowUp }

const followUpKey = (rowId: string, defect: RollDefect) => `${rowId} ${defect}`

async function findOpenFollowUps(
  work: Work,
  roll: KeptRoll,
  places: readonly number[] | undefined,
): Promise<readonly RowFollowUp[]> {
  const ids = await store.findOpenFollowUpIds(work, roll, places)
  if (ids.length === 0) return []
  const found = await findRowFollowUps(work, { scopeId: roll.schoolId, ids })
  return found.toSorted((one, other) => one.place - other.place || (one.id < other.id ? -1 : 1))
}

/**
 * Makes the follow-ups of a roll's rows (all, or those at some places) agree with rows and register: a defect that
 * blocks something has one owner until it is gone. A second run changes nothing. It takes some fifteen statements for a
 * roll of any size. A roll that is not in force, or of a year before the school's latest, has no follow-ups.
 */
export async function refreshFollowUps(work: Work, roll: KeptRoll, places?: readonly number[]): Promise<void> {
  if (work.scope !== 'house') {
    await queueJob(
      work,
      refreshFollowUpsJob,
      { rollId: roll.id, ...(places && { places: [...places] }) },
      { queue: reassignQueue, ...(!places && { key: `errands ${roll.id}` }) },
    )
    return
  }
  if (places?.length === 0 || !(await store.isRollCounted(work, roll.id))) return
  const found = await store.findRowsToFollowUp(work, roll.id, places)
  const open = await findOpenFollowUps(work, roll, places)
  if (found.length === 0 && open.length === 0) return

  const facts = await judgingFactsOf(work, [...new Set(found.flatMap(({ personId }) => personId ?? []))], roll.asOf)
  const rows = await settleResidences(work, found, facts, open)
  const known = new Map(open.map(followUp => [followUpKey(followUp.rowId, followUp.defect), followUp]))
  const wanted = rows.flatMap((row): NeededFollowUp[] => {
    const person = row.personId ? facts.get(row.personId) : undefined
    return currentDefects(row, person).map(defect => {
      const before = known.get(followUpKey(row.id, defect))
      // A row that is another person now does not inherit the former person's follow-ups.
      return { row, defect, person, before: before?.personId === row.personId ? before : undefined }
    })
  })
  const school = await units.getSchool(work, roll.schoolId)
  const settling = { roll, school, witnesses: await secondSourcesOf(work, roll, wanted) }
  await writeFollowUps(work, settling, open, await routeFollowUps(work, settling, wanted))
}

/**
 * Rows of which the police answered that nobody has to act on the residence: they remember it, and lose the defect as
 * long as both residences stay.
 */
async function settleResidences(
  work: Work,
  rows: readonly RollRow[],
  facts: ReadonlyMap<string, RegisterFacts>,
  open: readonly RowFollowUp[],
): Promise<readonly RollRow[]> {
  const keyOf = new Map(
    open.flatMap(({ defect, answer, rowId, valuesKey }) =>
      defect === 'residence-differs' && answer === 'register' ? [[rowId, valuesKey] as const] : [],
    ),
  )
  if (keyOf.size === 0) return rows
  const settled = rows.filter(
    row => keyOf.get(row.id) === valuesKeyOf('residence-differs', row, facts.get(row.personId ?? '')),
  )
  await store.setResidenceSettled(
    work,
    settled.map(({ rollId, place, id }) => ({ rollId, place, key: keyOf.get(id) ?? '' })),
  )
  return rows.map(row => (settled.includes(row) ? { ...row, residenceSettled: keyOf.get(row.id) } : row))
}

/**
 * The same for all rows of some persons, on any roll: another school's roll may be a second source for them. `besides`:
 * a roll whose rows, all or those at some places, were refreshed in this work.
 */
export async function refreshFollowUpsOfPersons(
  work: Work,
  personIds: readonly register.PersonId[],
  besides?: store.RefreshedRows,
): Promise<void> {
  await refreshByRoll(work, await findStaleFollowUps(work, personIds, besides))
}

/** Refreshes the follow-ups of rows, roll by roll. */
export async function refreshByRoll(
  work: Work,
  rows: readonly { readonly rollId: Id<'roll'>; readonly place: number }[],
): Promise<void> {
  for (const [rollId, theirs] of Map.groupBy(rows, row => row.rollId)) {
    const roll = await findRoll(work, rollId)
    if (roll)
      await refreshFollowUps(
        work,
        roll,
        theirs.map(({ place }) => place),
      )
  }
}

const findStaleFollowUps = async (
  work: Work,
  personIds: readonly register.PersonId[],
  besides?: store.RefreshedRows,
) =>
  personIds.length === 0
    ? []
    : store.findRowsWithStaleFollowUps(work, personIds, rollDefects.filter(opensFollowUp), besides)

/** The name of the job that settles what schools share, where a work left it for later. */
export const refreshSharedFollowUpsJob = 'settle-shared-errands'

/**
 * Leaves the same for later. In a province's run each roll would else be refreshed again with every school that shares
 * pupils with it.
 */
export async function refreshFollowUpsLater(
  work: Work,
  personIds: readonly register.PersonId[],
  besides: store.RefreshedRows,
): Promise<void> {
  if ((await findStaleFollowUps(work, personIds, besides)).length > 0)
    await queueJob(work, refreshSharedFollowUpsJob, {}, { key: refreshSharedFollowUpsJob, queue: reassignQueue })
}

/** So many rolls a work: each takes a few statements only. */
const rollsPerWork = 20

/** Refreshes the follow-ups that were left for later, until no shared pupil lacks one or has one too many. */
export async function refreshSharedFollowUps(openWork: OpenWork): Promise<void> {
  const authority = asSystem('roll')
  const owing = await openWork(authority, store.findRollsOwingSharedFollowUps)
  for (let at = 0; at < owing.length; at += rollsPerWork)
    await openWork(authority, async work => {
      for (const { rollId, places } of owing.slice(at, at + rollsPerWork)) {
        const roll = await findRoll(work, rollId)
        if (roll) await refreshFollowUps(work, roll, places)
      }
    })
}

/** Rows at other schools of persons without other evidence. */
async function secondSourcesOf(
  work: Work,
  { schoolId }: KeptRoll,
  needed: readonly NeededFollowUp[],
): Promise<Map<string, RollRow[]>> {
  const silent = needed.flatMap(({ row, defect, person }) =>
    person && /^(?:name|birth|sex)-/.test(defect) && evidenceOf(defect, row, person) === 'silent'
      ? [person.personId]
      : [],
  )
  return Map.groupBy(
    await store.findRowsAtOtherSchools(work, schoolId, [...new Set(silent)]),
    ({ personId }) => personId ?? '',
  )
}

/** Each defect with its evidence, owner and last day; corrections are seen to afterwards. */
async function routeFollowUps(
  work: Work,
  { roll, school, witnesses }: RefreshContext,
  wanted: readonly NeededFollowUp[],
): Promise<RoutedFollowUp[]> {
  const visit = await visits.findVisit(work, roll.schoolId, roll.schoolYear)
  const lastDays = new Map<string, Day>()
  const dueOn = (defect: RollDefect, openedOn: Day) => {
    const key = `${openedOn} ${defect}`
    const day = lastDays.get(key) ?? followUpLastDay(defect, openedOn, visit?.onDay, work)
    lastDays.set(key, day)
    return day
  }
  return wanted.map(one => {
    const { row, defect, person, before } = one
    const valuesKey = valuesKeyOf(defect, row, person)
    const answer = before?.valuesKey === valuesKey ? before.answer : undefined
    const evidence = answer ?? evidenceOf(defect, row, person, witnesses.get(row.personId ?? ''))
    const owner = followUpOwnerOf(defect, evidence)
    const openedOn = before?.openedOn ?? work.today
    const after: RowFollowUp = {
      id: before?.id ?? newId<'follow-up'>(work.now),
      schoolId: roll.schoolId,
      schoolYear: roll.schoolYear,
      rollId: roll.id,
      place: row.place,
      class: row.class,
      rowId: row.id,
      personId: row.personId,
      defect,
      evidence,
      valuesKey,
      owner,
      ownerUnitId: owner === 'ward' ? responsibleWard(person, school) : undefined,
      dueOn: dueOn(defect, openedOn),
      state: 'open',
      openedOn,
    }
    return { ...one, after }
  })
}

async function writeFollowUps(
  work: Work,
  { roll, school }: RefreshContext,
  open: readonly RowFollowUp[],
  routed: readonly RoutedFollowUp[],
): Promise<void> {
  const kept = new Set(routed.flatMap(({ before }) => before?.id ?? []))
  const gone = open.filter(({ id }) => !kept.has(id))
  await withdrawProposals(work, routed, gone)
  const all = await proposeCorrections(work, roll, school, routed)

  await followUps.closeFollowUps(work, roll.schoolId, await closedFollowUps(work, roll, routed, gone))
  const made = all.filter(({ before }) => !before).map(({ after }) => after)
  const changed = all.filter(({ before, after }) => before && !isUnchanged(before, after)).map(({ after }) => after)
  await followUps.updateFollowUps(work, changed.map(followUpOf))
  await followUps.openFollowUps(work, made.map(followUpOf))
  if (made.length + changed.length + gone.length === 0) return
  await audit.record(
    work,
    'errands.settled',
    { kind: 'roll', id: roll.id, unitId: roll.schoolId },
    { made: made.length, changed: changed.length, settled: gone.length },
  )
}

const changeableFields = [
  'rollId',
  'place',
  'evidence',
  'class',
  'valuesKey',
  'owner',
  'ownerUnitId',
  'correctionId',
  'dueOn',
] as const
const isUnchanged = (before: RowFollowUp, after: RowFollowUp) =>
  changeableFields.every(key => before[key] === after[key])

/** A follow-up is done where its defect is gone, and dropped where the pupil has left or the row is another person. */
async function closedFollowUps(
  work: Work,
  roll: KeptRoll,
  routed: readonly RoutedFollowUp[],
  gone: readonly RowFollowUp[],
): Promise<followUps.ClosedFollowUp[]> {
  if (gone.length === 0) return []
  const rowIds = gone.map(({ rowId }) => rowId)
  const left = await store.findRowsStillOn(work, roll.id, rowIds)
  const isWanted = new Set(routed.map(({ row, defect }) => followUpKey(row.id, defect)))
  return gone.map(({ id, rowId, defect }) => ({
    id,
    state: left.has(rowId) && !isWanted.has(followUpKey(rowId, defect)) ? 'done' : 'dropped',
  }))
}

/** Withdraws proposals that no roll supports any more, unless another pupil's follow-up relies on them. */
async function withdrawProposals(
  work: Work,
  routed: readonly RoutedFollowUp[],
  gone: readonly RowFollowUp[],
): Promise<void> {
  const turned = routed.flatMap(({ before, after }) =>
    before && (after.owner !== 'ward' || after.valuesKey !== before.valuesKey) ? [before] : [],
  )
  const past = [...gone, ...turned]
  const ids = [...new Set(past.flatMap(({ correctionId }) => correctionId ?? []))]
  if (ids.length === 0) return
  const besides = past.map(({ id }) => id)
  const asked = await followUps.findCorrectionsInUse(work, ids, besides)
  await register.withdrawFromRoll(
    work,
    ids.filter(id => !asked.has(id)),
    withdrawalReason,
  )
}

/** The ward's follow-ups, each with the open correction of its value: its own, another's, or a new proposal. */
async function proposeCorrections(
  work: Work,
  { schoolYear }: KeptRoll,
  school: units.School,
  routed: readonly RoutedFollowUp[],
): Promise<RoutedFollowUp[]> {
  const asking = routed.flatMap(({ row, defect, person, after }) => {
    const proposal = person && after.ownerUnitId && proposedCorrection(defect, row, person)
    if (!proposal || !after.ownerUnitId) return []
    const evidence = evidenceText({ ...row, inClass: row.class }, school.name, schoolYear)
    const { personId } = person
    return [
      {
        id: after.id,
        ...proposal,
        personId,
        decidesUnitId: after.ownerUnitId,
        dueOn: after.dueOn,
        evidence,
        schoolYear,
      },
    ]
  })
  const open = await register.proposeFromRoll(work, asking)
  const openOf = new Map(open.map(({ personId, field, id }) => [`${personId} ${field}`, id]))
  const correctionOf = new Map(asking.map(({ id, personId, field }) => [id, openOf.get(`${personId} ${field}`)]))
  return routed.map(one => ({ ...one, after: { ...one.after, correctionId: correctionOf.get(one.after.id) } }))
}
