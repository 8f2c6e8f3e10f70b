import type { Day } from '../platform/day.ts'
import type { Endpoint } from '../platform/endpoint.ts'
import { type Asking, ruleOn } from '../platform/law.ts'
import type { UnitLevelName } from '../units/contract.ts'
import { roleLevels } from './law.ts'

/** Everything that an officer can be given leave to do, by what it is about: `cards.ship` is `ship` of `cards`. */
const rights = {
  units: ['read'],
  staff: ['read', 'manage', 'accept'],
  register: [
    'look-up',
    'search',
    'read',
    'import',
    'propose',
    'forward',
    'decide',
    'collect',
    'establish',
    'serve',
    'movements',
    'residence',
  ],
  rolls: ['import', 'read', 'review', 'attendance', 'attendance-figures'],
  campaign: ['lists', 'export', 'figures', 'manage', 'targets'],
  figures: ['publish', 'read'],
  planning: ['read', 'manage', 'order', 'serve', 'sign'],
  directives: ['issue', 'answer'],
  groups: ['manage', 'visit'],
  awareness: ['read', 'record'],
  classes: ['manage', 'links', 'teach'],
  families: ['slips'],
  education: ['lists', 'follow', 'import'],
  enrolment: ['read', 'capture', 'receive', 'stations', 'check', 'return', 'approve'],
  cards: ['read', 'import', 'produce', 'check', 'blanks', 'ship', 'hand-over', 'block', 'revoke', 'withhold'],
  accounts: ['read', 'approve', 'lock', 'phone', 'slip', 'request', 'raise', 'import'],
  parties: ['read', 'manage', 'approve'],
  outreach: ['read', 'retry'],
  exchange: ['read', 'settle', 'look-up'],
  audit: ['read', 'ask', 'export'],
  protection: ['receive', 'answer', 'breaches'],
  jobs: ['read'],
  operations: ['look-up-request', 'read-growth'],
} as const
type Group = keyof typeof rights
export type OfficerRight = { [G in Group]: `${G}.${(typeof rights)[G][number]}` }[Group]

type RoleKind = {
  /** At units of which levels it ever existed; on which day at which: `roleLevels` of law.ts. */
  readonly levels: readonly UnitLevelName[]
  /**
   * Whose rows it sees (house.md 9.1): those of the unit's subtree; those of the schools standing there and of no
   * resident; nobody's, when the subtree is counted and never listed; what the unit itself has in hand, such as its
   * stations, applications and cards, and whoever consents at its counter; those of the one school of the post; or
   * what is tied to the post itself and nothing else, as a teacher's class or the lists of a group are.
   */
  readonly sees: 'police-subtree' | 'schools' | 'figures' | 'counter' | 'own-school' | 'own-part'
  /** Whether it is of the staff of one school, which stands in the unit of the post. */
  readonly ofSchool?: true
  /** Of the police, and sent to a session: the others have posts in the same units, and none there. */
  readonly goesOut: boolean
  /** Whether a code by mail is second factor enough, until its officer has a passkey or an app. */
  readonly signsInByMail?: true
  /** What it may do, in the unit of the appointment and for the rows of its scope alone. */
  readonly rights: { readonly [G in Group]?: readonly (typeof rights)[G][number][] }
}

/**
 * What an officer can be in a unit (issue of the campaign: police at three levels, the card centre, education, the
 * people's committee), and who may do what. A new role is an entry here; the compiler then asks for its name.
 */
