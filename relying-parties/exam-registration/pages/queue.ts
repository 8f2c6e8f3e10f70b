import type { Exam } from '../exam.ts'
import { type Html, html } from '../html.ts'
import { spanText, timeOf } from '../moment.ts'
import type { Queue } from '../queue/queue.ts'
import type { Ticket } from '../queue/ticket.ts'
import { mayHandInUntil } from '../queue/ticket-validity.ts'
import { closingRule } from './exam.ts'
import { statePage } from './shell.ts'
import type { Visit } from './visit.ts'

/**
 * For who waits: place, how many before, when. It is reloaded by the answer's `Refresh`; the link does the same by
 * hand.
 */
export function queuePage(exam: Exam, visit: Visit, queue: Queue, ticket: Ticket): Html {
  const { language, text, now } = visit
  const at = queue.letInAt(ticket)
  return html`<div class="narrow"><h1>${text('queue-title')}</h1>
<p>${text('queue-ahead')} <span class="queue-number">${queue.ahead(ticket, now)}</span> ${text('queue-people')}.</p>
<p><b>${text('queue-about')} ${spanText(Math.max(1_000, at - now), language)} ${text('queue-at')} ${timeOf(at)}.</b></p>
<p>${text('queue-place')}: <b>${ticket.place}</b>, ${text('queue-taken')} ${timeOf(ticket.issuedAt)}. ${text(
    'queue-reload',
  )}</p>
${
  mayHandInUntil(exam, ticket, at) > exam.closesAt &&
  html`<div class="note">
<p>${text('queue-in-time')} ${closingRule(exam, text)}</p></div>`
}
<div class="deeds"><a class="button second" href="/exams/${exam.id}/enter">${text('queue-again')}</a></div></div>`
}

export const ticketOfAnotherPage = (exam: Exam, { text }: Visit) =>
  statePage({
    title: text('ticket-other-title'),
    say: html`<p class="state">${text('ticket-other-fix')}</p>`,
    way: html`<a class="button" href="/exams/${exam.id}/enter?new=1">${text('try-again')}</a>`,
  })
