import * as accounts from './accounts/accounts.ts'
import * as attachments from './attachments/attachments.ts'
import type { Consequences } from './audit/audit.ts'
import * as campaign from './campaign/campaign.ts'
import * as cards from './cards/cards.ts'
import * as citizens from './citizens/citizens.ts'
import * as classes from './classes/classes.ts'
import * as dataProtection from './data-protection/data-protection.ts'
import * as enrolment from './enrolment/enrolment.ts'
import { askForAccount, askForNumber, handUpMergedNumber, handUpPartedNumber, handUpRenewal } from './exchange-kinds.ts'
import {
  notifyFormerContact,
  notifyOfFactor,
  notifyOfPassword,
  notifyOfSignIn,
  sendOfficerLink,
  sendSignInCode,
} from './officer-messages.ts'
import { personTables } from './person-columns.ts'
import * as planning from './planning/planning.ts'
import * as register from './register/register.ts'
import * as rolls from './rolls/rolls.ts'
import * as signin from './signin/signin.ts'
import * as statistics from './statistics/statistics.ts'

/**
 * Deed → what follows in the same work, on one page. What follows later is a job that a consequence queues in the same
 * transaction (docs/house.md section 6). A deed that is not here has no consequence.
 */
export const consequences: Consequences = {
  //  deed                   in the same work          and later, as a job queued in the same transaction
  'correction.approved':  [rolls.followCorrection,   enrolment.applyCorrectionDeed, statistics.queueRegisterChanges,
                           rolls.queueRescoring],
  'correction.refused':   [rolls.followCorrection,   enrolment.applyCorrectionDeed],
  'correction.withdrawn': [rolls.followCorrection,   enrolment.applyCorrectionDeed, attachments.eraseAfterWithdrawal],
  'person.established':   [statistics.queueRegisterChanges, rolls.queueRescoring],
  'person.merged':       [signin.endWithMerge,       register.keepRecords(personTables), accounts.followMergedRecords,
                           cards.followMergedRecords, enrolment.followMergedRecords, planning.followMergedBookings,
                           handUpMergedNumber,
                           register.moveRecords,      statistics.queueMerged,    rolls.queueRescoring],
  'merge.undone':        [signin.endWithMerge,       accounts.notifyPartedRecords, handUpPartedNumber,
                           statistics.queueMerged,    rolls.queueRescoring],
  'person.died':          [accounts.lockOnDeath,     accounts.removeDeadRepresentative, cards.revokeCardsOfDead,
                           signin.endForGood,        statistics.queueRegisterChanges, rolls.queueRescoring,
                           register.endGuardianshipsWithDeath],
  'number.handed-up':     [askForNumber],
  'account.handed-up':    [askForAccount],
  'number.renewed':       [handUpRenewal,            statistics.queueRegisterChanges, rolls.queueRescoring],
  'register.imported':    [statistics.queueRegisterChanges, rolls.queueRescoring],
  'cards.imported':       [statistics.queueCardHolders,    enrolment.queueAdvancing],
  'accounts.imported':    [statistics.queueAccountHolders],
  'cards.history-imported': [statistics.queueCardHolders,  enrolment.queueAdvancing],
  'accounts.history-imported': [statistics.queueAccountHolders],
  'application.submitted':          [planning.followApplication, enrolment.notifyNoAccount],
  'application.data-check':         [planning.followApplication, enrolment.notifyNoAccount],
  'application.correction-pending': [planning.followApplication, enrolment.notifyNoAccount],
  'application.returned':           [enrolment.notifyReturned],
  'application.refused':            [enrolment.notifyRefused],
  'application.at-unit':            [enrolment.notifyCardAtUnit(planning.openingHoursText)],
  'application.sent-to-centre':     [planning.followApplication],
  'card.applied':         [statistics.queuePerson],
  'card.approved':        [statistics.queuePerson],
  'card.produced':        [statistics.queuePerson,   enrolment.advanceWithCard('printed')],
  'card.returned':        [statistics.queuePerson,   enrolment.advanceWithCard('at-unit')],
  'card.handed-over':     [statistics.queuePerson,   enrolment.advanceWithCard('handed-over'),
                           accounts.unlockWithNewCard],
  'card.blocked':         [statistics.queuePerson],
  'card.revoked':         [statistics.queuePerson,   enrolment.endWithCard, accounts.lockWithCard],
  'card.unblocked':       [statistics.queuePerson],
  'card.cancelled':       [statistics.queuePerson,   enrolment.endWithCard, accounts.endRequestWithCard],
  'card.reprinted':       [statistics.queuePerson,   enrolment.returnForReprint],
  'box.sent':             [enrolment.advanceBoxApplications],
  'hand-over-list.given': [enrolment.advanceListApplications],
  'batch.returned':       [statistics.queueCardHolders,    enrolment.queueAdvancing],
  'session.moved':        [planning.notifyMoved,     planning.followMovedSession],
  'session.cancelled':    [planning.notifyCancelled, planning.followCancelledSession],
  'session.closed':       [planning.notifyMissed],
  'password-link.granted': [sendOfficerLink],
  'password.chosen':      [notifyOfPassword],
  'session.began':        [notifyOfSignIn],
  'sign-in.refused':      [notifyOfSignIn],
  'officer-factor.asked-by-mail': [sendSignInCode],
  'officer-factor.added':   [notifyOfFactor],
  'officer-factor.removed': [notifyOfFactor],
  'contact.changed':      [notifyFormerContact],
  'account.requested':    [statistics.queuePerson,   register.endConsentWithWork],
  'account.raise-asked':  [register.endConsentWithWork],
  'account.approved':     [statistics.queuePerson],
  'account.activated':    [statistics.queuePerson],
  'account.raised':       [statistics.queuePerson,   signin.endOnLock],
  'account.locked':       [statistics.queuePerson,   signin.endOnLock],
  'account.unlocked':     [statistics.queuePerson],
  'account.phone-changed': [signin.endOnLock,        register.endConsentWithWork],
  'account.representative-changed': [signin.endOnLock],
  'account.representative-lost': [signin.endOnLock],
  'guardianship.ended':   [accounts.endWithGuardianship],
  'account.cancelled':    [statistics.queuePerson,   signin.endForGood],
  'account.refused':      [statistics.queuePerson],
  'account.lowered':      [statistics.queuePerson,   signin.endOnLock],
  'slip.printed':         [accounts.extendBySlip],
  'message.undeliverable': [accounts.shortenAfterLostNotice],
  'message.given-up':     [accounts.shortenAfterLostNotice],
  'account.hold-lifted':  [signin.endOnLock],
  'slip.stopped':         [signin.endOnStoppedSlip],
  'passcode.set':         [signin.endOnNewPasscode],
  'device.ended':         [signin.endOnEndedDevice],
  'verification.stopped': [citizens.notifyProbingStopped],
  'party.suspended':      [signin.endGrantsOfClients],
  'client.suspended':     [signin.endGrantsOfClients],
  'roll.reconciled':      [statistics.queueSchool],
  'roll.rescored':        [statistics.queueSchool],
  'roll.shared-pupils':   [statistics.queueSchool],
  'roll.thrown-away':     [statistics.queueSchool],
  'errand.school-insisted': [rolls.followUpAnswer],
  'errand.register-stood':  [rolls.followUpAnswer,       classes.closeAnswered],
  'group.ended':            [campaign.endLinksOfGroup],
  'pupil-result.recorded':  [classes.queueUnreached],
  'pupil-result.taken-back': [classes.queueUnreached],
  'roll-row.decided':     [rolls.followUpDecision,     statistics.queueSchool],
  'roll-row.decision-undone': [rolls.followUpDecision, statistics.queueSchool],
  'schools.imported':     [statistics.queueEveryone],
  'units.imported':       [statistics.queueEveryone],
  'campaign.created':     [statistics.queueCampaign],
  'campaign.changed':    [statistics.queueCampaign],
  'campaign.closed':      [statistics.recountBeforeClosing],
  'own-data.downloaded':  [dataProtection.answerByCopy],
  'site.closed-on':       [planning.followClosedSite],
  'data-request.filed':     [dataProtection.followWithReminders],
  'data-request.answered':  [dataProtection.followWithReminders],
  'data-request.withdrawn': [dataProtection.followWithReminders, attachments.eraseAfterWithdrawal],
  'exception.said':       [statistics.queuePerson],
  'exception.taken-back': [statistics.queuePerson],
} // biome-ignore format: a table
