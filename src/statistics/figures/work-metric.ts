import type { WorkMetric } from '../../campaign/campaign.ts'
import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Work } from '../../platform/work.ts'
import * as store from './store-session-work.ts'

export type WorkTotal = { readonly unitId: Id<'unit'>; readonly day: Day; readonly value: number }

/**
 * What was held and worked for a campaign by the end of some days, by the unit whose session it was. Hours are whole.
 */
export const workTotals = (
  work: Work,
  campaignId: Id<'campaign'>,
  metric: WorkMetric,
  days: readonly Day[],
): Promise<WorkTotal[]> => store.findWorkTotals(work, campaignId, metric, days)