const table = {
  'provincial-commander': {
    levels: ['province'],
    sees: 'police-subtree',
    goesOut: true,
    rights: {
      awareness: ['read', 'record'],
      units: ['read'],
      staff: ['read', 'manage', 'accept'],
      register: ['look-up', 'search', 'read', 'import', 'propose', 'forward', 'movements'],
      rolls: ['import', 'read', 'review', 'attendance', 'attendance-figures'],
      campaign: ['lists', 'export', 'figures', 'manage', 'targets'],
      figures: ['publish', 'read'],
      planning: ['read', 'manage', 'order', 'serve', 'sign'],
      directives: ['issue', 'answer'],
      enrolment: ['read', 'receive', 'stations'],
      cards: ['read', 'import', 'produce', 'ship', 'block', 'revoke', 'withhold'],
      accounts: ['read', 'approve', 'lock', 'import'],
      parties: ['read', 'approve'],
      outreach: ['read', 'retry'],
      audit: ['read'],
      exchange: ['read', 'settle'],
      jobs: ['read'],
      protection: ['receive', 'answer', 'breaches'],
    },
  },
  'pc06-reception': {
    levels: ['province'],
    sees: 'police-subtree',
    goesOut: true,
    rights: {
      units: ['read'],
      register: ['look-up', 'search', 'read', 'propose', 'forward', 'collect', 'serve'],
      campaign: ['lists', 'figures'],
      figures: ['read'],
      planning: ['read', 'serve'],
      enrolment: ['read', 'capture', 'receive'],
      cards: ['read', 'ship', 'hand-over', 'block'],
      accounts: ['read', 'lock', 'phone', 'slip', 'request', 'raise'],
      outreach: ['read'],
      jobs: ['read'],
      protection: ['receive'],
    },
  },
  'pc06-approver': {
    levels: ['province'],
    sees: 'police-subtree',
    goesOut: true,
    rights: {
      units: ['read'],
      staff: ['read'],
      register: ['look-up', 'search', 'read', 'propose', 'forward', 'decide', 'establish'],
      campaign: ['lists', 'figures'],
      figures: ['read'],
      planning: ['read', 'sign'],
      enrolment: ['read', 'stations', 'check', 'return', 'approve'],
      cards: ['read', 'block', 'revoke', 'withhold'],
      accounts: ['read', 'approve', 'lock'],
      outreach: ['read', 'retry'],
      jobs: ['read'],
      protection: ['receive', 'answer'],
    },
  },
  'service-centre-reception': {
    levels: ['province'],
    sees: 'counter',
    goesOut: false,
    rights: {
      units: ['read'],
      register: ['look-up', 'read', 'serve'],
      enrolment: ['read', 'capture', 'receive'],
      cards: ['read', 'hand-over'],
      accounts: ['read', 'request', 'raise'],
      jobs: ['read'],
      protection: ['receive'],
    },
  },
  'district-officer': {
    levels: ['district'],
    sees: 'police-subtree',
    goesOut: true,
    rights: {
      awareness: ['read', 'record'],
      units: ['read'],
      staff: ['read'],
      register: [
        'look-up',
        'search',
        'read',
        'propose',
        'forward',
        'decide',
        'collect',
        'establish',
        'serve',
        'movements',
        'residence',
      ],
      rolls: ['import', 'read', 'review', 'attendance', 'attendance-figures'],
      campaign: ['lists', 'export', 'figures', 'targets'],
      figures: ['publish', 'read'],
      planning: ['read', 'manage', 'order', 'serve', 'sign'],
      directives: ['issue', 'answer'],
      groups: ['manage'],
      families: ['slips'],
      enrolment: ['read', 'capture', 'receive', 'stations', 'check', 'return'],
      cards: ['read', 'ship', 'hand-over', 'block', 'revoke', 'withhold'],
      accounts: ['read', 'approve', 'lock', 'phone', 'slip', 'request', 'raise'],
      outreach: ['read', 'retry'],
      exchange: ['read', 'look-up'],
      jobs: ['read'],
      protection: ['receive', 'answer'],
    },
  },
  'ward-officer': {
    levels: ['commune'],
    sees: 'police-subtree',
    goesOut: true,
    rights: {
      awareness: ['read', 'record'],
      units: ['read'],
      register: [
        'look-up',
        'search',
        'read',
        'propose',
        'forward',
        'decide',
        'collect',
        'serve',
        'movements',
        'residence',
      ],
      rolls: ['import', 'read', 'review', 'attendance', 'attendance-figures'],
      campaign: ['lists', 'export', 'figures'],
      figures: ['publish', 'read'],
      planning: ['read', 'manage', 'serve'],
      directives: ['answer'],
      groups: ['manage'],
      classes: ['links'],
      families: ['slips'],
      enrolment: ['read', 'capture', 'receive'],
      cards: ['read', 'ship', 'hand-over', 'block'],
      accounts: ['read', 'lock', 'phone', 'slip', 'request', 'raise'],
      outreach: ['read', 'retry'],
      exchange: ['read', 'look-up'],
      jobs: ['read'],
      protection: ['receive'],
    },
  },
  'card-centre-operator': {
    levels: ['province'],
    sees: 'police-subtree',
    goesOut: false,
    rights: {
      units: ['read'],
      enrolment: ['read', 'return', 'approve'],
      cards: ['read', 'import', 'produce', 'check', 'blanks', 'ship'],
      figures: ['read'],
      exchange: ['read'],
      jobs: ['read'],
    },
  },
  'data-approver': {
    levels: ['province', 'district', 'commune'],
    sees: 'police-subtree',
    goesOut: true,
    rights: {
      units: ['read'],
      register: ['look-up', 'search', 'read', 'propose', 'forward', 'decide', 'establish'],
      enrolment: ['read', 'check', 'return', 'approve'],
      accounts: ['read', 'approve'],
      figures: ['read'],
      exchange: ['read', 'look-up'],
      jobs: ['read'],
      protection: ['receive', 'answer'],
    },
  },
  'education-officer': {
    levels: ['province', 'district', 'commune'],
    sees: 'schools',
    goesOut: false,
    signsInByMail: true,
    rights: {
      awareness: ['read', 'record'],
      units: ['read'],
      rolls: ['import', 'read'],
      education: ['lists', 'follow', 'import'],
      campaign: ['figures'],
      directives: ['answer'],
      figures: ['read'],
      jobs: ['read'],
    },
  },
  'school-officer': {
    levels: ['commune'],
    sees: 'own-school',
    ofSchool: true,
    goesOut: false,
    signsInByMail: true,
    rights: {
      awareness: ['read', 'record'],
      units: ['read'],
      rolls: ['import', 'read'],
      classes: ['manage', 'links'],
      families: ['slips'],
      directives: ['answer'],
      jobs: ['read'],
    },
  },
  'homeroom-teacher': {
    levels: ['commune'],
    sees: 'own-part',
    ofSchool: true,
    goesOut: false,
    signsInByMail: true,
    rights: { units: ['read'], classes: ['teach'] },
  },
  'community-group-member': {
    levels: ['commune'],
    sees: 'own-part',
    goesOut: false,
    signsInByMail: true,
    rights: { units: ['read'], groups: ['visit'] },
  },
  'peoples-committee': {
    levels: ['province', 'district', 'commune'],
    sees: 'figures',
    goesOut: false,
    rights: {
      units: ['read'],
      rolls: ['attendance-figures'],
      campaign: ['figures'],
      figures: ['read'],
    },
  },
  auditor: {
    levels: ['province', 'district'],
    sees: 'police-subtree',
    goesOut: false,
    rights: {
      units: ['read'],
      staff: ['read'],
      rolls: ['attendance-figures'],
      campaign: ['figures'],
      parties: ['read'],
      figures: ['read'],
      audit: ['read', 'ask', 'export'],
    },
  },
  administrator: {
    levels: ['province', 'district', 'commune'],
    sees: 'police-subtree',
    goesOut: false,
    rights: {
      units: ['read'],
      staff: ['read', 'manage', 'accept'],
      register: ['import'],
      cards: ['import'],
      accounts: ['import'],
      parties: ['read', 'manage'],
      exchange: ['read', 'settle'],
      jobs: ['read'],
      operations: ['look-up-request', 'read-growth'],
      protection: ['breaches'],
    },
  },
} as const satisfies Record<string, RoleKind>

