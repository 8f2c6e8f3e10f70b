/**
 * Warnings that a planner may confirm; those of `needsOrder` need a commander's order. When each is given:
 * sessions/checks.ts. Those of `crewWarnings` stand beside a team before it is chosen, too: sessions/crew.ts.
 */
export const crewWarnings = ['team-small', 'members-away', 'overtime', 'no-kit'] as const

export const planWarnings = ['holiday', 'sunday', 'outside-hours', 'site-hours', 'capacity', ...crewWarnings] as const

export type PlanWarning = (typeof planWarnings)[number]

export const needsOrder: readonly PlanWarning[] = ['holiday', 'sunday', 'outside-hours']
