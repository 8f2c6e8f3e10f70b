export const planStates = ['draft', 'accepted', 'dropped'] as const
export type PlanState = (typeof planStates)[number]

/** A plan that waits or runs has none yet; one that was stopped has the best so far. */
export const solvingStates = ['waiting', 'running', 'done', 'stopped', 'failed'] as const
export type SolvingState = (typeof solvingStates)[number]
