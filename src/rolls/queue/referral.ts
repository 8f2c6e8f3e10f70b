import * as audit from '../../audit/audit.ts'
import { asId, type Id, newId } from '../../platform/ids.ts'
import { alsoSeeing, type Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import * as staff from '../../staff/staff.ts'
import * as units from '../../units/units.ts'
import { rollProblem } from '../problems.ts'
import { factsOf } from '../register-facts.ts'
import type { RollId } from '../roll.ts'
import type { RollRow, Spot } from '../row.ts'
import * as store from '../store.ts'
import * as rows from '../store-row.ts'
import { leave, refuseHeld } from './claim.ts'
import { holdRow } from './store-claim.ts'
import type { HandOn } from './store-referral.ts'
import * as handOns from './store-referral.ts'

/**
 * Who can receive a doubtful row: the police of a candidate's permanent residence, the unit above the actor's, or an
 * officer of the actor's unit.
 */
export type Receiver =
  | {
      readonly kind: 'residence'
      readonly unitId: units.UnitId
      readonly unitName: string
      readonly personIds: readonly register.PersonId[]
    }
  | { readonly kind: 'above'; readonly unitId: units.UnitId; readonly unitName: string }
  | {
      readonly kind: 'colleague'
      readonly unitId: units.UnitId
      readonly unitName: string
      readonly officerId: string
      readonly name: string
    }

export type HandingOn = { readonly unitId: string; readonly officerId?: string | undefined; readonly note: string }

const reviewing = 'rolls.review'

/** Whether a referral lies with the actor: it is their unit's, and no other officer's of it. */
export const liesWith = ({ unitId, by }: Work, { toUnitId, toOfficer }: HandOn) =>
  toUnitId === unitId && (toOfficer === null || toOfficer === by.id)

const isMine = ({ unitId, by }: Work, { fromOfficer, fromUnitId }: HandOn) =>
  fromOfficer === by.id || (fromUnitId !== null && fromUnitId === unitId)

/** The actor or their unit may take back what they referred. */
export const mayTakeBack = (work: Work, one: HandOn) => isMine(work, one) && !liesWith(work, one)

async function getRow(work: Work, { rollId, place }: Spot): Promise<RollRow> {
  const row = await rows.findRow(work, rollId, place)
  if (!row) throw rollProblem('roll-row-unknown')
  return row
}

async function candidateIds(work: Work, { rollId, place }: Spot): Promise<register.PersonId[]> {
  return (await rows.candidatesOf(work, rollId, place))
    .filter(({ isDoubt }) => !isDoubt)
    .map(({ personId }) => personId)
}

/** The possible receivers of a row, the likeliest candidate's police first. */
export async function receiversOf(work: Work, spot: Spot): Promise<Receiver[]> {
  await getRow(work, spot)
  const ids = await candidateIds(work, spot)
  const facts = await factsOf(work, ids, work.today)
  const wards = new Map<string, register.PersonId[]>()
  for (const personId of ids)
    for (const commune of facts.get(personId)?.permanentCommunes.slice(0, 1) ?? [])
      if (commune !== work.unitId) wards.set(commune, [...(wards.get(commune) ?? []), personId])

  const own = work.unitId as units.UnitId | undefined
  const above = own && (await units.pathOf(work, own, work.today))[1]
  const colleagues = own ? await staff.colleaguesWith(work, reviewing) : []
  const unitName = own ? await units.nameOf(work, own) : ''
  return [
    ...(await Promise.all(
      [...wards].map(async ([id, personIds]): Promise<Receiver> => {
        const unitId = asId<'unit'>(id)
        return { kind: 'residence', unitId, unitName: await units.nameOf(work, unitId), personIds }
      }),
    )),
    ...(above && !wards.has(above.id) ? [{ kind: 'above', unitId: above.id, unitName: above.name } as const] : []),
    ...(own
      ? colleagues.map(
          ({ id, fullName }) => ({ kind: 'colleague', unitId: own, unitName, officerId: id, name: fullName }) as const,
        )
      : []),
  ]
}

/** Locks the roll and then the row, in the order in which decisions do. */
async function hold(work: Work, spot: Spot) {
  if (!(await store.holdRoll(work, spot.rollId))) throw rollProblem('roll-unknown')
  const held = await holdRow(work, spot)
  if (!held) throw rollProblem('roll-row-unknown')
  await refuseHeld(work, spot)
  return { row: await getRow(work, spot), ...(await handOns.handOnsOf(work, spot)) }
}

/** Throws row-handed-on where the row is referred to another unit or officer. */
function refuseElsewhere(work: Work, open: HandOn | undefined): void {
  if (open && !liesWith(work, open))
    throw rollProblem('row-handed-on', { toUnit: open.toUnitId, since: open.handedAt.toISOString() })
}

/**
 * Refers a doubtful row to a unit or officer who knows more. It leaves the queue here, and its candidates are opened to
 * the unit until the referral ends.
 */
export async function handOn(work: Work, spot: Spot, { unitId, officerId, note }: HandingOn): Promise<HandOn> {
  const { row, open } = await hold(work, spot)
  refuseElsewhere(work, open)
  if (row.outcome !== 'review' && !row.contested) throw rollProblem('row-not-in-review')
  const to = (await receiversOf(work, spot)).find(
    one => one.unitId === unitId && (one.kind === 'colleague' ? one.officerId === officerId : officerId === undefined),
  )
  if (!to) throw rollProblem('receiver-unknown')

  // Read before the referral: an officer who sees the row by a former referral alone does not see it afterwards.
  const personIds = await candidateIds(work, spot)
  await leave(work, spot)
  if (open) await settle(work, open, 'handed-on')
  const one = {
    id: newId<'hand-on'>(work.now),
    rollId: spot.rollId,
    place: spot.place,
    rowId: row.id,
    schoolId: row.schoolId,
    fromOfficer: work.by.id,
    fromUnitId: work.unitId ?? null,
    toUnitId: to.unitId,
    toOfficer: to.kind === 'colleague' ? to.officerId : null,
    note: note.normalize('NFC').trim(),
    handedAt: work.now,
  }
  await openCandidates(work, one, personIds)
  await handOns.insertHandOn(work, one)
  await audit.record(
    work,
    'roll-row.handed-on',
    { kind: 'roll-row', id: row.id, unitId: to.unitId },
    { ...spot, handOn: one.id, toUnit: to.unitId, ...(one.toOfficer && { toOfficer: one.toOfficer }) },
  )
  return { ...one, settled: null, settledBy: null, settledAt: null, answer: '' }
}

const openCandidates = (
  work: Work,
  { id, toUnitId }: Pick<HandOn, 'id' | 'toUnitId'>,
  personIds: readonly register.PersonId[],
) =>
  register.openCases(
    work,
    personIds.map(personId => ({
      personId,
      unitId: asId<'unit'>(toUnitId),
      kind: 'roll-hand-on',
      caseId: id,
    })),
  )

async function settle(work: Work, one: HandOn, how: handOns.Settled, answer = ''): Promise<void> {
  await register.closeCase(work, { kind: 'roll-hand-on', caseId: one.id })
  await handOns.settle(work, one.id, how, answer)
}

/**
 * The receiver hands a referred row back with an answer, or the sender takes it back. It waits at the school's units
 * again.
 */
export async function handBack(work: Work, spot: Spot, note = ''): Promise<void> {
  const { row, open } = await hold(work, spot)
  const lies = open && liesWith(work, open)
  if (!open || (!lies && !isMine(work, open))) throw rollProblem('hand-on-none')
  await leave(work, spot)
  await audit.record(
    work,
    lies ? 'roll-row.handed-back' : 'roll-row.taken-back',
    { kind: 'roll-row', id: row.id, ...(open.fromUnitId && { unitId: open.fromUnitId }) },
    { ...spot, handOn: open.id },
  )
  await settle(work, open, lies ? 'handed-back' : 'taken-back', note.normalize('NFC').trim())
}

/**
 * Runs a decision, or its undoing, for the officer who has the row: it is claimed by no other officer and referred to
 * no other unit. The receiver of a referral sees the whole roll meanwhile, since a decision changes other rows.
 */
export async function withRow<T>(
  work: Work,
  spot: Spot,
  verb: (work: Work, row: { readonly open: HandOn | undefined }) => Promise<T>,
): Promise<T> {
  await reopenOwn(work, spot)
  const { open, row } = await hold(work, spot)
  refuseElsewhere(work, open)
  if (!open) return verb(work, { open })
  return alsoSeeing(work, [row.schoolId as Id<'unit'>], wide => verb(wide, { open }))
}

/**
 * A decided row is hidden from the unit that it was referred to. Opens it again, so that the decision can be undone.
 */
async function reopenOwn(work: Work, spot: Spot): Promise<void> {
  const { open, last } = await handOns.handOnsOf(work, spot)
  if (open || last?.settled !== 'decided' || last.settledBy !== work.by.id) return
  await handOns.reopen(work, last.id)
}

/** A decision ends the referral, and a postponement does not. */
export async function settleDecided(work: Work, open: HandOn | undefined): Promise<void> {
  if (open) await settle(work, open, 'decided')
}

/** A row that is in review again lies with its former receiver: its candidates are opened there anew. */
export async function openAgain(work: Work, open: HandOn | undefined): Promise<void> {
  if (open) await openCandidates(work, open, await candidateIds(work, open))
}

/**
 * After a new comparison of a roll: carries open referrals over to the same pupils' rows, with their present
 * candidates, and ends those of rows that need no decision any more.
 */
export async function carryHandOnsOver(work: Work, rollId: RollId): Promise<void> {
  for (const one of await handOns.carryOver(work, rollId)) await settle(work, one, 'overtaken')
  for (const one of await handOns.openOn(work, rollId)) {
    await register.closeCase(work, { kind: 'roll-hand-on', caseId: one.id })
    await openCandidates(work, one, await candidateIds(work, one))
  }
}

/** The same, where any row of the roll is referred. */
export async function carryOpenHandOnsOver(work: Work, rollId: RollId): Promise<void> {
  if ((await handOns.openOn(work, rollId)).length > 0) await carryHandOnsOver(work, rollId)
}

export const openHandOns: (work: Work, which: 'to-me' | 'by-me') => Promise<HandOn[]> = handOns.openHandOns
