import { useState } from 'react'
import type { FingersTaken, Taking } from '../draft/captured-parts.ts'
import { Button } from '../parts/button.tsx'
import { Field } from '../parts/field.tsx'
import { useKeys } from '../parts/shortcut-keys.ts'
import { StepButtons } from '../parts/step-buttons.tsx'
import { useSay } from '../words/language.tsx'

/** As the Secure Biometric Interface names them. */
const subtypes = ['Left', 'Right'].flatMap(hand =>
  ['Thumb', 'IndexFinger', 'MiddleFinger', 'RingFinger', 'LittleFinger'].map(finger => `${hand} ${finger}`),
)

/** No device: what was not taken says why. */
export function PlainFingers({
  taken,
  onTaken,
  onNext,
  onDevice,
}: Taking<FingersTaken> & { readonly onDevice: () => void }) {
  const say = useSay()
  const [reason, setReason] = useState(taken?.exceptions[0]?.reason ?? say('fingers-reasons'))
  const [asked, setAsked] = useState(false)
  const given = reason.trim()
  const go = () => {
    setAsked(true)
    if (given.length < 3) return
    onTaken({ biometrics: [], exceptions: subtypes.map(subtype => ({ subtype, reason: given })) })
    onNext()
  }
  useKeys({ Enter: go })
  return (
    <div className="narrow">
      <h2 className="instruction">{say('fingers-say')}</h2>
      <p className="quiet">{say('fingers-no-device')}</p>
      <Field
        label={say('fingers-reason')}
        value={reason}
        onChange={setReason}
        hint={say('fingers-reason-hint')}
        error={asked && given.length < 3 ? say('fingers-needed') : undefined}
      />
      <StepButtons>
        <Button look="primary" cap="Enter" onPress={go}>
          {say('next')}
        </Button>
        <Button onPress={onDevice}>{say('fingers-with')}</Button>
      </StepButtons>
    </div>
  )
}
