import type { Authority, OpenWork, Work } from '../../platform/work.ts'
import type { FollowChange, GatewayReceipt } from '../channels/channel.ts'
import type { Channels } from '../channels/channels.ts'
import { receiptAsking, strayReceiptDays } from '../law.ts'
import type { MessageId, MessageState } from '../message.ts'
import { parseRecipient } from '../recipient.ts'
import { sealingPlaceOf } from '../store.ts'
import { keepFollowers } from '../store-followers.ts'
import * as store from '../store-receipts.ts'
import { dueMessagesOf } from '../store-sending.ts'
import { afterRefusal, type Ended, endWith } from './ends.ts'

/**
 * What gateways say later. In: receipts by the gateway's names. Decided: which message each is of, and what it becomes
 * once all its parts have one. Out: delivered, or refused, which goes on by another channel. A receipt that comes late
 * still mends what was thought unknown. Deeds: message.delivered, message.undeliverable, message.other-way.
 */

/** States that a receipt mends. A message that is being sent anew is left to who sends it. */
const mended: readonly MessageState[] = ['accepted', 'unknown', 'queued', 'failed', 'held', 'given-up', 'undeliverable']
/** States in which it is told of the last attempt that it failed. */
const failing: readonly MessageState[] = ['accepted', 'unknown']

/** Writes what the receipts of some messages come to, as far as all of each attempt are there. */
export async function applyReceipts(work: Work, channels: Channels, ids: readonly MessageId[]): Promise<void> {
  if (ids.length === 0) return
  const messages = new Map((await dueMessagesOf(work, ids)).map(message => [message.id, message]))
  const places = [...messages.values()].map(message => ({ personId: sealingPlaceOf(message), id: message.id }))
  const sums = await store.sumReceipts(work, places)
  await store.setReceipts(work, sums)
  const delivered: Ended[] = []
  const failed: Ended[] = []
  const arrived = new Set(sums.filter(({ receipt }) => receipt === 'delivered').map(({ id }) => id))
  for (const { id, number, via, receipt, code } of sums) {
    const message = messages.get(id)
    if (!message) continue
    // One attempt that arrived is enough; of attempts that failed only the last one says that the message did.
    if (receipt === 'delivered') delivered.push({ message, number: message.attempts, via, end: { state: 'delivered' } })
    else if (!arrived.has(id) && number === message.attempts)
      failed.push({
        message,
        number,
        via,
        end: afterRefusal(work, channels, { message, via, code: code ?? 'receipt' }),
      })
  }
  await endWith(
    work,
    delivered.filter(({ message }, at) => delivered.findIndex(one => one.message.id === message.id) === at),
    mended,
  )
  await endWith(work, failed, failing)
}

/** Keeps what a gateway said of parts, and does what follows. */
export async function takeReceipts(
  work: Work,
  channels: Channels,
  channel: string,
  said: readonly GatewayReceipt[],
): Promise<void> {
  const ids = await store.keepReceipts(
    work,
    said.map(({ gatewayId, receipt, code, address }) => ({
      channel,
      gatewayId,
      receipt,
      ...(code !== undefined && { code: code.slice(0, 40) }),
      ...(address !== undefined && { address: address.slice(0, 40) }),
    })),
  )
  await applyReceipts(work, channels, ids)
}

/** Keeps who follows the account of a channel; a phone that is none is as if it had not been given. */
export const takeFollows = (work: Work, channel: string, changes: readonly FollowChange[]): Promise<void> =>
  keepFollowers(
    work,
    channel,
    changes.map(({ givenPhone, ...change }) => {
      const parsed = givenPhone === undefined ? undefined : parseRecipient({ kind: 'phone', number: givenPhone })
      return { ...change, ...(parsed && !parsed.fault && { phone: parsed.address }) }
    }),
  )

/**
 * Asks gateways that do not say by themselves what became of texts, within bounds (law.ts); what they say is kept as if
 * it had come as a receipt. Outside of a work while it waits for answers. Gives how many had a final word.
 */
export async function askForReceipts(openWork: OpenWork, authority: Authority, channels: Channels): Promise<number> {
  let known = 0
  for (const { name, askReceipt } of [...channels.email, ...channels.phone]) {
    if (!askReceipt) continue
    const { firstAfterMinutes, mostAMinute, atOnce, longestSeconds } = receiptAsking
    // A gateway that is silent holds up the other jobs no longer; whatever is left is asked later.
    const until = performance.now() + longestSeconds * 1000
    const due = await openWork(authority, work =>
      store.takeToAsk(work, {
        channel: name,
        taken: new Date(work.now.getTime() - firstAfterMinutes * 60_000),
        limit: mostAMinute,
      }),
    )
    const said: GatewayReceipt[] = []
    const askOn = async (): Promise<void> => {
      for (let id = due.pop(); id !== undefined && performance.now() < until; id = due.pop()) {
        const receipt = await askReceipt(id)
        if (receipt) said.push(receipt)
      }
    }
    await Promise.all(Array.from({ length: atOnce }, askOn))
    if (said.length > 0) await openWork(authority, work => takeReceipts(work, channels, name, said))
    known += said.length
  }
  return known
}

/**
 * The same number as others write it: hexadecimal where it is decimal, and the other way round, with or without zeros.
 */
export function otherSpellings(id: string): string[] {
  const spellings = new Set<string>([id.toLowerCase(), id.toUpperCase(), id.replace(/^0+(?=.)/, '')])
  if (/^\d{1,20}$/.test(id)) {
    const hex = BigInt(id).toString(16)
    for (const one of [hex, hex.toUpperCase(), hex.padStart(8, '0'), hex.toUpperCase().padStart(8, '0')])
      spellings.add(one)
  }
  if (/^(?:0x)?[0-9a-f]{1,16}$/i.test(id)) spellings.add(BigInt(`0x${id.replace(/^0x/i, '')}`).toString(10))
  spellings.delete(id)
  return [...spellings]
}

/** Seconds after which a receipt without a message is looked for under other spellings of its name. */
const straySeconds = 5

/**
 * Receipts whose name nobody knows: gateways that give hexadecimal names write them in decimal in receipts. Another
 * spelling counts only where the phone is the same, so that no message takes another's receipt. Gives how many were
 * found.
 */
export async function matchStrays(work: Work, channels: Channels): Promise<number> {
  const before = (seconds: number) => new Date(work.now.getTime() - seconds * 1000)
  const strays = await store.holdStrays(work, before(straySeconds))
  let found = 0
  for (const [channel, theirs] of Map.groupBy(strays, one => one.channel)) {
    const sought = theirs.flatMap(({ gatewayId, address }) =>
      otherSpellings(gatewayId).map(spelling => ({ gatewayId: spelling, address: address ?? '' })),
    )
    const known = await store.partsWithoutReceipt(work, channel, sought)
    const matched = theirs.flatMap(stray => {
      const spellings = otherSpellings(stray.gatewayId)
      const ours = known.filter(one => one.address === stray.address && spellings.includes(one.gatewayId))
      return ours.length === 1 && ours[0] ? [{ stray, gatewayId: ours[0].gatewayId }] : []
    })
    await takeReceipts(
      work,
      channels,
      channel,
      matched.map(({ stray, gatewayId }) => ({
        gatewayId,
        receipt: stray.receipt,
        ...(stray.code !== null && { code: stray.code }),
      })),
    )
    await store.dropStrays(
      work,
      channel,
      matched.map(({ stray }) => stray.gatewayId),
    )
    found += matched.length
  }
  await store.dropOldStrays(work, before(strayReceiptDays * 86_400))
  return found
}
