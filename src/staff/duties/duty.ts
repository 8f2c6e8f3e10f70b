import type { Day } from '../../platform/day.ts'
import type { Asking } from '../../platform/law.ts'
import type { UnitLevelName } from '../../units/contract.ts'
import { levelsOn, mayDo, type OfficerRight, type Role, roles } from '../role.ts'

/** What officers are there for, each by the right that it takes. A duty has somebody on every day, at some level. */
export const duties = {
  capture: 'enrolment.capture',
  'check-application': 'enrolment.check',
  'approve-card': 'enrolment.approve',
  'produce-card': 'cards.produce',
  'check-card': 'cards.check',
  'hand-over-card': 'cards.hand-over',
  'block-card': 'cards.block',
  'withhold-card': 'cards.withhold',
  'request-account': 'accounts.request',
  'raise-account': 'accounts.raise',
  'approve-account': 'accounts.approve',
  'lock-account': 'accounts.lock',
  'print-slip': 'accounts.slip',
  'look-up': 'register.look-up',
  'serve-anybody': 'register.serve',
  'propose-correction': 'register.propose',
  'decide-correction': 'register.decide',
  'collect-person': 'register.collect',
  'establish-number': 'register.establish',
  'send-roll': 'rolls.import',
  'review-roll': 'rolls.review',
  'name-homeroom': 'classes.manage',
  'follow-class': 'classes.teach',
  'list-universal-education': 'education.lists',
  'survey-literacy': 'education.import',
  'list-out-of-school': 'rolls.attendance',
  'plan-session': 'planning.manage',
  'order-overtime': 'planning.order',
  'sign-overtime': 'planning.sign',
  'issue-directive': 'directives.issue',
  'answer-directive': 'directives.answer',
  'publish-report': 'figures.publish',
  'manage-group': 'groups.manage',
  'visit-households': 'groups.visit',
  'propose-appointment': 'staff.manage',
  'accept-appointment': 'staff.accept',
  'register-party': 'parties.manage',
  'approve-party': 'parties.approve',
  'file-data-request': 'protection.receive',
  'answer-data-request': 'protection.answer',
  'record-breach': 'protection.breaches',
  'examine-readings': 'audit.ask',
} as const satisfies Record<string, OfficerRight>

export type Duty = keyof typeof duties
export const dutyNames = Object.keys(duties) as readonly Duty[]

export type DutyHolder = { readonly role: Role; readonly level: UnitLevelName }

/** Who may do a duty on a day, and at units of which level. */
export const holdersOn = (duty: Duty, day: Day, asking: Asking): readonly DutyHolder[] =>
  roles
    .filter(role => mayDo(role, duties[duty]))
    .flatMap(role => levelsOn(role, day, asking).map(level => ({ role, level })))
