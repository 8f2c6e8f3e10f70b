import { addDays, type Day } from '../platform/day.ts'
import { type Asking, law, policy, ruleOn } from '../platform/law.ts'
import { asHour, type Hour, type MinuteSpan } from './hour.ts'

/**
 * What the law says of hours and overtime, and the house's own limits. Police officers stand outside of the Labour
 * Code: for them it measures the load and pays nothing (domain.md 9.12). Pure.
 */

/** When a unit works, Monday to Friday, and whether Saturday mornings are worked too (domain.md 2.12). */
export type WorkingHours = {
  readonly morningFrom: Hour
  readonly morningTo: Hour
  readonly afternoonFrom: Hour
  readonly afternoonTo: Hour
  readonly saturday: 'none' | 'morning'
}

/** Where no unit has said otherwise. */
export const usualWorkingHours = policy<WorkingHours>('planning.usual-hours', {
  morningFrom: asHour('07:30'),
  morningTo: asHour('11:30'),
  afternoonFrom: asHour('13:30'),
  afternoonTo: asHour('17:00'),
  saturday: 'none',
})

export type OvertimeRates = Readonly<
  Record<'weekday' | 'restDay' | 'holiday', { readonly day: number; readonly night: number }>
>

/**
 * Per cent of an ordinary hour: 150, 200, 300; at night 30 of an ordinary hour more, and a fifth of the day's own rate.
 */
export const overtimeRates = law<OvertimeRates>('planning.overtime-rates', [
  {
    from: '',
    value: { weekday: { day: 150, night: 200 }, restDay: { day: 200, night: 270 }, holiday: { day: 300, night: 390 } },
    article: 'Art. 98',
    source: 'Labour Code 2019',
    verifiedOn: '2026-11-29',
    confidence: 'high',
  },
])

/**
 * Minutes a month, a year, and the most of a year: where the law lists the work, and since 2022 of everyone who agrees.
 * Whoever may work so many in a year may work sixty hours in a month since 1 April 2022.
 */
export const overtimeLimits = law('planning.overtime-limits', [
  {
    from: '',
    value: { monthMinutes: 40 * 60, yearMinutes: 200 * 60, listedYearMinutes: 300 * 60 },
    article: 'Art. 107(2), 107(3)',
    source: 'Labour Code 2019',
    confidence: 'high',
  },
  {
    from: '2022-04-01',
    value: { monthMinutes: 60 * 60, yearMinutes: 200 * 60, listedYearMinutes: 300 * 60 },
    article: 'Art. 1, 2; Labour Code Art. 107',
    source: 'NQ17/2022/UBTVQH15',
    verifiedOn: '2026-11-29',
    confidence: 'medium',
  },
])

/** Night: 22:00 to 06:00, in minutes of the day. */
export const nightSpans = law<readonly MinuteSpan[]>('planning.night', [
  {
    from: '',
    value: [
      { from: 0, to: 360 },
      { from: 1320, to: 1440 },
    ],
    article: 'Art. 106',
    source: 'Labour Code 2019',
    confidence: 'high',
  },
])

/**
 * After so many hours without a deed work was over, and what is done then (a forgotten session closed the next morning)
 * lengthens nobody's evening; whoever first touches a session so long after it was opened only tidies up.
 */
export const workOver = policy('planning.work-over-hours', { pause: 4, session: 18 })

/** Days after a session that its unit sees the people: cards come back and accounts are activated within it. */
export const caseOpenDays = policy('planning.case-open-days', 30)

/** Days ahead that a station may look for sessions to go to. */
export const stationDaysAhead = policy('planning.station-days-ahead', 14)

/**
 * Persons an hour: of one machine, where cards and levels are captured; of one officer, where people activate on their
 * own phones. Photo and fingers take two to three minutes and an account three to five (domain.md 7.2), with the papers
 * around them.
 */
export const personsAnHour = policy('planning.persons-an-hour', {
  'card-and-account': 15,
  'raise-level': 12,
  activation: 6,
  counter: 0,
})

/**
 * Officers of a session with fewer of whom a planner is warned, unless one is named to work alone: who checks the data,
 * and who takes the picture and the fingers (domain.md 7.3).
 */
export const leastOfficers = policy('planning.least-officers', {
  'card-and-account': 2,
  'raise-level': 2,
  activation: 1,
  counter: 1,
})

/** People on a roster: with more it is no session any more. */
export const longestRoster = 5000

/** Older people than so many years are not put on a roster by their year of birth. */
export const oldestOnRoster = 90

/** Days of the calendar that are read at once: a quarter and some. */
export const longestCalendar = 100

export const lastDayOfCalendar = (from: Day): Day => addDays(from, longestCalendar - 1)

/** Fewer people than this tell no pace of a session, and so no end of it. */
export const fewestForPace = 3

