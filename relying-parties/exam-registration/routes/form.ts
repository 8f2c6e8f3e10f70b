import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Answers, Exam } from '../exam.ts'
import { html } from '../html.ts'
import { dayText, stampText } from '../moment.ts'
import { closedPage } from '../pages/exam.ts'
import { type FormShown, firstStepPage, handInPage, secondStepPage } from '../pages/form.ts'
import { qrOf, receiptPage, receiptSheet, slipPage } from '../pages/receipt.ts'
import { statePage } from '../pages/shell.ts'
import type { Site } from '../pages/site.ts'
import {
  formOf,
  formToken,
  isFormToken,
  newFormKey,
  readFormKey,
  ticketOf,
  type Visit,
  visitOf,
} from '../pages/visit.ts'
import { sayForm } from '../pages/words-form.ts'
import type { Ticket } from '../queue/ticket.ts'
import { mayHandInUntil } from '../queue/ticket-validity.ts'
import { isInReview, standingOf } from '../queue/time-window.ts'
import { areComplete, checkStep, type Faults, withoutUnasked } from '../registering/answers.ts'
import type { Candidate } from '../registering/candidate.ts'
import { readReceiptCode } from '../registering/identifier.ts'
import {
  draftOf,
  findByReceipt,
  findRegistration,
  handIn,
  listVersions,
  saveDraft,
} from '../registering/registration.ts'
import { sees } from '../registering/school.ts'
import type { Session } from '../sign-in/session.ts'
import { type ExamParams, examOf, gate, sendPage, sendTicketOfAnother } from './exam.ts'

/** Who fills in a form: signed in at the exam's level, or by a temporary code. */
type Applicant = {
  readonly exam: Exam
  readonly visit: Visit
  readonly session: Session
  readonly candidate: Candidate
}
type Entered = Applicant & { readonly ticket: Ticket | undefined }
type Request = FastifyRequest<ExamParams>

/** Gives the applicant, or has sent the answer that says where to go first. */
function applicantOf(site: Site, request: Request, reply: FastifyReply): Applicant | undefined {
  const exam = examOf(site, request.params.exam)
  if (!exam) {
    reply.callNotFound()
    return undefined
  }
  const visit = visitOf(site, request)
  const { session, candidate } = visit
  if (!session || !candidate || (!candidate.temporaryCode && (session.level ?? 0) < exam.level)) {
    reply.redirect(
      standingOf(exam, visit.now) === 'closed' ? `/sign-in?exam=${exam.id}` : `/exams/${exam.id}/enter`,
      303,
    )
    return undefined
  }
  return { exam, visit, session, candidate }
}

function enter(site: Site, request: Request, reply: FastifyReply): Entered | undefined {
  const applicant = applicantOf(site, request, reply)
  if (!applicant) return undefined
  const passed = gate(site, request, reply, applicant.exam, applicant.visit)
  return passed.stopped ? undefined : { ...applicant, ticket: passed.ticket }
}

const untilOf = (site: Site, exam: Exam, ticket: Ticket | undefined) =>
  ticket ? mayHandInUntil(exam, ticket, site.queueOf(exam).letInAt(ticket)) : exam.closesAt

const stillToday = (exam: Exam) => Date.parse(`${exam.review.until}T23:59:59+07:00`)

function shownOf(
  site: Site,
  { exam, visit, session, candidate, ticket }: Entered,
  answers: Answers,
  faults: Faults,
): FormShown {
  const until = ticket ? untilOf(site, exam, ticket) : stillToday(exam)
  return { exam, candidate, language: visit.language, answers, faults, token: formToken(site, session, exam.id), until }
}

function sendStep(
  site: Site,
  reply: FastifyReply,
  entered: Entered,
  step: 1 | 2,
  answers: Answers,
  faults: Faults = {},
) {
  const { exam, visit } = entered
  const shown = shownOf(site, entered, answers, faults)
  const page = step === 1 ? firstStepPage(shown) : secondStepPage(shown)
  return sendPage(
    site,
    reply.code(Object.keys(faults).length ? 422 : 200),
    visit,
    sayForm(visit.language)(`title-${step}`),
    page,
    exam.id,
  )
}

