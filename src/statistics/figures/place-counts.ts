import * as campaign from '../../campaign/campaign.ts'
import { type Work, withHouseScope } from '../../platform/work.ts'
import { columnsOf } from '../milestone-column.ts'
import { statisticsProblem } from '../problems.ts'
import * as store from './store-place.ts'

export type { PlacePeople } from './store-place.ts'

/**
 * How many people of a campaign are at which school or live in which commune, since when they are meant, and since when
 * they have what a metric counts. Of every place of the campaign, counts alone: the caller shows nobody, and no place
 * outside of the scope by its name. A metric of level 1 counts whoever has either level.
 */
export async function countByPlace(
  work: Work,
  id: campaign.CampaignId,
  { metric, band }: { readonly metric: campaign.PersonMetric; readonly band: number },
): Promise<store.PlacePeople[]> {
  if (band !== 0 && !(await campaign.bandNamesOf(work, id)).some(part => part.band === band))
    throw statisticsProblem('figure-part-unknown', { band })
  return withHouseScope(work, house => store.selectPlacePeople(house, id, { column: columnsOf[metric].has, band }))
}
