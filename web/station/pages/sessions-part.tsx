import { useCallback, useEffect, useState } from 'react'
import { stationSessions, takeRoster } from '../../../src/planning/rosters/contract-station.ts'
import { type Answer, call } from '../../parts/call.ts'
import { dayText, instantText } from '../../parts/formats.ts'
import type { OfficerRow, RosterRow } from '../keep/database.ts'
import type { Unlocked } from '../keep/officer-secret.ts'
import { keepRoster, openRoster, readersOf } from '../keep/rosters.ts'
import { tolerated } from '../keep/trusted-clock.ts'
import { Button } from '../parts/button.tsx'
import { FieldError } from '../parts/field.tsx'
import { useAsking } from '../parts/request-state.ts'
import { Refused } from '../parts/state.tsx'
import { useLive, useRunning } from '../running/running.tsx'
import { useSay } from '../words/language.tsx'
import type { WordKey } from '../words/words.ts'
import type { Opened } from '../work/officer-at-work.ts'

type Session = Answer<typeof stationSessions>['sessions'][number]
type SessionsProps = {
  readonly officer: OfficerRow
  readonly unlocked: Unlocked
  /** For how many people the machine must have room. */
  readonly onPeople: (people: number) => void
  readonly onOpen: (opened: Opened) => void
}

/** The sessions of the coming days; each list is taken here, and opened. */
export function SessionsPart({ officer, unlocked, onPeople, onOpen }: SessionsProps) {
  const say = useSay()
  const { keep, clock } = useRunning()
  const [sessions, setSessions] = useState<readonly Session[]>()
  const [fault, setFault] = useState<WordKey>()
  const kept = useLive(useCallback(() => keep.db.rosters.toArray(), [keep]))
  const clockIsWrong = Math.abs(clock?.ahead ?? 0) > tolerated
  const reading = useAsking(
    useCallback(async () => {
      const answer = await call(stationSessions, {})
      setSessions(answer.sessions)
      onPeople(Math.max(0, ...answer.sessions.map(({ people }) => people)) || 300)
    }, [onPeople]),
  )
  const { run: read } = reading
  useEffect(() => void read(), [read])
  const taking = useAsking(
    useCallback(
      async (session: string) => {
        const station = await keep.db.station.get(1)
        if (station)
          await keepRoster(
            keep,
            await call(takeRoster, { params: { id: session }, body: { stationId: station.id, officerId: officer.id } }),
            officer.id,
          )
      },
      [keep, officer.id],
    ),
  )
  const open = async (session: string) => {
    const roster = await openRoster(keep, session, unlocked)
    if (typeof roster === 'string') setFault(roster)
    else onOpen({ unlocked, officer, roster })
  }
  return (
    <>
      {clockIsWrong && <p className="note late">{say('clock-first')}</p>}
      {sessions?.length === 0 && <p className="quiet">{say('sessions-none')}</p>}
      <ul className="rows sessions">
        {sessions?.map(session => (
          <SessionRow
            key={session.id}
            session={session}
            kept={kept?.find(({ id, ...row }) => id === session.id && readersOf(row).includes(officer.id))}
            busy={taking.busy || clockIsWrong}
            onTake={() => void taking.run(session.id)}
            onOpen={() => void open(session.id)}
          />
        ))}
      </ul>
      {fault && <FieldError>{say(fault)}</FieldError>}
      <Refused error={reading.error ?? taking.error} retry={() => void read()} />
    </>
  )
}

type RowProps = { session: Session; kept: RosterRow | undefined; busy: boolean; onTake: () => void; onOpen: () => void }

/** What a station does: cards with their accounts. Raising a level and activating need the house. */
const served = ['card-and-account', 'counter']

function SessionRow({ session: { place, kind, day, fromAt, toAt, people }, kept, busy, onTake, onOpen }: RowProps) {
  const say = useSay()
  return (
    <li>
      <div>
        <strong>{place}</strong>
        <p className="quiet">{say('session-when', { day: dayText(day), from: fromAt, to: toAt, n: people })}</p>
        {kept && <p className="small">{say('taken-until', instantText(kept.until))}</p>}
      </div>
      {served.includes(kind) ? (
        <div className="buttons">
          <Button {...(!kept && { look: 'primary' })} disabled={busy} onPress={onTake}>
            {say(kept ? 'take-again' : 'take-roster')}
          </Button>
          {kept && (
            <Button look="primary" onPress={onOpen}>
              {say('open-session')}
            </Button>
          )}
        </div>
      ) : (
        <p className="small">{say('session-other-kind')}</p>
      )}
    </li>
  )
}
