import { Type } from 'typebox'
import { endpoint } from '../../platform/endpoint.ts'
import { oneOf } from '../../platform/shapes.ts'
import { RollParams } from '../contract.ts'
import { pupilStatuses } from '../field.ts'

const PartialDayText = Type.String({ pattern: '^\\d{4}(-\\d{2}(-\\d{2})?)?$' })

export const listLeavers = endpoint({
  method: 'GET',
  path: '/rolls/:id/leavers',
  summary: 'Pupils who left the school by the words of a roll: they are no rows of it',
  right: 'rolls.read',
  purpose: 'roll',
  params: RollParams,
  reply: Type.Object({
    leavers: Type.Array(
      Type.Object({
        place: Type.Integer(),
        sheet: Type.String(),
        row: Type.Integer(),
        class: Type.Optional(Type.String()),
        name: Type.String(),
        birthDate: Type.Optional(PartialDayText),
        status: oneOf(pupilStatuses),
        /** When, as far as the roll says. */
        on: Type.Optional(PartialDayText),
        said: Type.String(),
      }),
    ),
  }),
  problems: ['roll-unknown'],
})
