/** How often clients may call. Pure. */

export const quotaKinds = ['sign-in', 'verification'] as const
export type QuotaKind = (typeof quotaKinds)[number]

export type Quota = { readonly perMinute: number; readonly perDay: number }

/**
 * The quota unless an officer set another. A live client has to bear the last minute of a registration (two thousand
 * sign-ins and more); a sandbox needs as many as people type.
 */
export const usualQuota: Readonly<Record<QuotaKind, Readonly<Record<'live' | 'sandbox', Quota>>>> = {
  'sign-in': { live: { perMinute: 6000, perDay: 300_000 }, sandbox: { perMinute: 60, perDay: 2000 } },
  verification: { live: { perMinute: 20_000, perDay: 1_000_000 }, sandbox: { perMinute: 600, perDay: 20_000 } },
}

/** The highest quota that an officer can set. */
export const maximumQuota: Quota = { perMinute: 1_000_000, perDay: 100_000_000 }

export type QuotaResult = { readonly left: number } | { readonly over: true; readonly resetsAt: Date }
