import { useState } from 'react'
import { cancelBooking } from '../../../src/planning/appointments/contract.ts'
import { checkInBooking, showCounterDay } from '../../../src/planning/queue/contract.ts'
import { Button } from '../../parts/button.tsx'
import { numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useDo } from '../base/use-endpoint.ts'
import { DeedDialog } from '../parts/dialog.tsx'
import { RefusedNote } from '../parts/page-state.tsx'
import { useMay } from '../shell/session.tsx'
import type { CounterDay } from './counter-day.ts'

type Booked = CounterDay['booked'][number]

/** Who is booked on the day, by hour; and how many places each hour has left. */
export function BookedList({ day }: { readonly day: CounterDay }) {
  const say = useSay()
  const [cancelled, setCancelled] = useState<Booked>()
  return (
    <>
      <section aria-label={say('booked-list')}>
        <h2>
          {say('booked-list')} <span className="count">{numberText(day.booked.length)}</span>
        </h2>
        {day.booked.length === 0 && <p className="quiet">{say('booked-none')}</p>}
        <ul className="rows booked-rows">
          {day.booked.map(one => (
            <BookedRow key={one.id} day={day} one={one} onCancel={() => setCancelled(one)} />
          ))}
        </ul>
      </section>
      {!day.off && <PlacesLeft day={day} />}
      {cancelled && <CancelDialog day={day} one={cancelled} onClose={() => setCancelled(undefined)} />}
    </>
  )
}

function BookedRow({ day, one, onCancel }: { day: CounterDay; one: Booked; onCancel: () => void }) {
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
          <Button look="row" onPress={onCancel}>
            {say('booked-cancel')}
          </Button>
        )}
      </span>
      <RefusedNote error={checkIn.error} />
    </li>
  )
}

function CancelDialog({ day, one, onClose }: { day: CounterDay; one: Booked; onClose: () => void }) {
  const say = useSay()
  const cancel = useDo(cancelBooking, [showCounterDay])
  return (
    <DeedDialog
      open
      title={say('booked-cancel-title', { ticket: one.ticket })}
      deed={say('booked-cancel')}
      busy={cancel.isPending}
      onDo={() => cancel.mutate({ params: { id: one.id }, body: { personId: one.personId } }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>
        {one.name}, {day.counter.name}. {say('booked-cancel-about', { time: one.startsAt })}
      </p>
      <RefusedNote error={cancel.error} />
    </DeedDialog>
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
