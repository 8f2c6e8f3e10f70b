import type { Id } from '../../platform/ids.ts'

/** What a person of another unit may come to a counter for (NĐ69/2024 Art. 10: level 2 at any commune police). */
export const counterServices = ['account', 'level-two', 'phone', 'information'] as const
export type CounterService = (typeof counterServices)[number]

/** How a consent ends: with the work, by the officer, by itself, or since too many codes were wrong. */
export const consentEnds = ['done', 'left', 'overdue', 'refused'] as const
export type ConsentEnd = (typeof consentEnds)[number]

export type CounterConsentId = Id<'counter-consent'>

/** The deeds with which each service is done; to look at a record alone is done when the officer says so. */
export const deedsOfService = {
  account: ['account.requested'],
  'level-two': ['account.raise-asked'],
  phone: ['account.phone-changed'],
  information: [],
} as const satisfies Record<CounterService, readonly string[]>
