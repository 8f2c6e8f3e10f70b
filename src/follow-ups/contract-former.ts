import { Type } from 'typebox'
import { endpoint } from '../platform/endpoint.ts'
import { oneOf, wholeNumberFrom } from '../platform/shapes.ts'
import { followUpOwners } from './follow-up.ts'

/**
 * The list of follow-ups as the release before answered it: of rolls alone, under the names of that time. Both answer
 * for one release, with the headers of a former path.
 */

const Uuid = Type.String({ format: 'uuid' })
const owner = oneOf(followUpOwners)
const FormerFilter = {
  owner: Type.Optional(owner),
  schoolId: Type.Optional(Uuid),
  rollId: Type.Optional(Uuid),
  class: Type.Optional(Type.String({ maxLength: 40 })),
}

export const formerListErrands = endpoint({
  method: 'GET',
  path: '/rolls/errands',
  summary: 'Deprecated: GET /follow-ups with kind=roll-defect',
  right: 'rolls.read',
  purpose: 'roll',
  query: Type.Object({
    ...FormerFilter,
    dueBy: Type.Optional(Type.String({ format: 'date' })),
    offset: Type.Optional(wholeNumberFrom(0)),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
  }),
  reply: Type.Object({ errands: Type.Array(Type.Record(Type.String(), Type.Unknown())), total: Type.Integer() }),
})

export const formerCountErrands = endpoint({
  method: 'GET',
  path: '/rolls/errands/counts',
  summary: 'Deprecated: GET /follow-ups/counts with kind=roll-defect',
  right: 'rolls.read',
  purpose: 'none',
  query: Type.Object(FormerFilter),
  reply: Type.Object({
    counts: Type.Array(
      Type.Object({
        owner,
        overdue: Type.Integer(),
        today: Type.Integer(),
        later: Type.Integer(),
        nextOn: Type.String({ format: 'date' }),
      }),
    ),
  }),
})
