import { dayMarkText, instantText } from '../../parts/formats.ts'
import type { Say } from '../base/language.tsx'
import type { PlanRow } from './search.ts'

/** A plan in a list: its state first, since a narrow list cuts the rest off; its days, when it was made. */
export const choiceText = (say: Say, { from, to, state, solving, madeAt }: PlanRow): string => {
  const made = instantText(madeAt)
  return say('plan-choice', {
    ...{ from: dayMarkText(from), to: dayMarkText(to) },
    state: say(state === 'draft' && solving === 'failed' ? 'plan-state-failed' : `plan-state-${state}`),
    at: `${made.dayInYear} ${made.time}`,
  })
}
