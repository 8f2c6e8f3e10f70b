import { type FeeExemption, feeExemptions } from '../../../src/enrolment/capture.ts'
import { type Fee, feeFor } from '../../../src/enrolment/fee.ts'
import { feeExemptionsOfDay, feeShare, feeShareOnline } from '../../../src/enrolment/law.ts'
import { type Day, parsePartialDay } from '../../../src/platform/day.ts'
import { builtInLaw, ruleOn } from '../../../src/platform/law.ts'
import type { Draft } from './draft.ts'

/** What the person at the desk is asked to pay, by the law of the day and what the officer recorded. */

export const feeOfDraft = ({ request, person, oldCard, fee }: Draft, day: Day): Fee =>
  feeFor({ ...request, birthDate: parsePartialDay(person.birthDate), oldCard, fee }, day, builtInLaw)

/** Whether anybody has to pay for such a request, so that it is asked why this person does not. */
export const hasFee = (draft: Draft, day: Day): boolean => feeOfDraft({ ...draft, fee: undefined }, day).is !== 'none'

/** An error of the agency frees a card that was printed wrong alone. */
export const exemptionsFor = ({ request }: Draft, day: Day): readonly FeeExemption[] => {
  const known = ruleOn(feeExemptionsOfDay, day, builtInLaw)
  return feeExemptions.filter(
    kind => known.includes(kind) && (kind !== 'agency-error' || request.reason === 'printed-wrong'),
  )
}

/** Whether it costs less where the application was filed online. */
export const isCheaperOnline = (day: Day): boolean =>
  ruleOn(feeShareOnline, day, builtInLaw) < ruleOn(feeShare, day, builtInLaw)

/** An exemption without its paper is none. */
export const lacksEvidence = ({ fee }: Draft): boolean => fee?.exemption !== undefined && !fee.exemption.evidence.trim()
