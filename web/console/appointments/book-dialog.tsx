import { useState } from 'react'
import {
  bookHour,
  changeReasons,
  listBookablePlaces,
  listBookingsOfPerson,
  moveBooking,
  requestWays,
  showBookablePlace,
} from '../../../src/planning/appointments/contract.ts'
import { showCounterDay } from '../../../src/planning/queue/contract.ts'
import { showRoster } from '../../../src/planning/rosters/contract.ts'
import { parseDay } from '../../../src/platform/day.ts'
import { Button } from '../../parts/button.tsx'
import type { Answer } from '../../parts/call.ts'
import { Field } from '../../parts/field.tsx'
import { dayText, numberText, weekdayText } from '../../parts/formats.ts'
import { useLanguage } from '../base/language.tsx'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { Dialog } from '../parts/dialog.tsx'
import { Failed, Loading, RefusedNote } from '../parts/page-state.tsx'

export type BookedService = 'A' | 'B' | 'C'
const services = ['A', 'B', 'C'] as const

/** Whom an hour is booked for; of whom an hour is moved, which. */
export type BookDialogProps = {
  readonly person: { readonly id: string; readonly name: string }
  readonly service?: BookedService | undefined
  /** The key of the place that is offered first. */
  readonly place?: string | undefined
  readonly moves?: { readonly id: string; readonly ticket: string; readonly day: string } | undefined
  readonly onClose: () => void
}

type Days = Answer<typeof showBookablePlace>['days']
type Result = Answer<typeof bookHour>

const readAnew = [showCounterDay, showBookablePlace, listBookablePlaces, listBookingsOfPerson, showRoster] as const

const among = <Word extends string>(words: readonly Word[], text: string): Word =>
  words.find(word => word === text) ?? (words[0] as Word)

/** An hour for somebody who called or stands at the counter: the place, the day, one of the free hours. */
export function BookDialog({ person, service: first, place: wished, moves, onClose }: BookDialogProps) {
  const { say, language } = useLanguage()
  const [service, setService] = useState<BookedService>(first ?? 'A')
  const [chosen, setChosen] = useState(wished)
  const [day, setDay] = useState(moves?.day)
  const [slot, setSlot] = useState<string>()
  const [requestedVia, setRequestedVia] = useState<(typeof requestWays)[number]>('phone')
  const [reason, setReason] = useState<(typeof changeReasons)[number]>('cannot-come')
  const places = useAsk(listBookablePlaces, { query: { service } })
  const listed = places.data?.places ?? []
  const place = listed.find(({ key }) => key === chosen) ?? listed[0]
  const offer = useAsk(
    showBookablePlace,
    { params: { key: place?.key ?? '' }, query: { service } },
    { when: place !== undefined },
  )
  const days = offer.data?.days ?? []
  const today = days.find(one => one.day === day) ?? days.find(({ is }) => is === 'open') ?? days[0]
  const book = useDo(bookHour, readAnew)
  const move = useDo(moveBooking, readAnew)
  const busy = book.isPending || move.isPending
  // Whoever opened it may know of the new hour by now, and hand it on as one to move: the answer stays.
  const result: Result | undefined = book.data ?? move.data
  const send = (key: string) => {
    const personId = person.id
    if (moves) move.mutate({ params: { id: moves.id }, body: { personId, slot: key, requestedVia, reason } })
    else book.mutate({ body: { personId, slot: key, service, requestedVia } })
  }
  const isDone = result?.is === 'booked' || result?.is === 'already'
  const dayName = (text: string) => {
    const read = parseDay(text)
    return read ? `${weekdayText(read, language)} ${dayText(text)}` : dayText(text)
  }
  if (isDone && result.booking)
    return (
      <Dialog open title={say('bookhour-title', { name: person.name })} onClose={onClose}>
        <p className="note" role="status">
          {say('bookhour-done', {
            ticket: result.booking.ticket,
            time: result.booking.startsAt,
            day: dayName(result.booking.day),
          })}
        </p>
        <p className="quiet small">{say('bookhour-done-told')}</p>
        <div className="buttons">
          <Button look="primary" onPress={onClose}>
            {say('close')}
          </Button>
        </div>
      </Dialog>
    )
  return (
    <Dialog
      open
      title={
        moves ? say('bookhour-move-title', { ticket: moves.ticket }) : say('bookhour-title', { name: person.name })
      }
      onClose={onClose}
    >
      {moves && <p>{say('bookhour-move-about', { name: person.name })}</p>}
      {!moves && (
        <Field
          label={say('bookhour-service')}
          value={service}
          onChange={value => {
            setService(among(services, value))
            setSlot(undefined)
          }}
          choices={services.map(one => [one, `${one}, ${say(`service-${one}`)}`] as const)}
        />
      )}
      {places.error && <Failed error={places.error} retry={() => void places.refetch()} />}
      {!places.data && !places.error && <Loading what={say('bookhour-reading')} />}
      {places.data && !place && <p className="note late">{say('bookhour-no-place')}</p>}
      {place && (
        <Field
          label={say('bookhour-place')}
          value={place.key}
          onChange={key => {
            setChosen(key)
            setDay(undefined)
            setSlot(undefined)
          }}
          choices={listed.map(one => [one.key, placeText(one, say)] as const)}
        />
      )}
      {today && (
        <Field
          label={say('bookhour-day')}
          value={today.day}
          onChange={value => {
            setDay(value)
            setSlot(undefined)
          }}
          choices={days.map(one => [
            one.day,
            one.is === 'open'
              ? say('bookhour-day-left', { day: dayName(one.day), n: numberText(one.left) })
              : `${dayName(one.day)}: ${say(`bookhour-day-${one.is}`, { name: one.name ?? '' })}`,
          ])}
        />
      )}
      {today && <Hours day={today} slot={slot} onChoose={setSlot} />}
      <div className="setup-form">
        <Field
          label={say('bookhour-via')}
          value={requestedVia}
          onChange={value => setRequestedVia(among(requestWays, value))}
          choices={requestWays.map(one => [one, say(`bookhour-via-${one}`)] as const)}
        />
        {moves && (
          <Field
            label={say('bookhour-reason')}
            value={reason}
            onChange={value => setReason(among(changeReasons, value))}
            choices={changeReasons.map(one => [one, say(`bookhour-reason-${one}`)] as const)}
          />
        )}
      </div>
      <Refused result={result} busy={busy} dayName={dayName} onTake={send} />
      <RefusedNote error={book.error ?? move.error} />
      <div className="buttons">
        <Button look="primary" disabled={busy || slot === undefined} onPress={() => slot && send(slot)}>
          {say(moves ? 'bookhour-move-deed' : 'bookhour-deed')}
        </Button>
        <Button onPress={onClose}>{say('leave-it')}</Button>
      </div>
    </Dialog>
  )
}

