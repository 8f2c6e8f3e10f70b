import * as campaign from '../../campaign/campaign.ts'
import type { Work } from '../../platform/work.ts'
import { readOpeningBalance } from '../balances/opening-balance.ts'
import type { FigureFunnel } from '../contract.ts'
import { type FigureParams, readFigureQuery, unitsWrittenIn } from '../figure.ts'
import { rateOf } from '../forecast/forecast.ts'
import { type ColumnCounts, metricCount, milestoneColumns, noCounts } from '../milestone-column.ts'
import * as store from './store.ts'

/** From member to done: how many reached each step by the day, and how many at the step before did not. */
export async function readFunnel(work: Work, id: campaign.CampaignId, query: FigureParams): Promise<FigureFunnel> {
  const { unit, day, band, edition, tree } = await readFigureQuery(work, id, query)
  const of = { campaignId: id, band, units: unitsWrittenIn(tree, unit.id), columns: milestoneColumns }
  const rows =
    edition === undefined
      ? await store.findTotals(work, of, [day])
      : await store.findTotalsAsKnown(work, of, [day], edition)
  const opening = band === 0 ? await readOpeningBalance(work, id, edition) : undefined
  const brought = of.units.flatMap(unitId => opening?.ofUnit(unitId, day) ?? [])
  const sumUp = (counts: readonly Partial<ColumnCounts>[]) =>
    counts.reduce<ColumnCounts>((total, row) => addCounts(total, { ...noCounts, ...row }), noCounts)
  const here = sumUp(rows)
  const sum = sumUp([here, ...brought])
  return {
    day,
    members: sum.members,
    ways: (['account', 'card'] as const).map(way => ({
      way,
      steps: campaign.ways[way].map((metric, i) => {
        const before = campaign.ways[way][i - 1]
        const stoppedOf = (counts: ColumnCounts) =>
          (before ? metricCount(counts, before) : counts.members) - metricCount(counts, metric)
        const total = metricCount(sum, metric)
        return {
          metric,
          total,
          stopped: stoppedOf(sum),
          ...(brought.length > 0 && { listed: stoppedOf(here) }),
          rate: rateOf(total, sum.members),
        }
      }),
    })),
  }
}

function addCounts(a: ColumnCounts, b: ColumnCounts): ColumnCounts {
  const sum: Record<keyof ColumnCounts, number> = { ...a }
  for (const column of ['members', ...milestoneColumns] as const) sum[column] += b[column]
  return sum
}
