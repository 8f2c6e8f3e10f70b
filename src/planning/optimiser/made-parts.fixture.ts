import { asDay, type Day, dayAfter, weekday } from '../../platform/day.ts'
import type {
  HourSpan,
  InstanceDay,
  InstanceDemand,
  InstanceKit,
  InstanceOfficer,
  InstanceSite,
  InstanceTeam,
  PlanInstance,
} from './instance.ts'

/** What made instances of a plan are put together from: dice, a calendar, places on a plane, teams and kits. */

export type PlanDice = {
  /** A whole number from `low` to `high`, both included. */
  readonly whole: (low: number, high: number) => number
  readonly between: (low: number, high: number) => number
  readonly chance: (share: number) => boolean
  readonly oneOf: <T>(list: readonly T[]) => T
}

/** Mulberry32: the same seed throws the same dice. */
export function planDice(seed: number): PlanDice {
  let state = seed >>> 0
  const roll = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  return {
    whole: (low, high) => low + Math.floor(roll() * (high - low + 1)),
    between: (low, high) => low + roll() * (high - low),
    chance: share => roll() < share,
    oneOf: <T>(list: readonly T[]) => list[Math.floor(roll() * list.length)] as T,
  }
}

export const workday: readonly HourSpan[] = [
  ['07:30', '11:30'],
  ['13:30', '17:00'],
]
export const noonBreak: readonly HourSpan[] = [['11:30', '13:30']]
/** Hours in which halls, hamlets and counters can be had. */
export const allHours: readonly HourSpan[] = [['07:00', '21:00']]

export const madeShifts: PlanInstance['shifts'] = [
  { id: 'morning', from: '07:00', to: '12:00' },
  { id: 'afternoon', from: '13:00', to: '17:30' },
  { id: 'evening', from: '17:30', to: '21:00' },
]

export const saturdayOrder = { minutes: 480, from: '06:30', to: '18:00' } as const
export const eveningOrder = { minutes: 150, from: '06:30', to: '20:30' } as const

export function daysInSequence(from: string, count: number): Day[] {
  const days: Day[] = []
  for (let day = asDay(from); days.length < count; day = dayAfter(day)) days.push(day)
  return days
}

/** Monday to Friday ordinary hours, Saturdays by order, Sundays nothing; some evenings by order. */
export const madeDays = (days: readonly Day[], eveningsOn: (day: Day) => boolean): InstanceDay[] =>
  days.map(day => {
    const onDay = weekday(day)
    if (onDay === 7) return { day, ordinary: [], breaks: noonBreak }
    if (onDay === 6) return { day, ordinary: [], breaks: noonBreak, overtime: saturdayOrder }
    return { day, ordinary: workday, breaks: noonBreak, ...(eveningsOn(day) && { overtime: eveningOrder }) }
  })

export type PlacePoint = {
  readonly id: string
  readonly name: string
  /** Kilometres on the plane. */
  readonly x: number
  readonly y: number
  readonly isIsland?: boolean
}

const kmAnHour = 35
/** Roads wind: so much longer than the line from place to place. */
const winding = 1.3

/**
 * Roads between the places, none to an island. Minutes are rounded up, so that a way round by a third place is never
 * the shorter one.
 */
export function roadsBetween(points: readonly PlacePoint[], roundTo = 1): PlanInstance['travel'] {
  const km = points.map((one, i) =>
    points.map((other, j) => {
      if (i === j) return 1
      if (one.isIsland || other.isIsland) return null
      return Math.ceil(Math.hypot(one.x - other.x, one.y - other.y) * winding * 10) / 10
    }),
  )
  const minutes = km.map((row, i) =>
    row.map((length, j) => {
      if (length === null) return null
      return i === j ? 5 : Math.ceil(((length / kmAnHour) * 60 + 3) / roundTo) * roundTo
    }),
  )
  return { minutes, km }
}

/** Boats from a harbour to an island and back, on the days at these hours. */
export const boatsTo = (
  island: string,
  harbour: string,
  {
    days,
    there,
    back,
    minutes,
    km,
  }: {
    readonly days: readonly Day[]
    readonly there: readonly string[]
    readonly back: readonly string[]
    readonly minutes: number
    readonly km: number
  },
): PlanInstance['crossings'] => [
  ...there.map(departs => ({ from: harbour, to: island, days, departs, minutes, km })),
  ...back.map(departs => ({ from: island, to: harbour, days, departs, minutes, km })),
]

const madeOfficer = (id: string, away: readonly Day[]): InstanceOfficer => ({
  id,
  name: `Officer ${id}`,
  away,
  overtimeBefore: {},
  restDaysBefore: {},
})

export const madeTeam = (
  id: string,
  base: string,
  { officers, awayOf = () => [] }: { readonly officers: number; readonly awayOf?: () => readonly Day[] },
): InstanceTeam => ({
  id,
  name: `Team ${id}`,
  base,
  officers: Array.from({ length: officers }, (_, at) => madeOfficer(`${id}-${at + 1}`, awayOf())),
})

export const madeKit = (
  id: string,
  store: string,
  rest: Partial<Pick<InstanceKit, 'speedPercent' | 'officers' | 'away'>> = {},
): InstanceKit => ({ id, name: `Kit ${id}`, store, speedPercent: 100, officers: 1, away: [], ...rest })

/** Not a school: it can be had on all days and at all hours of `hours`. */
export const openSite = (
  id: string,
  place: string,
  rest: Partial<InstanceSite> & { readonly from: Day; readonly to: Day; readonly hours?: readonly HourSpan[] },
): InstanceSite => {
  const { from, to, hours = allHours, ...others } = rest
  return {
    id,
    name: `Site ${id}`,
    kind: 'hamlet',
    place,
    setUpMinutes: 20,
    packMinutes: 15,
    open: [{ from, to, hours }],
    closed: [],
    ...others,
  }
}

/** A school: Monday to Saturday, closed in its exams, and on some afternoons. */
export function schoolSite(
  id: string,
  place: string,
  {
    from,
    to,
    exams,
    freeAfternoons,
  }: {
    readonly from: Day
    readonly to: Day
    readonly exams?: readonly [Day, Day] | undefined
    readonly freeAfternoons: readonly Day[]
  },
): InstanceSite {
  return {
    id,
    name: `School ${id}`,
    kind: 'school',
    place,
    setUpMinutes: 25,
    packMinutes: 15,
    open: [{ from, to, weekdays: [1, 2, 3, 4, 5, 6], hours: workday }],
    closed: [
      ...(exams ? [{ from: exams[0], to: exams[1], why: 'exams' }] : []),
      ...freeAfternoons.map(day => ({
        from: day,
        to: day,
        hours: ['12:00', '18:00'] as const,
        why: 'a meeting of the teachers',
      })),
    ],
  }
}

/** People of a site and a kind, shared out over last days. */
export const demandsOf = (
  site: string,
  kind: InstanceDemand['kind'],
  minutesEach: number,
  parts: readonly (readonly [lastDay: Day, people: number])[],
): InstanceDemand[] =>
  parts
    .filter(([, people]) => people > 0)
    .map(([lastDay, people]) => ({ id: `${site}/${kind}/${lastDay}`, site, kind, people, minutesEach, lastDay }))

/** The parts of a whole by weights, in whole numbers that sum to it. */
export function sharedOut(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((all, one) => all + one, 0)
  let passed = 0
  let given = 0
  return weights.map(weight => {
    passed += weight
    const part = Math.round((total * passed) / sum) - given
    given += part
    return part
  })
}