type Place = Answer<typeof listBookablePlaces>['places'][number]

const placeText = ({ name, sessionCode, left, first }: Place, say: ReturnType<typeof useLanguage>['say']) => {
  const where = sessionCode ? say('bookhour-session', { code: sessionCode, name }) : name
  return first
    ? `${where}: ${say('bookhour-place-first', { n: numberText(left), time: first.startsAt, day: dayText(first.day) })}`
    : `${where}: ${say('bookhour-place-full')}`
}

/** The hours of a day, each with the places left; what is full or over cannot be chosen. */
function Hours({
  day,
  slot,
  onChoose,
}: {
  readonly day: Days[number]
  readonly slot: string | undefined
  readonly onChoose: (key: string) => void
}) {
  const { say } = useLanguage()
  if (day.slots.length === 0) return null
  return (
    <fieldset className="choices book-hours">
      <legend>{say('bookhour-hour')}</legend>
      {day.slots.map(({ key, startsAt, left }) => (
        <button
          key={key}
          type="button"
          className="book-hour"
          aria-pressed={key === slot}
          disabled={left === 0}
          onClick={() => onChoose(key)}
        >
          <b>{startsAt}</b>
          <span>{left > 0 ? say('bookhour-left', { n: numberText(left) }) : say('bookhour-hour-full')}</span>
        </button>
      ))}
    </fieldset>
  )
}

/** Why no hour was booked, and what can be taken instead. */
function Refused({
  result,
  busy,
  dayName,
  onTake,
}: {
  readonly result: Result | undefined
  readonly busy: boolean
  readonly dayName: (day: string) => string
  readonly onTake: (key: string) => void
}) {
  const { say } = useLanguage()
  if (!result || result.is === 'booked' || result.is === 'already') return null
  if (result.is === 'other-hour')
    return (
      <p className="note late" role="alert">
        {say('bookhour-other-hour', {
          ticket: result.booking?.ticket ?? '',
          time: result.booking?.startsAt ?? '',
          day: dayText(result.booking?.day ?? ''),
        })}
      </p>
    )
  const nearest = result.is === 'full' ? (result.nearest ?? []) : []
  const text =
    result.is === 'elsewhere' ? 'bookhour-elsewhere' : nearest.length > 0 ? 'bookhour-full' : 'bookhour-full-all'
  return (
    <div className="note late" role="alert">
      <p>{say(text)}</p>
      <div className="buttons">
        {nearest.map(({ key, startsAt, day }) => (
          <Button key={key} disabled={busy} onPress={() => onTake(key)}>
            {`${startsAt}, ${dayName(day)}`}
          </Button>
        ))}
      </div>
    </div>
  )
}
