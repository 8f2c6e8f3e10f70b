import type { Day } from '../../src/platform/day.ts'
import type { Random } from '../random.ts'
import { type Absence, keyFrom, type SeasonSink, type SessionKind } from './fact.ts'
import type { SeasonWorld } from './world.ts'

/** Where sessions are held: a school, or a commune's own place (`school` empty). */
export type Place = { readonly school: string; readonly commune: string; readonly district: string }

export type Seat = {
  readonly number: string
  readonly isServed: boolean
  readonly reason?: Absence
  readonly walkIn?: boolean
}
export type Meeting = {
  readonly id: string
  readonly kind: SessionKind
  readonly day: number
  readonly announcedOn: number
  readonly seats: Seat[]
}

const reason = (random: Random): Absence => (random.chance(0.6) ? 'ill' : random.chance(0.6) ? 'no-paper' : 'moved')
export const absentSeat = (number: string, random: Random): Seat => ({
  number,
  isServed: false,
  reason: reason(random),
})

/** Among whom is served some were on no list: of another class, or come along with a brother. */
export const servedSeat = (number: string, random: Random): Seat => ({
  number,
  isServed: true,
  walkIn: random.chance(0.04),
})

export function meetingAt(
  place: Place,
  kind: SessionKind,
  day: number,
  { seed, random }: { seed: number; random: Random },
): Meeting {
  const id = keyFrom(seed, 'session', place.school || place.commune, kind, day)
  return { id, kind, day, announcedOn: day - random.between(4, 12), seats: [] }
}

type Window = { readonly first: number; readonly last: number }

/**
 * Days on which sessions take in most of those who can come on one (at a weekend more can), the fullest first; each
 * with whom it takes. Too few together are left to the counter.
 */
export function gather<Of extends Window>(
  windows: readonly Of[],
  { least, most, room }: { least: number; most: number; room: number },
  { random, calendar, parameters }: SeasonWorld,
): { day: number; those: Of[] }[] {
  const isOpen = Array.from(
    { length: calendar.days },
    (_, at) => !calendar.isHoliday(at) && (calendar.isWorking(at) || random.chance(parameters.sessions.weekendShare)),
  )
  const sessions: { day: number; those: Of[] }[] = []
  let left = [...windows]
  while (sessions.length < most && left.length >= least) {
    const counts = new Int32Array(calendar.days + 1)
    for (const { first, last } of left) {
      if (last < 0 || first > last) continue
      counts[Math.max(0, first)]! += 1
      counts[Math.min(last, calendar.days - 1) + 1]! -= 1
    }
    let [best, bestWorth, bestCount, count] = [-1, 0, 0, 0]
    for (let at = 0; at < calendar.days; at += 1) {
      count += counts[at]!
      const worth = calendar.isWorking(at) ? count : 1.2 * count
      if (isOpen[at] && worth > bestWorth && !sessions.some(({ day }) => day === at))
        [best, bestWorth, bestCount] = [at, worth, count]
    }
    if (bestCount < least) break
    const those = left.filter(({ first, last }) => first <= best && best <= last).slice(0, room)
    const taken = new Set(those)
    left = left.filter(one => !taken.has(one))
    sessions.push({ day: best, those })
  }
  return sessions
}

/** Teams of a district: each is at one place a day. */
export type Teams = { teamOn(district: string, day: number): number }
export function openTeams(): Teams {
  const booked = new Map<string, number>()
  return {
    teamOn: (district, day) => {
      const key = `${district}/${day}`
      const team = (booked.get(key) ?? 0) + 1
      booked.set(key, team)
      return team
    },
  }
}

/** Teams stay until nine in the days before a deadline: 15 April, and the campaign's own (domain.md 7.4). */
const isDrive = (day: number, { calendar, due, parameters }: SeasonWorld) =>
  [calendar.placeOf('2023-04-15' as Day), due.card, due.account].some(
    deadline => day <= deadline && day > deadline - parameters.drive.days,
  )

/** Captures by machine and hour; a desk sees more. */
const anHour: Record<SessionKind, number> = { 'card-and-account': 20, 'raise-level': 14, activation: 24 }

/** Tells a session with its roster: closed up to `until`, after it planned and without outcomes. */
export function tellMeeting({ id, kind, day, seats }: Meeting, place: Place, { sink, teams, world, until }: Telling) {
  const { calendar, random } = world
  const team = teams.teamOn(place.district, day)
  const kits = kind === 'activation' ? 0 : seats.length > 120 ? 2 : 1
  const hours = seats.length / anHour[kind] / Math.max(1, kits)
  const isEvening = isDrive(day, world) && random.chance(0.35)
  const isShort = hours <= 3.5
  const start = isShort && random.chance(0.3) ? '13:30' : '07:30'
  sink.session({
    id,
    day: calendar.dayAt(day),
    start,
    end: isEvening || hours > 7 ? '21:00' : isShort && start === '07:30' ? '11:30' : '17:00',
    school: place.school,
    commune: place.commune,
    kind,
    state: day <= until ? 'closed' : 'planned',
    team: `${place.district}-D${team}`,
    officers: Array.from(
      { length: kind === 'activation' ? 1 : 2 + kits },
      (_, i) => `${place.district}-D${team}-${i + 1}`,
    ),
    kits: Array.from({ length: kits }, (_, i) => `${place.district}-M${2 * team - 1 + i}`),
  })
  for (const { number, isServed, reason: why, walkIn } of seats) {
    if (day > until && walkIn) continue
    const outcome = day > until ? '' : isServed ? 'served' : 'absent'
    sink.seat({
      session: id,
      number,
      outcome,
      reason: outcome === 'absent' ? (why ?? 'ill') : '',
      walkIn: walkIn ?? false,
    })
  }
}

export type Telling = {
  readonly sink: SeasonSink
  readonly teams: Teams
  readonly world: SeasonWorld
  readonly seed: number
  /** The last day that is told. */
  readonly until: number
}
