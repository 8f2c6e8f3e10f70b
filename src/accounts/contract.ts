import { type Static, Type } from 'typebox'
import { endpoint } from '../platform/endpoint.ts'
import { IdShape, LawReferenceShape, wholeNumberFrom } from '../platform/shapes.ts'
import { accountStates, requestChannels } from './account.ts'
import { lockReasons } from './lock.ts'
import { supplementItems } from './refusal-code.ts'
import { ownFactors } from './slip-reset.ts'

/**
 * Accounts over the wire for officers: the queues, one whole account and the funnel. The contracts of the rooms have
 * what officers do.
 */

/** The queues in the order in which officers work through them. */
export const accountQueues = [
  'to-approve',
  'supplement',
  'at-centre',
  'needs-slip',
  'lapsed',
  'waiting',
  'slips',
  'demands',
  'locked',
  'in-use',
] as const
export type AccountQueue = (typeof accountQueues)[number]

export const Uuid = Type.String({ format: 'uuid' })
export const Instant = Type.String({ format: 'date-time' })
export const DayText = Type.String({ format: 'date' })
export const AccountParams = Type.Object({ id: IdShape<'account'>() })
const Count = wholeNumberFrom(0)
export const LevelShape = Type.Union([Type.Literal(1), Type.Literal(2)])
const AccountStateShape = Type.Enum([...accountStates])
/** What every deed of officers at an account takes, answers and may be refused for. */
export const Note = Type.String({ maxLength: 500 })
export const Phone = Type.String({ maxLength: 30 })
export const AccountMoved = Type.Object({ id: Uuid, state: Type.Enum([...accountStates]) })
export const transitionProblems = ['account-unknown', 'account-move-refused']

const maybe = Type.Optional(Type.String())
const UnitShape = Type.Object({ id: IdShape<'unit'>(), name: Type.String() })

export const AccountRowShape = Type.Object({
  id: Uuid,
  personId: IdShape<'person'>(),
  /** Empty if the person may no longer be seen. */
  name: Type.String(),
  born: Type.String(),
  level: LevelShape,
  state: AccountStateShape,
  /** The level requested, if that is to be decided. */
  asks: Type.Optional(LevelShape),
  via: Type.Optional(Type.Enum([...requestChannels])),
  unit: Type.Optional(UnitShape),
  /** The day of its queue: to decide, to activate or to forward. */
  dueOn: Type.Optional(DayText),
  due: Type.Enum(['overdue', 'today', 'later', 'none']),
  hasPhone: Type.Boolean(),
  lockedFor: Type.Optional(Type.Enum([...lockReasons])),
  demand: Type.Optional(
    Type.Object({ id: Uuid, kind: Type.Enum(['lock', 'unlock']), step: Type.Enum(['forward', 'decide']) }),
  ),
  /** Why the national centre gave the request back, by its code. */
  returned: Type.Optional(Type.String()),
  /** What was missing was supplied, as the reader or another officer had asked. */
  supplied: Type.Optional(Type.Enum(['for-me', 'for-another'])),
  /** The reader took the request and may not decide it. */
  mine: Type.Boolean(),
})
export type AccountRowReply = Static<typeof AccountRowShape>

const listQueryShape = {
  unit: Type.Optional(IdShape<'unit'>()),
  via: Type.Optional(Type.Enum([...requestChannels])),
  level: Type.Optional(Type.Integer({ minimum: 1, maximum: 2, description: 'that which it has, or asks for' })),
}

export const listAccounts = endpoint({
  method: 'GET',
  path: '/accounts',
  summary: 'Accounts of one’s units in a queue of the desk, the most urgent first',
  right: 'accounts.read',
  purpose: 'account',
  query: Type.Object({
    queue: Type.Enum([...accountQueues]),
    ...listQueryShape,
    after: Type.Optional(Type.String({ maxLength: 60 })),
  }),
  reply: Type.Object({
    accounts: Type.Array(AccountRowShape),
    next: maybe,
    counts: Type.Object(
      Object.fromEntries(accountQueues.map(queue => [queue, Count])) as Record<
        (typeof accountQueues)[number],
        typeof Count
      >,
    ),
    /** How many requests and demands are past their day. */
    overdue: Type.Object({ 'to-approve': Count, demands: Count }),
  }),
})

