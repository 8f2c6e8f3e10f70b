import * as audit from '../../audit/audit.ts'
import type { Work } from '../../platform/work.ts'
import type { Channel } from '../channels/channel.ts'
import type { Channels } from '../channels/channels.ts'
import { isLost, type MessageId, type MessageState } from '../message.ts'
import { auditSubjectOf } from '../queue.ts'
import { sealingPlaceOf } from '../store.ts'
import * as store from '../store-sending.ts'

/** What messages become, by an answer or by a receipt: written many at once, each with its deed. */

/** The channels of a kind of address, the first first; a letter on paper has none. */
export const channelsOf = (channels: Channels, kind: store.DueMessage['kind']): readonly Channel[] =>
  kind === 'letter' ? [] : channels[kind]

/** The deeds that a delivery ends in; a try that is put off is kept as an attempt alone. */
const deeds: Partial<Record<MessageState, string>> = {
  accepted: 'message.accepted',
  delivered: 'message.delivered',
  sent: 'message.sent',
  'given-up': 'message.given-up',
  undeliverable: 'message.undeliverable',
  unknown: 'message.unknown',
}

/** A message in a deed: whom it is about is its subject; never its words. */
export const factsOf = ({ template, kind, aboutKind, aboutId }: store.DueMessage) => ({
  template,
  to: kind,
  about: { kind: aboutKind, id: aboutId },
})

/** What a message became, in the order in which deeds tell it. */
export type Ended = {
  readonly message: store.DueMessage
  /** The number of the attempt that it ended with. */
  readonly number: number
  readonly via: string
  readonly end: Omit<store.MessageEnd, 'personId' | 'id' | 'number'>
}

/**
 * A message that was refused for good goes on to the next channel of its address, else to its next way; else it is
 * undeliverable. Never after an outcome that is unknown: the first may have arrived.
 */
export function afterRefusal(
  work: Work,
  channels: Channels,
  { message, via, code }: { message: store.DueMessage; via: string; code?: string | undefined },
): Ended['end'] {
  const met = code === undefined ? {} : { code }
  const refused = new Set([...message.refusedBy, via])
  if (channelsOf(channels, message.kind).some(({ name }) => !refused.has(name)))
    return { state: 'queued', nextAt: work.now, tries: 0, refusedBy: via, ...met }
  // A letter is sent by nobody: it waits for paper.
  if (message.nextKind === 'letter') return { state: 'to-print', tries: 0, nextWay: true, ...met }
  if (message.nextKind) return { state: 'queued', nextAt: work.now, tries: 0, nextWay: true, ...met }
  return { state: 'undeliverable', refusedBy: via, ...met }
}

/** Writes what messages became, and records it; gives those that stood as they were expected to. */
export async function endWith(
  work: Work,
  ended: readonly Ended[],
  from: readonly MessageState[],
): Promise<ReadonlySet<MessageId>> {
  const written = new Set(
    await store.endMessages(
      work,
      ended.map(({ message, number, end }) => ({
        personId: sealingPlaceOf(message),
        id: message.id,
        number,
        ...end,
      })),
      { from },
    ),
  )
  for (const { message, number, via, end } of ended) {
    const deed = end.nextWay ? 'message.other-way' : deeds[end.state]
    if (!deed || !written.has(message.id)) continue
    const facts = {
      ...factsOf(message),
      via,
      attempts: number,
      ...(end.code && { code: end.code }),
      // Somebody follows it up.
      ...(isLost(message.state) && { late: true }),
    }
    await audit.record(work, deed, auditSubjectOf(message), facts)
  }
  return written
}
