import { policy } from '../platform/law.ts'

/** The house's own spans of figures. Pure. */

/** Working days over which the recent pace is taken. */
export const recentDays = policy('statistics.recent-working-days', 10)
