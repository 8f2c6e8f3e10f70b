/**
 * The chip of a card is read before an officer. In: a card, and what it is read for; then what the chip answers to each
 * command, over whatever line there is: the installation itself speaks with the chip, and a reader, a browser or a
 * telephone only carries bytes. Decided: whether the chip is that of the card and no copy. Out: a reading with its
 * outcome, which one deed may rest on, of the same officer and soon. Deeds: `card.chip-read`.
 */

import * as audit from '../../audit/audit.ts'
import type { ChipCheck } from '../../chip/inspecting/check.ts'
import type { ChipReading } from '../../chip/inspecting/inspect-files.ts'
import { readChip } from '../../chip/reading/read-chip.ts'
import * as pki from '../../pki/pki.ts'
import { type Id, newId } from '../../platform/ids.ts'
import { ruleOn } from '../../platform/law.ts'
import type { Work } from '../../platform/work.ts'
import type { Card } from '../card.ts'
import { chipReadingLimits, chipReadingMinutes, isTermOver } from '../law.ts'
import { getCardByRef } from '../lifecycle.ts'
import { portraitOfCard } from '../production/drawing.ts'
import { type ReadingPurpose, statesToRead } from './chip-reading.ts'
import { type CommandOut, converse, type Turn } from './conversation.ts'
import { expectedChipOf, passwordFor } from './expected-chip.ts'
import { outcomeOfReading } from './outcome.ts'
import { chipReadingProblem } from './problems.ts'
import * as store from './store.ts'
import { findUnderWay, keepUnderWay, type ReadingUnderWay } from './under-way.ts'

/** Throws chip-reading-card-unfit. */
function refuseUnreadState(work: Work, { state, expiresOn }: Card, purpose: ReadingPurpose): void {
  const isOver = purpose !== 'identity-checked' && expiresOn !== undefined && isTermOver(expiresOn, work.today, work)
  if (isOver || !statesToRead[purpose].includes(state))
    throw chipReadingProblem('chip-reading-card-unfit', { state: isOver ? 'expired' : state })
}

export type ReadingBegun = CommandOut & { readonly id: Id<'chip-reading'> }

/**
 * Begins a reading: gives the first command to the chip. `accessNumber`: as it stands on the card, where its zone opens
 * no chip. Throws card-unknown, chip-reading-card-unfit, chip-reading-access-number-needed, too-many-at-once, and what
 * stands against writing the card's zone.
 */
export async function beginReading(
  work: Work,
  cardId: Id<'card'>,
  { purpose, accessNumber }: { readonly purpose: ReadingPurpose; readonly accessNumber?: string | undefined },
): Promise<ReadingBegun> {
  const card = await getCardByRef(work, { cardId })
  refuseUnreadState(work, card, purpose)
  const expected = await expectedChipOf(work, card)
  const password = passwordFor(expected, accessNumber)
  const trust = await pki.getTrust(work)
  const id = newId<'chip-reading'>(work.now)
  await store.insertReading(work, { id, card, purpose })
  await audit.noteReading(work, [card.personId], ['card-content'], { kind: 'card', id: card.id })
  const { conversation } = keepUnderWay(work.by.id, () => ({
    id,
    card,
    officerId: work.by.id,
    expected,
    conversation: converse(connection => readChip(connection, password, trust), { most: chipReadingLimits.commands }),
  }))
  const turn = await conversation.now
  if (!('command' in turn)) throw new Error('a reading of a chip ended before its first command')
  return { id, ...turn }
}

export type ReadingTurn = { readonly underWay: ReadingUnderWay; readonly turn: Turn<ChipReading> }

/**
 * Gives what a chip answered to the command of a step, in hexadecimal; absent where the line to it broke. Needs no
 * work: what comes of it is in `turn`. Throws chip-reading-gone, chip-reading-step-wrong.
 */
export async function answerReading(
  id: string,
  officerId: string,
  { step, answer }: { readonly step: number; readonly answer?: string | undefined },
): Promise<ReadingTurn> {
  const underWay = findUnderWay(id, officerId)
  if (!underWay) throw chipReadingProblem('chip-reading-gone')
  const next = underWay.conversation.answer(step, answer === undefined ? undefined : Buffer.from(answer, 'hex'))
  if (!next) throw chipReadingProblem('chip-reading-step-wrong')
  const turn = await next.catch((error: unknown) => {
    underWay.leave()
    throw error
  })
  return { underWay, turn }
}

