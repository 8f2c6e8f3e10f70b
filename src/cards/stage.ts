/** How far a card has come, in the order in which it comes there; whoever came back to a place where it waits for its holder is `uncollected` too. */
export const pathStages = ['to-plan', 'in-batch', 'made', 'in-box', 'at-unit', 'at-school', 'on-list', 'handed-over'] as const

/** What stands beside the path: made by others without an order of ours, missing from a box, kept by an authority. */
export const besideStages = ['elsewhere', 'missing', 'withheld'] as const

export type Stage = (typeof pathStages)[number] | (typeof besideStages)[number]

export const stages = [...pathStages, ...besideStages] as const

/** What a list can be of: one stage, or all that lies somewhere and waits for its holder. */
export const listed = [...stages, 'uncollected'] as const
export type Listed = (typeof listed)[number]

/** From so many days on a card that nobody collected is to be chased (domain.md 8, pain 16). */
export const chasedAfterDays = 30
