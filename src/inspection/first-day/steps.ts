import type { OfficerRight, Role } from '../../staff/staff.ts'
import type { GuideStepName } from './step-names.ts'

/**
 * The steps of each role's first day: the real work in its real places. What shows that a step was done is what the
 * audit has of the officer, or a page that they opened where opening it is the work.
 */

/** How the house knows that a step was done. */
type Evidence =
  | { readonly kind: 'factor' }
  | { readonly kind: 'duties' }
  /** One of these deeds is the officer's own. */
  | { readonly kind: 'deed'; readonly deeds: readonly string[] }
  /** They read somebody's data for this purpose. */
  | { readonly kind: 'reading'; readonly purpose: string }
  /** They opened the page at the step's address. */
  | { readonly kind: 'opened' }

type GuideStep = {
  /** Where it is done: an address of the console, or of a page without script. */
  readonly at: string
  /** What whoever does it needs; absent: every officer may. */
  readonly right?: OfficerRight
  readonly by: Evidence
}

const deed = (...deeds: string[]): Evidence => ({ kind: 'deed', deeds })
const reading = (purpose: string): Evidence => ({ kind: 'reading', purpose })
const opened: Evidence = { kind: 'opened' }

export const guideSteps: Readonly<Record<GuideStepName, GuideStep>> = {
  'second-factor': { at: '/second-factor/mine', by: { kind: 'factor' } },
  duties: { at: '/console/ngay-dau', by: { kind: 'duties' } },
  help: { at: '/console/ngay-dau', by: opened },
  today: { at: '/console/hom-nay', by: opened },
  campaign: { at: '/console/chien-dich', right: 'campaign.figures', by: opened },
  report: { at: '/console/bao-cao', right: 'campaign.figures', by: opened },
  'read-list': { at: '/console/danh-sach', right: 'campaign.lists', by: reading('campaign') },
  'find-person': { at: '/console/dan-cu', right: 'register.look-up', by: reading('register') },
  'review-row': { at: '/console/ra-soat', right: 'rolls.review', by: deed('roll-row.decided') },
  'send-roll': { at: '/console/ra-soat', right: 'rolls.import', by: deed('roll.sent', 'roll.imported') },
  'plan-session': { at: '/console/lich-luu-dong?xep=1', right: 'planning.manage', by: deed('session.planned') },
  'serve-session': {
    at: '/console/lich-luu-dong',
    right: 'planning.serve',
    by: deed('session.opened', 'roster.checked-in', 'roster.served', 'roster.walk-in'),
  },
  capture: {
    at: '/console/thu-nhan',
    right: 'enrolment.capture',
    by: deed('application.draft', 'application.captured', 'application.submitted'),
  },
  'check-application': {
    at: '/console/thu-nhan',
    right: 'enrolment.check',
    by: deed('application.data-check', 'application.settled', 'application.returned', 'application.sent-to-centre'),
  },
  'approve-application': {
    at: '/console/thu-nhan',
    right: 'enrolment.approve',
    by: deed('application.approved', 'application.refused', 'application.returned'),
  },
  'request-account': {
    at: '/console/tai-khoan',
    right: 'accounts.request',
    by: deed('account.requested', 'account.raise-asked'),
  },
  'approve-account': {
    at: '/console/tai-khoan',
    right: 'accounts.approve',
    by: deed('account.approved', 'account.refused', 'account.raised', 'account.raise-refused', 'account.handed-up'),
  },
  'decide-correction': {
    at: '/console/dan-cu/dinh-chinh',
    right: 'register.decide',
    by: deed('correction.approved', 'correction.refused'),
  },
  'hand-over': { at: '/console/the/trao', right: 'cards.hand-over', by: deed('card.handed-over') },
  'count-blanks': { at: '/console/the/phoi', right: 'cards.blanks', by: deed('blanks.received', 'blanks.counted') },
  'plan-batch': {
    at: '/console/the/dot/moi',
    right: 'cards.produce',
    by: deed('batch.planned', 'batch.ordered', 'batch.handed-up'),
  },
  'check-cards': {
    at: '/console/the/dot',
    right: 'cards.check',
    by: deed('card.made', 'card.rejected', 'card.reprinted', 'batch.returned', 'batch.closed'),
  },
  'send-box': { at: '/console/the/thung', right: 'cards.ship', by: deed('box.opened', 'box.sealed', 'box.sent') },
  'issue-directive': {
    at: '/console/chien-dich/chi-dao/moi',
    right: 'directives.issue',
    by: deed('directive.issued', 'directive.revised'),
  },
  universal: { at: '/console/pho-cap', right: 'education.lists', by: reading('attendance') },
  'follow-child': {
    at: '/console/pho-cap',
    right: 'education.follow',
    by: deed('pursuit.assigned', 'pursuit.concluded', 'pursuit.reopened'),
  },
  'name-homeroom': { at: '/console/lop-hoc', right: 'classes.manage', by: deed('homeroom.named') },
  'open-class': { at: '/console/lop-hoc', right: 'classes.teach', by: opened },
  'say-result': { at: '/console/lop-hoc', right: 'classes.teach', by: deed('pupil-result.recorded') },
  'open-visits': { at: '/console/di-tung-nha', right: 'groups.visit', by: opened },
  'say-visit': { at: '/console/di-tung-nha', right: 'groups.visit', by: deed('visit.said') },
  inspect: { at: '/console/kiem-toan', right: 'audit.ask', by: opened },
  'ask-officer': { at: '/console/kiem-toan', right: 'audit.ask', by: deed('pattern.asked', 'pattern.explained') },
  'read-trail': { at: '/console/kiem-toan/nhat-ky', right: 'audit.ask', by: opened },
  officers: { at: '/console/quan-tri', right: 'staff.read', by: opened },
  'propose-post': {
    at: '/console/quan-tri',
    right: 'staff.manage',
    by: deed('appointment.proposed', 'staff-batch.proposed', 'stand-in.proposed', 'officer.added'),
  },
  'accept-post': {
    at: '/console/quan-tri/de-nghi',
    right: 'staff.accept',
    by: deed('officer.appointed', 'staff-batch.accepted', 'stand-in.named', 'staff-proposal.refused'),
  },
  exchange: { at: '/console/trao-doi', right: 'exchange.read', by: opened },
  breaches: { at: '/console/quan-tri/vi-pham', right: 'protection.breaches', by: opened },
}

