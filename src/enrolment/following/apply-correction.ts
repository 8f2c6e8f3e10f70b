import { ruleOn } from '../../platform/law.ts'
import { Problem } from '../../platform/problem.ts'
import type { Deed, Work } from '../../platform/work.ts'
import * as units from '../../units/units.ts'
import { completeApplication } from '../adjudication/adjudication.ts'
import { actWithin } from '../law.ts'
import { transition } from '../lifecycle.ts'
import * as store from '../store-application.ts'
import * as storeFinding from '../store-finding.ts'

/** Applies the outcome of a correction: the waiting application continues, or an officer looks at it again. */
async function applyCorrectionOutcome(
  work: Work,
  correctionId: string,
  outcome: 'approved' | 'refused' | 'withdrawn',
): Promise<void> {
  for (const waiting of await store.findApplicationsBy(work, 'correction_id', correctionId)) {
    if (waiting.state !== 'correction-pending') continue
    const checked = await transition(
      work,
      waiting,
      ['data-check'],
      {
        actsUnitId: waiting.unitId,
        actBy: units.workingDaysAfter(work.today, ruleOn(actWithin, work.today, work).corrected),
      },
      { reason: `correction-${outcome}` },
    )
    if (outcome !== 'approved' || !checked.capturedAt) continue
    // The person signed the values that the register has now.
    await storeFinding.setFindingResolved(work, checked, 'data', 'correction approved')
    try {
      await completeApplication(work, checked)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
    }
  }
}

const outcomes = {
  'correction.approved': 'approved',
  'correction.refused': 'refused',
  'correction.withdrawn': 'withdrawn',
} as const

/** A consequence of the end of a correction: the waiting application continues, or an officer looks at it again. */
export async function applyCorrectionDeed(work: Work, { deed, subject }: Deed): Promise<void> {
  const outcome = outcomes[deed as keyof typeof outcomes]
  if (outcome) await applyCorrectionOutcome(work, subject.id, outcome)
}
