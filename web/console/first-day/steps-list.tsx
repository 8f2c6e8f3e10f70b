import { Check } from 'lucide-react'
import { Button } from '../../parts/button.tsx'
import { useSay } from '../base/language.tsx'
import { type FirstDay, type GuideStep, nextOf, stateText } from './first-day.ts'

type ListProps = {
  readonly told: FirstDay
  /** On paper there are no buttons. */
  readonly onHelp?: () => void
}

/** The steps of the role, each with what it is, whether it was done and how that is known, and the way there. */
export function StepsList({ told, onHelp }: ListProps) {
  const say = useSay()
  const next = nextOf(told)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways on a phone must scroll by keyboard too
    <section className="sideways" aria-label={say('first-day')} tabIndex={0}>
      <table className="plain-table steps-table first-day-steps">
        <thead>
          <tr>
            <th scope="col">{say('first-day-thing')}</th>
            <th scope="col">{say('first-day-state')}</th>
            {onHelp && (
              <th scope="col">
                <span className="unseen">{say('first-day-go')}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {told.steps.map((one, index) => (
            <StepRow key={one.step} one={one} number={index + 1} isNext={one.step === next?.step} onHelp={onHelp} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

type RowProps = { one: GuideStep; number: number; isNext: boolean; onHelp: (() => void) | undefined }

function StepRow({ one, number, isNext, onHelp }: RowProps) {
  const say = useSay()
  const mark = one.isDone ? 'done' : isNext ? 'now' : 'open'
  return (
    <tr
      className={isNext ? 'under-cursor' : undefined}
      data-step={one.step}
      {...(isNext && { 'aria-current': 'step' as const })}
    >
      <th scope="row">
        <span className={`step-number ${mark}`} aria-hidden>
          {one.isDone ? <Check size={16} /> : number}
        </span>
        <span>
          {say(`guide-${one.step}`)}
          <span className="small">{say(`guide-${one.step}-how`)}</span>
        </span>
      </th>
      <td className={one.isDone ? undefined : 'quiet'}>{stateText(say, one)}</td>
      {onHelp && (
        <td className="end">
          <StepDeed one={one} isNext={isNext} onHelp={onHelp} />
        </td>
      )}
    </tr>
  )
}

function StepDeed({ one: { step, at }, isNext, onHelp }: { one: GuideStep; isNext: boolean; onHelp: () => void }) {
  const say = useSay()
  const look = isNext ? (['row', 'primary'] as const) : ('row' as const)
  if (step === 'duties')
    return (
      <Button look={look} onPress={() => document.getElementById('duties')?.scrollIntoView()}>
        {say('first-day-do-duties')}
        <span className="unseen"> {say('privacy-duties')}</span>
      </Button>
    )
  const named = <span className="unseen"> {say(`guide-${step}`)}</span>
  if (step === 'help')
    return (
      <Button look={look} onPress={onHelp}>
        {say('first-day-do')}
        {named}
      </Button>
    )
  return (
    <Button look={look} href={at}>
      {say('first-day-do')}
      {named}
    </Button>
  )
}