export type Role = keyof typeof table
export const roleKinds: Readonly<Record<Role, RoleKind>> = table

export const isRole = (text: string): text is Role => Object.hasOwn(table, text)
export const roles = Object.keys(table).filter(isRole)

/**
 * At units of which levels a role exists on a day. Posts outlive their level: nobody ends every appointment of a level
 * on the day that it is dissolved, so whoever asks what a post opens asks this too.
 */
export const levelsOn = (role: Role, day: Day, asking: Asking): readonly UnitLevelName[] =>
  ruleOn<Readonly<Record<Role, readonly UnitLevelName[]>>>(roleLevels, day, asking)[role]

/** Whether a post of a role is at one school of its unit. */
export const isOfSchool = (role: Role): boolean => roleKinds[role].ofSchool === true

/** Whether a role is of the police, which see residents or whoever comes to their counter. */
export const isOfPolice = (role: Role): boolean => ['police-subtree', 'counter'].includes(roleKinds[role].sees)
/** Whether it is of a people's committee, which reads figures and nobody's row. */
export const isOfCommittee = (role: Role): boolean => roleKinds[role].sees === 'figures'

/** Rights whose doors answer with counts alone. */
export const countingRights: readonly string[] = [
  'campaign.figures',
  'rolls.attendance-figures',
  'figures.read',
] satisfies OfficerRight[]

/** Rights by which officers approve, give rights or settle whose record is whose: a change needs a fresh factor. */
const rightsOfChange: ReadonlySet<string> = new Set([
  'staff.manage',
  'staff.accept',
  'register.decide',
  'register.establish',
  'enrolment.approve',
  'accounts.approve',
  'parties.approve',
] satisfies OfficerRight[])

/** Rights by which lists of people, or of what officers did, leave the house: reading needs a fresh factor too. */
const rightsOfExport: ReadonlySet<string> = new Set(['campaign.export', 'audit.export'] satisfies OfficerRight[])

/**
 * Whether a request needs a second factor that was given lately: approvals, exports and rights of officers do, so that
 * a session that was left open or stolen is worth little. An endpoint whose right is one of daily work says so itself.
 */
export const needsFreshFactor = ({
  right,
  method,
  needsFreshFactor: needsItself,
}: Pick<Endpoint, 'right' | 'method' | 'needsFreshFactor'>): boolean =>
  needsItself === true || rightsOfExport.has(right) || (rightsOfChange.has(right) && method !== 'GET')

const named = (groups: RoleKind['rights']): OfficerRight[] =>
  Object.entries(groups).flatMap(([group, ofGroup]) => ofGroup.map(right => `${group}.${right}` as OfficerRight))

/** The same table, asked by right. */
const rolesByRight: ReadonlyMap<string, ReadonlySet<Role>> = new Map(
  named(rights).map(right => [right, new Set(roles.filter(role => named(table[role].rights).includes(right)))]),
)

/** The one place where a right is checked. */
export const mayDo = (role: Role, right: string): boolean => rolesByRight.get(right)?.has(role) ?? false

export const rightsOf = (role: Role): OfficerRight[] => named(table[role].rights)
