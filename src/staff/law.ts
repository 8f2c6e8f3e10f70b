import { policy } from '../platform/law.ts'
import type { Patience } from '../platform/limits/patience.ts'

/** The house's own limits of officers' sessions. Pure. */

/** A session that nobody uses ends after so many minutes, and every session after so many hours: a shift. */
export const sessionLimits = policy('staff.session', { idleMinutes: 30, hours: 12 })

/** Wrong passwords of an officer: three cost nothing, then each is waited for, longer each time. */
export const passwordTries = policy<Patience>('staff.password-tries', { free: 3, first: 2, longest: 15 * 60 })

/** Days after a sign-in that a browser proposes who signed in from it. */
export const recentDays = policy('staff.recent-days', 30)
