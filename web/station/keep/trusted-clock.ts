import { stationLimits } from '../../../src/enrolment/law.ts'
import { addDays, type Day, dayAt, daysBetween } from '../../../src/platform/day.ts'
import type { ClockRow, Keep, StationDatabase, StationRow } from './database.ts'

/** The station's clock, and what keeps a roster from being read again, or for longer, by setting it back. */

/** By how much a clock may stand behind what was seen before, in milliseconds. */
export const tolerated = stationLimits.lockedFromClockBehindMinutes * 60_000

/** Whether the clock stands where it has been already. */
export const isBehind = (clock: ClockRow | undefined, at: Date): boolean =>
  clock !== undefined && at.getTime() < clock.latest - tolerated

/**
 * The latest instant as this page has reckoned it, what its own watch showed then, and when the house had last told the
 * time.
 */
type Noted = { readonly latest: number; readonly ran: number; readonly knownAt: number | undefined }
const noted = new WeakMap<StationDatabase, Noted>()

/**
 * Notes how late it is: what the clock shows, or the latest known instant and what this page has run since, whichever
 * is later. So a clock that is set back again and again by less than is tolerated wins nothing, and a full disk forgets
 * nothing as long as the page is open. The latest is kept over restarts; only the house may say that it was wrong.
 * While the clock stands further behind it, time is not reckoned.
 */
export async function noteTime({ db, now, ran }: Keep): Promise<void> {
  await db.transaction('rw', db.clock, async () => {
    const [before, at, stands] = [await db.clock.get(1), now().getTime(), ran()]
    const last = noted.get(db)
    const own = last && last.knownAt === before?.knownAt ? last : undefined
    const known = before?.latest ?? 0
    // The first interval after it was far behind is not counted either: else it would be so for ever.
    if (at < known - tolerated) return void noted.delete(db)
    const latest = Math.round(Math.max(at, known, own ? own.latest + stands - own.ran : 0))
    noted.set(db, { latest, ran: stands, knownAt: before?.knownAt })
    if (latest !== before?.latest) await db.clock.put({ ...before, one: 1, latest })
  })
}

/** What the clock showed, and what the page's own watch, both in milliseconds; the watch knows no clock. */
export type Reading = { readonly wall: number; readonly ran: number }

/** The clock jumped by so many seconds: ahead where the machine slept or somebody set it, back where somebody did. */
export type ClockJump = { readonly at: string; readonly by: number }

export const readClock = ({ now, ran }: Pick<Keep, 'now' | 'ran'>): Reading => ({ wall: now().getTime(), ran: ran() })

/** What the clock gained or lost against the watch since the last reading, where it is more than both are apart. */
export function jumpSince(before: Reading, { wall, ran }: Reading): ClockJump | undefined {
  const by = Math.round((wall - before.wall - (ran - before.ran)) / 1000)
  return Math.abs(by) > stationLimits.clockJumpSeconds ? { at: new Date(wall).toISOString(), by } : undefined
}

/** How late it is at least: by this age is reckoned. */
export const reckoned = (clock: Pick<ClockRow, 'latest'> | undefined, at: Date): number =>
  Math.max(at.getTime(), clock?.latest ?? 0)

/** The house told its instant: from now on that is the latest, also where this clock ran ahead before. */
export async function agreeWith({ db, now, ran }: Keep, house: string): Promise<void> {
  const known = Date.parse(house)
  noted.set(db, { latest: known, ran: ran(), knownAt: known })
  await db.clock.put({ one: 1, latest: known, knownAt: known, ahead: now().getTime() - known })
}

/** The house's day at this moment. */
export const dayHere = ({ daysAhead = 0 }: Pick<StationRow, 'daysAhead'>, at: Date): Day =>
  addDays(dayAt(at), daysAhead)

export const daysAheadOf = (today: string, at: string): number => daysBetween(dayAt(new Date(at)), today as Day)
