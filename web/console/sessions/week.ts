import type { showCalendar, showSession } from '../../../src/planning/contract.ts'
import type { showRoster } from '../../../src/planning/rosters/contract.ts'
import { addDays, type Day, parseDay, weekday } from '../../../src/platform/day.ts'
import type { Answer } from '../../parts/call.ts'
import { tenthsText } from '../../parts/formats.ts'
import { at } from '../base/navigation.ts'
import { type Search, writeSearch } from '../base/search.ts'
import { shortName } from '../base/short-name.ts'

export type Calendar = Answer<typeof showCalendar>
export type Session = Calendar['sessions'][number]
export type WholeSession = Answer<typeof showSession>
export type Line = Answer<typeof showRoster>['lines'][number]

/**
 * What the address holds: a day of the week that is shown, the session that is looked at; that a new one is planned, at
 * a school where its id stands there; and that the session that is looked at is being moved.
 */
export type WeekSearch = {
  readonly tuan?: string | undefined
  readonly buoi?: string | undefined
  readonly xep?: string | undefined
  readonly doi?: string | undefined
}
export const weekSearch = ({ tuan, buoi, xep, doi }: Search): WeekSearch => ({ tuan, buoi, xep, doi })
export const weekAt = (search: WeekSearch = {}) => at(`/lich-luu-dong${writeSearch(search)}`)

export type RosterSearch = { readonly loc?: string | undefined }
export const rosterSearch = ({ loc }: Search): RosterSearch => ({ loc })
export const rosterAt = (id: string, search: RosterSearch = {}) => at(`/lich-luu-dong/${id}${writeSearch(search)}`)
export const rosterPaperAt = (id: string) => at(`/lich-luu-dong/${id}/in`)

/** Of what sessions are made: which team is to be filled, and the plan to which one goes back. */
export type SetupSearch = WeekSearch & { readonly to?: string | undefined }
export const setupSearch = ({ to, ...rest }: Search): SetupSearch => ({ ...weekSearch(rest), to })
export const setupAt = (search: SetupSearch = {}) => at(`/lich-luu-dong/doi-may-diem${writeSearch(search)}`)

/** What stands in the address where a new session is planned at no school in particular. */
export const anywhere = '1'

export const mondayOf = (day: Day): Day => addDays(day, 1 - weekday(day))
export const weekOf = (text: string | undefined, today: Day): Day => mondayOf((text && parseDay(text)) || today)
export const daysOf = (monday: Day): readonly Day[] => [0, 1, 2, 3, 4, 5, 6].map(n => addDays(monday, n))

export const minutesOf = (hour: string) => Number(hour.slice(0, 2)) * 60 + Number(hour.slice(3, 5))
export const hourText = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

/** The hours that a week is drawn by: seven to ten, and as far beyond as anything lies. In minutes. */
export function drawnHours(sessions: readonly Session[]): { readonly first: number; readonly last: number } {
  const from = sessions.map(({ startsAt }) => Math.floor(minutesOf(startsAt) / 60) * 60)
  const to = sessions.map(({ endsAt }) => Math.ceil(minutesOf(endsAt) / 60) * 60)
  return { first: Math.min(420, ...from), last: Math.max(1320, ...to) }
}

/** Days and hours compare as texts. */
export const laterOf = <Text extends string>(a: Text, b: Text): Text => [a, b].toSorted().at(-1) ?? a

/** A team by its name, and by its unit too where teams of several units are shown. */
export const teamText = ({ name, unitName }: Calendar['teams'][number], { teams }: Calendar): string =>
  new Set(teams.map(({ unitId }) => unitId)).size > 1 ? `${name}, ${shortName(unitName)}` : name

/** Side by side more than these are slivers that nobody can read. */
const mostLanes = 3

/** Whether a day of these sessions has more at one hour than a column has room for. */
export const isCrowded = (sessions: readonly Session[], days: readonly Day[]): boolean =>
  days.some(day => inLanes(gridded(sessions, day)).some(({ lanes }) => lanes > mostLanes))

/** What stands in a day's column by its hours: a counter has a strip of its own. */
export const gridded = (sessions: readonly Session[], on: Day): Session[] =>
  sessions.filter(({ day, state, kind }) => day === on && state !== 'cancelled' && kind !== 'counter')

export type Placed = { readonly session: Session; readonly lane: number; readonly lanes: number }

/** Sessions of one day side by side where they share time: each in the first lane that is free. */
export function inLanes(sessions: readonly Session[]): Placed[] {
  const sorted = sessions.toSorted((a, b) => (a.startsAt + a.endsAt < b.startsAt + b.endsAt ? -1 : 1))
  const placed: { session: Session; lane: number; group: number }[] = []
  let [group, until] = [0, '']
  let ends: string[] = []
  for (const session of sorted) {
    if (session.startsAt >= until) [group, ends] = [group + 1, []]
    const free = ends.findIndex(end => end <= session.startsAt)
    const lane = free < 0 ? ends.length : free
    ends[lane] = session.endsAt
    until = laterOf(session.endsAt, until)
    placed.push({ session, lane, group })
  }
  return placed.map(one => ({
    session: one.session,
    lane: one.lane,
    lanes: Math.max(...placed.filter(other => other.group === one.group).map(({ lane }) => lane)) + 1,
  }))
}

/**
 * Which session the companion shows when the address names none: the open one, else the next of today, else the next,
 * else the first.
 */
export const firstToShow = (sessions: readonly Session[], today: Day): Session | undefined => {
  const held = sessions.filter(({ state, kind }) => state !== 'cancelled' && kind !== 'counter')
  return (
    held.find(({ state }) => state === 'open') ??
    held.find(({ day, state }) => day >= today && state === 'planned') ??
    held[0]
  )
}

export const hoursText = (minutes: number) => tenthsText(minutes / 60)
