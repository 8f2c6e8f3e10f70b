import { type Static, Type } from 'typebox'
import { endpoint } from '../../platform/endpoint.ts'
import { IdShape } from '../../platform/shapes.ts'
import { AccountMoved, AccountParams, LevelShape, transitionProblems } from '../contract.ts'

/** Father, mother or guardian, who represents a child (NĐ69/2024 Art. 10). */

export const kinRelations = ['father', 'mother', 'guardian'] as const
export type RepresentativeRelation = (typeof kinRelations)[number]

/** Why a child's relative cannot act for the child. */
export const unfitReasons = ['not-in-register', 'not-living', 'under-age', 'no-account'] as const
export type UnfitReason = (typeof unfitReasons)[number]

/** The representative of a child: chosen from the register's kin, or by number. */
export const representativeFields = {
  representativeId: Type.Optional(IdShape<'person'>()),
  representativeNumber: Type.Optional(Type.String({ maxLength: 40 })),
}

/** Refusals that concern the representative of a child. */
export const representativeProblems = [
  'account-representative-needed',
  'account-representative-not-kin',
  'account-representative-not-living',
  'account-representative-under-age',
  'account-representative-no-account',
]

const RepresentativeShape = Type.Object({
  /** Absent if the register has a name without a person. */
  personId: Type.Optional(IdShape<'person'>()),
  relation: Type.Enum([...kinRelations]),
  name: Type.String(),
  unfit: Type.Optional(Type.Enum([...unfitReasons])),
})
export type RepresentativeReply = Static<typeof RepresentativeShape>

export const showRepresentatives = endpoint({
  method: 'GET',
  path: '/persons/:id/account-representatives',
  summary:
    'Whether a person’s account is asked for by a representative, and whom the register has as father, ' +
    'mother or guardian; who of them can act',
  right: 'accounts.request',
  purpose: 'account',
  params: Type.Object({ id: IdShape<'person'>() }),
  reply: Type.Object({
    /** Who acts for a level 2 account, else level 1, by the law of the day; `none` without an account. */
    acts: Type.Enum(['holder', 'representative', 'none']),
    /** The highest level that the law of the day gives at this age. */
    level: Type.Optional(LevelShape),
    representatives: Type.Array(RepresentativeShape),
  }),
  problems: ['person-unknown'],
})

export const changeRepresentative = endpoint({
  method: 'POST',
  path: '/accounts/:id/representative',
  summary: 'Another parent or guardian acts for a child, with an activated account of level 2 of their own',
  right: 'accounts.phone',
  purpose: 'account',
  params: AccountParams,
  body: Type.Object({ personId: IdShape<'person'>() }),
  reply: AccountMoved,
  problems: [...transitionProblems, 'account-held', ...representativeProblems],
})
