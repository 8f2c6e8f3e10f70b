import { hash } from 'node:crypto'
import * as audit from '../../audit/audit.ts'
import type { Work } from '../../platform/work.ts'
import { noteActivity, reckonOvertime } from '../overtime/overtime.ts'
import { planningProblem } from '../problems.ts'
import {
  absences,
  mayTransition,
  type SessionClosing,
  servicesDone,
  type TeamSession,
  type TeamSessionId,
} from '../session.ts'
import { holdTeamSession } from '../sessions/sessions.ts'
import { getWorkingHours } from '../sessions/unit-hours.ts'
import * as roster from '../store-roster.ts'
import * as store from '../store-session.ts'

const countBy = <Key extends string>(keys: readonly Key[], of: (key: Key) => number) =>
  Object.fromEntries(keys.map(key => [key, of(key)])) as Record<Key, number>

/** Counted from the lines, and from nothing else. */
export function closingOf(lines: readonly roster.RosterLine[]): SessionClosing {
  const asked = lines.filter(({ walkIn }) => !walkIn)
  return {
    invited: asked.length,
    served: asked.filter(({ outcome }) => outcome === 'served').length,
    absent: asked.filter(({ outcome }) => outcome === 'absent').length,
    absentBy: countBy(absences, reason => asked.filter(({ absentReason }) => absentReason === reason).length),
    walkIns: lines.length - asked.length,
    done: countBy(servicesDone, what => lines.filter(({ done }) => done.includes(what)).length),
  }
}

/** A hash over the lines with their outcomes, so that a later count can prove that they are the same. */
const hashOf = (lines: readonly roster.RosterLine[]) =>
  hash(
    'sha256',
    JSON.stringify(
      lines.map(({ id, personId, walkIn, outcome, absentReason, done }) => [
        id,
        personId,
        walkIn,
        outcome,
        absentReason ?? null,
        done,
      ]),
    ),
  )

/** The counts that the officer closes with, as they see them. */
export type SeenCounts = Pick<SessionClosing, 'served' | 'absent' | 'walkIns'>

/**
 * Closes a session: its counts are kept as a document, and each officer's overtime is reckoned from what they really
 * did. Refused while a line has no outcome (session-lines-open), and where the counts that the officer saw are not
 * those of the list (session-counts-differ).
 */
export async function closeTeamSession(
  work: Work,
  id: TeamSessionId,
  seen?: SeenCounts,
): Promise<{ session: TeamSession; closing: SessionClosing }> {
  const before = await holdTeamSession(work, id)
  if (!mayTransition(before.state, 'closed')) throw planningProblem('session-state-refused', { state: before.state })
  const lines = await roster.linesOf(work, id)
  const left = lines.filter(({ outcome }) => !outcome).length
  if (left > 0) throw planningProblem('session-lines-open', { left })
  const closing = closingOf(lines)
  if (seen && (seen.served !== closing.served || seen.absent !== closing.absent || seen.walkIns !== closing.walkIns))
    throw planningProblem('session-counts-differ', { counts: closing })

  const session: TeamSession = { ...before, state: 'closed', closedAt: work.now, version: before.version + 1 }
  await noteActivity(work, session, 0)
  await store.updateSession(work, session)
  await store.insertClosing(work, session, { counts: closing, hash: hashOf(lines) })
  const minutes = await reckonOvertime(work, session, await getWorkingHours(work, session.unitId, session.day))
  await audit.record(
    work,
    'session.closed',
    { kind: 'session', id, unitId: session.unitId },
    { ...closing, overtimeMinutes: minutes, hash: hashOf(lines) },
  )
  return { session, closing }
}
