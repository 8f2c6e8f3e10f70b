import { useState } from 'react'
import { listBookingsOfPerson } from '../../../src/planning/appointments/contract.ts'
import { Button } from '../../parts/button.tsx'
import type { Answer } from '../../parts/call.ts'
import { dayText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useAsk } from '../base/use-endpoint.ts'
import { Failed } from '../parts/page-state.tsx'
import { useMay } from '../shell/session.tsx'
import { BookDialog } from './book-dialog.tsx'
import { CancelDialog } from './cancel-dialog.tsx'

type Booking = Answer<typeof listBookingsOfPerson>['bookings'][number]
type Open = { readonly what: 'book' } | { readonly what: 'move' | 'cancel'; readonly booking: Booking }

/** On a person's page: their hours at the officer's own places, and another one. */
export function PersonBookings({ id, name }: { readonly id: string; readonly name: string }) {
  const say = useSay()
  const serves = useMay('planning.serve')
  const { data, error, refetch } = useAsk(listBookingsOfPerson, { params: { id } }, { when: serves })
  const [open, setOpen] = useState<Open>()
  if (!serves) return null
  const close = () => setOpen(undefined)
  return (
    <section id="lich-hen" className="part stack">
      <h2>{say('person-bookings')}</h2>
      {error && <Failed error={error} retry={() => void refetch()} />}
      {data?.bookings.length === 0 && <p className="quiet">{say('person-bookings-none')}</p>}
      <ul className="rows booked-rows">
        {data?.bookings.map(one => (
          <li key={one.id}>
            <b className="queue-ticket">{one.ticket}</b>
            <span className="booked-name">
              {`${one.startsAt}, ${dayText(one.day)}`}
              <span className="quiet">
                {` ${one.place}, ${say(`service-${one.service}`)}`}
                {one.isConfirmed && `, ${say('booked-confirmed')}`}
              </span>
            </span>
            <span className="end buttons screen-only">
              <Button look="row" onPress={() => setOpen({ what: 'move', booking: one })}>
                {say('booked-move')}
              </Button>
              <Button look="row" onPress={() => setOpen({ what: 'cancel', booking: one })}>
                {say('booked-cancel')}
              </Button>
            </span>
          </li>
        ))}
      </ul>
      {data && data.bookings.length < 3 && (
        <div className="buttons screen-only">
          <Button onPress={() => setOpen({ what: 'book' })}>{say('bookhour-for-person')}</Button>
        </div>
      )}
      {open?.what === 'book' && <BookDialog person={{ id, name }} onClose={close} />}
      {open?.what === 'move' && (
        <BookDialog
          person={{ id, name }}
          service={open.booking.service}
          place={open.booking.placeKey}
          moves={open.booking}
          onClose={close}
        />
      )}
      {open?.what === 'cancel' && (
        <CancelDialog booking={{ ...open.booking, personId: id, name }} place={open.booking.place} onClose={close} />
      )}
    </section>
  )
}
