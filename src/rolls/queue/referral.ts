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
 * To whom a doubtful row can go: the police where a candidate lives for good, the unit above one's own, or an officer
 * of one's own unit.
 */
export type Receiver =
  | {
      readonly kind: 'residence'
      readonly unitId: units.UnitId
      readonly unitName: string
      readonly personIds: readonly string[]
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

/** Whether a handing on lies with whoever acts: their unit's, and nobody else's of it. */
export const liesWith = ({ unitId, by }: Work, { toUnitId, toOfficer }: HandOn) =>
  toUnitId === unitId && (toOfficer === null || toOfficer === by.id)

const isMine = ({ unitId, by }: Work, { fromOfficer, fromUnitId }: HandOn) =>
  fromOfficer === by.id || (fromUnitId !== null && fromUnitId === unitId)

/** What can be taken back: handed on by the actor or their unit. */
export const mayTakeBack = (work: Work, one: HandOn) => isMine(work, one) && !liesWith(work, one)

async function getRow(work: Work, { rollId, place }: Spot): Promise<RollRow> {
  const row = await rows.findRow(work, rollId, place)
  if (!row) throw rollProblem('roll-row-unknown')
  return row
}

async function candidateIds(work: Work, { rollId, place }: Spot): Promise<string[]> {
  return (await rows.candidatesOf(work, rollId, place))
    .filter(({ isDoubt }) => !isDoubt)
    .map(({ personId }) => personId)
}

/** To whom a row can be handed on, the likeliest candidate's police first. */
export async function receiversOf(work: Work, spot: Spot): Promise<Receiver[]> {
  await getRow(work, spot)
  const ids = await candidateIds(work, spot)
  const facts = await factsOf(work, ids, work.today)
  const wards = new Map<string, string[]>()
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

/** Throws row-handed-on where the row lies with somebody else. */
function refuseElsewhere(work: Work, open: HandOn | undefined): void {
  if (open && !liesWith(work, open))
    throw rollProblem('row-handed-on', { toUnit: open.toUnitId, since: open.handedAt.toISOString() })
}

/**
 * Hands a doubtful row on to somebody who knows more: it leaves the queue here, and its candidates are opened to the
 * unit until it is settled.
 */
export async function handOn(work: Work, spot: Spot, { unitId, officerId, note }: HandingOn): Promise<HandOn> {
  const { row, open } = await hold(work, spot)
  refuseElsewhere(work, open)
  if (row.outcome !== 'review' && !row.contested) throw rollProblem('row-not-in-review')
  const to = (await receiversOf(work, spot)).find(
    one => one.unitId === unitId && (one.kind === 'colleague' ? one.officerId === officerId : officerId === undefined),
  )
  if (!to) throw rollProblem('receiver-unknown')

  // Read and left before the row passes into other hands: who saw it by the handing on alone sees it no more then.
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

const openCandidates = (work: Work, { id, toUnitId }: Pick<HandOn, 'id' | 'toUnitId'>, personIds: readonly string[]) =>
  register.openCases(
    work,
    personIds.map(personId => ({
      personId: asId<'person'>(personId),
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
 * The one it lies with gives a row back, with a word why; or whoever handed it on takes it back. It waits at the
 * school's units again.
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
 * Does what decides a row, or takes a decision back, as whoever has it in hand: nobody else looks at it, and it lies
 * with nobody else. Whoever it was handed on to sees the whole of the roll for that moment, since a decision tells on
 * other rows.
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
 * What was decided where a row had been handed on to is not to be seen there any more; to take it back, it is opened
 * again.
 */
async function reopenOwn(work: Work, spot: Spot): Promise<void> {
  const { open, last } = await handOns.handOnsOf(work, spot)
  if (open || last?.settled !== 'decided' || last.settledBy !== work.by.id) return
  await handOns.reopen(work, last.id)
}

/** A decision ends the handing on; one that puts off does not. */
export async function settleDecided(work: Work, open: HandOn | undefined): Promise<void> {
  if (open) await settle(work, open, 'decided')
}

/** A row that is in review again lies where it lay: its candidates are opened there anew. */
export async function openAgain(work: Work, open: HandOn | undefined): Promise<void> {
  if (open) await openCandidates(work, open, await candidateIds(work, open))
}

/**
 * After a roll was compared anew: what was handed on goes over to the same pupils' rows, with the candidates that they
 * have now; what needs no decision any more is settled.
 */
export async function carryHandOnsOver(work: Work, rollId: RollId): Promise<void> {
  for (const one of await handOns.carryOver(work, rollId)) await settle(work, one, 'overtaken')
  for (const one of await handOns.openOn(work, rollId)) {
    await register.closeCase(work, { kind: 'roll-hand-on', caseId: one.id })
    await openCandidates(work, one, await candidateIds(work, one))
  }
}

/** The same where anything of the roll is handed on. */
export async function carryOpenHandOnsOver(work: Work, rollId: RollId): Promise<void> {
  if ((await handOns.openOn(work, rollId)).length > 0) await carryHandOnsOver(work, rollId)
}

export const openHandOns: (work: Work, which: 'to-me' | 'by-me') => Promise<HandOn[]> = handOns.openHandOns