/** How a queue stands: how many wait, how many are past their day, and the soonest day. */
const QueueCount = Type.Object({ count: Count, overdue: Count, nextOn: Type.Optional(DayText) })

export const countAccounts = endpoint({
  method: 'GET',
  path: '/accounts/counts',
  summary: 'How many accounts wait in each queue of one’s units, how many are overdue, and the soonest last day',
  right: 'accounts.read',
  purpose: 'none',
  together: 'quick',
  reply: Type.Object({
    queues: Type.Object(
      Object.fromEntries(accountQueues.map(queue => [queue, QueueCount])) as Record<
        (typeof accountQueues)[number],
        typeof QueueCount
      >,
    ),
  }),
})

export const accountFunnel = endpoint({
  method: 'GET',
  path: '/accounts/funnel',
  summary: 'How many accounts came how far, and where the others stopped',
  right: 'accounts.read',
  purpose: 'none',
  query: Type.Object(listQueryShape),
  reply: Type.Object({
    steps: Type.Array(Type.Object({ step: Type.String(), count: Count })),
    /** How many stopped between two steps, before `step`, and why. */
    stops: Type.Array(Type.Object({ step: Type.String(), why: Type.String(), count: Count })),
    /**
     * How far the people came who began to activate on the web; and the last obstacle of all who were notified and may
     * still activate.
     */
    web: Type.Object({
      steps: Type.Array(Type.Object({ step: Type.String(), count: Count })),
      stops: Type.Array(Type.Object({ why: Type.String(), count: Count })),
    }),
  }),
})

/** What an officer asked for before a request is decided. */
const SupplementShape = Type.Object({
  /** Awaited; past its last day; or supplied, and to be decided. */
  state: Type.Enum(['awaited', 'over', 'supplied']),
  items: Type.Array(Type.Enum([...supplementItems])),
  note: maybe,
  askedAt: Type.Optional(Instant),
  askedBy: maybe,
  by: DayText,
  suppliedAt: Type.Optional(Instant),
  suppliedBy: maybe,
})

export const LockShape = Type.Object({
  reason: Type.Enum([...lockReasons]),
  note: maybe,
  onDay: DayText,
  at: Instant,
  by: Type.String(),
  endedAt: Type.Optional(Instant),
  endedBy: maybe,
  endedFor: maybe,
})

export const DemandShape = Type.Object({
  id: Uuid,
  kind: Type.Enum(['lock', 'unlock']),
  askedBy: Type.Enum(['holder', 'agency', 'service']),
  agency: maybe,
  document: maybe,
  reason: Type.String(),
  unit: UnitShape,
  receivedOn: DayText,
  receivedBy: Type.String(),
  mine: Type.Boolean(),
  forwardBy: Type.Optional(DayText),
  forwardedAt: Type.Optional(Instant),
  decideBy: DayText,
  decidedOn: Type.Optional(DayText),
  decidedBy: maybe,
  outcome: Type.Optional(Type.Enum(['granted', 'refused'])),
  answer: maybe,
})

/** A slip for an account that was opened before. */
export const SlipResetShape = Type.Object({
  id: Uuid,
  printedAt: Instant,
  printedBy: Type.String(),
  lastOn: DayText,
  /** The reader printed it, and leaves it to another officer. */
  mine: Type.Boolean(),
  /** Whether another officer may decide on it now. */
  toDecide: Type.Boolean(),
  decidedBy: maybe,
  outcome: Type.Optional(Type.Enum(['approved', 'refused'])),
  usedAt: Type.Optional(Instant),
  ownFactor: Type.Optional(Type.Enum([...ownFactors])),
  /** Until when the account waits after it; absent where it does not. */
  heldUntil: Type.Optional(Instant),
  liftedBy: maybe,
  stoppedAt: Type.Optional(Instant),
})

