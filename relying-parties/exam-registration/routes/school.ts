import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Exam } from '../exam.ts'
import { html } from '../html.ts'
import { codeSlipPage, type NewCodeShown, newCodePage, type Typed } from '../pages/new-code.ts'
import { qrOf } from '../pages/receipt.ts'
import { checkSheet, listPage, type OneShown, onePage, schoolSignInPage } from '../pages/school.ts'
import { statePage } from '../pages/shell.ts'
import type { FieldFault } from '../pages/sign-in.ts'
import type { Site } from '../pages/site.ts'
import { formOf, newFormKey, readFormKey, setCookie, type Visit, visitOf } from '../pages/visit.ts'
import { saySchool } from '../pages/words-school.ts'
import { admitWithoutNumber, type Coded, findByForm, findByPaper } from '../registering/candidate.ts'
import { readIdentifier } from '../registering/identifier.ts'
import { listRegistrations, listVersions, registrationById } from '../registering/registration.ts'
import {
  byGivenName,
  checkStaff,
  everySchool,
  judge,
  listReviews,
  type Staff,
  sees,
  type Verdict,
} from '../registering/school.ts'
import { macOf, newPassword } from '../secret.ts'
import { beginSession, endSession, type Session } from '../sign-in/session.ts'
import { countTry, forgetTries, fromOf, rememberBrowser } from '../sign-in/tries.ts'
import { type ExamParams, examOf, sendPage } from './exam.ts'

type OneParams = { Params: { exam: string; id: string } }
type AtSchool = { readonly visit: Visit; readonly staff: Staff; readonly session: Session }

const titleOf = (visit: Visit) => saySchool(visit.language)('title')

function atSchool(site: Site, request: FastifyRequest, reply: FastifyReply): AtSchool | undefined {
  const visit = visitOf(site, request)
  if (visit.staff && visit.session) return { visit, staff: visit.staff, session: visit.session }
  reply.redirect('/school', 303)
  return undefined
}

async function signIn(site: Site, request: FastifyRequest, reply: FastifyReply) {
  const visit = visitOf(site, request)
  const form = formOf(request)
  const login = (form.get('login') ?? '').trim().toLowerCase()
  const from = fromOf(site, request, login)
  const seconds = countTry(site.db, from, visit.now)
  const again = (fault: string, status: number) =>
    sendPage(site, reply.code(status), visit, titleOf(visit), schoolSignInPage(visit, fault, login))
  if (seconds) return again(visit.text('slowed').replace('{seconds}', String(seconds)), 429)
  const staff = await checkStaff(site.db, login, form.get('password') ?? '')
  if (!staff) return again(saySchool(visit.language)('refused'), 422)
  forgetTries(site.db, from)
  rememberBrowser(site, reply, from)
  if (visit.session) endSession(site.db, visit.session.idHash)
  setCookie(site, reply, 'session', beginSession(site.db, { staffLogin: staff.login }, visit.now))
  return reply.redirect('/school', 303)
}

/** The exam in which a school has something to check; an office sees the first. */
const homeOf = (site: Site, staff: Staff) =>
  site.exams.find(exam => exam.schools.some(({ code }) => code === staff.school)) ?? site.exams[0]

function sendList(
  site: Site,
  request: FastifyRequest<ExamParams & { Querystring: { state?: string } }>,
  reply: FastifyReply,
) {
  const at = atSchool(site, request, reply)
  if (!at) return reply
  const exam = examOf(site, request.params.exam)
  if (!exam) return reply.callNotFound()
  const registrations = listRegistrations(
    site.db,
    exam.id,
    at.staff.school === everySchool ? undefined : at.staff.school,
  ).toSorted(byGivenName)
  const state = (['submitted', 'confirmed', 'returned'] as const).find(one => one === request.query.state)
  return sendPage(
    site,
    reply,
    at.visit,
    titleOf(at.visit),
    listPage(at.visit, { exams: site.exams, exam, staff: at.staff, registrations, state }),
  )
}

