import { clearShare } from '../../../src/awareness/contract.ts'
import { dayText, numberText, shareText } from '../../parts/formats.ts'
import { type Say, useSay } from '../base/language.tsx'
import type { Effect } from './activity.ts'

type Movement = Effect['here']['after']

const moved = (say: Say, key: 'awareness-after' | 'awareness-before', days: number, { gained, lacking }: Movement) =>
  say(key, {
    n: numberText(days),
    gained: numberText(gained),
    lacking: numberText(lacking),
    share: shareText(gained, lacking, 1) || '–',
  })

/** In one line: how many came forward since. */
export const shortEffect = (say: Say, { here: { after } }: Effect) =>
  say('awareness-moved', { gained: numberText(after.gained), lacking: numberText(after.lacking) })

/** Whether it moved more here than at most of the places where nothing was done; nothing where that cannot be said. */
export const isClear = ({ elsewhere }: Effect) =>
  elsewhere !== undefined && elsewhere.slower >= elsewhere.places * clearShare

/** What moved, beside the days before and beside other places, and what else may be the cause. */
export function EffectLines({ effect }: { effect: Effect }) {
  const say = useSay()
  const { here, elsewhere, alongside, from, to, days, seen, metric } = effect
  return (
    <div className="effect">
      <p className="sentence">
        {say(isClear(effect) ? 'awareness-clear' : 'awareness-unclear', {
          metric: say(`metric-${metric}`).toLowerCase(),
        })}
      </p>
      <ul className="lines">
        <li>{moved(say, 'awareness-after', seen, here.after)}</li>
        <li>{moved(say, 'awareness-before', seen, here.before)}</li>
        <li>
          {elsewhere
            ? say('awareness-elsewhere', {
                places: numberText(elsewhere.places),
                slower: numberText(elsewhere.slower),
                after: shareText(elsewhere.change.after.gained, elsewhere.change.after.lacking, 1) || '–',
                before: shareText(elsewhere.change.before.gained, elsewhere.change.before.lacking, 1) || '–',
              })
            : say('awareness-too-few')}
        </li>
        {(alongside.sessions > 0 || alongside.activities > 0) && (
          <li>
            {say('awareness-alongside', {
              sessions: numberText(alongside.sessions),
              activities: numberText(alongside.activities),
            })}
          </li>
        )}
      </ul>
      <p className="small quiet">
        {say('awareness-window', { from: dayText(from), to: dayText(to) })}
        {seen < days && ` ${say('awareness-not-over', { n: numberText(days) })}`}
      </p>
    </div>
  )
}
