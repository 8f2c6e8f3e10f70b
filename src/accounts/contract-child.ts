import { type Static, Type } from 'typebox'
import { endpoint } from '../platform/endpoint.ts'
import { accountStates } from './account.ts'
import { Uuid } from './contract.ts'

/** Opening an account at the desk, for a child too, whom father, mother or guardian represents (NĐ69/2024 Art. 10). */

export const relations = ['father', 'mother', 'guardian'] as const
export type Relation = (typeof relations)[number]

/** Why somebody of the child's kin cannot act for them. */
export const unfits = ['not-in-register', 'not-living', 'under-age', 'no-account'] as const
export type Unfit = (typeof unfits)[number]

const Level = Type.Union([Type.Literal(1), Type.Literal(2)])

/** Who represents a child: chosen from the register's kin, or by number. */
export const representativeNamed = {
  representativeId: Type.Optional(Uuid),
  representativeNumber: Type.Optional(Type.String({ maxLength: 40 })),
}

/** What a request may be refused for that has to do with who represents a child. */
export const representativeProblems = [
  'account-representative-needed',
  'account-representative-not-kin',
  'account-representative-not-living',
  'account-representative-under-age',
  'account-representative-no-account',
]

const RepresentativeShape = Type.Object({
  /** Absent where the register has a name and no person. */
  personId: Type.Optional(Uuid),
  relation: Type.Enum([...relations]),
  name: Type.String(),
  unfit: Type.Optional(Type.Enum([...unfits])),
})
export type RepresentativeOf = Static<typeof RepresentativeShape>

export const showRepresentatives = endpoint({
  method: 'GET',
  path: '/persons/:id/account-representatives',
  summary:
    'Whether a person’s account is asked for by a representative, and whom the register has as father, mother or guardian; who of them can act',
  right: 'accounts.request',
  purpose: 'account',
  params: Type.Object({ id: Uuid }),
  reply: Type.Object({
    /** Who acts for an account of level 2, else of 1, by the law of the day; `none` where it gives no account. */
    acts: Type.Enum(['holder', 'representative', 'none']),
    /** The highest level that the law of the day gives at this age. */
    level: Type.Optional(Level),
    representatives: Type.Array(RepresentativeShape),
  }),
  problems: ['person-unknown'],
})

export const requestAccount = endpoint({
  method: 'POST',
  path: '/accounts',
  summary: 'Enter the request of whoever stands at the desk; a child’s by father, mother or guardian, on whose phone it is',
  right: 'accounts.request',
  purpose: 'account',
  body: Type.Object({
    personId: Uuid,
    level: Level,
    /** The holder’s own; a child’s account has the representative’s. */
    phone: Type.Optional(Type.String({ maxLength: 30 })),
    ...representativeNamed,
  }),
  reply: Type.Object({ id: Uuid, state: Type.Enum([...accountStates]) }),
  problems: [
    'person-unknown',
    'account-holder-dead',
    'account-too-young',
    'account-exists',
    'account-card-needed',
    'account-phone-malformed',
    'account-phone-taken',
    'number-not-twelve-digits',
    ...representativeProblems,
  ],
})
