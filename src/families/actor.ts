import type { Id } from '../platform/ids.ts'
import type { Actor, Authority } from '../platform/work.ts'

/**
 * Who stands before a page without an account: a receipt or a family’s link, as the audit and "who looked" name them.
 */
export type Visitor = {
  readonly by: Actor & { readonly kind: 'receipt-holder' | 'family-link' }
  readonly requestId: string
  /** The unit whose link it is, where a unit issued it. */
  readonly unitId?: Id<'unit'> | undefined
}

const purpose = 'own-page'

/**
 * Reading one person’s own rows and nobody else’s, whatever is asked: row-level security holds the work to it. Of a
 * link, whom it is about comes from rows that the database ties to the link.
 */
export const authorityToRead = ({ by, unitId, requestId }: Visitor, personId: Id<'person'>): Authority => ({
  by,
  ...(unitId && { unitId }),
  scope: by.kind === 'family-link' ? { units: [], parts: [by.id] } : 'none',
  ownOf: personId,
  purpose,
  requestId,
})

/**
 * What follows from a deed is counted and told beyond the person, so that it sees the house. It writes rows of this
 * person alone: the database refuses any other, and this one, too, where the link does not show them today or the
 * receipt is not theirs (`families.own_person`).
 */
export const authorityToAct = ({ by, unitId, requestId }: Visitor, personId: Id<'person'>): Authority => ({
  by,
  ...(unitId && { unitId }),
  scope: 'house',
  ownOf: personId,
  purpose,
  requestId,
})
