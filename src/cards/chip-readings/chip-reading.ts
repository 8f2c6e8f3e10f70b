import type { CardState } from '../card.ts'

/** What the chip of a card is read for before an officer. */
export const readingPurposes = ['hand-over', 'account-raised', 'account-activated', 'identity-checked'] as const
export type ReadingPurpose = (typeof readingPurposes)[number]

/** The right by which an officer may do what a chip is read for. */
export const rightsToRead: Readonly<Record<ReadingPurpose, string>> = {
  'hand-over': 'cards.hand-over',
  'account-raised': 'accounts.raise',
  'account-activated': 'accounts.slip',
  'identity-checked': 'register.serve',
}

/** In which states a card may be for each purpose: one that was found is looked at in whatever state it is. */
export const statesToRead: Readonly<Record<ReadingPurpose, readonly CardState[]>> = {
  'hand-over': ['at-unit'],
  'account-raised': ['handed-over'],
  'account-activated': ['handed-over'],
  'identity-checked': ['produced', 'at-unit', 'handed-over', 'blocked', 'revoked', 'expired'],
}

/**
 * What a reading found: the card itself; its files on a chip that has not their key; another card; files that nobody
 * signed whom the installation trusts; files that are not as they were signed; a chip that its zone or access number
 * does not open; a chip that was taken away.
 */
export const readingOutcomes = [
  'original',
  'copy',
  'another-card',
  'signer-unknown',
  'not-genuine',
  'not-opened',
  'broken-off',
] as const
export type ReadingOutcome = (typeof readingOutcomes)[number]
