import { useEffect, useMemo, useRef, useState } from 'react'
import type { RosterPerson } from '../../../src/planning/rosters/contract-station.ts'
import { instantText } from '../../parts/formats.ts'
import type { Entry, WalkIn } from '../keep/session-queue.ts'
import { joinQueue } from '../keep/session-queue.ts'
import type { PaperContext } from '../paper/paper-context.tsx'
import { State } from '../parts/state.tsx'
import { useRunning } from '../running/running.tsx'
import { useSay } from '../words/language.tsx'
import { useCapture } from './capture-course.ts'
import { CapturePane } from './capture-pane.tsx'
import { DonePane } from './done-pane.tsx'
import { NextPane } from './next-pane.tsx'
import { type Opened, useQueue, useToday } from './officer-at-work.ts'
import { QueuePane } from './queue-pane.tsx'
import { RefusePane } from './refuse-pane.tsx'
import { WalkInPane } from './walk-in-pane.tsx'

export type WorkProps = {
  readonly opened: Opened
  /** The list ended while it was open. */
  readonly endedAt: Date | undefined
  /** Told what must be done before the officer leaves: the capture in hand is kept. */
  readonly onHold: (hold: () => Promise<boolean>) => void
}

/** The session: the queue left, one person in the middle. */
export function WorkPage({ opened, endedAt, onHold }: WorkProps) {
  const say = useSay()
  const { keep, station } = useRunning()
  const { roster, officer } = opened
  const queue = useQueue(roster)
  const today = useToday()
  const people = useMemo<ReadonlyMap<string, RosterPerson>>(
    () => new Map(roster?.roster.people.map(person => [person.id, person] as const)),
    [roster],
  )
  const capture = useCapture(opened, queue?.entries, people)
  const [adding, setAdding] = useState<{ readonly line: string }>()
  const { hold } = capture
  useEffect(() => onHold(hold), [onHold, hold])
  useResumed(queue?.entries, capture.draft !== undefined, capture.open)

  const desk: PaperContext = {
    unit: station?.unit ?? '',
    place: capture.draft?.place ?? roster?.roster.session.place ?? '',
    officer: officer.name,
    day: today,
    at: keep.now(),
    origin: station?.origin ?? location.origin,
  }

  const join = async (who: { person: string } | { walkIn: WalkIn }): Promise<Entry | undefined> =>
    roster && joinQueue(keep, who, roster)
  const open = (entry: Entry) => {
    setAdding(undefined)
    void capture.open(entry)
  }

  return (
    <div className="sheet station-sheet">
      <QueuePane
        opened={opened}
        queue={queue}
        people={people}
        current={capture.draft?.entry ?? capture.refusing?.entry.id}
        inHand={capture.draft?.application}
        onOpen={open}
        onUnfinished={application => void capture.openUnfinished(application)}
        onJoin={person => join({ person: person.id })}
        onAdd={line => setAdding({ line })}
      />
      <main className="page" id="page">
        {capture.failed && <State so={say('save-failed')} />}
        {endedAt && (
          <p className="note waiting">{say('just-ended', { time: instantText(endedAt.toISOString()).time })}</p>
        )}
        {adding && roster ? (
          <WalkInPane
            line={adding.line}
            roster={roster}
            entries={queue?.entries ?? []}
            today={today}
            onJoin={async walkIn => {
              const entry = await join({ walkIn })
              setAdding(undefined)
              if (entry && !capture.draft) void capture.open(entry)
            }}
            onThere={open}
            onClose={() => setAdding(undefined)}
          />
        ) : capture.refusing ? (
          <RefusePane refusing={capture.refusing} desk={desk} onRefuse={capture.refuse} onBack={capture.leaveRefusal} />
        ) : capture.done ? (
          <DonePane
            key={capture.done.entry.id}
            done={capture.done}
            desk={desk}
            onAgain={reason => void capture.captureAgain(reason)}
            onBack={capture.leaveDone}
          />
        ) : capture.draft ? (
          <CapturePane
            key={capture.draft.application}
            draft={capture.draft}
            capture={capture}
            desk={desk}
            entries={queue?.entries ?? []}
          />
        ) : (
          <NextPane
            queue={queue}
            people={people}
            opened={opened}
            sealed={capture.sealed}
            note={capture.note}
            onOpen={open}
          />
        )}
      </main>
    </div>
  )
}

/** A capture that was in hand when the browser was killed is in hand again. */
function useResumed(entries: readonly Entry[] | undefined, busy: boolean, open: (entry: Entry) => Promise<unknown>) {
  const looked = useRef(false)
  useEffect(() => {
    if (looked.current || !entries || busy) return
    looked.current = true
    const last = entries.findLast(({ state }) => state === 'doing')
    if (last) void open(last)
  })
}
