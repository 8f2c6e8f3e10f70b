import type { QuickRow } from '../contract.ts'

/**
 * Ranks by rate, the best first; units without a target by their share of members, units with neither get no rank.
 * Equal rates share a rank.
 */
export function withRanks(rows: readonly QuickRow[]): QuickRow[] {
  const share = (row: QuickRow) => (row.rate ?? row.rateOfMembers)?.exact
  const shares = rows.flatMap(row => share(row) ?? [])
  return rows.map(row => {
    const own = share(row)
    return { ...row, rank: own === undefined ? null : 1 + shares.filter(other => other > own).length }
  })
}
