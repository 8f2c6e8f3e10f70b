import { ruleOn } from '../platform/law.ts'
import { macOf } from '../platform/sealing/sealing.ts'
import type { Work } from '../platform/work.ts'
import { bouncedDays } from './law.ts'
import * as store from './store-bounced.ts'

/**
 * Phones and mailboxes that received nothing. Marked once every channel of a message refused one, or a receipt says
 * that nothing arrived; the messages that follow go another way at once where they have one. The mark ends with the
 * first message that arrives there, or after its days (law.ts). Done by the house.
 */

const keyOf = (address: string) => macOf('code', `bounced\n${address}`)

const dayLength = 86_400_000

/** What a channel refuses for what a message says, and not for where it goes. */
const faultsOfText = /^(?:message-length|text-refused|no-template|REJECTD|DELETED)/

/** Whether a refusal with a code says that an address receives nothing. */
export const isFaultOfAddress = (code: string | undefined) => code === undefined || !faultsOfText.test(code)

export const markBounced = (house: Work, addresses: readonly string[]): Promise<void> =>
  store.insertBounced(house, addresses.map(keyOf))

/** Something arrived there. */
export const endBounced = (house: Work, addresses: readonly string[]): Promise<void> =>
  store.deleteBounced(house, addresses.map(keyOf))

const earliest = (work: Work) => new Date(work.now.getTime() - ruleOn(bouncedDays, work.today, work) * dayLength)

/** Those of some addresses that received nothing of late. */
export async function bouncedAmong(house: Work, addresses: readonly string[]): Promise<ReadonlySet<string>> {
  const found = await store.findBounced(house, addresses.map(keyOf), earliest(house))
  return new Set(found.size > 0 ? addresses.filter(address => found.has(keyOf(address).toString('hex'))) : [])
}

export const forgetOldBounced = (house: Work): Promise<void> => store.deleteBouncedBefore(house, earliest(house))
