import { Check } from 'lucide-react'
import type { RosterPerson } from '../../../src/planning/rosters/contract-station.ts'
import { dayText, instantText } from '../../parts/formats.ts'
import { mayCapture } from '../keep/registration.ts'
import type { Entry } from '../keep/session-queue.ts'
import { Button } from '../parts/button.tsx'
import { useKeys } from '../parts/shortcut-keys.ts'
import { State } from '../parts/state.tsx'
import { useRunning } from '../running/running.tsx'
import { useSay } from '../words/language.tsx'
import type { WordKey } from '../words/words.ts'
import type { JustSealed } from './capture-course.ts'
import type { Opened, QueueHere } from './officer-at-work.ts'
import { someoneOf } from './people.ts'

type NextProps = {
  readonly queue: QueueHere | undefined
  readonly people: ReadonlyMap<string, RosterPerson>
  readonly opened: Opened
  readonly sealed: JustSealed | undefined
  readonly note: WordKey | undefined
  readonly onOpen: (entry: Entry) => void
}

/** Between two people: what was just sealed, and who is next. */
export function NextPane({ queue, people, opened, sealed, note, onOpen }: NextProps) {
  const say = useSay()
  const { at } = useRunning()
  const { officer, roster } = opened
  const entries = queue?.entries ?? []
  const count = (state: Entry['state']) => entries.filter(entry => entry.state === state).length
  const next = entries.find(({ state }) => state === 'waiting')
  const someone = next && someoneOf(next, people)
  const may = mayCapture(officer, at)
  const begin = next && may ? () => onOpen(next) : undefined
  useKeys({ Enter: begin })
  return (
    <>
      <div aria-live="polite">
        {sealed && (
          <p className="note sealed">
            <Check size={16} aria-hidden />
            <span>
              <strong>
                {sealed.refused
                  ? say('refuse-recorded', { packet: sealed.packet })
                  : say('sealed', { packet: sealed.packet, name: sealed.name })}
              </strong>{' '}
              {say('sealed-more')}
            </span>
          </p>
        )}
        {note && <p className="note waiting">{say(note)}</p>}
      </div>
      {!may && (
        <State
          so={say('grant-over', { name: officer.name, day: instantText(officer.until).day })}
          todo={say('grant-over-todo')}
        />
      )}
      {roster && next && someone ? (
        <section className="state next">
          <h1>{say('nobody-open')}</h1>
          <p className="instruction">
            {String(next.place).padStart(2, '0')} · {someone.person.fullName}
          </p>
          <p className="quiet">
            {[someone.line ?? say('outside'), dayText(someone.person.birthDate)].filter(Boolean).join(' · ')}
          </p>
          {begin && (
            <div className="buttons">
              <Button look="primary" cap="Enter" onPress={begin}>
                {say('begin-with', { name: someone.person.fullName })}
              </Button>
            </div>
          )}
        </section>
      ) : (
        roster && <State alone so={say('nobody-waits')} todo={say('nobody-waits-todo')} />
      )}
      {entries.length > 0 && (
        <p className="quiet">
          {say('so-far', {
            done: count('done'),
            deferred: count('deferred'),
            refused: count('refused'),
            waiting: count('waiting'),
          })}
        </p>
      )}
    </>
  )
}
