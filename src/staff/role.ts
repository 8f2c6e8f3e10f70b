import type { Level } from '../units/contract.ts'

/**
 * What an officer can be in a unit (issue of the campaign: police at three levels, the card centre, education, the
 * people's committee).
 */
export const roles = [
  'provincial-commander',
  'district-officer',
  'ward-officer',
  'card-centre-operator',
  'data-approver',
  'education-officer',
  'peoples-committee',
  'auditor',
  'administrator',
] as const
export type Role = (typeof roles)[number]

export const isRole = (text: string): text is Role => roles.some(role => role === text)

/** At units of which levels a role exists. */
export const levelsOf: Record<Role, readonly Level[]> = {
  'provincial-commander': ['province'],
  'district-officer': ['district'],
  'ward-officer': ['commune'],
  'card-centre-operator': ['province'],
  'data-approver': ['province', 'district', 'commune'],
  'education-officer': ['province', 'district'],
  'peoples-committee': ['province', 'district', 'commune'],
  auditor: ['province', 'district'],
  administrator: ['province', 'district', 'commune'],
}

/**
 * Whose rows a role sees (house.md 9.1): those of the unit's subtree, those of the schools standing there and of no
 * resident, or nobody's: the subtree is counted then, and never listed.
 */
export type ScopeKind = 'police-subtree' | 'schools' | 'figures'

export const scopeKinds: Record<Role, ScopeKind> = {
  'provincial-commander': 'police-subtree',
  'district-officer': 'police-subtree',
  'ward-officer': 'police-subtree',
  'card-centre-operator': 'police-subtree',
  'data-approver': 'police-subtree',
  'education-officer': 'schools',
  'peoples-committee': 'figures',
  auditor: 'police-subtree',
  administrator: 'police-subtree',
}

type Columns = readonly [
  commander: 0 | 1,
  district: 0 | 1,
  ward: 0 | 1,
  centre: 0 | 1,
  approver: 0 | 1,
  education: 0 | 1,
  committee: 0 | 1,
  auditor: 0 | 1,
  administrator: 0 | 1,
]

/**
 * Who may do what. A right holds in the unit of the appointment, and for the rows of its scope alone. Columns are
 * `roles`, in that order.
 */
