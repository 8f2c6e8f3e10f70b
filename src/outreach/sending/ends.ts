import * as audit from '../../audit/audit.ts'
import type { Work } from '../../platform/work.ts'
import { endBounced, isFaultOfAddress, markBounced } from '../bounced.ts'
import type { Channel } from '../channels/channel.ts'
import type { Channels } from '../channels/channels.ts'
import { isLost, type MessageId, type MessageState, optedOut } from '../message.ts'
import { auditSubjectOf } from '../queue.ts'
import { sealingPlaceOf } from '../store.ts'
import * as store from '../store-sending.ts'
import { isInTime, refusedAmong } from '../ways.ts'

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
  /** Whether the channel, or its gateway later, refused it for good. */
  readonly isRefused?: boolean
  /** Whether something arrived at the address that it has, where this tells it. */
  readonly hasArrivedThere?: boolean
}

/** Turns a message to the first of its further ways that is still of use; undefined where it has none. */
export function nextWayOf(work: Work, { otherWays }: store.DueMessage): Ended['end'] | undefined {
  const nextWay = otherWays.findIndex(way => isInTime(way, work.today))
  const way = otherWays[nextWay]
  if (!way) return undefined
  // A letter is sent by nobody: it waits for paper.
  if (way.kind === 'letter') return { state: 'to-print', tries: 0, nextWay }
  return { state: 'queued', nextAt: work.now, tries: 0, nextWay }
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
  const next = nextWayOf(work, message)
  return next ? { ...next, ...met } : { state: 'undeliverable', refusedBy: via, ...met }
}

/** What may be refused goes no other way where its person meanwhile refused it at one of its addresses. */
export async function withoutRefused(work: Work, ended: readonly Ended[]): Promise<readonly Ended[]> {
  const turned = ended.filter(({ message, end }) => message.refusable && end.nextWay !== undefined)
  if (turned.length === 0) return ended
  const addressed = turned.map(one => {
    const { address, otherWays, formerAddresses } = one.message
    return { one, address, others: [...otherWays.map(way => way.address), ...formerAddresses] }
  })
  const refused = new Set([...(await refusedAmong(work, addressed))].map(({ one }) => one))
  return ended.map(one => (refused.has(one) ? { ...one, end: { state: 'undeliverable', code: optedOut } } : one))
}

const addressAtEnd = ({ message }: Ended) => message.address

/** Whether all channels of an address refused a message there. */
const hasBounced = ({ message, end, isRefused }: Ended) =>
  isRefused === true &&
  message.kind !== 'letter' &&
  (end.state === 'undeliverable' || end.nextWay !== undefined) &&
  isFaultOfAddress(end.code)

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
  const stood = ended.filter(({ message }) => written.has(message.id))
  await markBounced(work, stood.filter(hasBounced).map(addressAtEnd))
  await endBounced(work, stood.filter(({ hasArrivedThere }) => hasArrivedThere).map(addressAtEnd))
  for (const one of ended) {
    const { message, number, via, end } = one
    const deed = end.nextWay === undefined ? deeds[end.state] : 'message.other-way'
    if (!deed || !written.has(message.id)) continue
    const facts = {
      ...factsOf(message),
      via,
      attempts: number,
      ...(end.code && { code: end.code }),
      ...(end.nextWay !== undefined && hasBounced(one) && { bounced: true }),
      // Somebody follows it up.
      ...(isLost(message.state) && { late: true }),
    }
    await audit.record(work, deed, auditSubjectOf(message), facts)
  }
  return written
}
