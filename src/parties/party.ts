import type { Id } from '../platform/ids.ts'

/** A relying party: an organisation whose services people sign in to, or that requests checks. Pure. */

export type PartyId = Id<'party'>

export const partyKinds = ['state-body', 'other'] as const
export type PartyKind = (typeof partyKinds)[number]

export const partyStates = ['draft', 'submitted', 'approved', 'refused', 'suspended'] as const
export type PartyState = (typeof partyStates)[number]

/** The officer or engineer who registered, submitted or decided something. */
export type PersonReference = { readonly kind: string; readonly id: string }

export type Party = {
  readonly id: PartyId
  readonly nameVi: string
  readonly nameEn: string
  readonly kind: PartyKind
  /** The law and article that allow it personal numbers and residence. */
  readonly basis?: { readonly text: string; readonly article: string }
  readonly contact: { readonly name: string; readonly email: string }
  readonly state: PartyState
  readonly registeredBy: PersonReference
  readonly registeredAt: Date
  readonly submittedBy?: PersonReference
  readonly submittedAt?: Date
  readonly decidedAt?: Date
  readonly reason?: string
}

/** From each state, the states a party may go to. A refused one may be corrected and submitted again. */
export const partyTransitions: Record<PartyState, readonly PartyState[]> = {
  draft: ['submitted'],
  submitted: ['draft', 'approved', 'refused'],
  refused: ['draft', 'submitted'],
  approved: ['suspended'],
  suspended: ['approved'],
}

export const mayTransition = (from: PartyState, to: PartyState): boolean => partyTransitions[from].includes(to)

/** Whether a party may be edited. After the approval people consent to its name. */
export const mayEdit = (state: PartyState): boolean => state === 'draft' || state === 'refused'
