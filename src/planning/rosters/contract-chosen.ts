import { Type } from 'typebox'
import { ChosenPeople } from '../../campaign/contract.ts'
import { endpoint } from '../../platform/endpoint.ts'
import { IdShape, oneOf, wholeNumberFrom } from '../../platform/shapes.ts'
import { sessionKinds } from '../session.ts'

const Uuid = Type.String({ format: 'uuid' })
const DayText = Type.String({ format: 'date' })
const Count = wholeNumberFrom(0)

/**
 * Why somebody who was chosen from a list is not put on a session: on it already, waits in another of its kind, away on
 * the day, lacks nothing that it gives, too young, no place left, not within the scope.
 */
export const notPlaced = ['already', 'elsewhere', 'away', 'no-need', 'too-young', 'no-place', 'unseen'] as const
export type NotPlaced = (typeof notPlaced)[number]

const Refused = Type.Array(Type.Object({ why: oneOf(notPlaced), people: Count }))

export const sessionOffers = endpoint({
  method: 'POST',
  path: '/sessions/offers',
  onlyReads: true,
  summary:
    'Sessions ahead for chosen people: the nearest, in time, with free places; and what would happen to how many',
  right: 'planning.manage',
  purpose: 'session',
  body: Type.Object({ people: ChosenPeople }),
  reply: Type.Object({
    offers: Type.Array(
      Type.Object({
        id: Uuid,
        code: Type.String(),
        kind: Type.Enum([...sessionKinds]),
        day: DayText,
        startsAt: Type.String(),
        endsAt: Type.String(),
        site: Type.String(),
        unit: Type.String(),
        /** Places that are free; absent where no machine or officer has been named yet, so that none are reckoned. */
        free: Type.Optional(Count),
        /** How many of them go to school there, or live in its unit. */
        near: Count,
        placed: Count,
        refused: Refused,
        /** The last day on which what it gives is asked for in time; absent without such a deadline. */
        lastSafeOn: Type.Optional(DayText),
      }),
    ),
  }),
})

export const placeChosen = endpoint({
  method: 'POST',
  path: '/sessions/:id/roster/chosen',
  summary: 'Put chosen people on a session, as many as fit; each gets an answer. The same again changes nothing',
  right: 'planning.manage',
  purpose: 'session',
  params: Type.Object({ id: Uuid }),
  body: Type.Object({ people: ChosenPeople }),
  reply: Type.Object({
    placed: Count,
    unseen: Count,
    /** Of those within the scope; the others are counted alone. */
    results: Type.Array(Type.Object({ person: IdShape<'person'>(), result: oneOf(['placed', ...notPlaced]) })),
  }),
  problems: ['session-gone', 'session-state-refused'],
})
