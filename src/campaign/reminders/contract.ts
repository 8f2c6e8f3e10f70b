import { Type } from 'typebox'
import { endpoint } from '../../platform/endpoint.ts'
import { IdShape, oneOf } from '../../platform/shapes.ts'
import { mostReminded } from '../law.ts'

/**
 * Why somebody is not reminded: no phone on record, reminded lately, nothing to ask for, asked not to be, not
 * within the
 * scope.
 */
export const notReminded = ['no-phone', 'told-lately', 'nothing-to-ask', 'declined', 'unseen'] as const
export type NotReminded = (typeof notReminded)[number]

const Instant = Type.String({ format: 'date-time' })
const body = Type.Object({ people: Type.Array(IdShape<'person'>(), { minItems: 1, maxItems: mostReminded }) })

export const reminderPreview = endpoint({
  method: 'POST',
  path: '/needs/reminders/preview',
  onlyReads: true,
  summary: 'How many of chosen people a reminder reaches and why the others not, and what it says',
  right: 'campaign.lists',
  purpose: 'campaign',
  body,
  reply: Type.Object({
    reached: Type.Integer(),
    refused: Type.Array(Type.Object({ why: oneOf(notReminded), people: Type.Integer() })),
    texts: Type.Array(Type.Object({ text: Type.String(), people: Type.Integer() })),
    /** When they go out; absent = at once. */
    sendsAt: Type.Optional(Instant),
  }),
})

export const reminderSend = endpoint({
  method: 'POST',
  path: '/needs/reminders',
  summary: 'Remind chosen people of what they lack, by phone; nobody twice within the pause',
  right: 'campaign.lists',
  purpose: 'campaign',
  body,
  reply: Type.Object({
    /** Of those within the scope; the others are counted alone. */
    results: Type.Array(Type.Object({ person: IdShape<'person'>(), result: oneOf(['queued', ...notReminded]) })),
    unseen: Type.Integer(),
    sendsAt: Type.Optional(Instant),
  }),
})
