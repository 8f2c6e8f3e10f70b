import { dayInYearText } from '../../parts/formats.ts'
import { Ruler } from '../parts/ruler.tsx'
import type { QuickSheet } from './search.ts'

/** Done, plan, forecast and target of the unit that is shown. */
export function CampaignRuler({ sheet: { whole, dueOn } }: { sheet: QuickSheet }) {
  const { target, cumulative, planned, forecast } = whole
  if (target === null) return null
  return (
    <Ruler
      done={cumulative}
      target={target}
      {...(planned !== null && { plan: planned })}
      {...(forecast && cumulative < target && { forecast: [forecast.low, forecast.high] as const })}
      {...(dueOn && { due: dayInYearText(dueOn) })}
    />
  )
}
