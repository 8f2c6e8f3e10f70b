import { asDay, daysBetween } from '../../../src/platform/day.ts'
import { dayText, numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useRateText } from '../campaign/campaign-figure.tsx'
import type { QuickSheet } from '../campaign/search.ts'
import { exactText } from './quick-table.tsx'

/** What will be read aloud. */
export function Spoken({ sheet: { whole, day, dueOn, workingDaysLeft } }: { sheet: QuickSheet }) {
  const say = useSay()
  const rateText = useRateText()
  const { unit, cumulative, target, rate, today, neededPerWorkingDay, forecast } = whole
  return (
    <p className="a4-spoken figures">
      {target === null || rate === null
        ? say('paper-sentence-none', { unit: unit.name, done: numberText(cumulative), today: numberText(today) })
        : say('paper-sentence', {
            unit: unit.name,
            done: numberText(cumulative),
            target: numberText(target),
            floor: rateText(rate),
            exact: `${exactText(rate)}%`,
            today: numberText(today),
          })}{' '}
      {dueOn &&
        workingDaysLeft !== null &&
        neededPerWorkingDay !== null &&
        say('paper-pace', {
          all: numberText(daysBetween(asDay(day), asDay(dueOn))),
          days: workingDaysLeft,
          due: dayText(dueOn),
          needed: numberText(neededPerWorkingDay),
        })}{' '}
      {forecast && say('paper-forecast', { low: numberText(forecast.low), high: numberText(forecast.high) })}
    </p>
  )
}
