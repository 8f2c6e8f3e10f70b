import { TakeFingers, TakePortrait } from '../capture-steps/capture-components.ts'
import { addressedOn, SpokenOf } from '../capture-steps/form-of-address.tsx'
import type { Draft } from '../draft/draft.ts'
import type { StepProps } from './step-props.ts'

/** Portrait and fingers are the seam's: the steps only keep what was taken. */

export const PortraitStep = ({ draft, desk, change, next }: StepProps) => (
  <SpokenOf value={addressedOn(draft, desk.day)}>
    <TakePortrait taken={draft.portrait} onTaken={portrait => change({ portrait } as Partial<Draft>)} onNext={next} />
  </SpokenOf>
)

export const FingersStep = ({ draft, desk, change, next }: StepProps) => (
  <SpokenOf value={addressedOn(draft, desk.day)}>
    <TakeFingers
      taken={draft.fingers}
      begun={draft.fingersBegun}
      onTaken={fingers => change({ fingers, ...(fingers?.work && { fingersBegun: undefined }) } as Partial<Draft>)}
      onBegun={fingersBegun => change({ fingers: undefined, fingersBegun } as Partial<Draft>)}
      onNext={next}
    />
  </SpokenOf>
)
