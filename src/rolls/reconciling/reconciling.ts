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
import { closeCases } from '../access-cases.ts'
import { linkerOf } from '../error-model.ts'
import { rollProblem } from '../problems.ts'
import type { Counts, RollId } from '../roll.ts'
import type { UnwrittenRoll } from '../row.ts'
import * as store from '../store.ts'
import { noteEvents } from '../store-found.ts'
import { queueDoubts } from './doubts-job.ts'
import { type Continuing, continueRoll } from './entries.ts'
import { type LinkedRow, linkRows } from './linking.ts'
import { inDatabase, type Lookup } from './lookup.ts'
import { settleAcrossRolls } from './shared.ts'
import { setLeft } from './store-entry.ts'
import { holdShared, movedMeanwhile, tellFollowed } from './store-shared.ts'
import { settleRows } from './write-outcomes.ts'

export type { Lookup } from './lookup.ts'

/**
 * Options of a comparison: a linker that was prepared for many rolls, where people are looked up, and a callback for
 * the progress (0 to 1).
 */
export type Reconciling = {
  readonly linker?: Linker | undefined
  readonly lookup?: Lookup | undefined
  readonly onProgress?: ((share: number) => void) | undefined
  readonly beforeWriting?: (() => Promise<unknown>) | undefined
  /** A new roll whose rows are written with their outcomes. */
  readonly unwritten?: UnwrittenRoll | undefined
}

/**
 * The rows that were compared (all, where `places` is absent), the persons whom that concerns on any roll, and the roll
 * that this one replaced.
 */
export type Compared = {
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
export async function reconcile(
  work: Work,
  rollId: RollId,
  {
    linker: given,
    lookup = inDatabase,
    onProgress = () => {},
    beforeWriting = async () => {},
    unwritten,
  }: Reconciling = {},
): Promise<Compared & { readonly counts: Counts }> {
  const roll = await (unwritten ? holdSchoolOf(work, unwritten.roll) : holdRollOfSchool(work, rollId))
  const linker = given ?? (await linkerOf(work, roll.asOf))
  const continuing = await continueRoll(work, roll, linker.modelHash, unwritten?.rows)
  onProgress(0.1)
  const linked = await linkRows(work, roll, continuing.asked, { linker, lookup, unwritten: continuing.unwritten })
  onProgress(0.75)

  await beforeWriting()
  if (!unwritten) await store.holdRoll(work, rollId)
  const { personIds } = await settleRows(work, roll, linked, { linker, lookup, ...continuing })
  onProgress(0.9)

  await store.setReconciled(work, rollId, linker.modelHash)
  const left = await putInForce(work, roll, continuing)
  const previous = continuing.previous === rollId ? undefined : continuing.previous
  await holdShared(work)
  const moved = previous ? await movedMeanwhile(work, rollId, previous) : []
  const concerned = [...new Set([...personIds, ...left, ...moved])]
  await settleAcrossRolls(work, concerned)
  await queueDoubts(work, roll)
  const counts = await store.countsOf(work, rollId)
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
      model: linker.modelHash,
    },
  )
  onProgress(1)
  return { counts, roll, previous, places: placesToSettle(continuing, linked), personIds: concerned }
}

/** Unchanged pupils keep their follow-ups, and those of pupils who left move with them. */
const placesToSettle = ({ whole, gone }: Continuing, linked: readonly LinkedRow[]) =>
  whole || (linked.length === 0 && gone.length > 0) ? undefined : linked.map(({ line }) => line.place)

/**
 * Keeps the former roll, which counts no more, and marks pupils who are on it alone as left. Gives these persons, whom
 * other schools may share.
 */
async function putInForce(
  work: Work,
  roll: store.KeptRoll,
  { previous, gone, unwritten }: Continuing,
): Promise<Id<'person'>[]> {
  if (previous && previous !== roll.id) {
    await store.setInForce(work, previous, false)
    await setLeft(
      work,
      previous,
      gone.map(({ place }) => place),
      roll.asOf,
    )
    await noteEvents(
      work,
      previous,
      gone.map(before => ({ place: before.place, why: 'left', before })),
    )
    await closeCases(
      work,
      gone.map(({ id }) => id),
    )
  }
  await store.setInForce(work, roll.id, true)
  if (!previous && !unwritten) await tellFollowed(work, roll.id)
  return gone.flatMap(({ personId, withheldId }) => personId ?? withheldId ?? [])
}
