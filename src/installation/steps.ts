/** The five steps in which an empty installation begins to work, judged from what is there. Pure. */

export const stepNames = ['units', 'schools', 'officers', 'register', 'roll'] as const
export type StepName = (typeof stepNames)[number]

export type DutyState = {
  readonly duty: string
  readonly level: 'province' | 'district' | 'commune'
  readonly least: number
  /** Units in which it must be held. */
  readonly units: number
  /** Units in which enough officers hold it. */
  readonly filled: number
}

export type WhatIsThere = {
  readonly communes: number
  readonly schools: number
  /** Schools whose unit does not stand any more. */
  readonly schoolsAstray: number
  readonly duties: readonly DutyState[]
  readonly people: number
  readonly rollsSent: number
  readonly rollsReconciled: number
}

export type Step = {
  readonly step: StepName
  /** `now` is the first that is not done. */
  readonly state: 'done' | 'now' | 'open' | 'blocked'
  /** Whether the steps after it may be done first. */
  readonly mayWait: boolean
  /** How much of it is done, 0 to 1. */
  readonly share: number
}

const isFilled = ({ units, filled }: DutyState) => filled >= units

const judged: Readonly<Record<StepName, (there: WhatIsThere) => Pick<Step, 'mayWait' | 'share'>>> = {
  units: ({ communes }) => ({ share: communes > 0 ? 1 : 0, mayWait: false }),
  schools: ({ schools, schoolsAstray }) => ({
    share: schools > 0 ? (schools - schoolsAstray) / schools : 0,
    mayWait: schools > 0,
  }),
  officers: ({ duties }) => {
    const [needed, filled] = [
      duties.reduce((sum, { units }) => sum + units, 0),
      duties.reduce((sum, one) => sum + Math.min(one.filled, one.units), 0),
    ]
    // A first roll needs nobody at the counters yet, but somebody who accepts what another proposes.
    const accepts = duties.filter(({ duty }) => duty === 'accept')
    return { share: needed > 0 ? filled / needed : 1, mayWait: accepts.every(isFilled) }
  },
  register: ({ people }) => ({ share: people > 0 ? 1 : 0, mayWait: false }),
  roll: ({ rollsSent, rollsReconciled }) => ({
    share: rollsReconciled > 0 ? 1 : rollsSent > 0 ? 0.5 : 0,
    mayWait: false,
  }),
}

/** The steps in their order: the first that is not done is the next one, even where it may wait. */
export function stepsOf(there: WhatIsThere): readonly Step[] {
  const all = stepNames.map(step => ({ step, ...judged[step](there) }))
  const next = all.find(({ share }) => share < 1)?.step
  const blocked = new Set<StepName>(there.people > 0 && there.schools > 0 ? [] : ['roll'])
  return all.map(one => ({
    ...one,
    state: one.share >= 1 ? 'done' : one.step === next ? 'now' : blocked.has(one.step) ? 'blocked' : 'open',
  }))
}