/** Keeps what a reading found; said again, it is what it was. */
export async function endReading(
  work: Work,
  { id, card, expected, leave }: ReadingUnderWay,
  reading: ChipReading,
  { isBroken }: { readonly isBroken: boolean },
): Promise<{ outcome: store.FoundOnChip['outcome']; checks: Pick<ChipCheck, 'check' | 'outcome'>[] }> {
  leave()
  const outcome = outcomeOfReading(reading, expected, { isBroken })
  const checks = reading.checks.map(({ check, outcome: of }) => ({ check, outcome: of }))
  const { securityObject } = reading
  const provedKey = outcome === 'original' ? reading.provedKey : undefined
  const found = { outcome, checks, securityObject, provedKey }
  if (!(await store.setReadingEnded(work, card.personId, id, found))) return { outcome, checks }
  const subject = { kind: 'card', id: card.id, personId: card.personId, ...(work.unitId && { unitId: work.unitId }) }
  const failed = checks.filter(one => one.outcome === 'failed').map(({ check }) => check)
  await audit.record(work, 'card.chip-read', subject, {
    reading: id,
    outcome,
    ...(provedKey && { provedBy: provedKey.by }),
    ...(failed.length > 0 && { failed }),
  })
  return { outcome, checks }
}

export type PicturesToCompare = {
  /** The portrait that the chip has, in memory for some minutes after it was read as the card itself. */
  readonly chip: { readonly image: Uint8Array; readonly form: 'jpeg' | 'jpeg2000' } | undefined
  /** The portrait of the record with which the card was made. */
  readonly record: Uint8Array | undefined
}

/**
 * The portraits of the chip and of the record, to be held beside the person. Throws chip-reading-unknown,
 * chip-reading-of-another-officer.
 */
export async function picturesOf(work: Work, id: string): Promise<PicturesToCompare> {
  const kept = await store.findReading(work, id)
  if (!kept) throw chipReadingProblem('chip-reading-unknown')
  if (kept.readBy !== work.by.id) throw chipReadingProblem('chip-reading-of-another-officer')
  await audit.noteReading(work, [kept.personId], ['portrait'], { kind: 'card', id: kept.cardId })
  const turn = kept.outcome === 'original' ? await findUnderWay(id, work.by.id)?.conversation.now : undefined
  const chip = turn && 'result' in turn ? turn.result.portrait : undefined
  const record = await portraitOfCard(work, { personId: kept.personId, id: kept.cardId })
  return { chip: chip && { image: chip.image, form: chip.form }, record }
}

export type ReadingUse = {
  /** The card that it must be of; undefined where the person holds none. */
  readonly card: Pick<Card, 'id'> | undefined
  readonly purpose: ReadingPurpose
  /** The deed that rests on it, and on what it is done. */
  readonly deed: string
  readonly subjectId: string
  /** When the officer decided, where the deed is done later. */
  readonly at?: Date | undefined
}

/** What a deed says of the reading on which it rests. */
export type ReadingEvidence = { readonly reading: string; readonly provedBy: string }

/**
 * Uses a reading up for one deed; gives what the deed says of it. Throws chip-reading-unknown,
 * chip-reading-of-another-officer, chip-reading-of-another-card, chip-reading-for-another-purpose,
 * chip-reading-proves-nothing, chip-reading-used, chip-reading-too-old, chip-reading-card-unfit.
 */
export async function spendReading(
  work: Work,
  id: string,
  { card, purpose, deed, subjectId, at = work.now }: ReadingUse,
): Promise<ReadingEvidence> {
  const kept = await store.holdReading(work, id)
  if (!kept) throw chipReadingProblem('chip-reading-unknown')
  if (kept.readBy !== work.by.id) throw chipReadingProblem('chip-reading-of-another-officer')
  if (kept.cardId !== card?.id) throw chipReadingProblem('chip-reading-of-another-card')
  if (kept.purpose !== purpose) throw chipReadingProblem('chip-reading-for-another-purpose')
  if (!kept.endedAt || !kept.provedBy)
    throw chipReadingProblem('chip-reading-proves-nothing', { outcome: kept.outcome ?? 'under-way' })
  if (kept.usedFor) throw chipReadingProblem('chip-reading-used')
  const minutes = ruleOn(chipReadingMinutes, work.today, work)
  if (at.getTime() - kept.endedAt.getTime() > minutes * 60_000)
    throw chipReadingProblem('chip-reading-too-old', { minutes })
  refuseUnreadState(work, await getCardByRef(work, { cardId: kept.cardId }), purpose)
  await store.setReadingUsed(work, kept, { deed, id: subjectId })
  return { reading: kept.id, provedBy: kept.provedBy }
}

/**
 * The same where a policy says whether a reading must be: undefined where there is none and none is needed. Throws also
 * chip-reading-needed.
 */
export async function spendReadingIfGiven(
  work: Work,
  id: string | undefined,
  { demand, ...use }: ReadingUse & { readonly demand: 'may' | 'must' },
): Promise<ReadingEvidence | undefined> {
  if (id !== undefined) return spendReading(work, id, use)
  if (demand === 'must') throw chipReadingProblem('chip-reading-needed')
  return undefined
}

/** The latest reading on which a deed of a name rested that was done on something, such as an account. */
export const findReadingUsed = store.findReadingUsed
