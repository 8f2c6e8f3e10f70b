import { addDays, type Day, dayAt, daysBetween } from '../../../src/platform/day.ts'
import type { ClockRow, Keep, StationRow } from './database.ts'

/** The station's clock, and what keeps a roster from being read again by setting it back. */

/** By how much a clock may stand behind what was seen before, in milliseconds. */
export const tolerated = 5 * 60_000

/** Whether the clock stands where it has been already. */
export const isBehind = (clock: ClockRow | undefined, at: Date): boolean => clock !== undefined && at.getTime() < clock.latest - tolerated

/** The clock was seen to stand there. The latest is never forgotten; only the house may say that it was wrong. */
export async function noteTime({ db, now }: Keep, at = now()): Promise<void> {
  await db.transaction('rw', db.clock, async () => {
    const before = await db.clock.get(1)
    if (before && before.latest >= at.getTime()) return
    await db.clock.put({ ...before, one: 1, latest: at.getTime() })
  })
}

/** The house told its instant: from now on that is the latest, also where this clock ran ahead before. */
export async function agreeWith({ db, now }: Keep, house: string): Promise<void> {
  const known = Date.parse(house)
  await db.clock.put({ one: 1, latest: known, knownAt: known, ahead: now().getTime() - known })
}

/** The house's day at this moment. */
export const dayHere = ({ daysAhead = 0 }: Pick<StationRow, 'daysAhead'>, at: Date): Day => addDays(dayAt(at), daysAhead)

export const daysAheadOf = (today: string, at: string): number => daysBetween(dayAt(new Date(at)), today as Day)
