import { useState } from 'react'
import {
  cancelBooking,
  changeReasons,
  listBookingsOfPerson,
  requestWays,
} from '../../../src/planning/appointments/contract.ts'
import { showCounterDay } from '../../../src/planning/queue/contract.ts'
import { showRoster } from '../../../src/planning/rosters/contract.ts'
import { Field } from '../../parts/field.tsx'
import { useSay } from '../base/language.tsx'
import { useDo } from '../base/use-endpoint.ts'
import { DeedDialog } from '../parts/dialog.tsx'
import { RefusedNote } from '../parts/page-state.tsx'

export type CancelledBooking = {
  readonly id: string
  readonly personId: string
  readonly name: string
  readonly ticket: string
  readonly startsAt: string
}

const among = <Word extends string>(words: readonly Word[], text: string): Word =>
  words.find(word => word === text) ?? (words[0] as Word)

/** Gives an hour up for somebody who asked for it; they are told. */
export function CancelDialog({
  booking,
  place,
  onClose,
}: {
  readonly booking: CancelledBooking
  readonly place: string
  readonly onClose: () => void
}) {
  const say = useSay()
  const cancel = useDo(cancelBooking, [showCounterDay, listBookingsOfPerson, showRoster])
  const [requestedVia, setRequestedVia] = useState<(typeof requestWays)[number]>('phone')
  const [reason, setReason] = useState<(typeof changeReasons)[number]>('cannot-come')
  const body = { personId: booking.personId, requestedVia, reason }
  return (
    <DeedDialog
      open
      title={say('booked-cancel-title', { ticket: booking.ticket })}
      deed={say('booked-cancel')}
      busy={cancel.isPending}
      onDo={() => cancel.mutate({ params: { id: booking.id }, body }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>
        {booking.name}, {place}. {say('booked-cancel-about', { time: booking.startsAt })}
      </p>
      <Field
        label={say('bookhour-via')}
        value={requestedVia}
        onChange={value => setRequestedVia(among(requestWays, value))}
        choices={requestWays.map(one => [one, say(`bookhour-via-${one}`)] as const)}
      />
      <Field
        label={say('bookhour-reason')}
        value={reason}
        onChange={value => setReason(among(changeReasons, value))}
        choices={changeReasons.map(one => [one, say(`bookhour-reason-${one}`)] as const)}
      />
      <RefusedNote error={cancel.error} />
    </DeedDialog>
  )
}
