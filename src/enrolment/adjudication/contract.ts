import { type Static, Type } from 'typebox'
import { HeldShape } from '../../decisions/contract.ts'
import { endpoint } from '../../platform/endpoint.ts'
import { IdShape, LawReferenceShape, wholeNumberFrom } from '../../platform/shapes.ts'
import { applicationStates } from '../application.ts'
import { applicationKinds, applicationReasons } from '../capture.ts'

/** Applications as officers see them. Names and numbers come in bodies only. */

const Uuid = Type.String({ format: 'uuid' })
const Instant = Type.String({ format: 'date-time' })
const DayText = Type.String({ format: 'date' })
const applicationParams = Type.Object({ id: Uuid })
const UnitShape = Type.Object({ id: IdShape<'unit'>(), name: Type.String() })
const Note = Type.String({ maxLength: 500 })
const optionalText = Type.Optional(Type.String())
const ApplicationStateShape = Type.Enum([...applicationStates])
const Count = wholeNumberFrom(0)

export const ApplicationShape = Type.Object({
  id: Uuid,
  personId: IdShape<'person'>(),
  /** Empty if the person may no longer be seen. */
  name: Type.String(),
  born: Type.String(),
  kind: Type.Enum([...applicationKinds]),
  reason: Type.Enum([...applicationReasons]),
  state: ApplicationStateShape,
  unit: UnitShape,
  source: Type.Enum(['counter', 'roster', 'walk-in', 'online']),
  capture: Type.Enum(['none', 'here', 'elsewhere', 'not-needed']),
  sessionId: Type.Optional(Uuid),
  begunOn: DayText,
  submittedOn: Type.Optional(DayText),
  /** The legal limit. */
  dueOn: Type.Optional(DayText),
  /** The rule that gave it. */
  dueLaw: Type.Optional(LawReferenceShape),
  campaignDueOn: Type.Optional(DayText),
  /** How the earlier of the two days compares with today. */
  due: Type.Enum(['overdue', 'today', 'later', 'none']),
  account: Type.Optional(Type.Object({ state: optionalText, problem: optionalText })),
  /** Doubtful or bad findings that are not resolved. */
  open: Type.Array(Type.String()),
  proposal: Type.Optional(Type.Enum(['refuse', 'merge'])),
  capturedByMe: Type.Boolean(),
})
export type ApplicationReply = Static<typeof ApplicationShape>

export const applicationQueues = [
  'to-check',
  'to-approve',
  'returned',
  'waiting',
  'at-work',
  'to-hand-over',
  'ended',
] as const
export type ApplicationQueue = (typeof applicationQueues)[number]

export const listApplications = endpoint({
  method: 'GET',
  path: '/applications',
  summary: 'Applications of one’s units in a queue, the most urgent first',
  right: 'enrolment.read',
  purpose: 'application',
  query: Type.Object({
    queue: Type.Enum([...applicationQueues]),
    unit: Type.Optional(IdShape<'unit'>()),
    session: Type.Optional(Uuid),
    after: Type.Optional(Type.String({ maxLength: 60 })),
  }),
  reply: Type.Object({
    applications: Type.Array(ApplicationShape),
    next: optionalText,
    counts: Type.Object(
      Object.fromEntries(applicationQueues.map(queue => [queue, Count])) as Record<ApplicationQueue, typeof Count>,
    ),
  }),
})

/** How a queue stands: how many wait, how many are past their day, and the soonest day. */
const QueueCount = Type.Object({ count: Count, overdue: Count, nextOn: Type.Optional(DayText) })

export const countApplications = endpoint({
  method: 'GET',
  path: '/applications/counts',
  summary: 'How many applications wait in each queue of one’s units, how many are overdue, and the soonest last day',
  right: 'enrolment.read',
  purpose: 'none',
  together: 'quick',
  reply: Type.Object({
    queues: Type.Object(
      Object.fromEntries(applicationQueues.map(queue => [queue, QueueCount])) as Record<
        ApplicationQueue,
        typeof QueueCount
      >,
    ),
  }),
})

export const findApplication = endpoint({
  method: 'POST',
  path: '/applications/find',
  onlyReads: true,
  summary: 'The application of the receipt with a code, among those of one’s units; the latest where two have it',
  right: 'enrolment.read',
  purpose: 'application',
  body: Type.Object({ code: Type.String({ pattern: '^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$' }) }),
  reply: Type.Object({ id: Uuid }),
  problems: ['application-unknown'],
})

const FindingShape = Type.Object({
  kind: Type.String(),
  verdict: Type.Enum(['good', 'doubtful', 'bad', 'not-done']),
  /** Differing fields, poor measures, similar people (with name and date). */
  facts: Type.Record(Type.String(), Type.Unknown()),
  settledBy: optionalText,
  note: optionalText,
})