/** What everyone does first, and last. */
const about = (...own: readonly GuideStepName[]): readonly GuideStepName[] => [
  'second-factor',
  'duties',
  ...own,
  'help',
]

/** Which steps a role has, in their order; a new role is an entry here. */
export const stepsOf: Readonly<Record<Role, readonly GuideStepName[]>> = {
  'provincial-commander': about('today', 'campaign', 'issue-directive', 'approve-account', 'accept-post'),
  'pc06-reception': about('today', 'find-person', 'capture', 'request-account', 'hand-over'),
  'pc06-approver': about('today', 'check-application', 'approve-application', 'approve-account', 'decide-correction'),
  'service-centre-reception': about('today', 'find-person', 'capture', 'request-account', 'hand-over'),
  'district-officer': about('today', 'read-list', 'review-row', 'plan-session', 'check-application'),
  'ward-officer': about('today', 'read-list', 'review-row', 'plan-session', 'serve-session'),
  'card-centre-operator': about('today', 'count-blanks', 'plan-batch', 'check-cards', 'send-box'),
  'data-approver': about('today', 'check-application', 'approve-application', 'approve-account', 'decide-correction'),
  'education-officer': about('today', 'universal', 'follow-child', 'send-roll'),
  'school-officer': about('today', 'send-roll', 'name-homeroom'),
  'homeroom-teacher': about('open-class', 'say-result'),
  'community-group-member': about('open-visits', 'say-visit'),
  'peoples-committee': about('today', 'campaign', 'report'),
  auditor: about('today', 'inspect', 'ask-officer', 'read-trail'),
  administrator: about('officers', 'propose-post', 'accept-post', 'exchange', 'breaches'),
}
