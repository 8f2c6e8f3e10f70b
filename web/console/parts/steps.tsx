import { Check } from 'lucide-react'
import { useSay } from '../base/language.tsx'

/**
 * One line of steps: done by a tick, the current one filled. Steps can be revisited; their number never changes under
 * way.
 */
export function Steps({
  steps,
  current,
  onGo,
}: {
  steps: readonly string[]
  current: number
  onGo?: (step: number) => void
}) {
  const say = useSay()
  return (
    <ol className="steps" aria-label={say('steps')}>
      {steps.map((step, at) => (
        <li key={step} {...(at === current && { 'aria-current': 'step' as const })}>
          {at < current ? <Check size={16} aria-label={say('step-done')} /> : <span className="square">{at + 1}</span>}
          {at < current && onGo ? (
            <button type="button" onClick={() => onGo(at)}>
              {step}
            </button>
          ) : (
            step
          )}
        </li>
      ))}
    </ol>
  )
}
