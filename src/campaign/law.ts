import { policy } from '../platform/law.ts'

/** The house's own limits of campaigns and of lists for the door. Pure. */

/** Days that a campaign without a deadline waits for people to come of age. */
export const openEndedDays = policy('campaign.open-ended-days', 366)

/** Days that a list runs: it is for one walk; after that it would tell what is no longer so. */
export const houseListDays = policy('campaign.house-list-days', { usual: 14, longest: 60 })
