import { Type } from 'typebox'
import { AttachmentIds } from '../../attachments/contract.ts'
import { endpoint } from '../../platform/endpoint.ts'
import { IdShape, LawReferenceShape, oneOf } from '../../platform/shapes.ts'
import { dataRequestStates, groundCodes, requestKinds, requestOutcomes, requestWays } from '../request.ts'

/** Requests of people about their own data, as officers handle them. People file theirs on pages of their own. */

const DayText = Type.String({ format: 'date' })
const Instant = Type.String({ format: 'date-time' })
const Prose = Type.String({ minLength: 1, maxLength: 4000 })
const OfficerName = Type.Object({ id: Type.String(), name: Type.Optional(Type.String()) })
const IdParams = Type.Object({ id: IdShape<'data-request'>() })
const answering = { right: 'protection.answer', purpose: 'data-protection' } as const

export const dueStates = ['overdue', 'today', 'soon', 'later', 'none'] as const

const listed = {
  id: IdShape<'data-request'>(),
  personId: IdShape<'person'>(),
  /** Absent where the officer may no longer see the person. */
  name: Type.Optional(Type.String()),
  unit: Type.Object({ id: IdShape<'unit'>(), name: Type.String() }),
  kind: oneOf(requestKinds),
  way: oneOf(requestWays),
  state: oneOf(dataRequestStates),
  receivedAt: Instant,
  receivedOn: DayText,
  acknowledgeBy: DayText,
  dueOn: DayText,
  /** Where the law counts hours. */
  dueAt: Type.Optional(Instant),
  due: oneOf(dueStates),
  assignedTo: Type.Optional(OfficerName),
  outcome: Type.Optional(oneOf(requestOutcomes)),
  endedOn: Type.Optional(DayText),
}

const Counts = {
  open: Type.Integer(),
  overdue: Type.Integer(),
  soon: Type.Integer(),
  toAcknowledge: Type.Integer(),
  nextOn: Type.Optional(DayText),
}

export const countDataRequests = endpoint({
  method: 'GET',
  path: '/data-requests/counts',
  summary: 'How many requests about their own data wait in my units, and how many are overdue',
  right: 'protection.receive',
  purpose: 'none',
  together: 'quick',
  reply: Type.Object(Counts),
})

export const listDataRequests = endpoint({
  method: 'GET',
  path: '/data-requests',
  summary: 'What people of my units ask about their own data, by its last day; what was answered, the latest first',
  right: 'protection.receive',
  purpose: 'data-protection',
  query: Type.Object({
    which: Type.Optional(oneOf(['open', 'mine', 'ended'] as const)),
    after: Type.Optional(Type.String({ maxLength: 100 })),
  }),
  reply: Type.Object({
    requests: Type.Array(Type.Object(listed)),
    counts: Type.Object(Counts),
    next: Type.Optional(Type.String()),
  }),
  problems: ['data-request-mark-unknown'],
})

export const showDataRequest = endpoint({
  method: 'GET',
  path: '/data-requests/:id',
  summary: 'One request whole: its words, its clock and law, who answers, and the answer',
  right: 'protection.receive',
  purpose: 'data-protection',
  params: IdParams,
  reply: Type.Object({
    ...listed,
    words: Type.String(),
    /** The law of its day. */
    term: LawReferenceShape,
    grounds: Type.Array(oneOf(groundCodes)),
    /** By how many days it can still be extended. */
    extendableDays: Type.Integer(),
    extensionReason: Type.Optional(Type.String()),
    ground: Type.Optional(oneOf(groundCodes)),
    answer: Type.Optional(Type.String()),
    answeredBy: Type.Optional(OfficerName),
    colleagues: Type.Array(OfficerName),
  }),
  problems: ['data-request-unknown'],
})

export const fileDataRequest = endpoint({
  method: 'POST',
  path: '/data-requests',
  summary: 'File at the counter what somebody there asks about their own data',
  right: 'protection.receive',
  purpose: 'data-protection',
  body: Type.Object({
    personId: IdShape<'person'>(),
    kind: oneOf(requestKinds),
    words: Prose,
    /** Papers that were attached to the form before. */
    attachments: Type.Optional(AttachmentIds),
  }),
  reply: Type.Object({ id: IdShape<'data-request'>(), dueOn: DayText }),
  problems: ['person-unknown', 'data-request-many-open', 'data-request-answer-short', 'attachment-unknown'],
})

export const takeUpDataRequest = endpoint({
  ...answering,
  method: 'POST',
  path: '/data-requests/:id/acknowledge',
  summary: 'Take a request up: the person is told by when it is answered',
  params: IdParams,
  reply: Type.Object({}),
  problems: ['data-request-unknown', 'data-request-ended'],
})

export const assignDataRequest = endpoint({
  ...answering,
  method: 'POST',
  path: '/data-requests/:id/assign',
  summary: 'Give a request to another officer of the unit',
  params: IdParams,
  body: Type.Object({ to: IdShape<'officer'>() }),
  reply: Type.Object({}),
  problems: ['data-request-unknown', 'data-request-ended', 'data-request-officer-unknown'],
})

export const extendDataRequest = endpoint({
  ...answering,
  method: 'POST',
  path: '/data-requests/:id/extend',
  summary: 'Extend the time once, as the law of its day allows, with a reason that the person is told',
  params: IdParams,
  body: Type.Object({ reason: Prose }),
  reply: Type.Object({}),
  problems: ['data-request-unknown', 'data-request-ended', 'data-request-not-extendable', 'data-request-answer-short'],
})

export const answerDataRequest = endpoint({
  ...answering,
  method: 'POST',
  path: '/data-requests/:id/answer',
  summary: 'Answer a request for good: granted, partly, or refused with its ground of law',
  needsFreshFactor: true,
  params: IdParams,
  body: Type.Object({
    outcome: oneOf(requestOutcomes),
    ground: Type.Optional(oneOf(groundCodes)),
    answer: Prose,
  }),
  reply: Type.Object({}),
  problems: [
    'data-request-unknown',
    'data-request-ended',
    'data-request-ground-needed',
    'data-request-not-corrected',
    'data-request-answer-short',
  ],
})
