/** How often clients may call. Pure. */

export const quotaKinds = ['sign-in', 'verification'] as const
export type QuotaKind = (typeof quotaKinds)[number]

export type Quota = { readonly perMinute: number; readonly perDay: number }

/** What is usual, as the database takes it: a minute's and a day's. */
export type QuotaLimits = Readonly<Record<'live' | 'sandbox', readonly number[]>>

export type QuotaResult = { readonly left: number } | { readonly over: true; readonly resetsAt: Date }
