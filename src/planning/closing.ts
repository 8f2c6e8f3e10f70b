import { hash } from 'node:crypto'
import * as audit from '../audit/audit.ts'
import { type Day, dayAt, daysBetween } from '../platform/day.ts'
import type { Work } from '../platform/work.ts'
import * as register from '../register/register.ts'
import { hourAt, minutesOf } from './hour.ts'
import { overtimeOf } from './overtime.ts'
import { hoursOf } from './places.ts'
import { planningProblem } from './problems.ts'
import { hold } from './schedule.ts'
import { absences, type Closing, mayGo, type Session, type SessionId, servings } from './session.ts'
import * as overtimes from './store-overtime.ts'
import * as roster from './store-roster.ts'
import * as store from './store-session.ts'

const tally = <Key extends string>(keys: readonly Key[], of: (key: Key) => number) =>
  Object.fromEntries(keys.map(key => [key, of(key)])) as Record<Key, number>

/** Counted from the lines, and from nothing else. */
export function closingOf(lines: readonly roster.Line[]): Closing {
  const asked = lines.filter(({ walkIn }) => !walkIn)
  return {
    invited: asked.length,
    served: asked.filter(({ outcome }) => outcome === 'served').length,
    absent: asked.filter(({ outcome }) => outcome === 'absent').length,
    absentBy: tally(absences, reason => asked.filter(({ absentReason }) => absentReason === reason).length),
    walkIns: lines.length - asked.length,
    done: tally(servings, what => lines.filter(({ done }) => done.includes(what)).length),
  }
}

/** Names the lines with their outcomes: whoever counts again can tell that they are the same. */
const hashOf = (lines: readonly roster.Line[]) =>
  hash(
    'sha256',
    JSON.stringify(
      lines.map(({ id, personId, walkIn, outcome, absentReason, done }) => [id, personId, walkIn, outcome, absentReason ?? null, done]),
    ),
  )

/** The counts that the officer closes with, as they see them. */
export type Seen = Pick<Closing, 'served' | 'absent' | 'walkIns'>

/**
 * Closes a session: its counts are kept as a document, and each officer's overtime is reckoned from what they really did. Refused while a line has no outcome
 * (session-lines-open), and where the counts that the officer saw are not those of the list (session-counts-differ).
 */
export async function close(work: Work, id: SessionId, seen?: Seen): Promise<{ session: Session; closing: Closing }> {
  const before = await hold(work, id)
  if (!mayGo(before.state, 'closed')) throw planningProblem('session-state-refused', { state: before.state })
  const lines = await roster.linesOf(work, id)
  const left = lines.filter(({ outcome }) => !outcome).length
  if (left > 0) throw planningProblem('session-lines-open', { left })
  const closing = closingOf(lines)
  if (seen && (seen.served !== closing.served || seen.absent !== closing.absent || seen.walkIns !== closing.walkIns))
    throw planningProblem('session-counts-differ', { counts: closing })

  const session: Session = { ...before, state: 'closed', closedAt: work.now, version: before.version + 1 }
  await overtimes.noteActivity(work, session, 0)
  await store.updateSession(work, session)
  await overtimes.insertClosing(work, session, { counts: closing, hash: hashOf(lines) })
  const minutes = await reckonOvertime(work, session)
  await audit.record(
    work,
    'session.closed',
    { kind: 'session', id, unitId: session.unitId },
    { ...closing, overtimeMinutes: minutes, hash: hashOf(lines) },
  )
  return { session, closing }
}

/** Minutes since the midnight before a first instant, in the province: past the next midnight they grow beyond 1440. */
const minutesFrom = (first: Day, instant: Date) => daysBetween(first, dayAt(instant)) * 1440 + minutesOf(hourAt(instant))

/** Whoever first touches a session so long after it was opened only tidies up. */
const longestSession = 18 * 3_600_000

/** Who did nothing in this house themselves, but sat there, worked as long as the session did. */
async function reckonOvertime(work: Work, session: Session): Promise<number> {
  const opened = (session.openedAt ?? work.now).getTime()
  const all = await overtimes.activitiesOf(work, session.id)
  const activities = all.filter(({ firstAt }) => firstAt.getTime() - opened < longestSession)
  if (activities.length === 0) return 0
  const firstAt = new Date(Math.min(...activities.map(one => one.firstAt.getTime())))
  const lastAt = new Date(Math.max(...activities.map(one => one.lastAt.getTime())))
  const own = new Map(activities.map(one => [one.officerId, one]))
  const present = new Set([...(await store.seatsOf(work, [session.id])).map(({ officerId }) => officerId), ...own.keys()])
  const hours = await hoursOf(work, session.unitId, session.day)
  const rows = [...present].map(officerId => {
    const acted = own.get(officerId) ?? { firstAt, lastAt }
    const day = dayAt(acted.firstAt)
    const [from, to] = [minutesFrom(day, acted.firstAt), minutesFrom(day, acted.lastAt)]
    const stretch = { day: session.day, from, to, hours, isHoliday: (on: Day) => register.holidayOn(on) !== undefined }
    return { officerId, basis: own.has(officerId) ? ('own' as const) : ('session' as const), from, to, ...overtimeOf(stretch) }
  })
  await overtimes.insertOvertime(work, session, rows)
  return rows.reduce((sum, { weekday, restDay, holiday }) => sum + weekday + restDay + holiday, 0)
}
