import { useState } from 'react'
import { foldMarks } from '../../../src/names/name.ts'
import { checkInBooking, showCounterDay } from '../../../src/planning/queue/contract.ts'
import { Button } from '../../parts/button.tsx'
import { Field } from '../../parts/field.tsx'
import { numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useDo } from '../base/use-endpoint.ts'
import { RefusedNote } from '../parts/page-state.tsx'
import { useMay } from '../shell/session.tsx'
import { BookDialog } from './book-dialog.tsx'
import { CancelDialog } from './cancel-dialog.tsx'
import type { CounterDay } from './counter-day.ts'

type Booked = CounterDay['booked'][number]

/** Rows that are drawn at first, and by each press: a large counter has a thousand a day. */
const pageOfRows = 60
/** With fewer people nobody has to look for one by typing. */
const fewRows = 12

type ListProps = {
  readonly day: CounterDay
  /** Those alone who were not served yet. */
  readonly onlyOpen: boolean
  readonly onFilter: (loc: 'cho' | undefined) => void
}

/** Who is booked on the day, by hour; and how many places each hour has left. */
export function BookedList({ day, onlyOpen, onFilter }: ListProps) {
  const say = useSay()
  const [typed, setTyped] = useState('')
  const [shownRows, setShownRows] = useState(pageOfRows)
  const [opened, setOpened] = useState<{ readonly what: 'move' | 'cancel'; readonly one: Booked }>()
  const close = () => setOpened(undefined)
  const open = day.booked.filter(({ state }) => state === 'booked')
  const listed = onlyOpen ? open : day.booked
  const asked = foldMarks(typed.trim())
  const shown = listed.filter(({ name, ticket }) => foldMarks(`${name} ${ticket}`).includes(asked))
  return (
    <>
      <section aria-label={say('booked-list')}>
        <h2>
          {say('booked-list')} <span className="count">{numberText(listed.length)}</span>
        </h2>
        {day.booked.length === 0 && <p className="quiet">{say('booked-none')}</p>}
        {day.booked.length > 0 && (
          <p className="booked-which">
            <Button look="row" pressed={!onlyOpen} onPress={() => onFilter(undefined)}>
              {say('booked-all', { n: numberText(day.booked.length) })}
            </Button>
            <Button look="row" pressed={onlyOpen} onPress={() => onFilter('cho')}>
              {say('booked-open', { n: numberText(open.length) })}
            </Button>
          </p>
        )}
        {day.booked.length > fewRows && (
          <Field label={say('booked-find')} type="search" value={typed} onChange={setTyped} />
        )}
        {day.booked.length > 0 && shown.length === 0 && <p className="quiet">{say('booked-none-shown')}</p>}
        <ul className="rows booked-rows">
          {shown.slice(0, shownRows).map(one => (
            <BookedRow key={one.id} day={day} one={one} onOpen={what => setOpened({ what, one })} />
          ))}
        </ul>
        {shown.length > shownRows && (
          <div className="buttons">
            <Button onPress={() => setShownRows(shownRows + pageOfRows)}>
              {say('booked-more', { n: numberText(shown.length - shownRows) })}
            </Button>
          </div>
        )}
      </section>
      {!day.off && <PlacesLeft day={day} />}
      {opened?.what === 'cancel' && <CancelDialog booking={opened.one} place={day.counter.name} onClose={close} />}
      {opened?.what === 'move' && (
        <BookDialog
          person={{ id: opened.one.personId, name: opened.one.name }}
          service={opened.one.service}
          place={`counter_${day.counter.id}`}
          moves={{ ...opened.one, day: day.day }}
          onClose={close}
        />
      )}
    </>
  )
}

type RowProps = { day: CounterDay; one: Booked; onOpen: (what: 'move' | 'cancel') => void }

function BookedRow({ day, one, onOpen }: RowProps) {
  const say = useSay()
  const serves = useMay('planning.serve')
  const checkIn = useDo(checkInBooking, [showCounterDay])
  const state = one.state === 'booked' ? one.ticketState : one.state
  const mayCheckIn = serves && day.isToday && one.state === 'booked' && (!state || state === 'missed')
  return (
    <li>
      <span className="booked-hour">{one.startsAt}</span>
      <b className="queue-ticket">{one.ticket}</b>
      <span className="booked-name">
        {one.name || <span className="quiet">{say('booked-unseen')}</span>}
        <span className="quiet">
          {' '}
          {say(`service-${one.service}`)}
          {one.isConfirmed && `, ${say('booked-confirmed')}`}
          {state && `, ${say(`booked-state-${state}`)}`}
        </span>
      </span>
      <span className="end buttons">
        {mayCheckIn && (
          <Button
            look="row"
            disabled={checkIn.isPending}
            onPress={() => checkIn.mutate({ params: { id: day.counter.id }, body: { booking: one.id } })}
          >
            {say('booked-check-in')}
          </Button>
        )}
        {serves && one.state === 'booked' && !state && (
          <>
            <Button look="row" onPress={() => onOpen('move')}>
              {say('booked-move')}
            </Button>
            <Button look="row" onPress={() => onOpen('cancel')}>
              {say('booked-cancel')}
            </Button>
          </>
        )}
      </span>
      <RefusedNote error={checkIn.error} />
    </li>
  )
}

function PlacesLeft({ day }: { readonly day: CounterDay }) {
  const say = useSay()
  const done = (['A', 'B', 'C'] as const).filter(one => day.counter.minutes[one] !== undefined)
  return (
    <details>
      <summary>{say('slots-left')}</summary>
      <table className="slots-left">
        <thead>
          <tr>
            <th scope="col">{say('slots-time')}</th>
            {done.map(one => (
              <th key={one} scope="col" className="end">
                {`${one}, ${say(`service-${one}`)}`}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {day.slots.map(({ startsAt, left }) => (
            <tr key={startsAt}>
              <th scope="row">{startsAt}</th>
              {done.map(one => (
                <td key={one} className="end">
                  {numberText(left[one] ?? 0)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
