/**
 * Rows find their person. In: imported rows, or rows that a change of the register touches. Decided: who each row is,
 * by linkage and by earlier decisions of officers; its defects; and which of two rows has a person's place in a school
 * year. Out: outcomes, candidates, defects and the entries' history, and the persons concerned (`ComparisonResult`).
 * Deeds: roll.reconciled, roll.rescored, roll.shared-pupils.
 */
import * as audit from '../../audit/audit.ts'
import type { Linker } from '../../linkage/deciding/deciding.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import { refuseStrangers } from '../accepting/accepting.ts'
import { withdrawAccessCases } from '../access-cases.ts'
import { getLinker } from '../error-model.ts'
import { identifyLeavers } from '../leaving/leaving.ts'
import { rollProblem } from '../problems.ts'
import { refuseUnlike, setReplaced } from '../replacing/replacing.ts'
import type { RollId, RowOutcomeCounts } from '../roll.ts'
import type { UnwrittenRoll } from '../row.ts'
import * as store from '../store.ts'
import { insertEntryEvents } from '../store-outcome.ts'
import { continueRoll, type RollContinuation } from './continue-roll.ts'
import { queueDoubts } from './doubts-job.ts'
import { reassignDuplicatesAcrossRolls } from './duplicates-across-rolls.ts'
import { type LinkedRollRow, linkRows } from './link-rows.ts'
import { databaseLookup, type PersonLookup } from './person-lookup.ts'
import { findMovedMeanwhile, holdShared, setFollowedPersons } from './store-duplicate.ts'
import { setEntriesLeft } from './store-entry.ts'
import { writeOutcomes } from './write-outcomes.ts'

export type { PersonLookup } from './person-lookup.ts'

/**
 * Options of a comparison: a linker that was prepared for many rolls, where people are looked up, and a callback for
 * the progress (0 to 1).
 */
export type ReconcileOptions = {
  readonly linker?: Linker | undefined
  readonly lookup?: PersonLookup | undefined
  readonly onProgress?: ((share: number) => void) | undefined
  readonly beforeWriting?: (() => Promise<unknown>) | undefined
  /** A new roll whose rows are written with their outcomes. */
  readonly unwritten?: UnwrittenRoll | undefined
}

/**
 * The rows that were compared (all, where `places` is absent), the persons whom that concerns on any roll, and the roll
 * that this one replaced.
 */
export type ComparisonResult = {
  readonly roll: store.KeptRoll
  readonly places: readonly number[] | undefined
  readonly personIds: readonly Id<'person'>[]
  readonly previous?: RollId | undefined
}

/** A roll whose school nobody else's work changes until this one ends. */
export async function holdRollOfSchool(work: Work, id: RollId): Promise<store.KeptRoll> {
  const seen = await store.findRoll(work, id)
  if (!seen) throw rollProblem('roll-unknown')
  await store.holdSchool(work, seen.schoolId)
  return (await store.findRoll(work, id)) ?? seen
}

/** Nobody else knows of a roll that was made in this work. */
async function holdSchoolOf(work: Work, roll: store.KeptRoll): Promise<store.KeptRoll> {
  await store.holdSchool(work, roll.schoolId)
  return roll
}

/**
 * Compares a roll with the register and puts it in force. The work runs as system over the whole house: what is shown
 * afterwards is scoped again. Of a roll that is sent again only changed rows are compared. After the look-up one roll
 * and a province take the same path.
 */
export async function reconcileRoll(
  work: Work,
  rollId: RollId,
  {
    linker: preparedLinker,
    lookup = databaseLookup,
    onProgress = () => {},
    beforeWriting = async () => {},
    unwritten,
  }: ReconcileOptions = {},
): Promise<ComparisonResult & { readonly counts: RowOutcomeCounts }> {
  const roll = await (unwritten ? holdSchoolOf(work, unwritten.roll) : holdRollOfSchool(work, rollId))
  const linker = preparedLinker ?? (await getLinker(work, roll.asOf))
  const continuing = await continueRoll(work, roll, linker.modelHash, unwritten?.rows)
  onProgress(0.1)
  const linked = await linkRows(work, roll, continuing.asked, { linker, lookup, unwritten: continuing.unwritten })
  onProgress(0.75)

  await refuseStrangers(
    work,
    roll,
    linked.flatMap(({ open }) =>
      open.outcome === 'not-found' ? [] : (open.personId ?? open.candidates[0]?.personId ?? []),
    ),
    lookup.factsOf,
  )
  await refuseUnlike(work, roll, continuing.previous, {
    leaving: continuing.gone.length,
    unknown: linked.filter(({ open }) => open.outcome === 'not-found').length,
  })
  await beforeWriting()
  if (!unwritten) await store.holdRoll(work, rollId)
  const { personIds } = await writeOutcomes(work, roll, linked, { linker, lookup, ...continuing })
  onProgress(0.9)

  await identifyLeavers(work, rollId)
  await store.setRollReconciled(work, rollId, linker.modelHash)
  const left = await putInForce(work, roll, continuing)
  const previous = continuing.previous === rollId ? undefined : continuing.previous
  await holdShared(work)
  const moved = previous ? await findMovedMeanwhile(work, rollId, previous) : []
  const concerned = [...new Set([...personIds, ...left, ...moved])]
  await reassignDuplicatesAcrossRolls(work, concerned)
  await queueDoubts(work, roll)
  const counts = await store.countOutcomes(work, rollId)
  await audit.record(
    work,
    'roll.reconciled',
    { kind: 'roll', id: rollId, unitId: roll.schoolId },
    {
      schoolYear: roll.schoolYear,
      asOf: roll.asOf,
      ...counts,
      compared: linked.length,
      left: continuing.gone.length,
      ...(previous && { replaces: previous }),
      model: linker.modelHash,
    },
  )
  onProgress(1)
  return { counts, roll, previous, places: placesToFollowUp(continuing, linked), personIds: concerned }
}

/** Unchanged pupils keep their follow-ups, and those of pupils who left move with them. */
const placesToFollowUp = ({ whole, gone }: RollContinuation, linked: readonly LinkedRollRow[]) =>
  whole || (linked.length === 0 && gone.length > 0) ? undefined : linked.map(({ line }) => line.place)

/**
 * Keeps the former roll, which counts no more, and marks pupils who are on it alone as left. Gives these persons, whom
 * other schools may share.
 */
async function putInForce(
  work: Work,
  roll: store.KeptRoll,
  { previous, gone, unwritten }: RollContinuation,
): Promise<Id<'person'>[]> {
  if (previous && previous !== roll.id) {
    await setReplaced(work, previous, roll.id)
    await setEntriesLeft(
      work,
      previous,
      gone.map(({ place }) => place),
      roll.asOf,
    )
    await insertEntryEvents(
      work,
      previous,
      gone.map(before => ({ place: before.place, why: 'left', before })),
    )
    await withdrawAccessCases(
      work,
      gone.map(({ id }) => id),
    )
  }
  await store.setRollInForce(work, roll.id, true)
  if (!previous && !unwritten) await setFollowedPersons(work, roll.id)
  return gone.flatMap(({ personId, withheldId }) => personId ?? withheldId ?? [])
}
