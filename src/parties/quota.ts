/** How often clients may call. Pure. */

export const quotaKinds = ['sign-in', 'verification'] as const
export type QuotaKind = (typeof quotaKinds)[number]

export type Quota = { readonly perMinute: number; readonly perDay: number }

export type QuotaResult = { readonly left: number } | { readonly over: true; readonly resetsAt: Date }
