import type { Day } from '../../platform/day.ts'
import { type Asking, ruleOn } from '../../platform/law.ts'
import { type Html, hidden, html, type Language } from '../../platform/pages/html.ts'
import { dayIn, numberIn } from '../../platform/terms/numbers-and-days.ts'
import { queueRules } from '../law.ts'
import { type BookingCard, type BookingQuery, type BookingView, daysAround, placeKey } from './booking-view.ts'
import { longDayText, shortWeekday, weekdayText } from './day-texts.ts'
import type { Offer, OfferedDay, OfferedSlot } from './offers.ts'
import { type Service, services, slotKey, ticketText } from './slot.ts'
import { sayOfAppointments, type TellAppointments } from './words.ts'

/**
 * The page of a person's hours: the ticket first, the change of the hour below. A pure function of what is shown and of
 * the addresses, so that the citizen's page and a family's link draw the same.
 */

export type BookingFrame = {
  readonly language: Language
  /** How the reader is addressed: 'ông/bà', 'em'. */
  readonly you: string
  /** What the forms carry. */
  readonly form: string
  readonly today: Day
  readonly law: Asking
}

export type BookingUrls = {
  /** Where forms are sent. */
  readonly action: string
  at(query: BookingQuery): string
  /** The page that is printed on 80 mm. */
  ticket(bookingId: string): string
  /** What each form carries besides, where the address alone does not say for good whose page it is. */
  readonly named?: Readonly<Record<string, string>> | undefined
  /** Where no address may say whose page it is: what each form carries instead, and links are forms, too. */
  readonly carried?: Readonly<Record<string, string>> | undefined
}

export type BookingNotes = {
  readonly done?: 'booked-at' | 'moved-to' | 'cancelled' | 'confirmed' | undefined
  readonly wrong?: 'taken-meanwhile' | 'other-hour' | 'slot-gone' | 'booking-gone' | 'too-often' | undefined
  readonly nearest?: readonly OfferedSlot[] | undefined
}

/** What every form of the page carries. */
const hiddenOf = (frame: BookingFrame, { named = {}, carried = {} }: BookingUrls): Html =>
  html`${Object.entries({ form: frame.form, ...named, ...carried }).map(([name, value]) => hidden(name, value))}`

type Way = { readonly look?: string | undefined; readonly isHere?: boolean | undefined }

/** A way to another state of the page: a link, or a form where no address may say whose page it is. */
function wayTo(
  frame: BookingFrame,
  urls: BookingUrls,
  to: BookingQuery | { readonly ticket: string },
  inner: Html | string,
  { look, isHere = false }: Way = {},
): Html {
  const marks = html`${look && html` class="${look}"`}${isHere && html` aria-current="date"`}`
  const [step, fields] = 'ticket' in to ? ['ticket', { booking: to.ticket }] : ['look', to]
  if (!urls.carried)
    return html`<a href="${'ticket' in to ? urls.ticket(to.ticket) : urls.at(to)}"${marks}>${inner}</a>`
  const given = Object.entries(fields).map(([name, value]) => value !== undefined && hidden(name, String(value)))
  return html`<form${look !== 'button' && html` class="way"`} method="post" action="${urls.action}">
${hiddenOf(frame, urls)}${hidden('step', step)}${given}<button type="submit"${marks}>${inner}</button></form>`
}

export function deskText({ place }: BookingCard, tell: TellAppointments, service: Service): string | undefined {
  if (place.sessionCode) return tell('session', { code: place.sessionCode })
  const numbers = place.desks.filter(desk => desk.services.includes(service)).map(({ number }) => number)
  const [from, to] = [numbers[0], numbers.at(-1)]
  if (from === undefined || to === undefined) return undefined
  return from === to ? tell('desk', { desk: from }) : tell('desks', { from, to })
}

const feeText = ({ facts: { fee } }: BookingCard, tell: TellAppointments, language: Language) =>
  fee.is === 'due' ? tell('fee-due', { amount: numberIn(fee.amount, language) }) : tell('fee-none')

/** The ticket: number and hour large, then where, what for, what to bring, what it costs. */
export function ticketHtml(card: BookingCard, language: Language, you: string): Html {
  const { booking, place, facts } = card
  const tell = sayOfAppointments(language, you)
  const what = tell(`what-${facts.what}`)
  const minutes = place.minutes[booking.service]
  const rows: readonly (readonly [string, Html | string | undefined])[] = [
    [tell('place'), [place.name, place.address, deskText(card, tell, booking.service)].filter(Boolean).join(', ')],
    [tell('what'), minutes ? tell('minutes', { what, minutes }) : what],
    [tell('bring'), html`<strong>${tell(`bring-${facts.bring}`)}</strong>`],
    [tell('fee'), feeText(card, tell, language)],
  ]
  return html`<div class="ticket">
<div class="ticket-head"><div><span>${tell('ticket')}</span>
<strong class="ticket-number">${ticketText(booking.service, booking.number)}</strong></div>
<div class="ticket-when"><strong>${booking.startsAt}</strong>
<span>${longDayText(booking.day, language)}</span></div></div>
<dl>${rows.map(([term, value]) => value && html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>
</div>`
}

