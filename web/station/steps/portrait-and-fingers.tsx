import type { Day } from '../../../src/platform/day.ts'
import type { Addressed } from '../capture/base/language.tsx'
import { TakeFingers, TakePortrait } from '../capture-steps/capture-components.ts'
import { SpokenOf } from '../capture-steps/form-of-address.tsx'
import type { Draft } from '../draft/draft.ts'
import type { StepProps } from './step.ts'

/** Portrait and fingers are the seam's: the steps only keep what was taken. */

const grown = 18

/** A pupil is spoken of as one, everybody else as grown people are. */
const addressedOn = ({ person, known }: Draft, day: Day): Addressed =>
  known?.class || Number(day.slice(0, 4)) - Number(person.birthDate.slice(0, 4)) < grown ? 'pupil' : 'adult'

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
