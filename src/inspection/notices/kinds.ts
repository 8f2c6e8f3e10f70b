import type { OfficerRight } from '../../staff/staff.ts'

/**
 * Which deeds an officer is told of. What somebody began comes back to them by the deeds of another about the same
 * thing; what asks for the work of a right comes to everyone who has it, as far as their scope sees the deed. Pure.
 */

/** Deeds by which officers begin something, and deeds of others by which it comes back. */
const returning: readonly { readonly began: readonly string[]; readonly back: readonly string[] }[] = [
  {
    began: ['application.draft', 'application.captured', 'application.submitted', 'application.signed'],
    back: ['application.returned', 'application.recapture', 'application.refused', 'application.correction-pending'],
  },
  { began: ['correction.proposed', 'correction.forwarded'], back: ['correction.approved', 'correction.refused'] },
  { began: ['merge.proposed'], back: ['merge.refused', 'merge.undone'] },
  {
    began: ['person.collected', 'number.asked', 'number.handed-up', 'collection.mended'],
    back: ['collection.refused', 'collection.returned'],
  },
  {
    began: ['account.requested', 'account.raise-asked'],
    back: ['account.refused', 'account.raise-refused', 'account.supplement-asked'],
  },
  { began: ['account.supplement-asked'], back: ['account.supplied'] },
  { began: ['slip.printed'], back: ['slip.approved', 'slip.refused'] },
  { began: ['roll.sent', 'roll.imported'], back: ['roll.thrown-away', 'roll.accepted'] },
  { began: ['roll-row.handed-on'], back: ['roll-row.handed-back'] },
  {
    began: ['appointment.proposed', 'stand-in.proposed', 'reset.proposed', 'contact.proposed', 'factor-reset.proposed'],
    back: ['staff-proposal.refused'],
  },
  { began: ['staff-batch.proposed'], back: ['staff-batch.accepted'] },
  { began: ['party.submitted'], back: ['party.approved', 'party.refused'] },
  { began: ['directive.issued'], back: ['directive.answered'] },
  { began: ['pattern.asked'], back: ['pattern.answered'] },
]

/** What asks for the work of a right. */
export const asking: Readonly<Record<string, OfficerRight>> = {
  'application.submitted': 'enrolment.check',
  'application.sent-to-centre': 'enrolment.approve',
  'account.requested': 'accounts.approve',
  'account.raise-asked': 'accounts.approve',
  'slip.printed': 'accounts.approve',
  'correction.proposed': 'register.decide',
  'correction.forwarded': 'register.decide',
  'merge.proposed': 'register.decide',
  'person.collected': 'register.establish',
  'party.submitted': 'parties.approve',
  'appointment.proposed': 'staff.accept',
  'staff-batch.proposed': 'staff.accept',
  'roll-row.handed-on': 'rolls.review',
  // Whoever answers for the unit to those above it.
  'decision.authority-ended': 'directives.answer',
}

const all = (which: 'began' | 'back') => [...new Set(returning.flatMap(one => one[which]))]
export const beginningDeeds: readonly string[] = all('began')
export const returningDeeds: readonly string[] = all('back')

/** Whether a deed brings back what another began. */
export const bringsBack = (began: string, back: string): boolean =>
  returning.some(one => one.began.includes(began) && one.back.includes(back))
