import { useCallback, useEffect, useRef, useState } from 'react'
import { forgetHeld } from './keep/drafts.ts'
import { isRegistered } from './keep/registration.ts'
import { reckoned } from './keep/trusted-clock.ts'
import { LockedPage } from './pages/locked-page.tsx'
import { PacketsPage } from './pages/packets-page.tsx'
import { PreparePage } from './pages/prepare-page.tsx'
import { useLockWhenIdle } from './running/lock-when-idle.ts'
import { GoContext, type Place } from './running/open-page.ts'
import { useRunning } from './running/running.tsx'
import { takeOver, useWaitingVersion } from './running/version.ts'
import { MachineStatus } from './shell/machine-status.tsx'
import { TopBar } from './shell/top-bar.tsx'
import { useSay } from './words/language.tsx'
import type { Opened } from './work/officer-at-work.ts'
import { WorkPage } from './work/work-page.tsx'

const remembered = (): Place => {
  const place = sessionStorage.getItem('place')
  return place === 'prepare' || place === 'packets' ? place : 'work'
}

/** Which place is open, and whether an officer is at work. Leaving keeps what is in hand. */
export function App() {
  const say = useSay()
  const { station, at, clock, behind } = useRunning()
  const [place, setPlace] = useState(remembered)
  const [opened, setOpened] = useState<Opened>()
  const [note, setNote] = useState<'locked-idle' | 'locked-unkept'>()
  // Each opening is a work of its own, and whoever locks takes the secrets of the preparation away too.
  const [opening, setOpening] = useState(0)
  const hold = useRef<() => Promise<boolean>>(async () => true)
  const onHold = useCallback((next: () => Promise<boolean>) => {
    hold.current = next
  }, [])
  const lock = useCallback(async (why?: 'locked-idle') => {
    // Whatever becomes of it, the machine is locked.
    const isKept = await hold.current().catch(() => false)
    hold.current = async () => true
    forgetHeld()
    setOpened(undefined)
    setOpening(before => before + 1)
    setNote(isKept ? why : 'locked-unkept')
  }, [])
  const lockIdle = useCallback(() => void lock('locked-idle'), [lock])
  // A browser that is no station yet begins with becoming one, and stays there afterwards.
  const registered = isRegistered(station)
  const shown: Place = registered || place === 'packets' ? place : 'prepare'
  // An officer's secret may have been entered there too.
  useLockWhenIdle(opened !== undefined || shown === 'prepare', lockIdle)

  // The clock was set back under an open list: it is not read any further.
  useEffect(() => {
    if (behind) void lock()
  }, [behind, lock])
  // The people of a list that is over are let go of at once; the capture in hand stays.
  const [endedAt, setEndedAt] = useState<Date>()
  const until = opened?.roster?.until
  const isOver = until !== undefined && Date.parse(until) <= reckoned(clock, at)
  useEffect(() => {
    if (!isOver || !until) return
    setEndedAt(new Date(until))
    setOpened(before => before && { unlocked: before.unlocked, officer: before.officer })
  }, [isOver, until])
  const waiting = useWaitingVersion()
  useEffect(() => {
    if (waiting && !opened) takeOver()
  }, [waiting, opened])

  const go = useCallback((next: Place) => {
    sessionStorage.setItem('place', next)
    setPlace(next)
  }, [])
  useEffect(() => {
    if (!registered && place === 'work') go('prepare')
  }, [registered, place, go])
  return (
    <GoContext value={go}>
      <div className="house station">
        <a className="skip" href="#page">
          {say('skip')}
        </a>
        <TopBar opened={opened} place={shown} onLock={() => void lock()} />
        <MachineStatus />
        {/* A look at the packets does not put away a capture in hand: the work stays behind the other places. */}
        {opened && (
          <div className="kept-open" hidden={shown !== 'work'}>
            <WorkPage key={opening} opened={opened} endedAt={opened.roster ? undefined : endedAt} onHold={onHold} />
          </div>
        )}
        {shown === 'work' && !opened && <LockedPage note={note} onOpen={setOpened} />}
        {shown === 'packets' && <PacketsPage />}
        {shown === 'prepare' && (
          <PreparePage
            key={opening}
            onOpen={next => {
              void lock().then(() => {
                setOpened(next)
                go('work')
              })
            }}
          />
        )}
      </div>
    </GoContext>
  )
}
