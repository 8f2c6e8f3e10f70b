/** The steps of a capture, in the order in which an officer goes through them. */

export const steps = ['compare', 'portrait', 'fingers', 'phone', 'sign', 'receipt'] as const

export type Step = (typeof steps)[number]
