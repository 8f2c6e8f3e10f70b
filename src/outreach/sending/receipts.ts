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
import { afterRefusal, type Ended, endWith, withoutRefused } from './ends.ts'

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
    if (receipt === 'delivered')
      delivered.push({
        ...{ message, number: message.attempts, via, end: { state: 'delivered' } },
        hasArrivedThere: number === message.attempts,
      })
    else if (!arrived.has(id) && number === message.attempts)
      failed.push({
        message,
        number,
        via,
        isRefused: true,
        end: afterRefusal(work, channels, { message, via, code: code ?? 'receipt' }),
      })
  }
  await endWith(
    work,
    delivered.filter(({ message }, at) => delivered.findIndex(one => one.message.id === message.id) === at),
    mended,
  )
  await endWith(work, await withoutRefused(work, failed), failing)
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

/**
 * The name of the part that a receipt is of, as it was given to us: gateways that give decimal names write them in
 * hexadecimal in receipts, so that "10" is the sixteenth part. A name counts only where the part went to the phone that
 * the receipt names, so that no message takes another's receipt; where none did, the receipt waits.
 */
async function ownNames(
  work: Work,
  channel: string,
  said: readonly GatewayReceipt[],
): Promise<ReadonlyMap<GatewayReceipt, string>> {
  const ofPhones = said.flatMap(one => (one.address === undefined ? [] : [{ one, address: one.address }]))
  const find = async (
    receipts: typeof ofPhones,
    spellingsOf: (id: string) => readonly string[],
  ): Promise<[GatewayReceipt, string][]> => {
    const sought = receipts.map(({ one, address }) => ({ one, address, names: spellingsOf(one.gatewayId) }))
    const parts = await store.partsToPhones(
      work,
      channel,
      sought.flatMap(({ address, names }) => names.map(gatewayId => ({ gatewayId, address }))),
    )
    const known = new Set(parts.map(({ gatewayId, address }) => `${gatewayId} ${address}`))
    return sought.flatMap(({ one, address, names }): [GatewayReceipt, string][] => {
      const [name, ...others] = names.filter(id => known.has(`${id} ${address}`))
      return name !== undefined && others.length === 0 ? [[one, name]] : []
    })
  }
  const found = new Map(await find(ofPhones, id => [id]))
  const rest = ofPhones.filter(({ one }) => !found.has(one))
  return new Map([...found, ...(await find(rest, otherSpellings))])
}

/** Keeps what a gateway said of parts, and does what follows. */
export async function takeReceipts(
  work: Work,
  channels: Channels,
  channel: string,
  said: readonly GatewayReceipt[],
): Promise<void> {
  await store.holdNames(
    work,
    said.flatMap(({ gatewayId, address }) => (address === undefined ? [] : [{ channel, gatewayId }])),
  )
  const names = await ownNames(work, channel, said)
  const ids = await store.keepReceipts(
    work,
    said.map(one => {
      const { gatewayId, receipt, code, address } = one
      const name = names.get(one)
      return {
        channel,
        gatewayId: name ?? gatewayId,
        receipt,
        ...(code !== undefined && { code: code.slice(0, 40) }),
        ...(address !== undefined && name === undefined && { address: address.slice(0, 40) }),
      }
    }),
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

/** Seconds after which a receipt that waits for its message is looked at again. */
const straySeconds = 5

/** Receipts that came before the answer to their part was written. Gives how many found theirs. */
export async function matchStrays(work: Work, channels: Channels): Promise<number> {
  const before = (seconds: number) => new Date(work.now.getTime() - seconds * 1000)
  const strays = await store.holdStrays(work, before(straySeconds))
  let found = 0
  for (const [channel, theirs] of Map.groupBy(strays, one => one.channel)) {
    const receipts = theirs.map(({ gatewayId, receipt, code, address }) => ({
      gatewayId,
      receipt,
      address,
      ...(code !== null && { code }),
    }))
    const names = await ownNames(work, channel, receipts)
    const isFound = (_one: unknown, at: number) => receipts[at] !== undefined && names.has(receipts[at])
    await store.dropStrays(work, theirs.filter(isFound))
    await takeReceipts(work, channels, channel, receipts.filter(isFound))
    found += names.size
  }
  await store.dropOldStrays(work, before(strayReceiptDays * 86_400))
  return found
}
