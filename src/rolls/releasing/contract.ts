import { Type } from 'typebox'
import { endpoint } from '../../platform/endpoint.ts'
import { oneOf, wholeNumberFrom } from '../../platform/shapes.ts'
import { RollParams } from '../contract.ts'
import { mostReleased } from '../law.ts'
import type { RollDefect } from '../roll.ts'
import { releaseReasons } from './release-reason.ts'

/** Numbers for a school, row by row. */

export { type ReleaseReason, releaseReasons } from './release-reason.ts'

/** Defects of a row for which its school needs the number. */
export const numberDefects: readonly RollDefect[] = [
  'number-missing',
  'number-malformed',
  'number-cut',
  'number-lost-zero',
  'number-differs',
  'number-of-another-person',
  'number-cancelled',
]

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
    why: oneOf(releaseReasons),
    /** In words, beside the reason of the list; needed for `other`. The person's history has both. */
    reason: Type.Optional(Type.String({ maxLength: 1000 })),
  }),
  reply: Type.Object({ released: Type.Integer() }),
  problems: ['roll-unknown', 'roll-not-reconciled', 'number-not-released', 'release-reason-needed'],
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
        class: Type.Optional(Type.String()),
        number: Type.String(),
        releasedOn: Type.String({ format: 'date' }),
      }),
    ),
  }),
  problems: ['roll-unknown', 'roll-not-reconciled'],
})
