import { liveQuery } from 'dexie'
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import { freeOldest, ifRoom } from '../keep/acknowledged-packets.ts'
import type { ClockRow, Keep, LineRow, StationRow } from '../keep/database.ts'
import { writeAside } from '../keep/drafts.ts'
import { isRegistered } from '../keep/registration.ts'
import { type ClockJump, isBehind, jumpSince, noteTime, readClock } from '../keep/trusted-clock.ts'
import { endOverdueRosters } from '../send/end-rosters.ts'
import { house } from '../send/house-api.ts'
import { keepSending, type Rounds } from '../send/keep-sending.ts'
import { type DiskState, reserveBytes } from './disk-reserve.ts'
import { makeRoom } from './disk-space.ts'

/** What runs as long as the page is open: the clock that is noted, lists that end, packets that are sent. */

export type Running = {
  readonly keep: Keep
  readonly rounds: Rounds
  readonly station: StationRow | undefined
  readonly line: LineRow | undefined
  readonly clock: ClockRow | undefined
  /** This moment, some seconds old at most. */
  readonly at: Date
  /** The clock stands behind what it last was. */
  readonly behind: boolean
  /** By how much the clock jumped while the page was open, until the officer has read it. */
  readonly jump: ClockJump | undefined
  readonly jumpSeen: () => void
  /** As it was at the last look; `free` where the browser lets nobody look. */
  readonly disk: DiskState
  /** Looks whether a full disk has room again. */
  readonly lookAgain: () => void
}

const Running = createContext<Running | undefined>(undefined)

/**
 * What a query gives, and gives anew whenever what it read has changed, in any tab. `ask` must be the same function as
 * long as it asks the same.
 */
export function useLive<T>(ask: () => Promise<T>): T | undefined {
  const [value, setValue] = useState<T>()
  useEffect(() => {
    const reading = liveQuery(ask).subscribe(setValue)
    return () => reading.unsubscribe()
  }, [ask])
  return value
}

const tick = 10_000

function useTime(keep: Keep): Date {
  const [at, setAt] = useState(keep.now)
  useEffect(() => {
    let ending = false
    const end = async () => {
      if (ending) return
      ending = true
      await endOverdueRosters(keep, house).catch(() => undefined)
      ending = false
    }
    const look = async () => {
      setAt(keep.now())
      await ifRoom(noteTime(keep))
      void end()
      await ifRoom(makeRoom(keep))
      await ifRoom(writeAside(keep))
    }
    const timer = setInterval(() => void look(), tick)
    // A laptop that slept through the end of a list notices as soon as it wakes.
    const woken = () => void look()
    document.addEventListener('visibilitychange', woken)
    void look()
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', woken)
    }
  }, [keep])
  return at
}

/** Between two looks: a jump is told at once, not with the next round of the other work. */
const look = 2000

/** The latest jump of the clock against the watch of the page. */
function useClockJump(keep: Keep) {
  const [jump, setJump] = useState<ClockJump>()
  useEffect(() => {
    let last = readClock(keep)
    const timer = setInterval(() => {
      const now = readClock(keep)
      const found = jumpSince(last, now)
      last = now
      if (found) setJump(found)
    }, look)
    return () => clearInterval(timer)
  }, [keep])
  const jumpSeen = useCallback(() => setJump(undefined), [])
  return { jump, jumpSeen }
}

/** Milliseconds after which the room of packets that were let go of is on the disk. */
const clearedAfter = 5000

/**
 * Whether the disk is full: looked at as soon as the browser is a station, and until the page is closed. Packets that
 * the house has go first; what room others make is looked for when the officer says so.
 */
function useDisk(keep: Keep, station: StationRow | undefined) {
  const [disk, setDisk] = useState<DiskState>('free')
  const [isStation, setIsStation] = useState(false)
  const [worker, setWorker] = useState<Worker>()
  if (!isStation && isRegistered(station)) setIsStation(true)
  useEffect(() => {
    if (!isStation) return
    const started = new Worker(new URL('./disk-worker.ts', import.meta.url), { type: 'module' })
    started.onmessage = ({ data }: MessageEvent<DiskState>) => setDisk(data)
    setWorker(started)
    return () => started.terminate()
  }, [isStation])
  const lookAgain = useCallback(() => worker?.postMessage('look'), [worker])
  useEffect(() => {
    if (disk === 'free') return
    let timer: ReturnType<typeof setTimeout> | undefined
    let isOver = false
    // Less than twice the reserve does not bring it back, and the next person wants room too.
    void ifRoom(freeOldest(keep, 3 * reserveBytes)).then(freed => {
      if (freed && !isOver) timer = setTimeout(lookAgain, clearedAfter)
    })
    return () => {
      isOver = true
      clearTimeout(timer)
    }
  }, [disk, keep, lookAgain])
  return { disk, lookAgain }
}

export function Runs({ keep, children }: { keep: Keep; children: ReactNode }) {
  const at = useTime(keep)
  const { jump, jumpSeen } = useClockJump(keep)
  const [rounds, setRounds] = useState<Rounds>()
  useEffect(() => {
    const sending = keepSending(keep, house)
    setRounds(sending)
    return sending.stop
  }, [keep])
  const rows = useLive(
    useMemo(
      () => async () => ({
        station: await keep.db.station.get(1),
        line: await keep.db.line.get(1),
        clock: await keep.db.clock.get(1),
      }),
      [keep],
    ),
  )
  const { disk, lookAgain } = useDisk(keep, rows?.station)
  const running = useMemo<Running | undefined>(
    () =>
      rounds &&
      rows && { keep, rounds, at, behind: isBehind(rows.clock, at), jump, jumpSeen, disk, lookAgain, ...rows },
    [keep, rounds, at, rows, jump, jumpSeen, disk, lookAgain],
  )
  return running && <Running value={running}>{children}</Running>
}

export function useRunning(): Running {
  const running = useContext(Running)
  if (!running) throw new Error('outside of <Runs>')
  return running
}

export const isOffline = ({ line }: Pick<Running, 'line'>) => line?.goneSince !== undefined