function shownHtml(frame: BookingFrame, card: BookingCard, urls: BookingUrls): Html {
  const { booking } = card
  const tell = sayOfAppointments(frame.language, frame.you)
  const step = (name: string, label: string, look: string) => html`<form method="post" action="${urls.action}">
${hiddenOf(frame, urls)}${hidden('step', name)}${hidden('booking', booking.id)}
<button class="${look}" type="submit">${label}</button></form>`
  const weekday = weekdayText(booking.day, frame.language)
  return html`<section class="booking" aria-labelledby="held">
<h2 id="held">${tell('held-at', { time: booking.startsAt, weekday })}</h2>
${card.calledTo && html`<p class="called" role="status">${tell('desk-call', { desk: card.calledTo })}</p>`}
${ticketHtml(card, frame.language, frame.you)}
<div class="ticket-ways">${wayTo(frame, urls, { ticket: booking.id }, tell('save'), { look: 'button' })}
${step('cancel', tell('cancel-this'), 'button plain')}</div>
${
  booking.confirmedAt
    ? html`<p class="hint">${tell('said-will-come')}.</p>`
    : html`<div class="ticket-ways one">${step('confirm', tell('will-come'), 'button plain')}</div>`
}
</section>`
}

const dayNote = (day: OfferedDay, tell: TellAppointments, language: Language): string | undefined =>
  day.is === 'open'
    ? undefined
    : tell(`day-${day.is}`, {
        day: dayIn(day.day, language),
        weekday: weekdayText(day.day, language),
        name: day.name ?? '',
      })

function tabsHtml(frame: BookingFrame, view: BookingView, offer: Offer, urls: BookingUrls): Html {
  const tell = sayOfAppointments(frame.language, frame.you)
  const { days, before, after } = daysAround(
    offer.days.map(({ day }) => day),
    view.day,
  )
  const to = (day: Day): BookingQuery => ({
    service: view.service,
    place: placeKey(offer.place),
    day,
    booking: view.current?.booking.id,
  })
  const tab = (day: Day) => {
    const { is } = offer.days.find(one => one.day === day) ?? { is: 'full' as const }
    const inner = html`<span>${shortWeekday(day, frame.language)}</span><strong>${Number(day.slice(8))}</strong>${
      is !== 'open' && html`<em>${tell(`day-${is}-short`)}</em>`
    }`
    const look = is === 'open' ? 'open' : 'shut'
    return html`<li>${wayTo(frame, urls, to(day), inner, { look, isHere: day === view.day })}</li>`
  }
  return html`<ul class="day-tabs">${days.map(tab)}</ul>
${
  (before || after) &&
  html`<div class="day-pages">${before && wayTo(frame, urls, to(before), tell('earlier-days'))}
${after && wayTo(frame, urls, to(after), tell('later-days'))}</div>`
}`
}

function slotButton(frame: BookingFrame, slot: OfferedSlot, held: BookingCard | undefined): Html {
  const tell = sayOfAppointments(frame.language, frame.you)
  const isHeld =
    held?.booking.placeId === slot.placeId && held.booking.day === slot.day && held.booking.startsAt === slot.startsAt
  const text = isHeld
    ? tell('yours')
    : slot.isOver
      ? tell('over')
      : slot.left > 0
        ? tell('left', { count: slot.left })
        : tell('full')
  const look = isHeld ? 'slot held' : slot.left === 1 ? 'slot last' : 'slot'
  return html`<button class="${look}" type="submit" name="slot" value="${slotKey(slot)}"${
    (isHeld || slot.left === 0) && html` disabled`
  }><strong>${slot.startsAt}</strong><span>${text}</span></button>`
}

const slotForm = (frame: BookingFrame, view: BookingView, urls: BookingUrls, slots: readonly OfferedSlot[]): Html =>
  html`<form class="slots" method="post" action="${urls.action}">
${hiddenOf(frame, urls)}${
  view.current
    ? html`${hidden('step', 'move')}${hidden('booking', view.current.booking.id)}`
    : html`${hidden('step', 'book')}${hidden('service', view.service ?? 'A')}`
}
${slots.map(slot => slotButton(frame, slot, view.current))}</form>`

function offerHtml(frame: BookingFrame, view: BookingView, offer: Offer, urls: BookingUrls): Html {
  const tell = sayOfAppointments(frame.language, frame.you)
  const day = offer.days.find(one => one.day === view.day)
  const weekday = view.day && weekdayText(view.day, frame.language)
  const note = day && dayNote(day, tell, frame.language)
  return html`<section class="choose" aria-labelledby="choose">
<div class="choose-head"><h2 id="choose">${tell(view.current ? 'move-heading' : 'book-heading')}</h2>
${day && day.left > 0 && html`<span>${tell('left-on-day', { count: day.left, weekday: weekday ?? '' })}</span>`}</div>
<div class="where">${offer.place.name}${offer.place.address && html`, ${offer.place.address}`}.
${wayTo(
  frame,
  urls,
  { service: view.service, place: 'other', booking: view.current?.booking.id },
  tell('another-place'),
)}</p>
${view.current && html`<p class="hint">${tell('move-hint')}</p>`}
${tabsHtml(frame, view, offer, urls)}
${note && html`<p class="day-note">${note}</p>`}
${day && day.slots.length > 0 && slotForm(frame, view, urls, day.slots)}
</section>`
}