const ComparedField = Type.Object({
  field: Type.String(),
  register: Type.String(),
  said: Type.String(),
  evidence: optionalText,
})

/** Absent where the person is outside the officer's scope: then there is no picture either. */
const OtherPerson = Type.Optional(
  Type.Object({
    personId: IdShape<'person'>(),
    name: Type.String(),
    born: Type.String(),
    unit: optionalText,
    number: optionalText,
  }),
)

export const showApplication = endpoint({
  method: 'GET',
  path: '/applications/:id',
  summary: 'An application whole: both sides of its data, what was found, what was decided, where it went',
  right: 'enrolment.read',
  purpose: 'application',
  params: applicationParams,
  reply: Type.Interface([ApplicationShape], {
    form: Type.Object({ code: Type.String(), version: Type.String() }),
    receiptCode: optionalText,
    capturedBy: optionalText,
    capturedAt: Type.Optional(Instant),
    /** Where the applicant wants to receive the card, with the address if by post; only where they were asked. */
    delivery: Type.Optional(Type.Enum(['unit', 'post'])),
    deliveryAddress: optionalText,
    signer: Type.Optional(
      Type.Object({
        kind: Type.String(),
        name: optionalText,
        relation: optionalText,
        evidence: optionalText,
        unable: optionalText,
      }),
    ),
    sides: Type.Array(ComparedField),
    findings: Type.Array(FindingShape),
    alike: Type.Array(
      Type.Object({
        personId: IdShape<'person'>(),
        name: Type.String(),
        born: Type.String(),
        unit: optionalText,
        probability: Type.Number(),
      }),
    ),
    /** Where faces were compared: with the former card's, and with all others. Scores from 0 to 100. */
    faces: Type.Optional(
      Type.Object({
        former: Type.Optional(Type.Object({ score: Type.Number(), threshold: Type.Number() })),
        alike: Type.Array(
          Type.Object({
            template: Uuid,
            score: Type.Number(),
            person: OtherPerson,
          }),
        ),
        /** From which score on another face is told; how many people there were, and how many faces were searched. */
        threshold: Type.Optional(Type.Number()),
        count: Count,
        searched: Type.Optional(Count),
        /** Measured error rates of the engine; absent where they are not known. */
        errorRates: Type.Optional(
          Type.Object({
            set: Type.String(),
            licence: Type.String(),
            comparisons: Count,
            falseMatchesPerMillion: Count,
            falseNonMatchesPerMillion: Count,
          }),
        ),
      }),
    ),
    /** Whom an engine of somebody else's found by the pictures; absent where it found nobody, or did not search. */
    engineSearch: Type.Optional(
      Type.Object({
        alike: Type.Array(
          Type.Object({
            reference: Uuid,
            /** 0 to 100, where the engine told one. Its threshold is its own, and not known here. */
            score: Type.Optional(Type.Number()),
            person: OtherPerson,
          }),
        ),
        /** How many people it found, and how many references that were not issued here. */
        count: Count,
        unknown: Count,
      }),
    ),
    others: Type.Array(
      Type.Object({ id: Uuid, state: ApplicationStateShape, begunOn: DayText, capture: Type.String() }),
    ),
    /** Pictures that an officer can open, by the names of their parts. */
    pictures: Type.Array(
      Type.Object({
        part: Type.String(),
        modality: Type.String(),
        subtype: optionalText,
        quality: Type.Optional(Type.Number()),
      }),
    ),
    transitions: Type.Array(
      Type.Object({
        from: ApplicationStateShape,
        to: ApplicationStateShape,
        onDay: DayText,
        at: Instant,
        by: Type.String(),
        reason: optionalText,
        note: optionalText,
      }),
    ),
    returned: Type.Optional(Type.Object({ reason: Type.String(), note: optionalText, acts: UnitShape, by: DayText })),
    openProposal: Type.Optional(
      Type.Object({
        id: Uuid,
        kind: Type.Enum(['refuse', 'merge']),
        reason: Type.String(),
        note: optionalText,
        otherId: Type.Optional(Uuid),
        by: Type.String(),
        mine: Type.Boolean(),
      }),
    ),
  }),
  problems: ['application-unknown'],
})

export const showPicture = endpoint({
  method: 'GET',
  path: '/applications/:id/pictures/:part',
  summary: 'A picture of an application, opened for this look alone',
  right: 'enrolment.read',
  purpose: 'application',
  params: Type.Object({ id: Uuid, part: Type.String({ pattern: '^[a-z0-9-]{1,40}$' }) }),
  problems: ['application-unknown'],
})

export const showFace = endpoint({
  method: 'GET',
  path: '/applications/:id/faces/:face',
  summary:
    'A face with which an application’s was compared: `former`, of the former card, or one that its findings name',
  right: 'enrolment.check',
  purpose: 'application',
  params: Type.Object({ id: Uuid, face: Type.String({ pattern: '^(former|[0-9a-f-]{36})$' }) }),
  problems: ['application-unknown'],
})

