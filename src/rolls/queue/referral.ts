import * as audit from '../../audit/audit.ts'
import { type Id, newId } from '../../platform/ids.ts'
import { type Work, withAddedScope } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import * as staff from '../../staff/staff.ts'
import { rollProblem } from '../problems.ts'
import type { RollId } from '../roll.ts'
import type { RowRef } from '../row.ts'
import * as store from '../store.ts'
import { refuseClaimedByOther, releaseRow } from './claim.ts'
import { candidatePersonIds, getRowAt, listReferralReceivers } from './referral-receivers.ts'
import { holdRow } from './store-claim.ts'
import type { Referral } from './store-referral.ts'
import * as handOns from './store-referral.ts'

export type NewReferral = {
  readonly unitId: Id<'unit'>
  readonly officerId?: Id<'officer'> | undefined
  readonly note: string
}

/** Whether a referral lies with the actor: it is their unit's, and no other officer's of it. */
export const liesWithActor = ({ unitId, by }: Work, { toUnitId, toOfficer }: Referral) =>
  toUnitId === unitId && (toOfficer === null || toOfficer === by.id)

const isReferredByActor = ({ unitId, by }: Work, { fromOfficer, fromUnitId }: Referral) =>
  fromOfficer === by.id || (fromUnitId !== null && fromUnitId === unitId)

/** The actor or their unit may take back what they referred. */
export const mayTakeReferralBack = (work: Work, referral: Referral) =>
  isReferredByActor(work, referral) && !liesWithActor(work, referral)

/** Locks the roll and then the row, in the order in which decisions do. */
async function holdReferredRow(work: Work, spot: RowRef) {
  if (!(await store.holdRoll(work, spot.rollId))) throw rollProblem('roll-unknown')
  const held = await holdRow(work, spot)
  if (!held) throw rollProblem('roll-row-unknown')
  await refuseClaimedByOther(work, spot)
  const row = await getRowAt(work, spot)
  await staff.refuseStale(work, row.id)
  return { row, ...(await handOns.findReferralsOf(work, spot)) }
}

/** Throws row-referred where the row is referred to another unit or officer. */
function refuseReferredElsewhere(work: Work, open: Referral | undefined): void {
  if (open && !liesWithActor(work, open))
    throw rollProblem('row-referred', { toUnit: open.toUnitId, since: open.referredAt.toISOString() })
}

/**
 * Refers a doubtful row to a unit or officer who knows more. It leaves the queue here, and its candidates are opened to
 * the unit until the referral ends.
 */
export async function referRow(work: Work, spot: RowRef, { unitId, officerId, note }: NewReferral): Promise<Referral> {
  const { row, open } = await holdReferredRow(work, spot)
  refuseReferredElsewhere(work, open)
  if (row.outcome !== 'review' && !row.contested) throw rollProblem('row-not-in-review')
  const to = (await listReferralReceivers(work, spot)).find(
    one => one.unitId === unitId && (one.kind === 'colleague' ? one.officerId === officerId : officerId === undefined),
  )
  if (!to) throw rollProblem('receiver-unknown')

  // Read before the referral: an officer who sees the row by a former referral alone does not see it afterwards.
  const personIds = await candidatePersonIds(work, spot)
  await releaseRow(work, spot)
  if (open) await endReferral(work, open, 'handed-on')
  const one = {
    id: newId<'referral'>(work.now),
    rollId: spot.rollId,
    place: spot.place,
    rowId: row.id,
    schoolId: row.schoolId,
    fromOfficer: work.by.id,
    fromUnitId: work.unitId ?? null,
    toUnitId: to.unitId,
    toOfficer: to.kind === 'colleague' ? to.officerId : null,
    note: note.normalize('NFC').trim(),
    referredAt: work.now,
  }
  await openCandidatesToUnit(work, one, personIds)
  await handOns.insertReferral(work, one)
  await audit.record(
    work,
    'roll-row.handed-on',
    { kind: 'roll-row', id: row.id, unitId: to.unitId },
    { ...spot, handOn: one.id, toUnit: to.unitId, ...(one.toOfficer && { toOfficer: one.toOfficer }) },
  )
  return { ...one, settled: null, settledBy: null, settledAt: null, answer: '' }
}

