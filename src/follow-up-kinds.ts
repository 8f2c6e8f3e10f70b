import * as classes from './classes/classes.ts'
import * as enrolment from './enrolment/enrolment.ts'
import * as families from './families/families.ts'
import type { FollowUpKinds } from './follow-ups/follow-ups.ts'
import { lostMessageFollowUps } from './message-follow-ups.ts'
import * as outOfSchool from './out-of-school/out-of-school.ts'
import * as planning from './planning/planning.ts'
import * as rolls from './rolls/rolls.ts'

/**
 * Every kind of kept work, with what the context that opens it knows of it, and what is stuck without a follow-up. A
 * new kind is a code in src/follow-ups/follow-up.ts and a line here.
 */
export const kindsOfFollowUps: FollowUpKinds = {
  'roll-defect': rolls.rollDefectFollowUps,
  'roll-of-strangers': rolls.heldRollFollowUps,
  household: outOfSchool.householdFollowUps,
  'pupil-unreached': classes.unreachedFollowUps,
  'missed-appointment': planning.missedAppointmentFollowUps,
  message: lostMessageFollowUps,
  'phone-not-theirs': families.disownedPhoneFollowUps,
  gap: enrolment.stuckGaps,
}
