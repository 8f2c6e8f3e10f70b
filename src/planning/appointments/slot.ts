import { type Day, parseDay } from '../../platform/day.ts'
import { asId, type Id, isId } from '../../platform/ids.ts'
import { type Hour, type MinuteSpan, minutesOf, parseHour } from '../hour.ts'

import { type Service, services } from './service.ts'

/** Slots: how much fits into one, and how it is named. Pure. */

export { isService, type Service, services, slotsEach, ticketText } from './service.ts'

/** A counter's site, or a session of a team. */
export const placeKinds = ['counter', 'session'] as const
export type PlaceKind = (typeof placeKinds)[number]
export type PlaceId = Id<'site'> | Id<'session'>
export type PlaceRef = { readonly place: PlaceKind; readonly placeId: PlaceId }

/** A slot: at which place, on which day, from when. */
export type Slot = PlaceRef & { readonly day: Day; readonly startsAt: Hour }

/** The text by which forms and addresses name a slot; it names nobody. */
export const slotKey = ({ place, placeId, day, startsAt }: Slot): string =>
  [place, placeId, day, startsAt.replace(':', '')].join('_')

export function parseSlotKey(text: string): Slot | undefined {
  const [kind, placeId = '', dayText = '', time = '', ...rest] = text.split('_')
  const place = placeKinds.find(one => one === kind)
  const day = parseDay(dayText)
  const startsAt = parseHour(`${time.slice(0, 2)}:${time.slice(2)}`)
  if (!place || !isId(placeId) || !day || !startsAt || rest.length > 0) return undefined
  return { place, placeId: asId<'site'>(placeId), day, startsAt }
}

/**
 * What a slot holds, in the order of the services. `room` has the minutes of the desks that serve at least one of a set
 * of services; a set is the bits of its place in the list, A 1, B 2, C 4, and the empty set is left out.
 */
export type SlotRoom = {
  readonly minutes: readonly number[]
  readonly room: readonly number[]
  readonly taken: readonly number[]
}

const bitOf = (service: Service): number => 1 << services.indexOf(service)
const sets = [1, 2, 3, 4, 5, 6, 7] as const

export type DeskSetting = {
  readonly number: number
  readonly services: readonly Service[]
  readonly isOpen: boolean
}

/** The room of a slot of so many minutes, less the share that is kept for people without a booking. */
export const roomOf = (
  desks: readonly DeskSetting[],
  { slotMinutes, walkInPercent }: { readonly slotMinutes: number; readonly walkInPercent: number },
): number[] =>
  sets.map(set => {
    const serving = desks.filter(desk => desk.isOpen && desk.services.some(one => (bitOf(one) & set) > 0))
    return Math.floor((serving.length * slotMinutes * (100 - walkInPercent)) / 100)
  })

/**
 * How many more fit for a service: for each set with it, the minutes of its desks that are left. By Hall's theorem no
 * other bookings of the slot are harmed.
 */
export function placesLeft({ minutes, room, taken }: SlotRoom, service: Service): number {
  const mine = minutes[services.indexOf(service)] ?? 0
  if (mine <= 0) return 0
  const left = sets
    .filter(set => (set & bitOf(service)) > 0)
    .map(set => {
      const load = services.reduce(
        (sum, one, at) => sum + ((bitOf(one) & set) > 0 ? (taken[at] ?? 0) * (minutes[at] ?? 0) : 0),
        0,
      )
      return (room[set - 1] ?? 0) - load
    })
  return Math.max(0, Math.floor(Math.min(...left) / mine))
}

const hourText = (minute: number): Hour =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}` as Hour

/** The beginnings of the slots that lie whole in the stretches worked. */
export const slotHours = (spans: readonly MinuteSpan[], slotMinutes: number): Hour[] =>
  spans.flatMap(({ from, to }) =>
    Array.from({ length: Math.floor((to - from) / slotMinutes) }, (_, n) => hourText(from + n * slotMinutes)),
  )

/** The beginnings of so many slots in sequence. */
export const joinedHours = (startsAt: Hour, slots: number, slotMinutes: number): Hour[] =>
  Array.from({ length: slots }, (_, n) => hourText(minutesOf(startsAt) + n * slotMinutes))

/** Of the beginnings of a day's slots those from which so many stand in sequence. */
export function startsOf(hours: readonly Hour[], slots: number, slotMinutes: number): Hour[] {
  const known = new Set(hours)
  return hours.filter(startsAt => joinedHours(startsAt, slots, slotMinutes).every(hour => known.has(hour)))
}

/** How many people fit into a day, each in some slots in sequence, where each slot has so many places left. */
export function countJoined(
  starts: readonly Hour[],
  left: ReadonlyMap<Hour, number>,
  { slots, slotMinutes }: { readonly slots: number; readonly slotMinutes: number },
): number {
  const rest = new Map(left)
  let count = 0
  for (const startsAt of starts) {
    const hours = joinedHours(startsAt, slots, slotMinutes)
    const fit = Math.min(...hours.map(hour => rest.get(hour) ?? 0))
    for (const hour of hours) rest.set(hour, (rest.get(hour) ?? 0) - fit)
    count += fit
  }
  return count
}

/** Of some slots those nearest to an hour of a day, the earlier of two that are as near. */
export function nearestTo<T extends { readonly day: Day; readonly startsAt: Hour }>(
  slots: readonly T[],
  { day, startsAt }: { readonly day: Day; readonly startsAt: Hour },
  count: number,
): T[] {
  const minuteOf = (one: { readonly day: Day; readonly startsAt: Hour }) =>
    Date.parse(`${one.day}T00:00:00Z`) / 60_000 + minutesOf(one.startsAt)
  const wanted = minuteOf({ day, startsAt })
  return slots
    .toSorted((a, b) => Math.abs(minuteOf(a) - wanted) - Math.abs(minuteOf(b) - wanted) || minuteOf(a) - minuteOf(b))
    .slice(0, count)
}
