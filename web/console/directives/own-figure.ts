import { figureMap, quickStatistics } from '../../../src/statistics/contract.ts'
import { useAsk } from '../base/use-endpoint.ts'
import { useMay } from '../shell/session.tsx'
import type { WholeDirective } from './directive.ts'

/**
 * Our own figures of the metric that is asked for, by unit: communes from the map, the whole and what is right below it
 * from quick statistics.
 */
export function useOwnFigures(
  { question, campaignId, dueOn }: Pick<WholeDirective, 'question' | 'campaignId' | 'dueOn'>,
  today: string,
) {
  const metric = question?.metric
  const when = useMay('campaign.figures') && metric !== undefined && campaignId !== undefined
  const day = dueOn < today ? dueOn : today
  const asked = { params: { id: campaignId ?? '' }, query: { ...(metric && { metric }), day } }
  const { data: map } = useAsk(figureMap, asked, { when })
  const { data: quick } = useAsk(quickStatistics, asked, { when })
  const rows = [...(map?.tiles ?? []), ...(quick ? [quick.whole, ...quick.below] : [])]
  return {
    day,
    metric: when ? metric : undefined,
    of: new Map(rows.map(({ unit, cumulative }) => [unit.id, cumulative])),
  }
}
