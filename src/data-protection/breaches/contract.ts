import { Type } from 'typebox'
import { endpoint } from '../../platform/endpoint.ts'
import { IdShape, LawReferenceShape, oneOf, wholeNumberFrom } from '../../platform/shapes.ts'
import { breachDataKinds, noticeStates } from './breach.ts'

/** Breaches of the protection of personal data, for who records and notifies them. */

const Instant = Type.String({ format: 'date-time' })
const SentInstant = Type.String({ format: 'date-time', maxLength: 40 })
const Prose = Type.String({ minLength: 1, maxLength: 4000 })
const IdParams = Type.Object({ id: IdShape<'breach'>() })
const recording = { right: 'protection.breaches', purpose: 'none' } as const

const facts = {
  what: Prose,
  place: Type.String({ minLength: 1, maxLength: 300 }),
  happenedAt: SentInstant,
  discoveredAt: SentInstant,
  dataKinds: Type.Array(oneOf(breachDataKinds), { minItems: 1, maxItems: breachDataKinds.length }),
  people: wholeNumberFrom(0),
  /** Counted, or estimated. */
  peopleKnown: Type.Boolean(),
  harm: Prose,
  measures: Prose,
  /** Why the authority is not notified, where the law leaves that open. */
  whyNot: Type.Optional(Type.String({ maxLength: 2000 })),
}

const BreachShape = Type.Object({
  id: IdShape<'breach'>(),
  unit: Type.Object({ id: IdShape<'unit'>(), name: Type.String() }),
  ...facts,
  notice: oneOf(noticeStates),
  notifyBy: Instant,
  law: LawReferenceShape,
  recordedBy: Type.Optional(Type.String()),
  recordedAt: Instant,
  notifiedAt: Type.Optional(Instant),
  notifiedBy: Type.Optional(Type.String()),
  noticeNumber: Type.Optional(Type.String()),
  lateReason: Type.Optional(Type.String()),
  peopleToldAt: Type.Optional(Instant),
  peopleToldHow: Type.Optional(Type.String()),
  endedAt: Type.Optional(Instant),
  endedHow: Type.Optional(Type.String()),
})

const UnnotifiedShape = Type.Object({
  count: Type.Integer(),
  overdue: Type.Integer(),
  runningOut: Type.Integer(),
  nextBy: Type.Optional(Instant),
})

export const listBreaches = endpoint({
  ...recording,
  method: 'GET',
  path: '/breaches',
  summary: 'Breaches of the protection of personal data, whose notice is due first',
  reply: Type.Object({
    breaches: Type.Array(BreachShape),
    unnotified: UnnotifiedShape,
    /** Whether the law of today leaves it open to notify. */
    onlyIfHarmful: Type.Boolean(),
    law: LawReferenceShape,
  }),
})

export const countBreaches = endpoint({
  method: 'GET',
  path: '/breaches/counts',
  right: 'protection.breaches',
  purpose: 'none',
  together: 'quick',
  summary: 'How many breaches wait for their notice to the authority, and the soonest hour',
  reply: UnnotifiedShape,
})

export const recordBreach = endpoint({
  ...recording,
  method: 'POST',
  path: '/breaches',
  summary: 'Record a breach; the clock of its notice runs',
  body: Type.Object(facts),
  reply: Type.Object({ id: IdShape<'breach'>(), notifyBy: Instant }),
  problems: ['unit-needed', 'breach-times-wrong', 'breach-notice-needed'],
})

export const amendBreach = endpoint({
  ...recording,
  method: 'PUT',
  path: '/breaches/:id',
  summary: 'Write down what is known since',
  params: IdParams,
  body: Type.Object(facts),
  reply: Type.Object({}),
  problems: ['breach-unknown', 'breach-step-refused', 'breach-times-wrong', 'breach-notice-needed'],
})

export const notifyAuthority = endpoint({
  ...recording,
  method: 'POST',
  path: '/breaches/:id/notice',
  summary: 'The notice to the authority went out, with its number; late, with the reason',
  needsFreshFactor: true,
  params: IdParams,
  body: Type.Object({
    number: Type.String({ minLength: 1, maxLength: 60 }),
    lateReason: Type.Optional(Type.String({ maxLength: 2000 })),
  }),
  reply: Type.Object({}),
  problems: ['breach-unknown', 'breach-step-refused', 'breach-late-reason-needed'],
})

export const notePeopleTold = endpoint({
  ...recording,
  method: 'POST',
  path: '/breaches/:id/people',
  summary: 'How the people concerned were told, or why they need not be',
  params: IdParams,
  body: Type.Object({ how: Prose }),
  reply: Type.Object({}),
  problems: ['breach-unknown', 'breach-step-refused'],
})

export const endBreach = endpoint({
  ...recording,
  method: 'POST',
  path: '/breaches/:id/end',
  summary: 'End the work on a breach, once notice and people are settled',
  needsFreshFactor: true,
  params: IdParams,
  body: Type.Object({ how: Prose }),
  reply: Type.Object({}),
  problems: ['breach-unknown', 'breach-step-refused'],
})

export const breachPaper = endpoint({
  ...recording,
  method: 'GET',
  path: '/breaches/:id/notice.pdf',
  summary: 'The notice to the authority as a paper, by the form of the day',
  params: IdParams,
  problems: ['breach-unknown', 'paper-text-unprintable'],
})
