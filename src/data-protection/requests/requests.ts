/**
 * What people ask about their own data. In: requests from a person's own page, and from the counter for somebody there.
 * Decided: the clock, by the law of the day on which a request came in; who answers; extended once where the law allows
 * it; granted, partly or refused, with a ground of that law. Out: what waits, by its clock; the answer on the person's
 * page, and a message that it is there. Deeds: `data-request.filed`, `.acknowledged`, `.assigned`, `.extended`,
 * `.answered`, `.withdrawn`.
 */

import * as accounts from '../../accounts/accounts.ts'
import * as attachments from '../../attachments/attachments.ts'
import * as audit from '../../audit/audit.ts'
import * as outreach from '../../outreach/outreach.ts'
import { addDays, type Day, dayAt } from '../../platform/day.ts'
import { type Id, newId } from '../../platform/ids.ts'
import { type Asking, type LawReference, referenceOn, ruleOn } from '../../platform/law.ts'
import { type Deed, type Work, withHouseScope } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import * as signin from '../../signin/signin.ts'
import * as staff from '../../staff/staff.ts'
import * as units from '../../units/units.ts'
import {
  acknowledgeDays,
  hour,
  openRequestsOfOne,
  type RequestTerm,
  refusalGrounds,
  reminderDays,
  requestTerms,
  shownRequests,
} from '../law.ts'
import { dataProtectionProblem } from '../problems.ts'
import {
  clockOf,
  type DataRequestId,
  isOpen,
  mayBecome,
  type RefusalGround,
  type RequestKind,
  type RequestOutcome,
  type RequestWay,
} from '../request.ts'
import * as store from './store.ts'
import { sayOfRequests } from './words.ts'

export type { DataRequest, RequestCounts } from './store.ts'

/** The term of a kind by the law of a day. */
export const termOfRequest = (kind: RequestKind, day: Day, asking: Asking): RequestTerm =>
  ruleOn(requestTerms, day, asking)[clockOf[kind]]

export const termReferenceOf = (day: Day, asking: Asking): LawReference => referenceOn(requestTerms, day, asking)

const clockFrom = (work: Work, { count, unit }: RequestTerm): Pick<store.DataRequest, 'dueOn' | 'dueAt'> => {
  if (unit === 'days') return { dueOn: addDays(work.today, count) }
  const dueAt = new Date(work.now.getTime() + count * hour)
  // The day of a rehearsal is not the real one: so many days later as the hours reach.
  const later = Math.round((Date.parse(dayAt(dueAt)) - Date.parse(dayAt(work.now))) / (24 * hour))
  return { dueAt, dueOn: addDays(work.today, later) }
}

export type DueState = 'overdue' | 'today' | 'soon' | 'later' | 'none'

/** Where an open request stands by its clock. */
export function dueStateOf(work: Work, { state, dueOn, dueAt }: store.DataRequest): DueState {
  if (!isOpen(state)) return 'none'
  if (dueAt ? dueAt < work.now : dueOn < work.today) return 'overdue'
  if (dueOn <= work.today) return 'today'
  return dueOn <= addDays(work.today, ruleOn(reminderDays, work.today, work)) ? 'soon' : 'later'
}

const requestSubject = ({ id, personId, unitId }: Pick<store.DataRequest, 'id' | 'personId' | 'unitId'>) => ({
  kind: 'data-request',
  id,
  personId,
  unitId,
})

const leastLetters = 10
function proseOrRefuse(text: string): string {
  const prose = text.trim()
  if ((prose.match(/\p{L}/gu)?.length ?? 0) < leastLetters) throw dataProtectionProblem('data-request-answer-short')
  return prose
}

async function getHeld(work: Work, id: DataRequestId): Promise<store.DataRequest> {
  const request = await store.holdRequest(work, id)
  if (!request) throw dataProtectionProblem('data-request-unknown')
  return request
}

async function getOpen(work: Work, id: DataRequestId): Promise<store.DataRequest> {
  const request = await getHeld(work, id)
  if (!isOpen(request.state)) throw dataProtectionProblem('data-request-ended')
  return request
}

type RequestTold = 'data-request-acknowledged' | 'data-request-extended' | 'data-request-answered'

