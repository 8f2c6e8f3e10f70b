/** What an old card can be: an identity card of nine digits, a card of the law of 2014, or one of the law of 2023. */
export const oldKinds = ['cmnd9', 'cccd', 'can-cuoc'] as const
export type OldKind = (typeof oldKinds)[number]
