import { dayInYearText, instantText } from '../../parts/formats.ts'
import type { Say } from '../base/language.tsx'
import type { PlanRow } from './search.ts'

/** A plan in a list: its days, its state, when it was made. */
export const choiceText = (say: Say, { from, to, state, madeAt }: PlanRow): string => {
  const made = instantText(madeAt)
  return say('plan-choice', {
    ...{ from: dayInYearText(from), to: dayInYearText(to), state: say(`plan-state-${state}`) },
    at: `${made.dayInYear} ${made.time}`,
  })
}
