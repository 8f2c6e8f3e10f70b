import { law, policy } from '../platform/law.ts'

/**
 * From where on readings stand out. No law says so: these are policies of the house. `people`, `readings` and the like
 * are the least; `times` is how often the median of officers in the same unit and role must be exceeded too. Pure.
 */

/** What whoever handles personal data must and must not do, by code: the texts are the console's. */
const dutyCodes = [
  'for-the-work',
  'nothing-told',
  'nothing-copied',
  'no-trade',
  'nothing-changed',
  'breach-told',
] as const

/**
 * The duties of an officer who handles personal data, and the acts that forbid the contrary. LCCCD Art. 7 is cited from
 * memory: no text of it was seen. Of NĐ13/2023 Art. 8 and Law 91/2025/QH15 Art. 7 the press was read (vneconomy.vn,
 * July 2023; dantri.com.vn, 2 January 2026), which lists the forbidden acts one by one.
 */
export const personalDataDuties = law<readonly string[]>(
  'inspection.personal-data-duties',
  [
    { from: '', value: dutyCodes, article: 'Art. 7', source: 'LCCCD', confidence: 'low' },
    {
      from: '2023-07-01',
      value: dutyCodes,
      article: 'Art. 3, 8',
      source: 'NĐ13/2023',
      verifiedOn: '2026-11-30',
      confidence: 'medium',
    },
    {
      from: '2026-01-01',
      value: dutyCodes,
      article: 'Art. 3, 7',
      source: 'Law 91/2025/QH15',
      verifiedOn: '2026-11-30',
      confidence: 'medium',
    },
  ],
  { words: dutyCodes },
)

/** Days back in which a deed shows that a step of the first day was done. */
export const firstDayLooksBack = policy('inspection.first-day-looks-back', 400)

/** Days back in which something that an officer began is looked for, to tell them what became of it. */
export const noticeDays = policy('inspection.notice-days', 30)

/** Hours that are night: from the first until before the second. */
export const nightHours = policy('inspection.night-hours', { from: 22, until: 6 })

/** Days that are looked at together, so that what is spread over days adds up. */
export const windowDays = policy('inspection.window-days', 7)

/** People of one's own unit who are read in one work, from where on they are taken for a list. */
export const listFrom = policy('inspection.list-from', 5)

/** Days around a session within which its roster ties a reading; and days since which an errand still does. */
export const tieDays = policy('inspection.tie-days', { session: 14, errand: 400 })

/** Different people within an hour. */
export const manyInAnHour = policy('inspection.many-in-an-hour', { people: 60, times: 3 })

/** Different people at night or on a day off, outside a session. */
export const offHours = policy('inspection.off-hours', { people: 10, times: 3 })

/** People who neither live in the unit nor are tied to it. */
export const strangers = policy('inspection.strangers', { people: 30, times: 3 })

/** The same, of the officers of a unit together, where none of them stands out alone. */
export const strangersTogether = policy('inspection.strangers-together', { people: 45, officers: 2 })

/** Searches by name after which nothing is done. */
export const idleSearches = policy('inspection.idle-searches', { searches: 25, times: 3 })

/** Rows of people that are exported. */
export const exported = policy('inspection.exported', { rows: 2000, times: 3 })

/** People whose numbers an officer gives to one school: a second batch in the window is more. */
export const released = policy('inspection.released', { people: 120, times: 3 })

/** The same, of several officers together to one school, where none of them stands out alone. */
export const releasedTogether = policy('inspection.released-together', { people: 150, officers: 2 })

/** People who bear one's own name, or share house and name with such a person. */
export const ownKin = policy('inspection.own-kin', { people: 1, times: 1 })

/** Untied people in the last days of a post. */
export const beforeLeaving = policy('inspection.before-leaving', { days: 10, people: 20, times: 2 })

/** One person, read again and again by one or two officers. */
export const onePerson = policy('inspection.one-person', { readings: 12, officers: 2 })

/** One person, read by many officers. */
export const manyOfficers = policy('inspection.many-officers', { officers: 5 })

/** One person, read so many times as often as the median of the others who live there and were read too. */
export const knownPerson = policy('inspection.known-person', { readings: 10, officers: 3, times: 10 })

/** Working days in which a question is to be answered. */
export const answerDays = policy('inspection.answer-working-days', 5)

/** Peers of the same unit that make a median; with fewer, those of the same role everywhere are taken. */
export const leastPeers = policy('inspection.least-peers', 3)

/** Deeds of an officer in a day from where on a queue at the counter may be the reason. */
export const busyCounter = policy('inspection.busy-counter-deeds', 20)

/** Days that are derived at the first night, and days back whose derived rows are held against their sealed deed. */
export const daysLookedBack = policy('inspection.days-looked-back', 14)

/** Rows of a page and of a file, and people whose names are opened at once. Plain: they only keep answers short. */
export const pageLimits = { shown: 50, most: 200, opened: 50, exported: 10_000 } as const

/** Days that one question about readings or deeds may span. */
export const longestSpan = policy('inspection.longest-span-days', 31)

/** Days for which it is told that derived rows differed, and what one answered. */
export const toldDays = policy('inspection.told-days', 30)

/** Minutes before and after their session in which an officer's readings are those of the session. */
export const sessionGrace = policy('inspection.session-grace-minutes', 30)

/** Minutes that are an hour, where people within one are counted. A plain number. */
export const busyMinutes = 60