/** `held`: the decision may still be undone, and the application is what it was. */
const applicationMovedShape = Type.Object({
  id: Uuid,
  state: ApplicationStateShape,
  held: Type.Optional(HeldShape),
})
const decisionProblems = [
  'application-unknown',
  'application-move-refused',
  'application-captured-by-you',
  'application-checks-open',
  'proposal-open',
  'decision-held',
]

const decisionEndpoint = (path: string, summary: string, right: string, more: readonly string[] = []) =>
  endpoint({
    method: 'POST',
    path: `/applications/:id/${path}`,
    summary,
    right,
    purpose: 'application',
    params: applicationParams,
    reply: applicationMovedShape,
    problems: [...decisionProblems, ...more],
  })

export const completeData = decisionEndpoint(
  'complete',
  'The data are right: the application goes on',
  'enrolment.check',
  ['card-not-needed', 'card-too-young', 'card-holder-dead'],
)
export const sendOn = decisionEndpoint('send-on', 'The unit has checked it: to the centre', 'enrolment.check')
export const approve = decisionEndpoint('approve', 'The centre approves: the card is ordered', 'enrolment.approve', [
  'application-not-captured-here',
  'application-content-missing',
  'card-field-needed',
  'card-text-too-long',
  'card-text-unprintable',
  'card-number-malformed',
  'card-image-unreadable',
  'order-number-differs',
  'order-portrait-needed',
])

export const settleFinding = endpoint({
  method: 'POST',
  path: '/applications/:id/findings/:kind/settle',
  summary: 'An officer says why what was found is good enough',
  right: 'enrolment.check',
  purpose: 'application',
  params: Type.Object({ id: Uuid, kind: Type.String({ maxLength: 60 }) }),
  body: Type.Object({ note: Note }),
  reply: Type.Object({}),
  problems: ['application-unknown', 'application-captured-by-you', 'application-needs-papers'],
})

export const returnReasons = [
  'portrait-unusable',
  'fingerprints-unusable',
  'signature-unusable',
  'data-wrong',
  'papers-missing',
  'other',
] as const

export const sendBack = endpoint({
  method: 'POST',
  path: '/applications/:id/return',
  summary:
    'Send it back to the unit that took it; the citizen is told the same day. ' +
    'Who does not check sends back what has come to the centre',
  right: 'enrolment.return',
  purpose: 'application',
  params: applicationParams,
  body: Type.Object({ reason: Type.Enum([...returnReasons]), note: Note }),
  reply: applicationMovedShape,
  problems: [...decisionProblems, 'application-needs-papers'],
})

export const takeUp = endpoint({
  method: 'POST',
  path: '/applications/:id/take-up',
  summary: 'The unit takes up what was sent back: a new capture, or the data once more',
  right: 'enrolment.capture',
  purpose: 'application',
  params: applicationParams,
  body: Type.Object({ what: Type.Enum(['recapture', 'data-check']) }),
  reply: applicationMovedShape,
  problems: decisionProblems,
})

export const withdraw = endpoint({
  method: 'POST',
  path: '/applications/:id/withdraw',
  summary: 'The citizen does not want it any more',
  right: 'enrolment.check',
  purpose: 'application',
  params: applicationParams,
  body: Type.Object({ note: Note }),
  reply: applicationMovedShape,
  problems: [...decisionProblems, 'application-needs-papers'],
})

export const refusalReasons = [
  'not-eligible',
  'holder-dead',
  'not-a-citizen',
  'data-unproved',
  'person-twice',
  'other',
] as const

export const propose = endpoint({
  method: 'POST',
  path: '/applications/:id/proposals',
  summary: 'Propose to refuse an application, or to merge it into another of the same person; another officer agrees',
  right: 'enrolment.check',
  purpose: 'application',
  params: applicationParams,
  body: Type.Object({
    kind: Type.Enum(['refuse', 'merge']),
    reason: Type.Optional(Type.Enum([...refusalReasons])),
    note: Note,
    otherId: Type.Optional(Uuid),
  }),
  reply: Type.Object({ id: Uuid }),
  problems: ['application-unknown', 'application-needs-papers', 'proposal-open', 'merge-other-person'],
})

export const decideProposal = endpoint({
  method: 'POST',
  path: '/proposals/:id/decide',
  summary: 'Agree to a proposal or reject it; who made it may withdraw it',
  right: 'enrolment.check',
  needsFreshFactor: true,
  purpose: 'application',
  params: applicationParams,
  body: Type.Object({ answer: Type.Enum(['agreed', 'rejected', 'withdrawn']) }),
  reply: applicationMovedShape,
  problems: ['proposal-unknown', 'proposal-your-own', ...decisionProblems],
})