/** The message says that something stands on the person's page, and nothing of what it says. */
async function notifyPerson(work: Work, request: store.DataRequest, template: RequestTold): Promise<void> {
  const { personId, id, unitId, kind } = request
  const [phone, ...others] = await withHouseScope(work, house => accounts.phonesOf(house, personId))
  if (!phone) return
  const numbers = others.map(number => ({ kind: 'phone', number }) as const)
  const otherwise = [...numbers, ...(await accounts.otherWaysOf(work, personId))]
  const what = { vi: sayOfRequests('vi')(`kind-${kind}`), en: sayOfRequests('en')(`kind-${kind}`) }
  const facts = { what, unit: await units.unitName(work, unitId), page: '/citizen/requests' }
  const to = { kind: 'phone', number: phone } as const
  const about = { kind: 'data-request', id, personId, unitId }
  await withHouseScope(work, house =>
    template === 'data-request-answered'
      ? outreach.sendMessage(house, { template, facts, language: 'vi', to, otherwise, about })
      : outreach.sendMessage(house, {
          template,
          facts: { ...facts, by: request.dueOn },
          language: 'vi',
          to,
          otherwise,
          about,
        }),
  )
}

/** The unit that has a request answers it. */
const withDecidingUnit = <R extends Pick<store.DataRequest, 'unitId'>>(request: R) => ({
  ...request,
  decidesUnitId: request.unitId,
})

/** Requests as cases that take papers, for src/attachments. */
export const requestsWithPapers: attachments.CasesWithPapers['data-request'] = {
  async hold(work, id) {
    const found = await store.holdRequest(work, id as DataRequestId)
    return found && withDecidingUnit({ ...found, isOpen: isOpen(found.state) })
  },
  mayBeginFor: async (work, personId) => (await register.listSummaries(work, [personId])).length > 0,
}

export type NewDataRequest = {
  readonly personId: register.PersonId
  readonly kind: RequestKind
  readonly words: string
  readonly way: RequestWay
  /** Papers that an officer attached to the form (src/attachments). */
  readonly attachments?: readonly attachments.AttachmentId[] | undefined
}

/** Who answers somebody: the unit where they live; the counter's own where that is out of its scope. */
async function answeringUnit(work: Work, personId: register.PersonId, way: RequestWay): Promise<units.UnitId> {
  const { permanentUnitId } = await register.getSummary(work, personId)
  const isInScope =
    work.scope === 'house' || (work.scope !== 'none' && work.scope.units.some(id => id === permanentUnitId))
  if (permanentUnitId && isInScope) return permanentUnitId
  const unit = way === 'counter' ? work.unitId : await units.findHomeProvince(work, work.today)
  if (!unit) throw dataProtectionProblem('data-request-unknown')
  return unit
}

/**
 * Files a request: from the person's own page, or at a counter for somebody whom the officer sees. Throws
 * person-unknown, data-request-many-open, data-request-answer-short.
 */
export async function fileRequest(
  work: Work,
  { personId, kind, words, way, attachments: attached }: NewDataRequest,
): Promise<store.DataRequest> {
  const unitId = await answeringUnit(work, personId, way)
  const most = ruleOn(openRequestsOfOne, work.today, work)
  const openNow = await withHouseScope(work, house => store.countOpenOf(house, personId))
  if (openNow >= most) throw dataProtectionProblem('data-request-many-open')
  const term = termOfRequest(kind, work.today, work)
  const request = {
    personId,
    id: newId<'data-request'>(work.now),
    unitId,
    kind,
    way,
    words: proseOrRefuse(words),
    filedBy: work.by.id,
    receivedAt: work.now,
    receivedOn: work.today,
    acknowledgeBy: units.workingDaysAfter(work.today, ruleOn(acknowledgeDays, work.today, work)),
    ...clockFrom(work, term),
  } as const
  await store.insertRequest(work, request)
  await audit.record(work, 'data-request.filed', requestSubject(request), { kind, way, dueOn: request.dueOn })
  await attachments.handIn(work, 'data-request', withDecidingUnit(request), attached)
  return { ...request, state: 'received' }
}

/** Takes a request up: the person is told, and by when it is answered. Throws data-request-unknown, -ended. */
export async function takeUpRequest(work: Work, id: DataRequestId): Promise<void> {
  const request = await getOpen(work, id)
  if (!mayBecome(request.state, 'under-way')) return
  await store.setTakenUp(work, id, work.by.id)
  await audit.record(work, 'data-request.acknowledged', requestSubject(request))
  await notifyPerson(work, request, 'data-request-acknowledged')
}

