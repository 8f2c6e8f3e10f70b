import { Type } from 'typebox'
import { endpoint } from '../../platform/endpoint.ts'
import { IdShape, wholeNumberFrom } from '../../platform/shapes.ts'
import { homeDifferences } from './difference.ts'

export { type HomeDifference, homeDifferences } from './difference.ts'

/** Households over the wire: whose homes differ. Of kin beyond one's own units it is said that they do, and no more. */

const Whole = wholeNumberFrom(0)
const Difference = Type.Enum([...homeDifferences])

export const householdDifferences = endpoint({
  method: 'GET',
  path: '/households/differences',
  summary: 'Pupils whose registered home differs from the roll’s, or from that of parents, brothers and sisters',
  right: 'rolls.review',
  purpose: 'attendance',
  query: Type.Object({
    unit: Type.Optional(IdShape<'unit'>()),
    differs: Type.Optional(Difference),
    offset: Type.Optional(Whole),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
  }),
  reply: Type.Object({
    schoolYear: Type.String(),
    /** Pupils who live in the unit and are on a roll; of how many the home of a parent or sibling is known. */
    pupils: Whole,
    withKin: Whole,
    counts: Type.Object({ any: Whole, said: Whole, father: Whole, mother: Whole, sibling: Whole }),
    total: Whole,
    rows: Type.Array(
      Type.Object({
        person: IdShape<'person'>(),
        name: Type.String(),
        school: Type.String(),
        class: Type.String(),
        home: Type.String(),
        /** The commune that the roll tells, where it differs. */
        said: Type.Optional(Type.String()),
        differs: Type.Array(Difference),
        /** Homes of kin within one's own units; of others nothing is told. */
        kin: Type.Array(Type.String()),
        elsewhere: Type.Boolean(),
      }),
    ),
  }),
  problems: ['out-of-school-unit-needed', 'out-of-school-unit-outside', 'unit-unknown'],
})

export const followHouseholds = endpoint({
  method: 'POST',
  path: '/households/differences/follow-ups',
  summary: 'Make each difference a follow-up of the ward where the pupil lives, and close those that are gone',
  right: 'rolls.review',
  purpose: 'attendance',
  body: Type.Object({ unit: Type.Optional(IdShape<'unit'>()) }),
  reply: Type.Object({ opened: Whole, closed: Whole, open: Whole }),
  problems: ['out-of-school-unit-needed', 'out-of-school-unit-outside', 'unit-unknown'],
})