function sendUnknown(site: Site, reply: FastifyReply, visit: Visit) {
  const text = saySchool(visit.language)
  const body = statePage({
    title: text('unknown'),
    say: html`<p class="state">${text('unknown-fix')}</p>`,
    way: html`<a class="button second" href="/school">${text('back')}</a>`,
  })
  return sendPage(site, reply.code(404), visit, text('unknown'), body)
}

function oneOf(site: Site, { params }: { params: OneParams['Params'] }, staff: Staff) {
  const exam = examOf(site, params.exam)
  const registration = registrationById(site.db, params.id)
  return exam && registration?.examId === exam.id && sees(staff, registration) ? { exam, registration } : undefined
}

function sendOne(
  site: Site,
  request: FastifyRequest<OneParams>,
  reply: FastifyReply,
  { visit, staff, session }: AtSchool,
  told?: OneShown['told'],
) {
  const one = oneOf(site, request, staff)
  if (!one) return sendUnknown(site, reply, visit)
  const shown = {
    ...one,
    versions: listVersions(site.db, one.registration.id),
    reviews: listReviews(site.db, one.registration.id),
    formKey: newFormKey(site, session, 'review', one.registration.id),
    ...(told && { told }),
  }
  return sendPage(site, reply.code(told ? 409 : 200), visit, one.registration.person.fullName, onePage(visit, shown))
}

function takeVerdict(site: Site, request: FastifyRequest<OneParams>, reply: FastifyReply) {
  const at = atSchool(site, request, reply)
  if (!at) return reply
  const form = formOf(request)
  const exam = examOf(site, request.params.exam)
  const verdict = (['confirmed', 'returned', 'printed'] as const).find((one: Verdict) => one === form.get('verdict'))
  const formKey = readFormKey(site, at.session, form.get('key'), 'review', request.params.id)
  if (!exam || !verdict || !formKey) return sendOne(site, request, reply, at)
  const reason = form.get('reason')?.slice(0, 500) ?? ''
  const given = { id: request.params.id, version: Number(form.get('version')), verdict, reason, formKey }
  const outcome = judge(site.db, exam, at.staff, given, site.clock)
  if (outcome === 'unknown') return sendUnknown(site, reply, at.visit)
  if (outcome !== 'done') return sendOne(site, request, reply, at, outcome)
  return reply.redirect(`/school/${exam.id}/${request.params.id}`, 303)
}

/** 'YYYY-MM-DD' of a day as people write it, where the calendar has it. */
export function readDay(text: string): string | undefined {
  const [, day = '', month = '', year = ''] = /^\s*(\d{1,2})[/.\-\s](\d{1,2})[/.\-\s](\d{4})\s*$/.exec(text) ?? []
  const read = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const instant = new Date(`${read}T00:00:00Z`)
  return year && !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(read) ? read : undefined
}

function faultOf(typed: Typed, text: ReturnType<typeof saySchool>): FieldFault | undefined {
  if (!typed.name || typed.name.length > 120) return { field: 'name', text: text('name-missing') }
  if (!readDay(typed.born)) return { field: 'born', text: text('birth-wrong') }
  if (typed.gender !== 'male' && typed.gender !== 'female') return { field: 'gender', text: text('gender-missing') }
  if (!typed.paper) return { field: 'paper', text: text('paper-missing') }
  // Who has a number is registered by it, and nobody turns one into a code or the other way round.
  if (readIdentifier(typed.paper).kind === 'number') return { field: 'paper', text: text('paper-is-number') }
  return undefined
}

const isSamePerson = (a: Omit<Coded, 'code'>, b: Omit<Coded, 'code'>) =>
  (['fullName', 'birthdate', 'gender', 'paper'] as const).every(what => a[what] === b[what])

/**
 * Once a form: whoever presses twice, or sends it again, sees the same code and password. The password is of the form's
 * key, which only its page holds.
 */
