import { useSay } from '../base/language.tsx'
import type { Effect } from './activity.ts'
import { effectTexts } from './effect-texts.ts'

/** What moved, beside the days before and beside other places, and what else may be the cause. */
export function EffectLines({ effect }: { effect: Effect }) {
  const say = useSay()
  const { sentence, lines, window } = effectTexts(say, effect)
  return (
    <div className="effect">
      <p className="sentence">{sentence}</p>
      <ul className="lines">
        {lines.map(line => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <p className="small quiet">{window}</p>
    </div>
  )
}
