import { numberText } from '../../parts/formats.ts'
import type { Say } from '../base/language.tsx'
import { type Beginning, type BeginningStep, lackingOf } from './beginning.ts'

type StepName = BeginningStep['step']

const n = numberText

/** What is there of each step; undefined where nothing is. */
export const thereText: Readonly<Record<StepName, (say: Say, told: Beginning) => string | undefined>> = {
  units: (say, { districts, communes }) =>
    communes === 0
      ? undefined
      : say(districts ? 'step-units-there' : 'step-units-there-two', {
          districts: n(districts),
          communes: n(communes),
        }),
  schools: (say, { schools }) => (schools ? say('step-schools-there', { n: n(schools) }) : undefined),
  officers: (say, { officers, officerUnits }) => say('step-officers-there', { n: n(officers), units: n(officerUnits) }),
  register: (say, { people }) => (people ? say('step-register-there', { n: n(people) }) : undefined),
  roll: (say, { rollsSent, rollsReconciled }) =>
    rollsSent ? say('step-roll-there', { sent: n(rollsSent), done: n(rollsReconciled) }) : undefined,
}

/** What is missing of each step. */
export const missingText: Readonly<Record<StepName, (say: Say, told: Beginning, step: BeginningStep) => string>> = {
  units: say => say('step-units-missing'),
  schools: (say, { schools, schoolsAstray }) =>
    schools ? say('step-schools-astray', { n: n(schoolsAstray) }) : say('step-schools-missing'),
  officers: (say, told) => say('step-officers-missing', { n: n(lackingOf(told)) }),
  register: say => say('step-register-missing'),
  roll: (say, _told, { state }) => say(state === 'blocked' ? 'step-roll-blocked' : 'step-roll-missing'),
}

/** What to do next, as the sentence says it. */
export const nextText = (say: Say, told: Beginning, step: StepName): string =>
  say(`step-${step}-next`, { n: n(lackingOf(told)) })