/** Who may answer in the work's unit beside the officer who asks. */
export const colleaguesWhoAnswer = (work: Work) => staff.colleaguesOf(work, 'protection.answer')

/** Gives a request to another officer of the unit. Throws data-request-unknown, -ended, -officer-unknown. */
export async function assignRequest(work: Work, id: DataRequestId, officerId: Id<'officer'>): Promise<void> {
  const request = await getOpen(work, id)
  const known = officerId === work.by.id || (await colleaguesWhoAnswer(work)).some(one => one.id === officerId)
  if (!known) throw dataProtectionProblem('data-request-officer-unknown')
  if (request.state === 'received') await takeUpRequest(work, id)
  await store.setAssigned(work, id, officerId)
  await audit.record(work, 'data-request.assigned', requestSubject(request), { to: officerId })
}

/** By how many days a request can still be extended; 0 where it cannot. */
export function extendableDays(work: Work, request: store.DataRequest): number {
  if (!isOpen(request.state) || request.extendedAt || dueStateOf(work, request) === 'overdue') return 0
  return termOfRequest(request.kind, request.receivedOn, work).extensionDays
}

/**
 * Extends a request once, by what the law of its day allows, with a reason that the person is told. Throws
 * data-request-unknown, -ended, -not-extendable, -answer-short.
 */
export async function extendRequest(work: Work, id: DataRequestId, reason: string): Promise<void> {
  const request = await getOpen(work, id)
  const days = extendableDays(work, request)
  if (days === 0) throw dataProtectionProblem('data-request-not-extendable')
  const dueOn = addDays(request.dueOn, days)
  await store.setExtended(work, id, { dueOn, reason: proseOrRefuse(reason) })
  await audit.record(work, 'data-request.extended', requestSubject(request), { from: request.dueOn, to: dueOn })
  await notifyPerson(work, { ...request, dueOn }, 'data-request-extended')
}

export type RequestAnswer = {
  readonly outcome: RequestOutcome
  readonly ground?: RefusalGround | undefined
  readonly answer: string
}

/** The grounds that were in force on the day of receipt. */
export const groundsOf = ({ receivedOn }: Pick<store.DataRequest, 'receivedOn'>, asking: Asking) =>
  ruleOn(refusalGrounds, receivedOn, asking)

/** A correction is granted where one was approved since: the register's own procedure decides it, by two officers. */
async function refuseUncorrected(work: Work, { personId, receivedOn }: store.DataRequest): Promise<void> {
  const corrections = await register.listCorrections(work, { which: 'of-person', personId, open: false })
  const isDone = corrections.some(
    ({ state, decidedOn }) => state === 'approved' && decidedOn !== undefined && decidedOn >= receivedOn,
  )
  if (!isDone) throw dataProtectionProblem('data-request-not-corrected')
}

/** What is granted is done in the same work. Gives how many consents ended by it. */
async function doWhatIsGranted(work: Work, request: store.DataRequest): Promise<number> {
  if (request.kind === 'correct') await refuseUncorrected(work, request)
  if (request.kind !== 'withdraw') return 0
  const { personId } = request
  let ended = 0
  for (const { id, endedAt } of await signin.consentsOfPerson(work, personId))
    if (endedAt === null && (await signin.withdrawConsent(work, personId, id))) ended += 1
  return ended
}

/**
 * Answers a request for good; the person reads it on their page. A granted withdrawal ends every consent of theirs; a
 * granted correction is one that was approved. Throws data-request-unknown, -ended, -ground-needed, -answer-short,
 * -not-corrected.
 */
export async function answerRequest(work: Work, id: DataRequestId, { outcome, ground, answer }: RequestAnswer) {
  const request = await getOpen(work, id)
  const hasGround = ground !== undefined && groundsOf(request, work).includes(ground)
  if (outcome === 'granted' ? ground !== undefined : !hasGround)
    throw dataProtectionProblem('data-request-ground-needed')
  const written = { outcome, ground, answer: proseOrRefuse(answer), answeredBy: work.by.id }
  const consentsEnded = outcome === 'granted' ? await doWhatIsGranted(work, request) : 0
  await store.setRequestAnswer(work, id, written)
  const late = dueStateOf(work, request) === 'overdue'
  await audit.record(work, 'data-request.answered', requestSubject(request), {
    outcome,
    ...(ground && { ground }),
    late,
    ...(consentsEnded > 0 && { consentsEnded }),
  })
  await notifyPerson(work, request, 'data-request-answered')
}

