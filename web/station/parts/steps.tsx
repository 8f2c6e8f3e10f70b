import { Check } from 'lucide-react'
import { type Step, steps } from '../steps/step-order.ts'
import { useSay } from '../words/language.tsx'

/** One line of steps: done by a tick, the current one filled. Those that were done can be gone back to. */
export function Steps({ current, furthest, onGo }: { current: Step; furthest: Step; onGo: (step: Step) => void }) {
  const say = useSay()
  const [here, far] = [steps.indexOf(current), steps.indexOf(furthest)]
  return (
    <ol className="steps" aria-label={say('steps')}>
      {steps.map((step, at) => {
        const name = say(`step-${step}`)
        return (
          <li key={step} aria-current={at === here ? 'step' : undefined}>
            {at < far && at !== here ? (
              <Check size={16} aria-label={say('step-done')} />
            ) : (
              <span className="square">{at + 1}</span>
            )}
            {at <= far && at !== here ? (
              <button type="button" onClick={() => onGo(step)}>
                {name}
              </button>
            ) : (
              name
            )}
          </li>
        )
      })}
    </ol>
  )
}
