import type { Random } from '../random.ts'
import type { Calendar } from './calendar.ts'
import type { SeasonParameters } from './parameters.ts'

/** A season while it is made. Days are places in its calendar. */
export type SeasonWorld = {
  readonly random: Random
  readonly parameters: SeasonParameters
  readonly calendar: Calendar
  /** The days by which cards must be in hand and accounts active. */
  readonly due: { readonly card: number; readonly account: number }
}

/** How slow a district is in each thing; 1 is usual. */
export type Slow = Readonly<Record<'approval' | 'delivery' | 'handOver' | 'activation' | 'sessions', number>>

/** The chance that something comes about on one day: less on a day off, more in the drive before a deadline. */
export function chanceOn(
  at: number,
  chance: number,
  { parameters, calendar, due }: SeasonWorld,
  before: keyof SeasonWorld['due'],
): number {
  const { drive, weekend } = parameters
  const isDrive = at <= due[before] && at > due[before] - drive.days
  return Math.min(
    0.95,
    chance * (calendar.isWorking(at) ? 1 : isDrive ? Math.max(weekend, 0.5) : weekend) * (isDrive ? drive.strength : 1),
  )
}

/**
 * The first day after `after` on which something of this daily chance comes about; undefined where the season ends
 * before.
 */
export function firstDay(
  after: number,
  chance: number,
  world: SeasonWorld,
  before: keyof SeasonWorld['due'],
  until = Infinity,
): number | undefined {
  const last = Math.min(until, world.calendar.days - 1)
  for (let at = after + 1; at <= last; at += 1) if (world.random.next() < chanceOn(at, chance, world, before)) return at
  return undefined
}

/**
 * So many working days after a day, of which half a day more or less is chance. A wait of less than half a day may end
 * on the day itself.
 */
export function workingAfter(at: number, wait: number, { random, calendar }: SeasonWorld): number {
  const whole = Math.floor(wait + random.next())
  return whole === 0 ? calendar.after(at, 0) : calendar.after(at + 1, whole - 1)
}
