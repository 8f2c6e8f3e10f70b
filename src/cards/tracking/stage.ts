/** How far a card has come, in the order in which it comes there. */
export const pathStages = [
  'to-plan',
  'in-batch',
  'made',
  'in-box',
  'at-unit',
  'at-school',
  'on-list',
  'handed-over',
] as const

/**
 * Stages beside the path: made by others without an order of ours, missing from a box, kept by an authority, or ended
 * before the holder had it and waiting for destruction.
 */
export const besideStages = ['elsewhere', 'missing', 'withheld', 'ended'] as const

export type CardStage = (typeof pathStages)[number] | (typeof besideStages)[number]

export const cardStages: readonly CardStage[] = [...pathStages, ...besideStages]

/** Groups of stages that are listed together: not made yet, made and moving, back and waiting, and all of these. */
export const stageGroups = {
  unmade: ['to-plan', 'in-batch'],
  moving: ['made', 'in-box', 'missing'],
  uncollected: ['at-unit', 'at-school', 'on-list'],
  coming: ['to-plan', 'in-batch', 'made', 'in-box', 'missing', 'at-unit', 'at-school', 'on-list'],
} as const satisfies Readonly<Record<string, readonly CardStage[]>>

/** What a list can be of: one stage, or some together. */
export type StageOrGroup = CardStage | keyof typeof stageGroups
export const stagesAndGroups: readonly StageOrGroup[] = [...cardStages, 'unmade', 'moving', 'uncollected', 'coming']
