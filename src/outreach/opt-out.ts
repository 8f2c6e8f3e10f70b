import * as audit from '../audit/audit.ts'
import type { Id } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import type { ParsedRecipient } from './recipient.ts'
import * as store from './store-opt-out.ts'

/**
 * Reminders and invitations may be refused; what is owed of a procedure that a person began, and codes, may not
 * (law.ts). Deeds: opt-out.noted, opt-out.ended. They name no address.
 */

type Address = Pick<ParsedRecipient, 'kind' | 'address'>

/** The person who refuses on a page of their own: the deed stands among theirs. */
type By = { readonly personId?: Id<'person'> }

/** Notes that an address refuses; again changes nothing. Done by the house. */
export async function optOut(
  work: Work,
  { kind, address }: Address,
  how: store.OptOutWay,
  { personId }: By = {},
): Promise<void> {
  if (await store.insertOptOut(work, address, how))
    await audit.record(
      work,
      'opt-out.noted',
      { kind: 'opt-out', id: work.id, ...(personId && { personId }) },
      { to: kind, how },
    )
}

/** Since when a phone refuses, and how that was said; asked by the house. */
export const optOutOf: (
  work: Work,
  phone: string,
) => Promise<{ readonly how: store.OptOutWay; readonly since: Date } | undefined> = store.findOptOut

/** The address may be reminded again. */
export async function endOptOut(work: Work, { kind, address }: Address, { personId }: By = {}): Promise<void> {
  if (await store.deleteOptOut(work, address))
    await audit.record(
      work,
      'opt-out.ended',
      { kind: 'opt-out', id: work.id, ...(personId && { personId }) },
      { to: kind },
    )
}
