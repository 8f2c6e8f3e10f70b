import { Type } from 'typebox'
import { endpoint } from '../../platform/endpoint.ts'
import { IdShape, oneOf } from '../../platform/shapes.ts'
import { childCardStatuses, childRepresentatives, DeliveryShape } from './child-card.ts'

/** The card of a child of whom nothing is captured, asked for at a counter. */

const Params = Type.Object({ id: IdShape<'person'>() })
const Text = (maxLength: number) => Type.String({ minLength: 1, maxLength })

export const showChildCard = endpoint({
  method: 'GET',
  path: '/persons/:id/child-card',
  summary: 'Whether a card can be asked for of a child without a capture',
  right: 'enrolment.capture',
  purpose: 'application',
  params: Params,
  reply: Type.Object({ status: oneOf(childCardStatuses) }),
  problems: ['person-unknown'],
})

export const takeChildCard = endpoint({
  method: 'POST',
  path: '/persons/:id/child-card',
  summary: 'Father, mother or guardian asks at the counter for the card of a child of whom nothing is captured',
  right: 'enrolment.capture',
  purpose: 'application',
  params: Params,
  body: Type.Object({
    representative: Type.Object({
      name: Text(120),
      relation: oneOf(childRepresentatives),
      number: Type.Optional(Text(40)),
      evidence: Type.Optional(Text(300)),
    }),
    delivery: DeliveryShape,
    address: Type.Optional(Text(300)),
  }),
  reply: Type.Object({ id: Type.String({ format: 'uuid' }), dueOn: Type.Optional(Type.String({ format: 'date' })) }),
  problems: [
    'person-unknown',
    'child-card-papers-needed',
    'child-card-no-law',
    'child-card-needs-capture',
    'child-card-number-needed',
    'child-card-not-needed',
    'child-card-address-needed',
    'child-card-home-unknown',
    'card-holder-dead',
    'card-too-young',
    'card-not-needed',
  ],
})
