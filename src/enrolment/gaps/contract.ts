import { Type } from 'typebox'
import { endpoint } from '../../platform/endpoint.ts'
import { wholeNumberFrom } from '../../platform/shapes.ts'
import { gapHands, gapKinds } from './gap.ts'

/** What is stuck, as officers see it. */

const Uuid = Type.String({ format: 'uuid' })
const DayText = Type.String({ format: 'date' })
const UnitShape = Type.Object({ id: Uuid, name: Type.String() })
const BilingualShape = Type.Object({ vi: Type.String(), en: Type.String() })
const optionalText = Type.Optional(Type.String())
const Count = wholeNumberFrom(0)

export const GapShape = Type.Object({
  kind: Type.Enum([...gapKinds]),
  subject: Type.String(),
  /** Where it is stuck, and what whoever must act does next. */
  what: BilingualShape,
  task: BilingualShape,
  /** The unit that must act, or the school. */
  unit: UnitShape,
  /** The person's name, if the reader may see it. */
  name: optionalText,
  personId: Type.Optional(Uuid),
  sinceOn: DayText,
  /** The last day on which the step still keeps every deadline behind it. */
  dueOn: DayText,
  overdue: Type.Boolean(),
  hand: Type.Enum([...gapHands]),
  facts: Type.Record(Type.String(), Type.Unknown()),
})

export const listGaps = endpoint({
  method: 'GET',
  path: '/gaps',
  summary:
    'What is stuck between two hands, with who must act, the next step and the last safe day; found anew each time',
  right: 'enrolment.read',
  purpose: 'application',
  query: Type.Object({
    kind: Type.Optional(Type.Enum([...gapKinds])),
    from: Type.Optional(wholeNumberFrom(0)),
  }),
  reply: Type.Object({
    counts: Type.Object(
      Object.fromEntries(gapKinds.map(kind => [kind, Count])) as Record<(typeof gapKinds)[number], typeof Count>,
    ),
    overdue: Count,
    gaps: Type.Array(GapShape),
    more: Type.Boolean(),
  }),
})

export const countGaps = endpoint({
  method: 'GET',
  path: '/gaps/counts',
  summary: 'How much is stuck of each kind, how much of it is overdue, and the soonest last day',
  right: 'enrolment.read',
  purpose: 'none',
  together: 'quick',
  reply: Type.Object({
    kinds: Type.Array(Type.Object({ kind: Type.Enum([...gapKinds]), count: Count, overdue: Count, nextOn: DayText })),
  }),
})
