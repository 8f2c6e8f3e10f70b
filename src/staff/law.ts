import { law, policy } from '../platform/law.ts'
import type { GrowingWait } from '../platform/throttling/growing-wait.ts'
import type { UnitLevelName } from '../units/contract.ts'

/** At which levels officers' roles exist, and the house's own limits of passwords and sessions. Pure. */

const withThreeLevels = {
  'provincial-commander': ['province'],
  'pc06-reception': ['province'],
  'pc06-approver': ['province'],
  'service-centre-reception': ['province'],
  'district-officer': ['district'],
  'ward-officer': ['commune'],
  'card-centre-operator': ['province'],
  'data-approver': ['province', 'district', 'commune'],
  'education-officer': ['province', 'district'],
  'school-officer': ['commune'],
  'homeroom-teacher': ['commune'],
  'community-group-member': ['commune'],
  'peoples-committee': ['province', 'district', 'commune'],
  auditor: ['province', 'district'],
  administrator: ['province', 'district', 'commune'],
} as const satisfies Readonly<Record<string, readonly UnitLevelName[]>>
type RoleLevels = Readonly<Record<keyof typeof withThreeLevels, readonly UnitLevelName[]>>

/** No police of districts; their people's committees and education offices remain. */
const withoutDistrictPolice: RoleLevels = {
  ...withThreeLevels,
  'district-officer': [],
  'data-approver': ['province', 'commune'],
  auditor: ['province'],
  administrator: ['province', 'commune'],
}

/**
 * At units of which levels a role exists. What the police of districts did went to the province's PC06 and to communes;
 * what the education offices of districts did, to the people's committees of communes.
 */
export const roleLevels = law<RoleLevels>(
  'staff.role-levels',
  [
    { from: '', value: withThreeLevels, article: 'Art. 27', source: 'LCC; LCCCD Art. 26; NĐ127/2018 Art. 8' },
    // Read in the press alone; the guidance has no articles that were seen.
    {
      from: '2025-03-01',
      value: withoutDistrictPolice,
      article: 'as a whole',
      source: 'Hướng dẫn 08 of the Ministry of Public Security',
      confidence: 'medium',
    },
    {
      from: '2025-07-01',
      value: {
        ...withoutDistrictPolice,
        'education-officer': ['province', 'commune'],
        'peoples-committee': ['province', 'commune'],
      },
      article: 'Art. 1',
      source: 'Law 72/2025/QH15; NQ203/2025/QH15; NĐ142/2025',
      confidence: 'medium',
    },
  ],
  { words: ['province', 'district', 'commune'] },
)

/** What communes are called on a day, as in the title of their police. */
export const communeKinds = law<readonly string[]>('staff.commune-kinds', [
  { from: '', value: ['xã', 'phường', 'thị trấn'], article: 'Art. 2', source: 'Law 77/2015/QH13' },
  { from: '2025-07-01', value: ['xã', 'phường', 'đặc khu'], article: 'Art. 1', source: 'Law 72/2025/QH15' },
])

/** A session that nobody uses ends after so many minutes, and every session after so many hours: a shift. */
export const sessionLimits = policy('staff.session', { idleMinutes: 30, hours: 12 })

/** Days without a sign-in after which an officer is told of the next, also in a browser of their own. */
export const absenceDays = policy('staff.absence-days', 30)

/** Wrong passwords of an officer: three cost nothing, then each is waited for, longer each time. */
export const passwordTries = policy<GrowingWait>('staff.password-tries', { free: 3, first: 2, longest: 15 * 60 })

/**
 * Wrong passwords for one login from all browsers that are not known to be the officer's, together. Those in which they
 * have signed in before are counted apart, so that nobody locks an officer out of their own machine.
 */
export const passwordTriesEverywhere = policy<GrowingWait>('staff.password-tries-everywhere', {
  free: 20,
  first: 5,
  longest: 15 * 60,
})

/** Wrong second factors of an officer: five cost nothing, then each is waited for, longer each time. */
export const factorTries = policy<GrowingWait>('staff.factor-tries', { free: 5, first: 5, longest: 15 * 60 })

/** A sign-in whose password was right waits for its second factor so many minutes. */
export const signInMinutes = 10

/** Minutes after a second factor was given in which approvals, exports and rights of officers need none again. */
export const stepUpMinutes = policy('staff.step-up-minutes', 15)

/** Minutes in which a browser answers by a passkey, and in which an app takes the secret that it was offered. */
export const factorMinutes = { passkey: 5, offer: 30 } as const

/** So many second factors an officer has at most. */
export const mostFactors = 10

/**
 * Hours in which a factor opens nothing that was added by a code by mail alone: time for its officer, who goes on by
 * mail, to be told of it and to remove it.
 */
export const factorRestsHours = policy('staff.factor-rests-hours', 72)

/** Digits of a code by mail. So many are sent one after the other before each further one is waited for. */
export const mailCodeDigits = 8
export const mailCodes = policy<GrowingWait>('staff.mail-codes', { free: 3, first: 60, longest: 3600 })

/** Days after a sign-in that a browser proposes who signed in from it. */
export const recentDays = policy('staff.recent-days', 30)

/**
 * An officer's own password: how many signs it has at least and at most, and how many different ones. Length counts,
 * mixtures do not (NIST SP 800-63B, 3.1.1.2).
 */
export const passwordLimits = { least: 10, most: 200, differentSigns: 4 } as const

/** A session that was read is asked of the database again after so many seconds; so many are kept. */
export const sessionCache = { seconds: 5, most: 5000 } as const

/** A proposal about an officer that nobody accepted expires after so many days. */
export const proposalDays = policy('staff.proposal-days', 7)

/** A link by which an officer chooses a password opens so many minutes after it was sent; on paper, so many hours. */
export const passwordLinkTerms = policy('staff.password-link', { sentMinutes: 60, paperHours: 24 })

/** No link goes to a phone or an address that was changed less than so many hours before. */
export const contactRestsHours = policy('staff.contact-rests-hours', 72)

/** So many logins of others end a link. */
export const wrongLoginsEndLink = 5

/** So many appointments of an empty installation need no second officer, since there is none. */
export const foundingAppointments = 2

/**
 * Minutes in which the link opens that a start prints where nobody works here yet. Another start draws another one.
 */
export const foundingLinkMinutes = policy('staff.founding-link-minutes', 60)

/** Wrong secrets of such a link from one network: three cost nothing, then each is waited for, longer each time. */
export const foundingTries = policy<GrowingWait>('staff.founding-tries', { free: 3, first: 2, longest: 15 * 60 })

/** Officers of one file: so many rows, and bytes. */
export const officerFileLimits = { rows: 2_000, bytes: 30_000_000 } as const
