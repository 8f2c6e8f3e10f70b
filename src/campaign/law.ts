import { policy } from '../platform/law.ts'

/** The house's own numbers of campaigns and of lists for the door. Pure. */

/** Days that a campaign without a deadline waits for people to come of age. */
export const openEndedDays = policy('campaign.open-ended-days', 366)

/**
 * Ages at which the bands of a campaign begin: the law's own (LCCCD Art. 21), and the ends of schooling. A campaign
 * keeps the bands with which it was made.
 */
export const bandAges = [14, 18, 25, 40, 60] as const

/** Days that a visit list runs: it is for one walk; after that it would tell what is no longer so. */
export const visitListDays = policy('campaign.house-list-days', { usual: 14, longest: 60 })

/** People on a visit list: more doors than a group can knock at before its list is over. */
export const longestVisitList = 500

/** Units that a reminder names one by one: nobody in a group reads more; above, the text counts units by district. */
export const unitsNamedInReminder = 20

/** Filters of lists that one officer keeps: more nobody finds again. */
export const mostSavedFilters = 30

/** Days after a reminder in which nobody is reminded again, by whichever unit. */
export const reminderPauseDays = policy('campaign.reminder-pause-days', 7)

/** People whom one deed reminds: each message is a deed and a job of its own. */
export const mostReminded = 500

/** Days for which a member of a community group usually gets a link to its lists; the longest is of all links. */
export const groupLinkDays = policy('campaign.group-link-days', 30)

/**
 * A parent's phone is used for somebody younger who has none. Pupils of the last year are eighteen, and their school
 * tells their parents too; no parent is told of a grown person's affairs.
 */
export const parentsToldBelowAge = policy('campaign.parents-told-below-age', 20)
