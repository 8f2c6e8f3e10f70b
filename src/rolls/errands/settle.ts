import * as audit from '../../audit/audit.ts'
import type { Day } from '../../platform/day.ts'
import { asId, type Id, newId } from '../../platform/ids.ts'
import { queueJob } from '../../platform/jobs/jobs.ts'
import { asSystem, type OpenWork, type Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import * as units from '../../units/units.ts'
import type { Facts } from '../defect.ts'
import { settlingQueue } from '../reconciling/reassign.ts'
import { factsOf } from '../register-facts.ts'
import { type Defect, defects } from '../roll.ts'
import type { RollRow } from '../row.ts'
import { findRoll, type KeptRoll } from '../store.ts'
import { lastDayOf } from './due.ts'
import {
  aboutOf,
  type Errand,
  evidenceOf,
  ownerOf,
  proposedValue,
  standingDefects,
  stopsSomething,
  type Witness,
} from './errand.ts'
import * as store from './store.ts'
import * as errandRows from './store-row.ts'

/**
 * The name of the job: an officer's work sees neither the ward's corrections nor other schools' rolls, so the house
 * settles what it changed.
 */
export const settleErrandsJob = 'settle-errands'

type Settling = {
  readonly roll: KeptRoll
  readonly school: units.School
  readonly witnesses: ReadonlyMap<string, readonly Witness[]>
}

/** A present defect of a row, and its open follow-up from before. */
type Wanted = {
  readonly row: RollRow
  readonly defect: Defect
  readonly person: Facts | undefined
  readonly before: Errand | undefined
}
type Routed = Wanted & { readonly after: Errand }

const keyOf = (rowId: string, defect: Defect) => `${rowId} ${defect}`

/**
 * Makes the follow-ups of a roll's rows (all, or those at some places) agree with rows and register: a defect that
 * blocks something has one owner until it is gone. A second run changes nothing. It takes some fifteen statements for a
 * roll of any size. A roll that is not in force, or of a year before the school's latest, has no follow-ups.
 */
export async function settleErrands(work: Work, roll: KeptRoll, places?: readonly number[]): Promise<void> {
  if (work.scope !== 'house') {
    await queueJob(
      work,
      settleErrandsJob,
      { rollId: roll.id, ...(places && { places: [...places] }) },
      { queue: settlingQueue, ...(!places && { key: `errands ${roll.id}` }) },
    )
    return
  }
  if (places?.length === 0 || !(await errandRows.countsNow(work, roll.id))) return
  const rows = await errandRows.rowsToSettle(work, roll.id, places)
  const open = await errandRows.openErrands(work, roll, places)
  if (rows.length === 0 && open.length === 0) return

  const facts = await factsOf(work, [...new Set(rows.flatMap(({ personId }) => personId ?? []))], roll.asOf)
  const known = new Map(open.map(errand => [keyOf(errand.rowId, errand.defect), errand]))
  const wanted = rows.flatMap((row): Wanted[] => {
    const person = row.personId ? facts.get(row.personId) : undefined
    return standingDefects(row, person).map(defect => {
      const before = known.get(keyOf(row.id, defect))
      // A row that is another person now does not inherit the former person's follow-ups.
      return { row, defect, person, before: before?.personId === row.personId ? before : undefined }
    })
  })
  const school = await units.getSchool(work, roll.schoolId)
  const settling = { roll, school, witnesses: await witnessesOf(work, roll, wanted) }
  await write(work, settling, open, await route(work, settling, wanted))
}

/**
 * The same for all rows of some persons, on any roll: another school's roll may be a second source for them. `besides`:
 * a roll whose rows, all or those at some places, were refreshed in this work.
 */
export async function settleErrandsOf(
  work: Work,
  personIds: readonly register.PersonId[],
  besides?: errandRows.SettledRows,
): Promise<void> {
  const unsettled = await unsettledOf(work, personIds, besides)
  for (const [rollId, theirs] of Map.groupBy(unsettled, row => row.rollId)) {
    const roll = await findRoll(work, rollId)
    if (roll)
      await settleErrands(
        work,
        roll,
        theirs.map(({ place }) => place),
      )
  }
}

const unsettledOf = async (work: Work, personIds: readonly register.PersonId[], besides?: errandRows.SettledRows) =>
  personIds.length === 0 ? [] : errandRows.unsettledRows(work, personIds, defects.filter(stopsSomething), besides)

/** The name of the job that settles what schools share, where a work left it for later. */
export const settleSharedJob = 'settle-shared-errands'

/**
 * Leaves the same for later. In a province's run each roll would else be refreshed again with every school that shares
 * pupils with it.
 */
export async function settleErrandsLater(
  work: Work,
  personIds: readonly register.PersonId[],
  besides: errandRows.SettledRows,
): Promise<void> {
  if ((await unsettledOf(work, personIds, besides)).length > 0)
    await queueJob(work, settleSharedJob, {}, { key: settleSharedJob, queue: settlingQueue })
}

/** So many rolls a work: each takes a few statements only. */
const rollsAWork = 20

/** Refreshes the follow-ups that were left for later, until no shared pupil lacks one or has one too many. */
export async function settleSharedErrands(openWork: OpenWork): Promise<void> {
  const standing = asSystem('roll')
  const owing = await openWork(standing, errandRows.rollsOwingShared)
  for (let at = 0; at < owing.length; at += rollsAWork)
    await openWork(standing, async work => {
      for (const { rollId, places } of owing.slice(at, at + rollsAWork)) {
        const roll = await findRoll(work, rollId)
        if (roll) await settleErrands(work, roll, places)
      }
    })
}

/** Rows at other schools of persons without other evidence. */
async function witnessesOf(
  work: Work,
  { schoolId }: KeptRoll,
  wanted: readonly Wanted[],
): Promise<Map<string, RollRow[]>> {
  const silent = wanted.flatMap(({ row, defect, person }) =>
    person && /^(?:name|birth|sex)-/.test(defect) && evidenceOf(defect, row, person) === 'silent'
      ? [person.personId]
      : [],
  )
  return Map.groupBy(
    await errandRows.otherRowsOf(work, schoolId, [...new Set(silent)]),
    ({ personId }) => personId ?? '',
  )
}

/** Each defect with its evidence, owner and last day; corrections are seen to afterwards. */
async function route(work: Work, { roll, school, witnesses }: Settling, wanted: readonly Wanted[]): Promise<Routed[]> {
  const visit = await store.visitOf(work, roll.schoolId, roll.schoolYear)
  const lastDays = new Map<string, Day>()
  const dueOn = (defect: Defect, madeOn: Day) => {
    const key = `${madeOn} ${defect}`
    const day = lastDays.get(key) ?? lastDayOf(defect, madeOn, visit?.onDay, work)
    lastDays.set(key, day)
    return day
  }
  return wanted.map(one => {
    const { row, defect, person, before } = one
    const about = aboutOf(defect, row, person)
    const said = before?.about === about ? before.said : undefined
    const evidence = said ?? evidenceOf(defect, row, person, witnesses.get(row.personId ?? ''))
    const owner = ownerOf(defect, evidence)
    const madeOn = before?.madeOn ?? work.today
    const after: Errand = {
      id: before?.id ?? newId<'errand'>(work.now),
      schoolId: roll.schoolId,
      schoolYear: roll.schoolYear,
      rollId: roll.id,
      place: row.place,
      rowId: row.id,
      personId: row.personId,
      defect,
      evidence,
      about,
      owner,
      ownerUnitId: owner === 'ward' ? wardOf(person, school) : undefined,
      dueOn: dueOn(defect, madeOn),
      state: 'open',
      madeOn,
    }
    return { ...one, after }
  })
}

/** The ward of permanent residence on the roll's day; where none is known, that of any residence, else the school's. */
const wardOf = (person: Facts | undefined, school: units.School): Id<'unit'> =>
  asId<'unit'>(person?.permanentCommunes[0] ?? person?.communes[0] ?? school.unitId)

async function write(
  work: Work,
  { roll, school }: Settling,
  open: readonly Errand[],
  routed: readonly Routed[],
): Promise<void> {
  const kept = new Set(routed.flatMap(({ before }) => before?.id ?? []))
  const gone = open.filter(({ id }) => !kept.has(id))
  await withdraw(work, routed, gone)
  const all = await propose(work, roll, school, routed)

  await store.closeErrands(work, roll.schoolId, await closed(work, roll, routed, gone))
  const made = all.filter(({ before }) => !before).map(({ after }) => after)
  const changed = all.filter(({ before, after }) => before && !isSame(before, after)).map(({ after }) => after)
  await store.changeErrands(work, changed)
  await store.insertErrands(work, made)
  if (made.length + changed.length + gone.length === 0) return
  await audit.record(
    work,
    'errands.settled',
    { kind: 'roll', id: roll.id, unitId: roll.schoolId },
    { made: made.length, changed: changed.length, settled: gone.length },
  )
}

const changing = ['rollId', 'place', 'evidence', 'about', 'owner', 'ownerUnitId', 'correctionId', 'dueOn'] as const
const isSame = (before: Errand, after: Errand) => changing.every(key => before[key] === after[key])

/** A follow-up is done where its defect is gone, and dropped where the pupil has left or the row is another person. */
async function closed(
  work: Work,
  roll: KeptRoll,
  routed: readonly Routed[],
  gone: readonly Errand[],
): Promise<store.Settled[]> {
  if (gone.length === 0) return []
  const rowIds = gone.map(({ rowId }) => rowId)
  const left = await errandRows.rowsLeft(work, roll.id, rowIds)
  const isWanted = new Set(routed.map(({ row, defect }) => keyOf(row.id, defect)))
  return gone.map(({ id, rowId, defect }) => ({
    id,
    state: left.has(rowId) && !isWanted.has(keyOf(rowId, defect)) ? 'done' : 'dropped',
  }))
}

const withdrawn = 'Danh sách của trường nay ghi khác, hoặc không còn ghi như vậy.'

/** Withdraws proposals that no roll supports any more, unless another pupil's follow-up relies on them. */
async function withdraw(work: Work, routed: readonly Routed[], gone: readonly Errand[]): Promise<void> {
  const turned = routed.flatMap(({ before, after }) =>
    before && (after.owner !== 'ward' || after.about !== before.about) ? [before] : [],
  )
  const past = [...gone, ...turned]
  const ids = [...new Set(past.flatMap(({ correctionId }) => correctionId ?? []))]
  if (ids.length === 0) return
  const besides = past.map(({ id }) => id)
  const asked = await store.correctionsStillAsked(work, ids, besides)
  await register.withdrawFromRoll(
    work,
    ids.filter(id => !asked.has(id)),
    withdrawn,
  )
}

/** The ward's follow-ups, each with the open correction of its value: its own, another's, or a new proposal. */
async function propose(
  work: Work,
  { schoolYear }: KeptRoll,
  school: units.School,
  routed: readonly Routed[],
): Promise<Routed[]> {
  const asking = routed.flatMap(({ row, defect, person, after }) => {
    const proposal = person && after.ownerUnitId && proposedValue(defect, row, person)
    if (!proposal || !after.ownerUnitId) return []
    const evidence = whereOf(row, school.name, schoolYear)
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

/** Where the roll says so, for the deciding officer. The correction has the value itself. */
const whereOf = ({ sheet, sheetRow, class: inClass }: RollRow, school: string, schoolYear: string) =>
  [
    `Danh sách ${school}, năm học ${schoolYear}`,
    inClass && `lớp ${inClass}`,
    sheet && `trang ${sheet}`,
    `dòng ${sheetRow}`,
  ]
    .filter(Boolean)
    .join(', ')
