import * as campaign from '../../campaign/campaign.ts'
import type { Day } from '../../platform/day.ts'
import type { Work } from '../../platform/work.ts'

/** The day by which a metric is due: its last batch's, else the deadline that it proves, else the last. */
export async function dueDay(
  work: Work,
  one: campaign.Campaign,
  metric: campaign.Metric,
  targets: readonly campaign.UnitTarget[],
): Promise<Day | null> {
  const batch = targets
    .map(({ dueOn }) => dueOn)
    .sort()
    .at(-1)
  const deadlines = await campaign.deadlinesOf(work, one.id)
  const proves = deadlines.filter(({ proof }) => metric.startsWith(campaign.proofs[proof]))
  return batch ?? proves.at(-1)?.on ?? deadlines.at(-1)?.on ?? null
}
