import { numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import type { PlanFigures } from './search.ts'

type PriceRow = { readonly label: string; readonly minutes: number }

/** What the price is made of, beside what is proved of it: the rows add up to the sentence above. */
export function PriceTable({ figures }: { figures: PlanFigures }) {
  const say = useSay()
  const { overtimeMinutes, travelMinutes, latePeople, unservedPeople, movedSessions, prices, total, bound } = figures
  const hours = (minutes: number) => numberText(Math.round(minutes / 60))
  const rows: readonly PriceRow[] = [
    { label: say('price-overtime', { n: hours(overtimeMinutes) }), minutes: overtimeMinutes },
    { label: say('price-travel', { n: hours(travelMinutes) }), minutes: travelMinutes },
    { label: say('price-late', { n: numberText(latePeople) }), minutes: latePeople * prices.latePerson },
    {
      label: say('price-unserved', { n: numberText(unservedPeople) }),
      minutes: unservedPeople * prices.unservedPerson,
    },
    { label: say('price-moved', { n: numberText(movedSessions) }), minutes: movedSessions * prices.movedSession },
  ].filter(({ minutes }, at) => at < 3 || minutes > 0)
  const proved = (minutes: number | undefined) => (minutes ? numberText(minutes) : say('price-unproved'))
  return (
    <table className="plain-table plan-price">
      <thead>
        <tr>
          <th scope="col">{say('price-title')}</th>
          <th scope="col" className="number">
            {say('price-minutes')}
          </th>
          <th scope="col" className="number">
            {say('price-bound')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ label, minutes }, at) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            <td className="number figures">{numberText(minutes)}</td>
            {at === 0 && (
              <td className="number figures quiet" rowSpan={2}>
                {proved(bound?.minutes)}
              </td>
            )}
            {at === 2 && (
              <td className="number figures quiet" rowSpan={rows.length - 2}>
                {proved(bound && bound.latePeople * prices.latePerson)}
              </td>
            )}
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{say('price-total')}</th>
          <td className="number figures">{numberText(total)}</td>
          <td className="number figures">{proved(bound?.total)}</td>
        </tr>
      </tfoot>
    </table>
  )
}
