import { useCallback, useEffect, useState } from 'react'
import type { Day } from '../../../src/platform/day.ts'
import type { OfficerRow } from '../keep/database.ts'
import type { Unlocked } from '../keep/officer-secret.ts'
import type { OpenRoster } from '../keep/rosters.ts'
import { type Entry, queueOf, rowsOfQueue } from '../keep/session-queue.ts'
import { dayHere } from '../keep/trusted-clock.ts'
import { useLive, useRunning } from '../running/running.tsx'

/** An officer at work: their secret was entered; the roster is open unless only their unfinished captures are. */
export type Opened = { readonly unlocked: Unlocked; readonly officer: OfficerRow; readonly roster?: OpenRoster }

export type QueueHere = { readonly entries: readonly Entry[]; readonly hidden: number }

const nobody: QueueHere = { entries: [], hidden: 0 }

/** The queue of the open session, kept up as it changes; undefined while it is being read. */
export function useQueue(roster: OpenRoster | undefined): QueueHere | undefined {
  const { keep } = useRunning()
  const [queue, setQueue] = useState<QueueHere>()
  const session = roster?.roster.session.id ?? ''
  const rows = useLive(useCallback(() => rowsOfQueue(keep, session), [keep, session]))
  useEffect(() => {
    let stale = false
    if (!roster) setQueue(nobody)
    else if (rows)
      void queueOf(rows, roster).then(read => {
        if (!stale) setQueue(read)
      })
    return () => {
      stale = true
    }
  }, [rows, roster])
  return queue
}

/** The house's day now. */
export function useToday(): Day {
  const { station, at } = useRunning()
  return dayHere(station ?? {}, at)
}
