import { Type } from 'typebox'
import { endpoint, signedIn } from '../platform/endpoint.ts'
import { oneOf } from '../platform/shapes.ts'

const Uuid = Type.String({ format: 'uuid' })
const Instant = Type.String({ format: 'date-time' })
const Count = Type.Integer({ minimum: 0 })

/** Beside what a decision gives: by which press it may be undone, until when, and seconds left by the server. */
export const HeldShape = Type.Object({ id: Uuid, until: Instant, seconds: Count })

/** held until it takes effect; then carried out, undone, or not carried out because something stood against it. */
const heldStates = ['held', 'carried-out', 'undone', 'not-carried-out'] as const
export type HeldState = (typeof heldStates)[number]

/** What a decision may be about. */
const decidedSubjects = ['account', 'application', 'card', 'errand'] as const

const PressShape = Type.Object({
  id: Uuid,
  kind: Type.String(),
  subject: oneOf(decidedSubjects),
  /** The one that it is about; of several, the first. */
  subjectId: Uuid,
  count: Count,
  state: oneOf(heldStates),
  decidedAt: Instant,
  until: Instant,
  seconds: Count,
  /** Why it was not carried out, by the code of the refusal; and the same in words. */
  problem: Type.Optional(Type.String()),
  why: Type.Optional(Type.String()),
})

export const listHeldDecisions = endpoint({
  method: 'GET',
  path: '/decisions',
  summary: 'What the reader decided and may still undo, or what could not be carried out in the last hour',
  right: signedIn,
  purpose: 'none',
  reply: Type.Object({ presses: Type.Array(PressShape) }),
})

export const showDecisionOn = endpoint({
  method: 'GET',
  path: '/decisions/on/:id',
  summary: 'The decision on an account, application, card or follow-up: who decided, until when it may be undone',
  right: signedIn,
  purpose: 'none',
  params: Type.Object({ id: Uuid }),
  reply: Type.Object({
    decision: Type.Optional(
      Type.Object({
        id: Uuid,
        kind: Type.String(),
        state: oneOf(heldStates),
        by: Type.String(),
        decidedAt: Instant,
        until: Instant,
        seconds: Count,
        mine: Type.Boolean(),
        mayUndo: Type.Boolean(),
        /** Why it was not carried out, in words. */
        why: Type.Optional(Type.String()),
      }),
    ),
  }),
})

export const undoDecisions = endpoint({
  method: 'POST',
  path: '/decisions/:id/undo',
  summary: 'Undo what was decided with one press, before it takes effect',
  right: signedIn,
  purpose: 'none',
  params: Type.Object({ id: Uuid }),
  reply: Type.Object({ undone: Count }),
  problems: ['decision-unknown', 'decision-of-another', 'decision-over'],
})