/** What the dialog proposes for a new session, and until a site says otherwise the hours in which a school is open. */
export const proposedSessionHours = { startsAt: '08:00', endsAt: '11:00' } as const
export const schoolHours = { opensAt: '07:00', closesAt: '22:00' } as const

/** Plans of a list, the newest first; and the most seconds and steps that one is sought. */
export const longestPlanList = 50
/**
 * What the threads of plans answer: the longest that one answer takes, and how many ask at once. Fewer than the turns
 * of officers at the database (laneTurns), which those who ask hold meanwhile: the others are for everybody else.
 */
export const planReasons = { seconds: 20, atOnce: 5 } as const
export const longestSolving = { seconds: 600, usualSeconds: 60, steps: 1_000_000_000 } as const

/** Days ahead whose sessions are offered for people who are chosen from a list. */
export const offeredDaysAhead = policy('planning.offered-days-ahead', 90)

export const lastDayOffered = (today: Day, work: Asking): Day => addDays(today, ruleOn(offeredDaysAhead, today, work))

/** Days ahead on which an hour can be booked, today among them. */
export const bookingDaysAhead = policy('planning.booking-days-ahead', 14)

/** Hours that a person or a family takes or changes in a day and a night; each of them sends a message. */
export const bookingChangesADay = policy('planning.booking-changes-a-day', 8)

/**
 * The queue of a counter: who comes more than so many minutes after their hour is late; after how many booked people a
 * walk-in is called, where one waits; how many times a number is called before it may be given up.
 */
export const queueRules = policy('planning.queue', { lateMinutes: 15, bookedBetweenWalkIns: 2, leastCalls: 2 })

/**
 * Who did not come is booked again by itself: so many times, on the next free slot within so many days; after that the
 * ward follows it up within so many working days.
 */
export const noShowRules = policy('planning.no-show', { rebookings: 1, withinDays: 14, followUpDays: 5 })

/** What a new counter begins with: minutes of a slot and of each service, and the share kept for walk-ins. */
export const newCounter = { slotMinutes: 20, walkInPercent: 20, minutes: { A: 15, B: 10, C: 5 } } as const

/** How long the slots of a session are, and how many hours a ticket screen gives tickets once an officer opened it. */
export const sessionSlotMinutes = 30
export const kioskHours = 14

/** An officer calls a break of at most so many minutes; a screen shows so many of the last calls and the next ones. */
export const longestBreak = 240
export const screenLines = { called: 3, next: 3 } as const

/**
 * A plan (docs/planning.md). Officer-minutes that a person costs who is late, who is not served at all, and an
 * announced session that is not kept.
 */
export const planPrices = policy('planning.plan-prices', { latePerson: 120, unservedPerson: 60, movedSession: 240 })

/**
 * Days without ordinary hours in a month on which a plan sends an officer out. A month has eight or nine Saturdays and
 * Sundays, of which at least four stay free (Labour Code 2019 Art. 111(1)).
 */
export const restDaysAMonth = policy('planning.rest-days-a-month', 4)

/**
 * What an order for overtime allows on one day: minutes of one officer, and the hours between which everybody is out.
 * `evening` lengthens a working day, `restDay` is a day without ordinary hours.
 */
export const overtimeOrders = policy('planning.overtime-orders', {
  evening: { minutes: 180, from: '06:30', to: '21:00' },
  restDay: { minutes: 480, from: '07:00', to: '17:30' },
})

/** Officers whom a machine takes: who checks the data, and who takes the picture and the fingers (domain.md 7.3). */
export const officersAKit = policy('planning.officers-a-kit', 2)

/** Minutes before a session and after it; at the unit's own counter everything stands ready. */
export const siteMinutes = policy('planning.site-minutes', {
  school: { setUp: 20, pack: 15 },
  hall: { setUp: 20, pack: 15 },
  counter: { setUp: 0, pack: 0 },
})

/**
 * From so many closed sessions and people on, of the last days, what a machine and a kind of site really took replaces
 * `planning.persons-an-hour`.
 */
export const enoughMeasured = policy('planning.enough-measured', { sessions: 5, people: 100, days: 365 })

/**
 * Ways between units that no file has told: the distance of their tiles (db/reference/tiles.csv), so many kilometres a
 * tile, longer by road, at a speed; within one commune so many minutes and kilometres. From the west of the province to
 * its east (Đông Triều, Móng Cái) it is some 163 km: 26 tiles on the maps before July 2025, 14 since.
 */
export const estimatedTravel = law('planning.estimated-travel', [
  {
    from: '',
    value: { kmATile: 6.2, roadPercent: 130, kmAnHour: 35, withinMinutes: 10, withinKm: 3 },
    source: 'house',
  },
  {
    from: '2025-07-01',
    value: { kmATile: 11.5, roadPercent: 130, kmAnHour: 35, withinMinutes: 15, withinKm: 5 },
    source: 'house',
  },
])
