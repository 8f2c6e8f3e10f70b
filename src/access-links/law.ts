import { policy } from '../platform/law.ts'
import type { GrowingWait } from '../platform/throttling/growing-wait.ts'

/** The installation's own limits of links: no act that was read says anything of them. Pure. */

/**
 * Wrong PINs of one link, from wherever they come: five cost nothing, then each is waited for, longer each time. Of six
 * digits that leaves about a hundred guesses a day.
 */
export const pinTries = policy<GrowingWait>('access-links.pin-tries', { free: 5, first: 30, longest: 15 * 60 })

/** A session behind a link ends after so many hours, whatever is done. */
export const linkSessionHours = policy('access-links.session-hours', 12)

/** For how many days at most a link is given. */
export const longestDays = policy('access-links.longest-days', { class: 200, group: 200, family: 366 })

/** Days for which a phone keeps a sealed copy to be read without a line; the link's end removes it before. */
export const offlineDays = policy('access-links.offline-days', 7)

/** Days after which a session that is over is removed; within them its browser may learn that the link has ended. */
export const sessionKeptDays = policy('access-links.session-kept-days', 8)
