import type { Id } from '../platform/ids.ts'

/** A relying party: an organisation whose services people sign in to, or that asks for checks. Pure. */

export type PartyId = Id<'party'>

export const partyKinds = ['state-body', 'other'] as const
export type PartyKind = (typeof partyKinds)[number]

export const partyStates = ['draft', 'submitted', 'approved', 'refused', 'suspended'] as const
export type PartyState = (typeof partyStates)[number]

/** Officer or engineer, by whom something was registered, submitted or decided. */
export type Hand = { readonly kind: string; readonly id: string }

export type Party = {
  readonly id: PartyId
  readonly nameVi: string
  readonly nameEn: string
  readonly kind: PartyKind
  /** The text and article by which it may know personal numbers and residence. */
  readonly basis?: { readonly text: string; readonly article: string }
  readonly contact: { readonly name: string; readonly email: string }
  readonly state: PartyState
  readonly registeredBy: Hand
  readonly registeredAt: Date
  readonly submittedBy?: Hand
  readonly submittedAt?: Date
  readonly decidedAt?: Date
  readonly reason?: string
}

/** From each state, the states a party may go to. One that was refused may be mended and submitted again. */
export const partyMoves: Record<PartyState, readonly PartyState[]> = {
  draft: ['submitted'],
  submitted: ['draft', 'approved', 'refused'],
  refused: ['draft', 'submitted'],
  approved: ['suspended'],
  suspended: ['approved'],
}

export const mayMove = (from: PartyState, to: PartyState): boolean => partyMoves[from].includes(to)

/** Who may be edited: once it is approved, people consent to what it is called. */
export const mayEdit = (state: PartyState): boolean => state === 'draft' || state === 'refused'

/** Nobody approves what they registered or submitted, and nobody in whose place they did so. */
export const isOwnWork = (by: { id: string; onBehalfOf?: string }, ...hands: readonly (Hand | undefined)[]): boolean =>
  hands.some(hand => hand !== undefined && (hand.id === by.id || hand.id === by.onBehalfOf))