function sendHandIn(site: Site, reply: FastifyReply, entered: Entered, told?: 'changed-elsewhere') {
  const { exam, visit, session, candidate } = entered
  const { answers, revision } = draftOf(site.db, exam.id, candidate.id)
  const base = findRegistration(site.db, exam.id, candidate.id)?.version ?? 0
  const formKey = newFormKey(site, session, exam.id)
  const page = handInPage({ ...shownOf(site, entered, answers, {}), formKey, revision, base, ...(told && { told }) })
  return sendPage(site, reply.code(told ? 409 : 200), visit, sayForm(visit.language)('title-3'), page, exam.id)
}

/** A form of another session, or of a day ago: what was chosen is kept all the same, in the draft. */
function sendFormOver(site: Site, reply: FastifyReply, { exam, visit }: Applicant) {
  const text = sayForm(visit.language)
  const body = statePage({
    title: text('form-over'),
    say: html`<p class="state">${text('form-over-fix')}</p>`,
    way: html`<a class="button" href="/exams/${exam.id}/form">${text('open-form')}</a>`,
  })
  return sendPage(site, reply.code(403), visit, text('form-over'), body, exam.id)
}

/** The first answer to "as whom" is what the year of birth suggests; it is only a suggestion. */
function suggested(exam: Exam, answers: Answers, birthdate: string): Answers {
  if (answers['kind']) return answers
  const born = Number(birthdate.slice(0, 4))
  const kind = exam.questions
    .find(({ id }) => id === 'kind')
    ?.options.find(({ bornFrom = 0, bornUntil = 9999 }) => bornFrom <= born && born <= bornUntil)
  return kind ? { ...answers, kind: [kind.id] } : answers
}

function takeStep(site: Site, request: Request, reply: FastifyReply, step: 1 | 2) {
  const entered = enter(site, request, reply)
  if (!entered) return reply
  const { exam, session, candidate, visit } = entered
  const form = formOf(request)
  if (!isFormToken(site, session, form.get('token') ?? undefined, exam.id)) return sendFormOver(site, reply, entered)
  const before = draftOf(site.db, exam.id, candidate.id).answers
  if (step === 2 && !checkStep(exam, 1, {}, before, candidate.birthdate).sound)
    return reply.redirect(`/exams/${exam.id}/form`, 303)
  const given = Object.fromEntries(
    exam.questions.filter(question => question.step === step).map(({ id }) => [id, form.getAll(id).slice(0, 20)]),
  )
  const { answers, faults, sound } = checkStep(exam, step, before, given, candidate.birthdate)
  if (!sound) return sendStep(site, reply, entered, step, { ...before, ...given }, faults)
  saveDraft(site.db, exam.id, candidate.id, withoutUnasked(exam, answers), visit.now)
  return reply.redirect(`/exams/${exam.id}/form/${step === 1 ? 'papers' : 'hand-in'}`, 303)
}

/**
 * What is posted at the very close is judged by its own transaction, not by the gate: who is too late is told so there.
 */
function takeHandIn(site: Site, request: Request, reply: FastifyReply) {
  const applicant = applicantOf(site, request, reply)
  if (!applicant) return reply
  const { exam, visit, session, candidate } = applicant
  const form = formOf(request)
  const formKey = readFormKey(site, session, form.get('key'), exam.id)
  if (!formKey || !isFormToken(site, session, form.get('token') ?? undefined, exam.id))
    return sendFormOver(site, reply, applicant)
  const ticket = ticketOf(site, request, exam)
  const given = {
    candidateId: candidate.id,
    formKey,
    revision: Number(form.get('revision')),
    base: Number(form.get('base')),
    ticket,
  }
  const { outcome } = handIn(site.db, exam, site.queueOf(exam), given, site.clock)
  const answer = {
    registered: () => reply.redirect(`/exams/${exam.id}/receipt`, 303),
    already: () => reply.redirect(`/exams/${exam.id}/receipt`, 303),
    closed: () => {
      const has = findRegistration(site.db, exam.id, candidate.id) ? 'registered' : 'nothing'
      return sendPage(site, reply.code(410), visit, visit.text('closed-title'), closedPage(exam, visit, has), exam.id)
    },
    'not-let-in': () => reply.redirect(`/exams/${exam.id}/enter`, 303),
    'ticket-of-another': () => sendTicketOfAnother(site, reply, visit, exam),
    'changed-elsewhere': () => sendHandIn(site, reply, { ...applicant, ticket }, 'changed-elsewhere'),
    incomplete: () => reply.redirect(`/exams/${exam.id}/form`, 303),
  }
  return answer[outcome]()
}

