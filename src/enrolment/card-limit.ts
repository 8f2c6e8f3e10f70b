import type { Day } from '../platform/day.ts'
import type { Id } from '../platform/ids.ts'
import { type Asking, type LawReference, referenceOn } from '../platform/law.ts'
import type { Work } from '../platform/work.ts'
import * as units from '../units/units.ts'
import type { ApplicationKind } from './capture.ts'
import { type ProcessingPlace, processingPlaceOf, wholeLimits, workingDaysFor } from './law.ts'

/** By when a card must come, in working days of the law from a complete application on. */

export type CardLimit = { readonly workingDays: number; readonly dueOn: Day; readonly law: LawReference }

/** The row of the law that gives an application of a day its last day. */
export const cardLimitLaw = (complete: Day, work: Asking): LawReference => referenceOn(wholeLimits, complete, work)

/** The limit of an application that is complete on a day. */
export function cardLimitOn(kind: ApplicationKind, place: ProcessingPlace, complete: Day, work: Asking): CardLimit {
  const workingDays = workingDaysFor(kind, place, complete, work)
  return {
    workingDays,
    dueOn: units.workingDaysAfter(complete, workingDays),
    law: cardLimitLaw(complete, work),
  }
}

/** What the law takes a unit's district for on a day. */
export async function processingPlaceIn(work: Work, unitId: Id<'unit'>, day: Day): Promise<ProcessingPlace> {
  const path = await units.unitPath(work, unitId, day)
  return processingPlaceOf(
    path.find(({ level }) => level === 'district'),
    day,
    work,
  )
}
