import { Type } from 'typebox'
import { endpoint } from '../../platform/endpoint.ts'
import { IdShape, oneOf } from '../../platform/shapes.ts'
import { ActorShape, DayText, IdParams, textUpTo, UnitNameShape } from '../contract-parts.ts'
import { caseKinds } from '../law.ts'

/** Who asks to see a record whole, who accepts it, and which cases ended and nothing was decided. */

const OpeningShape = Type.Object({
  id: IdShape<'opening'>(),
  personId: IdShape<'person'>(),
  name: Type.Optional(Type.String()),
  unit: UnitNameShape,
  askedBy: ActorShape,
  /** The last day on which it holds. */
  until: DayText,
  reason: Type.String(),
  /** Whether somebody accepted it: the record is open. */
  accepted: Type.Boolean(),
  /** The person lives in the reader's units. */
  owned: Type.Boolean(),
})

export const askOpening = endpoint({
  method: 'POST',
  path: '/register/persons/:id/openings',
  summary: 'Ask to see whole a person whom a case opens to be compared',
  right: 'register.propose',
  purpose: 'register',
  params: IdParams,
  body: Type.Object({ reason: textUpTo(1000) }),
  reply: Type.Object({ id: IdShape<'opening'>() }),
  problems: ['person-unknown', 'opening-needless', 'unit-needed', 'reason-needed'],
})

export const listOpenings = endpoint({
  method: 'GET',
  path: '/register/openings',
  summary: 'Requests to see a record whole: of one’s unit, and for people of it',
  right: 'register.propose',
  purpose: 'register',
  reply: Type.Object({ openings: Type.Array(OpeningShape) }),
})

export const acceptOpening = endpoint({
  method: 'POST',
  path: '/register/openings/:id/accept',
  summary: 'Let the unit see the record whole, as the unit of residence or a second officer',
  right: 'register.propose',
  needsFreshFactor: true,
  purpose: 'register',
  params: IdParams,
  reply: Type.Object({}),
  problems: ['opening-unknown', 'opening-needless', 'second-officer-needed'],
})

export const withdrawOpening = endpoint({
  method: 'POST',
  path: '/register/openings/:id/withdraw',
  summary: 'Take back what one asked for',
  right: 'register.propose',
  purpose: 'register',
  params: IdParams,
  reply: Type.Object({}),
  problems: ['opening-unknown', 'not-the-proposer'],
})

/** By officer, kind of case and day; it names no person. */
export const listEndedCases = endpoint({
  method: 'GET',
  path: '/register/ended-cases',
  summary: 'For superiors: cases that opened people of elsewhere, and ended undecided',
  right: 'staff.read',
  purpose: 'none',
  reply: Type.Object({
    ended: Type.Array(
      Type.Object({
        kind: oneOf(caseKinds),
        unit: UnitNameShape,
        openedBy: ActorShape,
        openedOn: DayText,
        endedOn: DayText,
        how: oneOf(['withdrawn', 'expired'] as const),
        people: Type.Integer(),
        /** How many of them the officer read. */
        read: Type.Integer(),
      }),
    ),
  }),
})
