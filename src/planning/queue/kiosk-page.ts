import { html } from '../../platform/pages/html.ts'
import { dayIn } from '../../platform/terms/numbers-and-days.ts'
import { framedPage, type StaffPageFrame } from '../../staff/staff.ts'
import { ticketText } from '../appointments/slot.ts'
import { hourAt } from '../hour.ts'
import type { Board } from './board.ts'
import type { Ticket } from './store.ts'
import { sayOfQueue, type TellQueue } from './words.ts'

/** The screen in a hall on which people take a number, and the ticket of 80 mm. No person is asked for or shown. */

const style = '/assets/hall.css'
const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

const aheadText = (tell: TellQueue, count: number, minutes: number) =>
  count === 0 ? tell('kiosk-nobody-ahead') : tell('kiosk-ahead', { count, minutes })

export function kioskPage(frame: StaffPageFrame, board: Board, { action, form }: { action: string; form: string }) {
  const tell = sayOfQueue(frame.language)
  return framedPage(
    frame,
    tell('kiosk-title'),
    html`<p>${board.counter.name}</p><h2>${tell('kiosk-choose')}</h2>
<form class="kiosk-services" method="post" action="${action}"><input type="hidden" name="form" value="${form}">
${board.lines.map(
  one => html`<button type="submit" name="service" value="${one.service}"><b>${one.service}</b>
<span><strong>${tell(`do-${one.service}`)}</strong>${aheadText(tell, one.waiting, one.minutes)}</span></button>`,
)}</form>
<p class="hint">${tell('kiosk-booked')}</p>`,
    { style, foot: tell('hall-foot') },
  )
}

export function kioskTicketPage(frame: StaffPageFrame, board: Board, ticket: Ticket, back: string) {
  const tell = sayOfQueue(frame.language)
  const line = board.lines.find(({ service }) => service === ticket.service)
  const ahead = Math.max(0, (line?.waiting ?? 1) - 1)
  return framedPage(
    frame,
    tell('kiosk-yours'),
    html`<p class="kiosk-number">${ticketText(ticket.service, ticket.number)}</p>
<p><strong>${tell(`do-${ticket.service}`)}</strong><br>${board.counter.name}<br>
${hourAt(ticket.cameAt)}, ${dayIn(ticket.day, frame.language)}</p>
<p>${capitalised(aheadText(tell, ahead, line?.minutes ?? 0))}. ${tell('kiosk-wait')}</p>
<p class="no-print"><a class="button" href="${back}">${tell('kiosk-another')}</a></p>
<script src="/assets/kiosk.js" data-back="${back}"></script>`,
    { style, foot: tell('hall-foot') },
  )
}

export function hallNotice(frame: StaffPageFrame, which: 'kiosk-closed' | 'screen-unknown') {
  const tell = sayOfQueue(frame.language)
  return framedPage(frame, tell(which), html`<p>${tell(`${which}-how`)}</p>`, { style, foot: tell('hall-foot') })
}
