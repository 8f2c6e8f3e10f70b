import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Exam } from '../exam.ts'
import type { Html } from '../html.ts'
import { closedPage, examPage, notYetPage } from '../pages/exam.ts'
import { questionsPage } from '../pages/questions.ts'
import { queuePage, ticketOfAnotherPage } from '../pages/queue.ts'
import { shell } from '../pages/shell.ts'
import type { Site } from '../pages/site.ts'
import { setCookie, ticketOf, type Visit, visitOf } from '../pages/visit.ts'
import type { Ticket } from '../queue/ticket.ts'
import { isSpent, mayHandInUntil } from '../queue/ticket-validity.ts'
import { isInReview, standingOf } from '../queue/time-window.ts'
import { bindTicket } from '../registering/candidate.ts'
import { findRegistration } from '../registering/registration.ts'

export type ExamParams = { Params: { exam: string } }

export const examOf = (site: Site, id: string) => site.exams.find(exam => exam.id === id)

export const sendPage = (site: Site, reply: FastifyReply, visit: Visit, title: string, body: Html, place?: string) =>
  reply.type('text/html; charset=utf-8').send(shell(site, visit, { title, body, ...(place && { place }) }))

/** Who waits asks again at their moment, at most each twenty seconds, and not all in the same second. */
const nextLook = (wait: number, place: number) => Math.max(1, Math.min(Math.ceil(wait / 1_000), 15 + (place % 6)))

function takeTicket(site: Site, reply: FastifyReply, exam: Exam, now: number): Ticket {
  const ticket = site.queueOf(exam).take(now)
  setCookie(site, reply, `ticket-${exam.id}`, site.tickets.sign(ticket), 86_400)
  return ticket
}

/**
 * The ticket by which somebody enters now: the one they hold while it serves, else a new one as long as the window is
 * open.
 */
function ticketFor(
  site: Site,
  request: FastifyRequest,
  reply: FastifyReply,
  exam: Exam,
  visit: Visit,
): Ticket | undefined {
  const { now, candidate } = visit
  const queue = site.queueOf(exam)
  const held = ticketOf(site, request, exam)
  const foreign = held && candidate && !bindTicket(site.db, held.id, candidate.id, now)
  const isOpen = standingOf(exam, now) === 'open'
  if (
    held &&
    !foreign &&
    (isOpen ? !isSpent(exam, queue.letInAt(held), now) : now < mayHandInUntil(exam, held, queue.letInAt(held)))
  )
    return held
  return isOpen ? takeTicket(site, reply, exam, now) : undefined
}

/**
 * What stands between somebody and the form of an exam: the window, the queue. Gives the page that says so, already
 * sent, or the ticket by which they are in. Whoever may mend a returned registration needs none.
 */
export function gate(site: Site, request: FastifyRequest, reply: FastifyReply, exam: Exam, visit: Visit) {
  const { now, candidate } = visit
  if (standingOf(exam, now) === 'not-yet')
    return { stopped: sendPage(site, reply, visit, visit.text('not-yet-title'), notYetPage(exam, visit), exam.id) }
  const standing = candidate && findRegistration(site.db, exam.id, candidate.id)
  const ticket = ticketFor(site, request, reply, exam, visit)
  if (!ticket) {
    if (standing?.state === 'returned' && isInReview(exam, now)) return { ticket: undefined }
    const has = candidate ? (standing ? 'registered' : 'nothing') : 'unknown'
    return {
      stopped: sendPage(
        site,
        reply.code(410),
        visit,
        visit.text('closed-title'),
        closedPage(exam, visit, has),
        exam.id,
      ),
    }
  }
  const queue = site.queueOf(exam)
  if (queue.isIn(ticket, now)) return { ticket }
  // As an answer's header, for the same reload in a page's head is a barrier where it cannot be told from any other
  // (WCAG 2.2.1: here the time itself is the matter).
  reply.header('refresh', String(nextLook(queue.letInAt(ticket) - now, ticket.place)))
  return {
    stopped: sendPage(site, reply, visit, visit.text('queue-title'), queuePage(exam, visit, queue, ticket), exam.id),
  }
}

export const sendTicketOfAnother = (site: Site, reply: FastifyReply, visit: Visit, exam: Exam) =>
  sendPage(site, reply.code(409), visit, visit.text('ticket-other-title'), ticketOfAnotherPage(exam, visit), exam.id)

export function routeExam(app: FastifyInstance, site: Site): void {
  const show = (request: FastifyRequest, reply: FastifyReply, exam: Exam | undefined) => {
    if (!exam) return reply.callNotFound()
    const visit = visitOf(site, request)
    return sendPage(site, reply, visit, exam.title[visit.language], examPage(site, visit, exam), exam.id)
  }
  app.get('/', (request, reply) => show(request, reply, site.exams[0]))
  app.get<ExamParams>('/exams/:exam', (request, reply) => show(request, reply, examOf(site, request.params.exam)))

  app.get('/questions', (request, reply) => {
    const visit = visitOf(site, request)
    return sendPage(site, reply, visit, visit.text('doubts'), questionsPage(site, visit), 'questions')
  })

  app.get<ExamParams & { Querystring: { new?: string } }>('/exams/:exam/enter', (request, reply) => {
    const exam = examOf(site, request.params.exam)
    if (!exam) return reply.callNotFound()
    const visit = visitOf(site, request)
    const passed = gate(site, request, reply, exam, visit)
    if (passed.stopped) return passed.stopped
    const known = visit.candidate && (visit.candidate.temporaryCode || (visit.session?.level ?? 0) >= exam.level)
    if (!known) return reply.redirect(`/sign-in?exam=${exam.id}`, 303)
    const registered = findRegistration(site.db, exam.id, visit.candidate?.id ?? '')
    return reply.redirect(`/exams/${exam.id}/${registered ? 'receipt' : 'form'}`, 303)
  })
}
