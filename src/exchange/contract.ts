import { Type } from 'typebox'
import { endpoint } from '../platform/endpoint.ts'
import { IdShape, oneOf } from '../platform/shapes.ts'
import { lookUpPurposes, questionKinds, questionStates } from './codes.ts'

/** The channel to the national centre over the wire, for officers. */

const Instant = Type.String({ format: 'date-time' })
const DayText = Type.String({ format: 'date' })
const Count = Type.Integer({ minimum: 0 })
const delegations = ['unsaid', 'delegated', 'centre'] as const

const QuestionShape = Type.Object({
  id: IdShape<'centre-question'>(),
  kind: oneOf(questionKinds),
  state: oneOf(questionStates),
  unit: Type.Object({ id: IdShape<'unit'>(), name: Type.String() }),
  askedAt: Instant,
  dueOn: DayText,
  due: oneOf(['overdue', 'today', 'later', 'none'] as const),
  acknowledgedAt: Type.Optional(Instant),
  answeredAt: Type.Optional(Instant),
  code: Type.Optional(Type.String()),
  note: Type.Optional(Type.String()),
})

const QuarantinedShape = Type.Object({
  id: IdShape<'quarantined-envelope'>(),
  reason: Type.String(),
  via: oneOf(['line', 'file'] as const),
  cameAt: Instant,
  /** How often the same came again. */
  again: Count,
  bytes: Count,
  /** The first digits of its SHA-256, to name it to the centre. */
  hash: Type.String(),
  isTriedAgain: Type.Boolean(),
})

export const exchangeOverview = endpoint({
  method: 'GET',
  path: '/exchange/overview',
  summary: 'What waits for the national centre, what it answered, what lies in quarantine, what the days came to',
  right: 'exchange.read',
  purpose: 'none',
  query: Type.Object({}),
  reply: Type.Object({
    /** Absent where the installation is joined to none. */
    centre: Type.Optional(Type.Object({ id: Type.String(), address: Type.String(), fingerprint: Type.String() })),
    decided: Type.Object({
      numbers: Type.Object({ here: Type.Boolean(), said: oneOf(delegations) }),
      accounts: Type.Object({ here: Type.Boolean(), said: oneOf(delegations) }),
    }),
    line: Type.Object({
      okAt: Type.Optional(Instant),
      failures: Count,
      fault: Type.Optional(Type.String()),
      clockOff: Type.Optional(Type.Integer()),
      isClockOff: Type.Boolean(),
      /** Envelopes of the centre's that are not here though later ones are. */
      holes: Count,
    }),
    counts: Type.Array(
      Type.Object({
        kind: oneOf(questionKinds),
        state: oneOf(questionStates),
        count: Count,
        overdue: Count,
        oldestAt: Instant,
      }),
    ),
    waiting: Type.Array(QuestionShape),
    answered: Type.Array(QuestionShape),
    quarantined: Type.Array(QuarantinedShape),
    days: Type.Array(
      Type.Object({
        day: DayText,
        sent: Count,
        received: Count,
        answeredAt: Type.Optional(Instant),
        missing: Type.Optional(Count),
        differing: Type.Optional(Count),
        notReceived: Type.Optional(Count),
      }),
    ),
  }),
})

export const exchangeCounts = endpoint({
  method: 'GET',
  path: '/exchange/counts',
  summary: 'How many messages lie in quarantine, and how many questions the national centre is late to answer',
  right: 'exchange.read',
  purpose: 'none',
  together: 'quick',
  reply: Type.Object({ quarantined: Count, late: Count, lateSince: Type.Optional(DayText) }),
})

export const settleQuarantined = endpoint({
  method: 'POST',
  path: '/exchange/quarantined/:id/settle',
  summary: 'Try a message of the quarantine again, or set it aside with a reason',
  right: 'exchange.settle',
  needsFreshFactor: true,
  purpose: 'none',
  params: Type.Object({ id: IdShape<'quarantined-envelope'>() }),
  body: Type.Object({
    as: oneOf(['again', 'set-aside'] as const),
    reason: Type.Optional(Type.String({ maxLength: 1000 })),
  }),
  reply: Type.Object({}),
  problems: ['quarantined-unknown', 'quarantine-reason-needed'],
})

export const listLookUps = endpoint({
  method: 'GET',
  path: '/exchange/look-ups',
  summary: 'People of other provinces whom one’s units asked the national centre about, with what may be compared',
  right: 'exchange.look-up',
  purpose: 'exchange',
  query: Type.Object({}),
  reply: Type.Object({
    lookUps: Type.Array(
      Type.Object({
        id: IdShape<'centre-question'>(),
        state: oneOf(questionStates),
        askedAt: Instant,
        dueOn: DayText,
        purpose: oneOf(lookUpPurposes),
        basis: Type.String(),
        /** As the paper has them. */
        asked: Type.Object({ fullName: Type.String(), birthDate: Type.String(), lastDigits: Type.String() }),
        answer: Type.Optional(
          Type.Object({
            found: Type.Boolean(),
            fullName: Type.Optional(Type.String()),
            birthDate: Type.Optional(Type.String()),
            sex: Type.Optional(oneOf(['M', 'F'] as const)),
            ward: Type.Optional(Type.String()),
            lastDigits: Type.Optional(Type.String()),
          }),
        ),
        code: Type.Optional(Type.String()),
        note: Type.Optional(Type.String()),
      }),
    ),
  }),
})
