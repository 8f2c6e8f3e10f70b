import { Type } from 'typebox'
import { endpoint } from '../../platform/endpoint.ts'
import { wholeNumberFrom } from '../../platform/shapes.ts'
import { RollParams } from '../contract.ts'
import { mostReleased } from '../law.ts'

/** Numbers for a school, row by row. */

export const releaseNumbers = endpoint({
  method: 'POST',
  path: '/rolls/:id/releases',
  summary: 'Give the school the numbers of named rows; each stands in the person’s history',
  right: 'rolls.review',
  needsFreshFactor: true,
  purpose: 'roll',
  params: RollParams,
  body: Type.Object({
    places: Type.Array(wholeNumberFrom(1), { minItems: 1, maxItems: mostReleased, uniqueItems: true }),
    reason: Type.String({ minLength: 1, maxLength: 1000 }),
  }),
  reply: Type.Object({ released: Type.Integer() }),
  problems: ['roll-unknown', 'roll-not-reconciled', 'number-not-released'],
})

export const listReleasedNumbers = endpoint({
  method: 'GET',
  path: '/rolls/:id/releases',
  summary: 'The numbers that the police gave for rows of the roll',
  right: 'rolls.read',
  purpose: 'roll',
  params: RollParams,
  reply: Type.Object({
    numbers: Type.Array(
      Type.Object({
        place: Type.Integer(),
        name: Type.String(),
        number: Type.String(),
        releasedOn: Type.String({ format: 'date' }),
      }),
    ),
  }),
  problems: ['roll-unknown', 'roll-not-reconciled'],
})