function changeUntil(site: Site, request: Request, { exam, visit }: Applicant, state: string): string | undefined {
  const ticket = ticketOf(site, request, exam)
  if (standingOf(exam, visit.now) === 'open') return stampText(exam.closesAt)
  const until = untilOf(site, exam, ticket)
  if (ticket && visit.now < until) return stampText(until)
  return state === 'returned' && isInReview(exam, visit.now) ? dayText(exam.review.until) : undefined
}

async function sendReceipt(site: Site, request: Request, reply: FastifyReply, shape: 'screen' | 'sheet') {
  const applicant = applicantOf(site, request, reply)
  if (!applicant) return reply
  const { exam, visit, candidate } = applicant
  const registration = findRegistration(site.db, exam.id, candidate.id)
  if (!registration) return reply.redirect(`/exams/${exam.id}/enter`, 303)
  const qr = await qrOf(site, registration)
  const title = sayForm(visit.language)('receipt-paper-title')
  if (shape === 'sheet')
    return sendPage(site, reply, visit, title, receiptSheet(visit, { exam, registration, qr }), exam.id)
  const shown = {
    exam,
    registration,
    qr,
    versions: listVersions(site.db, registration.id),
    changeUntil: changeUntil(site, request, applicant, registration.state),
  }
  return sendPage(site, reply, visit, title, receiptPage(visit, shown), exam.id)
}

/** Bytes of a step of the registration, which has its answers as text. */
const stepBody = { bodyLimit: 65_536 }

export function routeForm(app: FastifyInstance, site: Site): void {
  app.get<ExamParams>('/exams/:exam/form', (request, reply) => {
    const entered = enter(site, request, reply)
    if (!entered) return reply
    const { answers } = draftOf(site.db, entered.exam.id, entered.candidate.id)
    return sendStep(site, reply, entered, 1, suggested(entered.exam, answers, entered.candidate.birthdate))
  })
  app.post<ExamParams>('/exams/:exam/form', stepBody, (request, reply) => takeStep(site, request, reply, 1))
  app.get<ExamParams>('/exams/:exam/form/papers', (request, reply) => {
    const entered = enter(site, request, reply)
    if (!entered) return reply
    const { answers } = draftOf(site.db, entered.exam.id, entered.candidate.id)
    if (!checkStep(entered.exam, 1, {}, answers, entered.candidate.birthdate).sound)
      return reply.redirect(`/exams/${entered.exam.id}/form`, 303)
    return sendStep(site, reply, entered, 2, answers)
  })
  app.post<ExamParams>('/exams/:exam/form/papers', stepBody, (request, reply) => takeStep(site, request, reply, 2))
  app.get<ExamParams>('/exams/:exam/form/hand-in', (request, reply) => {
    const entered = enter(site, request, reply)
    if (!entered) return reply
    const { answers } = draftOf(site.db, entered.exam.id, entered.candidate.id)
    if (!areComplete(entered.exam, answers, entered.candidate.birthdate))
      return reply.redirect(`/exams/${entered.exam.id}/form`, 303)
    return sendHandIn(site, reply, entered)
  })
  app.post<ExamParams>('/exams/:exam/form/hand-in', (request, reply) => takeHandIn(site, request, reply))
  app.get<ExamParams>('/exams/:exam/receipt', (request, reply) => sendReceipt(site, request, reply, 'screen'))
  app.get<ExamParams>('/exams/:exam/receipt/print', (request, reply) => sendReceipt(site, request, reply, 'sheet'))

  app.get<{ Params: { code: string } }>('/slips/:code', (request, reply) => {
    const visit = visitOf(site, request)
    const code = readReceiptCode(request.params.code)
    const registration = code && findByReceipt(site.db, code)
    const exam = registration && examOf(site, registration.examId)
    const text = sayForm(visit.language)
    if (!registration || !exam) {
      const body = statePage({
        title: text('check-unknown'),
        say: html`<p class="state">${text('check-unknown-fix')}</p>`,
      })
      return sendPage(site, reply.code(404), visit, text('check-unknown'), body)
    }
    if (visit.staff && sees(visit.staff, registration))
      return reply.redirect(`/school/${exam.id}/${registration.id}`, 303)
    if (visit.candidate?.id === registration.candidateId) return reply.redirect(`/exams/${exam.id}/receipt`, 303)
    return sendPage(site, reply, visit, text('check-title'), slipPage(visit, exam, registration), exam.id)
  })
}