function placesHtml(frame: BookingFrame, view: BookingView, places: readonly Offer[], urls: BookingUrls): Html {
  const tell = sayOfAppointments(frame.language, frame.you)
  if (places.length === 0) return html`<p>${tell('no-place')}</p>`
  const rest = ({ days }: Offer) => {
    const first = days.flatMap(({ slots }) => slots).find(({ left }) => left > 0)
    const count = days.reduce((sum, { left }) => sum + left, 0)
    if (!first) return tell('free-none')
    return tell('free-places', { count, time: first.startsAt, day: dayIn(first.day, frame.language) })
  }
  return html`<h2>${tell('choose-place')}</h2><ul class="ways">${places.map(
    offer =>
      html`<li>${wayTo(
        frame,
        urls,
        { service: view.service, place: placeKey(offer.place), booking: view.current?.booking.id },
        html`<strong>${offer.place.name}</strong><span>${
          offer.place.address && html`${offer.place.address}. `
        }${rest(offer)}</span>`,
      )}</li>`,
  )}</ul>`
}

function servicesHtml(frame: BookingFrame, view: BookingView, urls: BookingUrls): Html {
  const tell = sayOfAppointments(frame.language, frame.you)
  const booked = new Set(view.cards.map(({ booking }) => booking.service))
  const left = services.filter(one => !booked.has(one))
  return html`<h2>${tell('choose-service')}</h2><ul class="ways">${left.map(
    one =>
      html`<li>${wayTo(frame, urls, { service: one }, html`<strong>${tell(`service-${one}-long`)}</strong>`)}</li>`,
  )}</ul>`
}

function notesHtml(frame: BookingFrame, view: BookingView, urls: BookingUrls, notes: BookingNotes): Html {
  const tell = sayOfAppointments(frame.language, frame.you)
  const { done, wrong, nearest = [] } = notes
  // The ticket below says the hour already.
  if (done === 'booked-at' && view.current) return html``
  if (done) return html`<p class="right" role="status">${tell(done)}</p>`
  if (!wrong) return html``
  if (wrong === 'taken-meanwhile' && nearest.length > 0)
    return html`<div class="wrong" role="alert"><p>${tell('taken-meanwhile')}</p>
${slotForm(frame, view, urls, nearest)}
<p>${nearest.map(({ day }) => longDayText(day, frame.language)).join(' · ')}</p></div>`
  return html`<p class="wrong" role="alert">${tell(wrong === 'taken-meanwhile' ? 'taken-none' : wrong)}</p>`
}

/** What stands between the title and the foot of the page. */
export function bookingBody(frame: BookingFrame, view: BookingView, urls: BookingUrls, notes: BookingNotes = {}): Html {
  const tell = sayOfAppointments(frame.language, frame.you)
  const others = view.cards.filter(card => card !== view.current)
  const { lateMinutes } = ruleOn(queueRules, frame.today, frame.law)
  return html`<link rel="stylesheet" href="/assets/appointments.css">
${notesHtml(frame, view, urls, notes)}
${view.current && shownHtml(frame, view.current, urls)}
${!view.current && view.cards.length === 0 && !view.service && html`<p>${tell('nothing')}</p>`}
${view.offer && offerHtml(frame, view, view.offer, urls)}
${view.places && placesHtml(frame, view, view.places, urls)}
${
  others.length > 0 &&
  html`<ul class="ways">${others.map(
    ({ booking }) =>
      html`<li>${wayTo(
        frame,
        urls,
        { booking: booking.id, service: booking.service },
        html`<strong>${ticketText(booking.service, booking.number)}, ${tell(`service-${booking.service}`)}</strong>
<span>${booking.startsAt}, ${longDayText(booking.day, frame.language)}</span>`,
      )}</li>`,
  )}</ul>`
}
${!view.service && servicesHtml(frame, view, urls)}
${view.current && view.cards.length < services.length && servicesHtml(frame, view, urls)}
<p class="hint how-late">${tell('how-late', { minutes: lateMinutes })}</p>`
}

/** The way back from the ticket alone, where links are forms. */
export const backToBooking = (frame: BookingFrame, urls: BookingUrls, booking: string): Html =>
  wayTo(frame, urls, { booking }, sayOfAppointments(frame.language, frame.you)('back'))

/** The ticket alone, for 80 mm paper; `back` is left out of the print. */
export const ticketPaper = (
  card: BookingCard,
  { language, you }: Pick<BookingFrame, 'language' | 'you'>,
  back: string | Html,
) => {
  const tell = sayOfAppointments(language, you)
  return html`<link rel="stylesheet" href="/assets/appointments.css">
<div class="ticket-paper">${ticketHtml(card, language, you)}<p>${tell('ticket-foot')}</p></div>
<div class="no-print">${typeof back === 'string' ? html`<a href="${back}">${tell('back')}</a>` : back}</div>`
}