async function makeCode(site: Site, request: FastifyRequest, reply: FastifyReply) {
  const at = atSchool(site, request, reply)
  if (!at) return reply
  const form = formOf(request)
  const read = (name: string) => (form.get(name) ?? '').normalize('NFC').trim().replace(/\s+/g, ' ')
  const typed = { name: read('name'), born: read('born'), gender: read('gender'), paper: read('paper').slice(0, 200) }
  const text = saySchool(at.visit.language)
  const again = (status: number, shown: Partial<NewCodeShown> = {}) =>
    sendPage(
      site,
      reply.code(status),
      at.visit,
      text('new-code'),
      newCodePage(at.visit, { typed, formKey: newFormKey(site, at.session, 'new-code'), ...shown }),
    )
  const formKey = readFormKey(site, at.session, form.get('key'), 'new-code')
  if (!formKey) return again(403)
  const fault = faultOf(typed, text)
  const birthdate = readDay(typed.born)
  if (fault || !birthdate || (typed.gender !== 'male' && typed.gender !== 'female')) return again(422, { fault })
  const person = { fullName: typed.name, birthdate, gender: typed.gender, paper: typed.paper } as const
  const before = findByForm(site.db, formKey)
  const twin = !before && form.get('another') !== 'yes' && findByPaper(site.db, person)
  if (twin) return again(409, { known: { told: 'paper-known', coded: twin } })

  const password = newPassword(Buffer.from(macOf(site.formKey, 'password', formKey), 'base64url').subarray(0, 10))
  const { outcome, coded } = await admitWithoutNumber(
    site.db,
    person,
    { formKey, password, madeBy: at.staff.login },
    at.visit.now,
  )
  if (!isSamePerson(coded, person)) return again(409, { known: { told: 'form-used', coded } })
  return sendPage(
    site,
    reply,
    at.visit,
    text('code-made'),
    codeSlipPage(at.visit, typed, { code: coded.code, password, outcome }),
  )
}

async function sendSheet(site: Site, request: FastifyRequest<OneParams>, reply: FastifyReply) {
  const at = atSchool(site, request, reply)
  if (!at) return reply
  const one = oneOf(site, request, at.staff)
  if (!one) return sendUnknown(site, reply, at.visit)
  const sheet = checkSheet(at.visit, one.exam, one.registration, await qrOf(site, one.registration))
  return sendPage(site, reply, at.visit, saySchool(at.visit.language)('print-title'), sheet)
}

export function routeSchool(app: FastifyInstance, site: Site): void {
  app.get('/school', (request, reply) => {
    const visit = visitOf(site, request)
    if (!visit.staff) return sendPage(site, reply, visit, titleOf(visit), schoolSignInPage(visit, undefined, ''))
    const home: Exam | undefined = homeOf(site, visit.staff)
    return home ? reply.redirect(`/school/${home.id}`, 303) : reply.callNotFound()
  })
  app.post('/school', (request, reply) => signIn(site, request, reply))
  app.get('/school/new-code', (request, reply) => {
    const at = atSchool(site, request, reply)
    if (!at) return reply
    const empty = { name: '', born: '', gender: '', paper: '' }
    return sendPage(
      site,
      reply,
      at.visit,
      saySchool(at.visit.language)('new-code'),
      newCodePage(at.visit, { typed: empty, formKey: newFormKey(site, at.session, 'new-code') }),
    )
  })
  app.post('/school/new-code', (request, reply) => makeCode(site, request, reply))
  app.get<ExamParams & { Querystring: { state?: string } }>('/school/:exam', (request, reply) =>
    sendList(site, request, reply),
  )
  app.get<OneParams>('/school/:exam/:id', (request, reply) => {
    const at = atSchool(site, request, reply)
    return at ? sendOne(site, request, reply, at) : reply
  })
  app.post<OneParams>('/school/:exam/:id', (request, reply) => takeVerdict(site, request, reply))
  app.get<OneParams>('/school/:exam/:id/print', (request, reply) => sendSheet(site, request, reply))
}
