import * as audit from '../audit/audit.ts'
import type { Work } from '../platform/work.ts'
import type { ParsedRecipient } from './recipient.ts'
import * as store from './store-opt-out.ts'

/**
 * Reminders and invitations may be refused; what is owed of a procedure that a person began, and codes, may not
 * (law.ts). Deeds: opt-out.noted, opt-out.ended. They name no address.
 */

type Address = Pick<ParsedRecipient, 'kind' | 'address'>

/** Notes that an address refuses; again changes nothing. Done by the house. */
export async function optOut(work: Work, { kind, address }: Address, how: store.OptOutWay): Promise<void> {
  if (await store.insertOptOut(work, address, how))
    await audit.record(work, 'opt-out.noted', { kind: 'opt-out', id: work.id }, { to: kind, how })
}

/** The address may be reminded again. */
export async function endOptOut(work: Work, { kind, address }: Address): Promise<void> {
  if (await store.deleteOptOut(work, address))
    await audit.record(work, 'opt-out.ended', { kind: 'opt-out', id: work.id }, { to: kind })
}
