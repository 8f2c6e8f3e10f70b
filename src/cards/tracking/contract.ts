import { Type } from 'typebox'
import { endpoint } from '../../platform/endpoint.ts'
import { IdShape } from '../../platform/shapes.ts'
import { cardStates } from '../card.ts'
import { CardPageQuery, Count, DayText, Uuid } from '../contract-parts.ts'
import { makers } from '../production/batch.ts'
import { cardStages, stagesAndGroups } from './stage.ts'

export const cardPipeline = endpoint({
  method: 'GET',
  path: '/cards/pipeline',
  summary:
    'How many cards are where on their way, what is overdue and by whom, and what waits for one’s own unit; ' +
    'every number is the length of a list',
  right: 'cards.read',
  purpose: 'none',
  reply: Type.Object({
    stages: Type.Array(Type.Object({ stage: Type.Enum([...cardStages]), cards: Count, late: Count })),
    /**
     * Cards that should be at their unit and are not: who has them, and since when they are due. `unitId`: the unit
     * that has them, or that ordered them before any unit has.
     */
    late: Type.Array(
      Type.Object({
        stage: Type.Enum([...cardStages]),
        unitId: Type.Optional(IdShape<'unit'>()),
        maker: Type.Optional(Type.Enum([...makers])),
        cards: Count,
        dueOn: DayText,
      }),
    ),
    uncollected: Type.Object({ cards: Count, days: Count }),
    boxes: Type.Object({ toReceive: Count, toCount: Count, withMissing: Count, withUnexpected: Count }),
    batches: Type.Object({ late: Count, toCheck: Count }),
  }),
})

export const cardsToMake = endpoint({
  method: 'GET',
  path: '/cards/counts/to-make',
  summary: 'Cards that wait to be planned or put into boxes; batches that are late, or wait to be looked at',
  right: 'cards.read',
  purpose: 'none',
  together: 'quick',
  reply: Type.Object({
    toPlan: Type.Object({ cards: Count, late: Count }),
    made: Type.Object({ cards: Count, late: Count }),
    batches: Type.Object({ late: Count, toCheck: Count }),
  }),
})

export const cardsToHandOver = endpoint({
  method: 'GET',
  path: '/cards/counts/to-hand-over',
  summary: 'Cards that nobody has fetched for long, and boxes that wait for one’s own unit or do not add up',
  right: 'cards.read',
  purpose: 'none',
  together: 'quick',
  reply: Type.Object({
    uncollected: Type.Object({ cards: Count, days: Count }),
    boxes: Type.Object({ toReceive: Count, toCount: Count, withMissing: Count, withUnexpected: Count }),
  }),
})

export const listCards = endpoint({
  method: 'GET',
  path: '/cards',
  summary:
    'Cards of one stage, the most urgent first: by deadline on the way, by the day since which they wait, ' +
    'the last handed over first; a page at a time',
  right: 'cards.read',
  purpose: 'card',
  query: Type.Object({
    ...CardPageQuery.properties,
    stage: Type.Enum([...stagesAndGroups]),
    late: Type.Optional(Type.Boolean()),
    /** The unit or school that has them, or the unit that waits for them. */
    place: Type.Optional(Uuid),
    olderThanDays: Type.Optional(Type.Integer({ minimum: 0, maximum: 3650 })),
  }),
  reply: Type.Object({
    rows: Type.Array(
      Type.Object({
        cardId: IdShape<'card'>(),
        personId: IdShape<'person'>(),
        name: Type.Optional(Type.String()),
        serial: Type.Optional(Type.String()),
        state: Type.Enum([...cardStates]),
        stage: Type.Enum([...cardStages]),
        since: DayText,
        dueOn: Type.Optional(DayText),
        placeId: Type.Optional(Uuid),
        schoolId: Type.Optional(IdShape<'school'>()),
        batch: Type.Optional(Type.Object({ id: Uuid, code: Type.String() })),
        box: Type.Optional(Type.Object({ id: Uuid, code: Type.String() })),
      }),
    ),
    next: Type.Optional(Type.String()),
  }),
  problems: ['card-page-malformed'],
})
