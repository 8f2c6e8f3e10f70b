import { Check } from 'lucide-react'
import { Button } from '../../parts/button.tsx'
import { useSay } from '../base/language.tsx'
import { at } from '../base/navigation.ts'
import { Ruler } from '../parts/ruler.tsx'
import { useMay } from '../shell/session.tsx'
import type { Beginning, BeginningStep } from './beginning.ts'
import { missingText, thereText } from './step-text.ts'

export type UploadStep = 'schools' | 'officers' | 'register'

/** The five steps: what is there, what is missing, whether it may wait, and what to do. */
export function StepsTable({ told, onUpload }: { told: Beginning; onUpload?: (step: UploadStep) => void }) {
  const say = useSay()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways on a phone must scroll by keyboard too
    <section className="sideways" aria-label={say('begin')} tabIndex={0}>
      <table className="plain-table steps-table">
        <thead>
          <tr>
            <th scope="col">{say('begin-step')}</th>
            <th scope="col">{say('begin-there')}</th>
            <th scope="col">{say('begin-missing')}</th>
            <th scope="col">{say('begin-progress')}</th>
            {onUpload && (
              <th scope="col">
                <span className="unseen">{say('begin-do')}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {told.steps.map((step, index) => (
            <tr
              key={step.step}
              className={step.state === 'now' ? 'under-cursor' : undefined}
              {...(step.state === 'now' && { 'aria-current': 'step' as const })}
            >
              <th scope="row">
                <span className={`step-number ${step.state}`} aria-hidden>
                  {step.state === 'done' ? <Check size={16} /> : index + 1}
                </span>
                <span>
                  {say(`step-${step.step}`)}
                  <span className="small">{say(`step-${step.step}-hint`)}</span>
                </span>
              </th>
              <td>{thereText[step.step](say, told) ?? <span className="quiet">{say('step-none-yet')}</span>}</td>
              <td>
                <Missing step={step} told={told} />
              </td>
              <td className="step-share">
                <Ruler small done={Math.round(step.share * 100)} target={100} said={shareWords} />
              </td>
              {onUpload && (
                <td className="end">
                  <StepDeed step={step} onUpload={onUpload} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

const shareWords = { done: 'begin-share', target: 'begin-share' } as const

function Missing({ step, told }: { step: BeginningStep; told: Beginning }) {
  const say = useSay()
  if (step.state === 'done') return <span className="quiet">{say('begin-enough')}</span>
  return (
    <>
      {missingText[step.step](say, told, step)}
      {step.mayWait && <span className="quiet">, {say('begin-may-wait')}</span>}
    </>
  )
}

function StepDeed({ step: { step, state }, onUpload }: { step: BeginningStep; onUpload: (step: UploadStep) => void }) {
  const say = useSay()
  const mayRead = useMay('rolls.read')
  const maySend = useMay('rolls.import')
  const mayManage = useMay('staff.manage')
  if (step === 'units')
    return (
      <Button look="row" href={at('/quan-tri/don-vi')}>
        {say('do-units')}
      </Button>
    )
  if (step === 'roll') {
    if (state === 'blocked') return <span className="small">{say('step-after-register')}</span>
    if (!maySend || !mayRead) return <span className="small">{say('roll-by-others')}</span>
    return (
      <Button look={state === 'now' ? ['row', 'primary'] : 'row'} href={at('/ra-soat')}>
        {say('do-roll')}
      </Button>
    )
  }
  // People are taken in once; afterwards the operator does it.
  if ((step === 'register' && state === 'done') || (step === 'officers' && !mayManage)) return null
  return (
    <Button look={state === 'now' ? ['row', 'primary'] : 'row'} onPress={() => onUpload(step)}>
      {say(`do-${step}`)}
    </Button>
  )
}
