import { policy } from '../platform/law.ts'

/** The house's own limits of officers' sessions. Pure. */

/** A session that nobody uses ends after so many minutes, and every session after so many hours: a shift. */
export const sessionLimits = policy('staff.session', { idleMinutes: 30, hours: 12 })

/** Days after a sign-in that a browser proposes who signed in from it. */
export const recentDays = policy('staff.recent-days', 30)