/** A person takes back a request of theirs, or of the child for whom they act. Throws data-request-unknown, -ended. */
export async function withdrawRequest(work: Work, personId: register.PersonId, id: DataRequestId): Promise<void> {
  const request = await store.holdRequest(work, id)
  if (!request || request.personId !== personId) throw dataProtectionProblem('data-request-unknown')
  if (!mayBecome(request.state, 'withdrawn')) throw dataProtectionProblem('data-request-ended')
  await store.setWithdrawn(work, id)
  await audit.record(work, 'data-request.withdrawn', requestSubject(request))
}

/** Whoever fetched the file of their data has what they asked to see or to have: the house answers by itself. */
export async function answerByCopy(work: Work, { subject: { personId } }: Deed): Promise<void> {
  if (!personId) return
  await withHouseScope(work, async house => {
    for (const request of await store.holdOpenOf(house, personId, ['see', 'copy'])) {
      const answer = sayOfRequests('vi')('answered-by-copy')
      await store.setRequestAnswer(house, request.id, { outcome: 'granted', answer, answeredBy: 'house' })
      await audit.record(work, 'data-request.answered', requestSubject(request), { outcome: 'granted', byCopy: true })
    }
  })
}

/** All requests about a person; the caller has their rows in scope. */
export const listRequestsOf = (work: Work, personId: register.PersonId): Promise<store.DataRequest[]> =>
  store.requestsOfPerson(work, personId, shownRequests)

export const countRequests = (work: Work): Promise<store.RequestCounts> =>
  store.countOpenRequests(work, addDays(work.today, ruleOn(reminderDays, work.today, work)))

export type RequestPage = {
  readonly requests: readonly (store.DataRequest & { readonly name?: string | undefined })[]
  readonly next?: string | undefined
}

/** Requests of the work's units, by name. Each name is a reading. */
export async function listRequests(
  work: Work,
  { which, after }: Pick<store.RequestFilter, 'which' | 'after'>,
): Promise<RequestPage> {
  const found = await store.findRequests(work, { which, after, limit: shownRequests + 1 })
  const shown = found.slice(0, shownRequests)
  const people = await register.listSummaries(
    work,
    shown.map(({ personId }) => personId),
  )
  const names = new Map(people.map(({ id, fullName }) => [id, fullName]))
  await audit.noteReading(work, [...names.keys()], ['name'])
  const last = shown.at(-1)
  const next =
    found.length > shown.length && last ? `${(which === 'ended' && last.endedOn) || last.dueOn}.${last.id}` : undefined
  return { requests: shown.map(one => ({ ...one, name: names.get(one.personId) })), next }
}

/** One request whole. Throws data-request-unknown. */
export async function readRequest(work: Work, id: DataRequestId): Promise<RequestPage['requests'][number]> {
  const request = await store.findRequest(work, id)
  if (!request) throw dataProtectionProblem('data-request-unknown')
  const [person] = await register.listSummaries(work, [request.personId])
  await audit.noteReading(work, [request.personId], ['name', 'data-request'], { kind: 'data-request', id })
  return { ...request, name: person?.fullName }
}

const stopsReminders: readonly RequestKind[] = ['object', 'restrict']

/**
 * From the day on which a person objects to the use of their data, or asks to restrict it, they are not reminded of
 * what they lack: nobody has to wait for the answer. One that is refused, or withdrawn, ends it.
 */
export async function followWithReminders(work: Work, { deed, subject, facts }: Deed): Promise<void> {
  const { id, personId } = subject
  await withHouseScope(work, async house => {
    if (deed === 'data-request.filed') {
      if (personId && stopsReminders.some(kind => kind === facts['kind']))
        await outreach.stopReminders(house, personId, id)
    } else if (deed === 'data-request.withdrawn' || facts['outcome'] === 'refused')
      await outreach.allowReminders(house, id)
  })
}
