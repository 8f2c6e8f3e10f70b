import * as accounts from './accounts/accounts.ts'
import * as cards from './cards/cards.ts'
import type { DecisionKinds } from './decisions/decisions.ts'
import * as enrolment from './enrolment/enrolment.ts'
import { kindsOfFollowUps } from './follow-up-kinds.ts'
import * as followUps from './follow-ups/follow-ups.ts'

/** Every kind of decision that may be undone for a while, with the verb that carries it out. */
export const kindsOfDecisions = (keys: () => Promise<enrolment.StationKeys>): DecisionKinds => [
  ...followUps.followUpDecisions(kindsOfFollowUps),
  ...cards.cardDecisions,
  ...accounts.accountDecisions,
  ...enrolment.applicationDecisions(keys),
]
