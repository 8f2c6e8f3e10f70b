import { campaignList } from '../../../src/campaign/cohorts/contract.ts'
import { figureFunnel, quickStatistics } from '../../../src/statistics/contract.ts'
import { useAsk } from '../base/use-endpoint.ts'
import { useMay } from '../shell/session.tsx'

/**
 * The open campaign that a unit's day is about, with its figures and where people stopped; nothing where there is none.
 */
export function useFirstCampaign() {
  const may = useMay('campaign.figures')
  const list = useAsk(campaignList, {}, { when: may, together: true })
  const campaign = list.data?.campaigns.find(({ id }) => id === list.data?.first)
  const asked = { params: { id: campaign?.id ?? '' }, query: {} }
  const quick = useAsk(quickStatistics, asked, { when: campaign !== undefined, together: true })
  const funnel = useAsk(figureFunnel, asked, { when: campaign !== undefined, together: true })
  return {
    campaign,
    sheet: quick.data,
    funnel: funnel.data,
    error: quick.error,
    refetch: quick.refetch,
    /** Whether it is known that there is none. */
    none: !may || (list.data !== undefined && campaign === undefined) || list.error !== null,
    waiting: list.isLoading || quick.isLoading,
  }
}
