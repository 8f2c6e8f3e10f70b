/**
 * Warnings that a planner may confirm; those of `needsOrder` need a commander's order. When each is given:
 * sessions/checks.ts.
 */
export const planWarnings = ['holiday', 'sunday', 'outside-hours', 'site-hours', 'capacity'] as const

export type PlanWarning = (typeof planWarnings)[number]

export const needsOrder: readonly PlanWarning[] = ['holiday', 'sunday', 'outside-hours']
