import { type ReactNode, useEffect, useRef, useState } from 'react'
import { dayText } from '../../parts/formats.ts'
import { addressedOn } from '../capture-steps/form-of-address.tsx'
import { eligibilityOf } from '../draft/eligibility.ts'
import { mayCapture } from '../keep/registration.ts'
import type { Entry } from '../keep/session-queue.ts'
import type { PaperContext } from '../paper/paper-context.tsx'
import { Button } from '../parts/button.tsx'
import { PersonNumber } from '../parts/number.tsx'
import { useKeys } from '../parts/shortcut-keys.ts'
import { FootContext } from '../parts/step-buttons.tsx'
import { Steps } from '../parts/steps.tsx'
import { useRunning } from '../running/running.tsx'
import { CompareStep } from '../steps/compare.tsx'
import { PhoneStep } from '../steps/phone.tsx'
import { FingersStep, PortraitStep } from '../steps/portrait-and-fingers.tsx'
import { ReceiptStep } from '../steps/receipt.tsx'
import { SignStep } from '../steps/sign.tsx'
import { type Step, steps } from '../steps/step-order.ts'
import type { StepProps } from '../steps/step-props.ts'
import { useSay } from '../words/language.tsx'
import type { Capturing } from './capture-course.ts'

type PaneProps = {
  readonly draft: NonNullable<Capturing['draft']>
  readonly capture: Capturing
  readonly desk: PaperContext
  readonly entries: readonly Entry[]
}

/** One person in the middle: who it is, the steps, the one that is open, and the way to put them off. */
export function CapturePane({ draft, capture, desk, entries }: PaneProps) {
  const say = useSay()
  const { keep } = useRunning()
  const { step, person, known, request, account } = draft
  const eligibility = eligibilityOf(known ?? { birthDate: person.birthDate }, desk.day)
  const putOff = () => void capture.putOff()
  useKeys({ Escape: putOff })
  const place = useRef<HTMLElement>(null)
  const [foot, setFoot] = useState<HTMLElement | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new step begins at its top, and takes the keys
  useEffect(() => {
    const first = place.current?.querySelector('h2') ?? place.current
    if (first?.tagName === 'H2') first.tabIndex = -1
    first?.focus({ preventScroll: true })
    place.current?.scrollTo({ top: 0 })
  }, [step, foot])

  const go = (to: Step) => capture.change({ step: to })
  const props: StepProps = {
    draft,
    eligibility,
    desk,
    others: entries.filter(({ id }) => id !== draft.entry),
    change: capture.change,
    next: () => go(steps[Math.min(steps.indexOf(step) + 1, steps.length - 1)] as Step),
  }
  const panes: Record<Step, () => ReactNode> = {
    compare: () => <CompareStep {...props} />,
    portrait: () => <PortraitStep {...props} />,
    fingers: () => <FingersStep {...props} />,
    phone: () => <PhoneStep {...props} />,
    sign: () => <SignStep {...props} />,
    receipt: () => <ReceiptStep {...props} onSeal={capture.finish} />,
  }
  const kind = say(`kind-${request.kind}`)
  const withAccount = eligibility?.account === 'offered' && account !== 'declined'
  return (
    <article className="capture" aria-label={person.fullName}>
      <header>
        <h1>{person.fullName}</h1>
        <p className="facts">
          <span>{dayText(person.birthDate)}</span>
          {person.number && <PersonNumber number={person.number} />}
          {known?.class && <span>{known.class}</span>}
          <span>{withAccount ? say('card-and-account', { kind }) : kind}</span>
        </p>
      </header>
      <Steps current={step} furthest={draft.furthest} onGo={go} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys (WCAG 2.1.1) */}
      <section className="step" ref={place} tabIndex={0} aria-label={say(`step-${step}`)}>
        {!mayCapture(capture.officer, keep.now()) && <p className="note late">{say('grant-over-todo')}</p>}
        <FootContext value={foot}>{foot && panes[step]()}</FootContext>
      </section>
      <footer>
        <div ref={setFoot} className="deeds" aria-live="polite" />
        <Button cap="Esc" onPress={putOff}>
          {say('defer', { whom: say(`defer-${addressedOn(draft, desk.day)}`) })}
        </Button>
      </footer>
    </article>
  )
}
