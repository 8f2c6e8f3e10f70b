import { policy } from '../platform/law.ts'
import type { GrowingWait } from '../platform/throttling/growing-wait.ts'

/** The house's own limits of officers' passwords and sessions. Pure. */

/** A session that nobody uses ends after so many minutes, and every session after so many hours: a shift. */
export const sessionLimits = policy('staff.session', { idleMinutes: 30, hours: 12 })

/** Wrong passwords of an officer: three cost nothing, then each is waited for, longer each time. */
export const passwordTries = policy<GrowingWait>('staff.password-tries', { free: 3, first: 2, longest: 15 * 60 })

/** Days after a sign-in that a browser proposes who signed in from it. */
export const recentDays = policy('staff.recent-days', 30)

/**
 * An officer's own password: how many signs it has at least and at most, and how many different ones. Length counts,
 * mixtures do not (NIST SP 800-63B, 3.1.1.2).
 */
export const passwordLimits = { least: 10, most: 200, differentSigns: 4 } as const

/** A session that was read is asked of the database again after so many seconds; so many are kept. */
export const sessionCache = { seconds: 5, most: 5000 } as const

/** Sign-ins of officers a minute and address. */
export const signInsAMinute = 60