const openCandidatesToUnit = (
  work: Work,
  { id, toUnitId }: Pick<Referral, 'id' | 'toUnitId'>,
  personIds: readonly register.PersonId[],
) =>
  register.openAccessCases(
    work,
    personIds.map(personId => ({
      personId,
      unitId: toUnitId,
      kind: 'roll-hand-on',
      caseId: id,
    })),
  )

async function endReferral(work: Work, referral: Referral, end: handOns.ReferralEnd, answer = ''): Promise<void> {
  // What is taken back was open, and nothing came of it.
  if (end === 'taken-back') await register.withdrawAccessCases(work, 'roll-hand-on', [referral.id])
  else await register.closeAccessCase(work, { kind: 'roll-hand-on', caseId: referral.id })
  await handOns.setReferralEnded(work, referral.id, end, answer)
}

/**
 * The receiver hands a referred row back with an answer, or the sender takes it back. It waits at the school's units
 * again.
 */
export async function handReferralBack(work: Work, spot: RowRef, note = ''): Promise<void> {
  const { row, open } = await holdReferredRow(work, spot)
  const lies = open && liesWithActor(work, open)
  if (!open || (!lies && !isReferredByActor(work, open))) throw rollProblem('referral-none')
  await releaseRow(work, spot)
  await audit.record(
    work,
    lies ? 'roll-row.handed-back' : 'roll-row.taken-back',
    { kind: 'roll-row', id: row.id, ...(open.fromUnitId && { unitId: open.fromUnitId }) },
    { ...spot, handOn: open.id },
  )
  await endReferral(work, open, lies ? 'handed-back' : 'taken-back', note.normalize('NFC').trim())
}

/**
 * Runs a decision, or its undoing, for the officer who has the row: it is claimed by no other officer and referred to
 * no other unit. The receiver of a referral sees the whole roll meanwhile, since a decision changes other rows.
 */
export async function withRowInHand<T>(
  work: Work,
  spot: RowRef,
  verb: (work: Work, row: { readonly open: Referral | undefined }) => Promise<T>,
): Promise<T> {
  await reopenOwnReferral(work, spot)
  const { open, row } = await holdReferredRow(work, spot)
  refuseReferredElsewhere(work, open)
  if (!open) return verb(work, { open })
  return withAddedScope(work, [row.schoolId], wide => verb(wide, { open }))
}

/**
 * A decided row is hidden from the unit that it was referred to. Opens it again, so that the decision can be undone.
 */
async function reopenOwnReferral(work: Work, spot: RowRef): Promise<void> {
  const { open, last } = await handOns.findReferralsOf(work, spot)
  if (open || last?.settled !== 'decided' || last.settledBy !== work.by.id) return
  await handOns.setReferralOpen(work, last.id)
}

/** A decision ends the referral, and a postponement does not. */
export async function endDecidedReferral(work: Work, open: Referral | undefined): Promise<void> {
  if (open) await endReferral(work, open, 'decided')
}

/** A row that is in review again lies with its former receiver: its candidates are opened there anew. */
export async function reopenReferral(work: Work, open: Referral | undefined): Promise<void> {
  if (open) await openCandidatesToUnit(work, open, await candidatePersonIds(work, open))
}

/**
 * After a new comparison of a roll: carries open referrals over to the same pupils' rows, with their present
 * candidates, and ends those of rows that need no decision any more.
 */
export async function carryReferralsOver(work: Work, rollId: RollId): Promise<void> {
  for (const one of await handOns.moveReferralsOver(work, rollId)) await endReferral(work, one, 'overtaken')
  for (const one of await handOns.findOpenReferralsOn(work, rollId)) {
    await register.closeAccessCase(work, { kind: 'roll-hand-on', caseId: one.id })
    await openCandidatesToUnit(work, one, await candidatePersonIds(work, one))
  }
}

/** The same, where any row of the roll is referred. */
export async function carryOpenReferralsOver(work: Work, rollId: RollId): Promise<void> {
  if ((await handOns.findOpenReferralsOn(work, rollId)).length > 0) await carryReferralsOver(work, rollId)
}

export const listOpenReferrals: (work: Work, which: 'to-me' | 'by-me') => Promise<Referral[]> =
  handOns.findOpenReferrals
