import * as audit from '../audit/audit.ts'
import type { Id } from '../platform/ids.ts'
import type { Work } from '../platform/work.ts'
import { optedOut } from './message.ts'
import { auditSubjectOf } from './queue.ts'
import type { ParsedRecipient } from './recipient.ts'
import * as store from './store-opt-out.ts'

/**
 * Reminders and invitations may be refused; what is owed of a procedure that a person began, and codes, may not
 * (law.ts). Deeds: opt-out.noted, opt-out.ended, and message.undeliverable of what waited. They name no
 * address.
 */

type Address = Pick<ParsedRecipient, 'kind' | 'address'>

/** The person who refuses on a page of their own: the deed stands among theirs. */
type By = { readonly personId?: Id<'person'> }

/** Notes that an address refuses, and ends what waits to go there and may be refused. Done by the house. */
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
  for (const message of await store.endRefusableTo(work, address)) {
    const { template, language, kind: to, aboutKind, aboutId } = message
    await audit.record(work, 'message.undeliverable', auditSubjectOf(message), {
      template,
      language,
      to,
      about: { kind: aboutKind, id: aboutId },
      code: optedOut,
    })
  }
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
