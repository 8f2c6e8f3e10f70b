import { TakeFingers, TakePortrait } from '../capturing.ts'
import type { Draft } from '../draft.ts'
import type { StepProps } from './step.ts'

/** Portrait and fingers are the seam's: the steps only keep what was taken. */

export const PortraitStep = ({ draft, change, next }: StepProps) => (
  <TakePortrait taken={draft.portrait} onTaken={portrait => change({ portrait } as Partial<Draft>)} onNext={next} />
)

export const FingersStep = ({ draft, change, next }: StepProps) => (
  <TakeFingers taken={draft.fingers} onTaken={fingers => change({ fingers } as Partial<Draft>)} onNext={next} />
)
