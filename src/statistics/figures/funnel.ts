import * as campaign from '../../campaign/campaign.ts'
import type { Work } from '../../platform/work.ts'
import { type Counts, columns, countOf, nothing } from '../column.ts'
import type { Funnel } from '../contract.ts'
import { type Query, read, writtenIn } from '../figure.ts'
import { rateOf } from '../forecast/forecast.ts'
import * as store from './store.ts'

/** From member to done: how many reached each step by the day, and how many at the step before did not. */
export async function funnel(work: Work, id: campaign.CampaignId, query: Query): Promise<Funnel> {
  const { unit, day, band, edition, tree } = await read(work, id, query)
  const of = { campaignId: id, band, units: writtenIn(tree, unit.id), columns }
  const rows =
    edition === undefined ? await store.totals(work, of, [day]) : await store.totalsAsKnown(work, of, [day], edition)
  const sum = rows.reduce<Counts>((total, row) => added(total, { ...nothing, ...row }), nothing)
  return {
    day,
    members: sum.members,
    ways: (['account', 'card'] as const).map(way => ({
      way,
      steps: campaign.ways[way].map((metric, i) => {
        const total = countOf(sum, metric)
        const before = campaign.ways[way][i - 1]
        return {
          metric,
          total,
          stopped: (before ? countOf(sum, before) : sum.members) - total,
          rate: rateOf(total, sum.members),
        }
      }),
    })),
  }
}

const added = (a: Counts, b: Counts): Counts =>
  Object.fromEntries(
    (['members', ...columns] as const).map(column => [column, a[column] + b[column]]),
  ) as unknown as Counts