const table = {
  //                       commander district ward centre approver education committee auditor administrator
  'units.read': [1, 1, 1, 1, 1, 1, 1, 1, 1],
  'staff.read': [1, 1, 0, 0, 0, 0, 0, 1, 1],
  'staff.manage': [1, 0, 0, 0, 0, 0, 0, 0, 1],
  'register.look-up': [1, 1, 1, 0, 1, 0, 0, 0, 0],
  'register.search': [1, 1, 1, 0, 1, 0, 0, 0, 0],
  'register.read': [1, 1, 1, 0, 1, 0, 0, 0, 0],
  'register.import': [1, 0, 0, 0, 0, 0, 0, 0, 1],
  'register.propose': [1, 1, 1, 0, 1, 0, 0, 0, 0],
  'register.forward': [1, 1, 1, 0, 1, 0, 0, 0, 0],
  'register.decide': [0, 1, 1, 0, 1, 0, 0, 0, 0],
  'register.collect': [0, 1, 1, 0, 0, 0, 0, 0, 0],
  'register.establish': [0, 1, 0, 0, 1, 0, 0, 0, 0],
  'rolls.import': [1, 1, 1, 0, 0, 1, 0, 0, 0],
  'rolls.read': [1, 1, 1, 0, 0, 1, 0, 0, 0],
  'rolls.review': [1, 1, 1, 0, 0, 0, 0, 0, 0],
  'rolls.attendance': [1, 1, 1, 0, 0, 0, 0, 0, 0],
  'rolls.attendance-figures': [1, 1, 1, 0, 0, 0, 1, 1, 0],
  'campaign.lists': [1, 1, 1, 0, 0, 0, 0, 0, 0],
  'campaign.export': [1, 1, 1, 0, 0, 0, 0, 0, 0],
  'campaign.figures': [1, 1, 1, 0, 0, 1, 1, 1, 0],
  'campaign.manage': [1, 0, 0, 0, 0, 0, 0, 0, 0],
  'campaign.targets': [1, 1, 0, 0, 0, 0, 0, 0, 0],
  'figures.publish': [1, 1, 1, 0, 0, 0, 0, 0, 0],
  'planning.read': [1, 1, 1, 0, 0, 0, 0, 0, 0],
  'planning.manage': [1, 1, 1, 0, 0, 0, 0, 0, 0],
  'planning.order': [1, 1, 0, 0, 0, 0, 0, 0, 0],
  'planning.serve': [1, 1, 1, 0, 0, 0, 0, 0, 0],
  'planning.sign': [1, 1, 0, 0, 0, 0, 0, 0, 0],
  'directives.issue': [1, 1, 0, 0, 0, 0, 0, 0, 0],
  'directives.answer': [1, 1, 1, 0, 0, 0, 0, 0, 0],
  'groups.manage': [0, 1, 1, 0, 0, 0, 0, 0, 0],
  'enrolment.read': [1, 1, 1, 1, 1, 0, 0, 0, 0],
  'enrolment.capture': [0, 1, 1, 0, 0, 0, 0, 0, 0],
  'enrolment.receive': [1, 1, 1, 0, 0, 0, 0, 0, 0],
  'enrolment.stations': [1, 1, 0, 0, 0, 0, 0, 0, 0],
  'enrolment.check': [0, 1, 0, 0, 1, 0, 0, 0, 0],
  'enrolment.return': [0, 1, 0, 1, 1, 0, 0, 0, 0],
  'enrolment.approve': [0, 0, 0, 1, 1, 0, 0, 0, 0],
  'cards.read': [1, 1, 1, 1, 0, 0, 0, 0, 0],
  'cards.import': [1, 0, 0, 1, 0, 0, 0, 0, 1],
  'cards.produce': [1, 0, 0, 1, 0, 0, 0, 0, 0],
  'cards.check': [0, 0, 0, 1, 0, 0, 0, 0, 0],
  'cards.blanks': [0, 0, 0, 1, 0, 0, 0, 0, 0],
  'cards.ship': [1, 1, 1, 1, 0, 0, 0, 0, 0],
  'cards.hand-over': [0, 1, 1, 0, 0, 0, 0, 0, 0],
  'cards.block': [1, 1, 1, 0, 0, 0, 0, 0, 0],
  'cards.revoke': [1, 1, 0, 0, 0, 0, 0, 0, 0],
  'cards.withhold': [1, 1, 0, 0, 0, 0, 0, 0, 0],
  'accounts.read': [1, 1, 1, 0, 1, 0, 0, 0, 0],
  'accounts.approve': [1, 1, 0, 0, 1, 0, 0, 0, 0],
  'accounts.lock': [1, 1, 1, 0, 0, 0, 0, 0, 0],
  'accounts.phone': [0, 1, 1, 0, 0, 0, 0, 0, 0],
  'accounts.slip': [0, 1, 1, 0, 0, 0, 0, 0, 0],
  'accounts.request': [0, 1, 1, 0, 0, 0, 0, 0, 0],
  'accounts.raise': [0, 1, 1, 0, 0, 0, 0, 0, 0],
  'accounts.import': [1, 0, 0, 0, 0, 0, 0, 0, 1],
  'parties.read': [1, 0, 0, 0, 0, 0, 0, 1, 1],
  'parties.manage': [0, 0, 0, 0, 0, 0, 0, 0, 1],
  'parties.approve': [1, 0, 0, 0, 0, 0, 0, 0, 0],
  'outreach.read': [1, 1, 1, 0, 0, 0, 0, 0, 0],
  'outreach.retry': [1, 1, 0, 0, 0, 0, 0, 0, 0],
  'figures.read': [1, 1, 1, 1, 1, 1, 1, 1, 0],
  'audit.read': [1, 0, 0, 0, 0, 0, 0, 1, 0],
  'jobs.read': [1, 1, 1, 1, 1, 1, 0, 0, 1],
} as const satisfies Record<string, Columns>

export type OfficerRight = keyof typeof table

/** Rights whose doors answer with counts alone. */
export const countingRights: readonly string[] = ['campaign.figures', 'rolls.attendance-figures', 'figures.read']

const isRight = (text: string): text is OfficerRight => Object.hasOwn(table, text)

/** The one place where a right is checked. */
export const mayDo = (role: Role, right: string): boolean => isRight(right) && table[right][roles.indexOf(role)] === 1

export const rightsOf = (role: Role): OfficerRight[] =>
  Object.keys(table)
    .filter(isRight)
    .filter(right => mayDo(role, right))
