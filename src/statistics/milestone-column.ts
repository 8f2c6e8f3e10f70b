import type { PersonMetric } from '../campaign/campaign.ts'

/** Each thing that a person may have, as a column of `statistics.balance`; of `statistics.milestone` with `_on`. */
export const milestoneColumns = [
  'number_known',
  'card_applied',
  'card_approved',
  'card_produced',
  'card_returned',
  'card_handed_over',
  'account_received',
  'account_received_2',
  'account_approved',
  'account_approved_2',
  'account_activated',
  'account_activated_2',
] as const
export type MilestoneColumn = (typeof milestoneColumns)[number]

/**
 * A metric by its columns: those who have the first and not the second. An account of level 1 is one that is not of
 * level 2 yet, so the levels always sum to the whole.
 */
export const columnsOf: Record<PersonMetric, { readonly has: MilestoneColumn; readonly not?: MilestoneColumn }> = {
  'number-known': { has: 'number_known' },
  'card-applied': { has: 'card_applied' },
  'card-approved': { has: 'card_approved' },
  'card-produced': { has: 'card_produced' },
  'card-returned': { has: 'card_returned' },
  'card-handed-over': { has: 'card_handed_over' },
  'account-received': { has: 'account_received' },
  'account-received-1': { has: 'account_received', not: 'account_received_2' },
  'account-received-2': { has: 'account_received_2' },
  'account-approved': { has: 'account_approved' },
  'account-approved-1': { has: 'account_approved', not: 'account_approved_2' },
  'account-approved-2': { has: 'account_approved_2' },
  'account-activated': { has: 'account_activated' },
  'account-activated-1': { has: 'account_activated', not: 'account_activated_2' },
  'account-activated-2': { has: 'account_activated_2' },
}

export type ColumnCounts = { readonly members: number } & Readonly<Record<MilestoneColumn, number>>

export const noCounts: ColumnCounts = {
  members: 0,
  ...(Object.fromEntries(milestoneColumns.map(column => [column, 0])) as Record<MilestoneColumn, number>),
}

/** Stands in the place of a unit for all of a campaign's. */
export const wholeCampaign = '00000000-0000-0000-0000-000000000000'

/** How many a metric counts, of the running totals. */
export function metricCount(counts: ColumnCounts, metric: PersonMetric): number {
  const { has, not } = columnsOf[metric]
  return counts[has] - (not ? counts[not] : 0)
}
