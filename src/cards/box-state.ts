/** How far a box has come. */
export const boxStates = ['open', 'sealed', 'sent', 'received', 'counted'] as const
export type BoxState = (typeof boxStates)[number]
