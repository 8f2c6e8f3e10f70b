import { numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { Figure } from '../parts/figure.tsx'
import { useMay } from '../shell/session.tsx'
import { countsPeople, type Metric, type PeopleSearch, peopleAt, type QuickRow } from './search.ts'

/**
 * A figure of a campaign: a link to its people for whoever may see them, where it counts people; else the number alone.
 */
export function Counted({
  value,
  metric,
  search,
  label,
}: {
  value: number
  metric: Metric
  search: PeopleSearch
  label?: string
}) {
  const mayList = useMay('campaign.lists')
  if (!mayList || !countsPeople(metric)) return <b className="figures">{numberText(value)}</b>
  return <Figure value={value} to={peopleAt({ ...search, cs: metric })} {...(label && { label })} />
}

/** The rate that a unit is told by: of its target, or of whom the campaign means there while it has none. */
export const shownRate = ({ rate, rateOfMembers }: Pick<QuickRow, 'rate' | 'rateOfMembers'>) => rate ?? rateOfMembers

/** 16% of a rate, cut and never rounded; in words where there is none. */
export function useRateText() {
  const say = useSay()
  return (rate: { readonly floorPercent: number } | null) =>
    rate ? `${numberText(rate.floorPercent)}%` : say('rate-none')
}
