import { clearShare } from '../../../src/awareness/contract.ts'
import { dayText, numberText, shareText } from '../../parts/formats.ts'
import type { Say } from '../base/language.tsx'
import type { Effect } from './activity.ts'

/** What is said of the effect of an activity: a figure by its own name, never bent into a sentence. Pure. */

type Movement = Effect['here']['after']

const share = ({ gained, lacking }: Movement) => shareText(gained, lacking, 1) || '–'

const moved = (say: Say, key: 'awareness-after' | 'awareness-before', days: number, movement: Movement) =>
  say(key, {
    n: numberText(days),
    gained: numberText(movement.gained),
    lacking: numberText(movement.lacking),
    share: share(movement),
  })

/** In one line: how many came forward since. */
export const shortEffect = (say: Say, { here: { after } }: Effect) =>
  say('awareness-moved', { gained: numberText(after.gained), lacking: numberText(after.lacking) })

/** Whether it moved more here than at most of the places where nothing was done; nothing where that cannot be said. */
const isClear = ({ elsewhere }: Effect) => elsewhere !== undefined && elsewhere.slower >= elsewhere.places * clearShare

const elsewhereText = (say: Say, { elsewhere }: Effect) =>
  elsewhere
    ? say('awareness-elsewhere', {
        places: numberText(elsewhere.places),
        slower: numberText(elsewhere.slower),
        before: share(elsewhere.change.before),
        after: share(elsewhere.change.after),
      })
    : say('awareness-too-few')

/** What else happened there; of what did not happen nothing is said. */
function alongsideText(say: Say, { alongside: { sessions, activities } }: Effect): string | undefined {
  const parts = [
    sessions > 0 && say('awareness-sessions', { n: numberText(sessions) }),
    activities > 0 && say('awareness-activities', { n: numberText(activities) }),
  ].filter(part => part !== false)
  return parts.length > 0 ? say('awareness-alongside', { what: parts.join(say('awareness-and')) }) : undefined
}

/** The sentence above, the lines below it, and which days were counted. */
export function effectTexts(say: Say, effect: Effect) {
  const { here, from, to, days, seen, metric } = effect
  const window = say('awareness-window', { from: dayText(from), to: dayText(to) })
  return {
    sentence: say(isClear(effect) ? 'awareness-clear' : 'awareness-unclear', { metric: say(`metric-${metric}`) }),
    lines: [
      moved(say, 'awareness-after', seen, here.after),
      moved(say, 'awareness-before', seen, here.before),
      elsewhereText(say, effect),
      alongsideText(say, effect),
    ].filter(line => line !== undefined),
    window: seen < days ? `${window} ${say('awareness-not-over', { n: numberText(days) })}` : window,
  }
}
