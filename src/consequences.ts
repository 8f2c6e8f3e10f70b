import * as accounts from './accounts/accounts.ts'
import type { Consequences } from './audit/audit.ts'
import * as cards from './cards/cards.ts'
import * as citizens from './citizens/citizens.ts'
import * as enrolment from './enrolment/enrolment.ts'
import * as planning from './planning/planning.ts'
import * as rolls from './rolls/rolls.ts'
import * as signin from './signin/signin.ts'
import * as statistics from './statistics/statistics.ts'

/**
 * Deed → what follows in the same work, on one page. What follows later is a job that a consequence queues in the same
 * transaction (docs/house.md section 6). A deed that is not here has no consequence.
 */
export const consequences: Consequences = {
  //  deed                   in the same work          and later, as a job queued in the same transaction
  'correction.approved':  [rolls.followCorrection,   enrolment.followCorrectionDeed, statistics.countRegister,
                           rolls.queueRescoring],
  'correction.refused':   [rolls.followCorrection,   enrolment.followCorrectionDeed],
  'correction.withdrawn': [rolls.followCorrection,   enrolment.followCorrectionDeed],
  'person.established':   [statistics.countRegister, rolls.queueRescoring],
  'person.died':          [accounts.followDeath,     accounts.followRepresentativeDeath, cards.revokeAllOf,
                           signin.endForGood,        statistics.countRegister, rolls.queueRescoring],
  'number.renewed':       [statistics.countRegister, rolls.queueRescoring],
  'register.imported':    [statistics.countRegister, rolls.queueRescoring],
  'cards.imported':       [statistics.countCards,    enrolment.queueFollowing],
  'accounts.imported':    [statistics.countAccounts],
  'cards.history-imported': [statistics.countCards,  enrolment.queueFollowing],
  'accounts.history-imported': [statistics.countAccounts],
  'application.submitted':          [planning.followApplication, enrolment.tellNoAccount],
  'application.data-check':         [planning.followApplication, enrolment.tellNoAccount],
  'application.correction-pending': [planning.followApplication, enrolment.tellNoAccount],
  'application.returned':           [enrolment.tellReturned],
  'application.refused':            [enrolment.tellRefused],
  'application.at-unit':            [enrolment.tellAtUnit],
  'application.sent-to-centre':     [planning.followApplication],
  'card.applied':         [statistics.countPerson],
  'card.approved':        [statistics.countPerson],
  'card.produced':        [statistics.countPerson,   enrolment.followCardTo('printed')],
  'card.returned':        [statistics.countPerson,   enrolment.followCardTo('at-unit')],
  'card.handed-over':     [statistics.countPerson,   enrolment.followCardTo('handed-over'), accounts.followNewCard],
  'card.blocked':         [statistics.countPerson],
  'card.revoked':         [statistics.countPerson,   enrolment.followEnd, accounts.followCardEnd],
  'card.unblocked':       [statistics.countPerson],
  'card.cancelled':       [statistics.countPerson,   enrolment.followEnd, accounts.followCardCancelled],
  'card.reprinted':       [statistics.countPerson,   enrolment.followReprint],
  'box.sent':             [enrolment.followBox],
  'hand-over-list.given': [enrolment.followList],
  'batch.returned':       [statistics.countCards,    enrolment.queueFollowing],
  'account.requested':    [statistics.countPerson],
  'account.approved':     [statistics.countPerson],
  'account.activated':    [statistics.countPerson],
  'account.raised':       [statistics.countPerson,   signin.endWithLock],
  'account.locked':       [statistics.countPerson,   signin.endWithLock],
  'account.unlocked':     [statistics.countPerson],
  'account.phone-changed': [signin.endWithLock],
  'account.representative-changed': [signin.endWithLock],
  'account.cancelled':    [statistics.countPerson,   signin.endForGood],
  'account.refused':      [statistics.countPerson],
  'account.lowered':      [statistics.countPerson,   signin.endWithLock],
  'slip.printed':         [accounts.followSlip],
  'message.undeliverable': [accounts.followLostNotice],
  'message.given-up':     [accounts.followLostNotice],
  'passcode.set':         [signin.endWithLock],
  'device.ended':         [signin.endWithLock],
  'verification.stopped': [citizens.tellStopped],
  'party.suspended':      [signin.endOfClients],
  'client.suspended':     [signin.endOfClients],
  'roll.reconciled':      [statistics.countSchool],
  'roll.rescored':        [statistics.countSchool],
  'roll.shared-pupils':   [statistics.countSchool],
  'roll.thrown-away':     [statistics.countSchool],
  'roll-row.decided':     [rolls.followDecision,     statistics.countSchool],
  'roll-row.decision-undone': [rolls.followDecision, statistics.countSchool],
  'schools.imported':     [statistics.countEveryone],
  'units.imported':       [statistics.countEveryone],
  'campaign.created':     [statistics.countCampaign],
  'campaign.closed':      [statistics.countBeforeClosing],
  'exception.said':       [statistics.countPerson],
  'exception.taken-back': [statistics.countPerson],
} // biome-ignore format: a table
