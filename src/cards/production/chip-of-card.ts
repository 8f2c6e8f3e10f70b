import * as audit from '../../audit/audit.ts'
import type { Day } from '../../platform/day.ts'
import { type Id, newId } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import type { Card } from '../card.ts'
import * as store from './store-chip.ts'

/** A chip that was made for a card. A card has one that is good. */

export type MadeChip = Omit<store.NewChip, 'id'> & {
  readonly unitId: Id<'unit'>
  /** It takes the place of another. */
  readonly isAnew: boolean
}

/** Keeps which chip was made for a card; the one before, if any, is spoiled. */
export async function keepChip(work: Work, chip: MadeChip): Promise<void> {
  const { personId, cardId, unitId, isAnew, securityObject, signerKeyId } = chip
  if (isAnew) await store.setChipSpoiled(work, { personId, id: cardId }, 'anew')
  await store.insertChip(work, { ...chip, id: newId<'chip'>(work.now) })
  await audit.record(
    work,
    'card.personalised',
    { kind: 'card', id: cardId, personId, unitId },
    { securityObject, signer: signerKeyId, anew: isAnew },
  )
}

/** The chip that was made here for a card and is good; undefined where none was. */
export const findGoodChip = (
  work: Work,
  card: Pick<Card, 'personId' | 'id'>,
): Promise<Pick<store.NewChip, 'issuedOn' | 'securityObject'> | undefined> => store.findChip(work, card)

/** The day of issue that stands on the chip of a card; undefined where none was made that is good. */
export const issueDayOnChip = async (work: Work, card: Pick<Card, 'personId' | 'id'>): Promise<Day | undefined> =>
  (await store.findChip(work, card))?.issuedOn

/** The card was rejected, cancelled or taken out of its batch, and its chip with it. */
export const spoilChip = (
  work: Work,
  card: Pick<Card, 'personId' | 'id'>,
  why: 'rejected' | 'released',
): Promise<void> => store.setChipSpoiled(work, card, why)