const AccountShape = Type.Object({
  id: Uuid,
  personId: IdShape<'person'>(),
  name: Type.String(),
  born: Type.String(),
  level: LevelShape,
  state: AccountStateShape,
  asks: Type.Optional(LevelShape),
  via: Type.Optional(Type.Enum([...requestChannels])),
  imported: Type.Boolean(),
  unit: Type.Optional(UnitShape),
  /** The last three digits. */
  phone: maybe,
  representative: Type.Optional(Type.Object({ id: Uuid, name: Type.String() })),
  requestedAt: Type.Optional(Instant),
  requestedBy: maybe,
  dueOn: Type.Optional(DayText),
  /** The rule that gave the last day. */
  dueLaw: Type.Optional(LawReferenceShape),
  /** What the level 2 request is based on. */
  proof: Type.Optional(Type.Enum(['card', 'application'])),
  /** Since when the national centre has the request to decide, and who handed it up. */
  handedUpAt: Type.Optional(Instant),
  handedUpBy: maybe,
  /** Why the centre gave it back. */
  returned: Type.Optional(Type.Object({ on: DayText, code: Type.String(), note: Type.String() })),
  /** What was asked for of the request that waits. */
  supplement: Type.Optional(SupplementShape),
  approvedAt: Type.Optional(Instant),
  approvedBy: maybe,
  notifiedAt: Type.Optional(Instant),
  activateBy: Type.Optional(DayText),
  needsHotline: Type.Boolean(),
  activatedAt: Type.Optional(Instant),
  card: Type.Optional(Type.Object({ id: Uuid, state: Type.String(), inForce: Type.Boolean() })),
  portrait: Type.Optional(
    Type.Object({
      width: Count,
      height: Count,
      sentAt: Instant,
      /** How its face compares with that of the card, once it was compared: scores from 0 to 100. */
      face: Type.Optional(
        Type.Object({
          verdict: Type.Enum(['same', 'unsure', 'different', 'not-done']),
          score: Type.Optional(Type.Number()),
          threshold: Type.Optional(Type.Number()),
          why: Type.Optional(Type.String()),
        }),
      ),
    }),
  ),
  /** Whether the card that was made here has a portrait to compare with. */
  cardPortrait: Type.Boolean(),
  locks: Type.Array(LockShape),
  demands: Type.Array(DemandShape),
  /** Whether it was activated once: a slip for it waits for another officer. */
  opened: Type.Boolean(),
  slips: Type.Array(SlipResetShape),
  transitions: Type.Array(Type.Object({ state: AccountStateShape, level: LevelShape, onDay: DayText, at: Instant })),
  /** The latest first. */
  deeds: Type.Array(Type.Object({ deed: Type.String(), at: Instant, by: Type.String() })),
  notices: Type.Array(
    Type.Object({
      id: Uuid,
      template: Type.String(),
      queuedAt: Instant,
      /** The house's day on which it was tried last, or queued. */
      onDay: DayText,
      state: Type.String(),
      endedAt: Type.Optional(Instant),
    }),
  ),
  mine: Type.Boolean(),
})
export type AccountReply = Static<typeof AccountShape>

export const showAccount = endpoint({
  method: 'GET',
  path: '/accounts/:id',
  summary: 'An account whole: where it stands, its clocks, what was decided, what its holder was told',
  right: 'accounts.read',
  purpose: 'account',
  params: AccountParams,
  reply: AccountShape,
  problems: ['account-unknown'],
})

export const findAccount = endpoint({
  method: 'POST',
  path: '/accounts/find',
  onlyReads: true,
  summary: 'The account of whoever has a number: who calls, or stands at the counter, says it',
  right: 'accounts.read',
  purpose: 'account',
  body: Type.Object({ number: Type.String({ minLength: 1, maxLength: 40 }) }),
  reply: Type.Object({ id: Uuid }),
  problems: ['account-unknown', 'number-not-twelve-digits'],
})

export const showPortrait = endpoint({
  method: 'GET',
  path: '/accounts/:id/portraits/:which',
  summary: 'The portrait that came with the request, or that of the card; opened for this look alone',
  right: 'accounts.approve',
  purpose: 'account',
  params: Type.Object({ id: IdShape<'account'>(), which: Type.Enum(['sent', 'card']) }),
  problems: ['account-unknown', 'account-portrait-unknown'],
})
