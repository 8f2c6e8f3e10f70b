import { type Static, Type } from 'typebox'
import { endpoint } from '../../platform/endpoint.ts'
import { LawReferenceShape, oneOf } from '../../platform/shapes.ts'
import { accountStates } from '../account.ts'
import { AccountParams, LevelShape } from '../contract.ts'

const DayText = Type.String({ format: 'date' })
const Instant = Type.String({ format: 'date-time' })
const Count = Type.Integer({ minimum: 0 })

/** What both sides say; absent where it is not known here. */
const ComparedShape = Type.Object({
  field: oneOf(['fullName', 'birthDate', 'sex', 'number', 'residence']),
  register: Type.Optional(Type.String()),
  card: Type.Optional(Type.String()),
})
export type ComparedFieldReply = Static<typeof ComparedShape>

export const showEvidence = endpoint({
  method: 'GET',
  path: '/accounts/:id/evidence',
  summary: 'What an officer needs to decide a request: number, what register and card say, who decides, who looked',
  right: 'accounts.approve',
  purpose: 'account',
  params: AccountParams,
  reply: Type.Object({
    number: Type.Optional(Type.String()),
    sex: oneOf(['M', 'F']),
    compared: Type.Array(ComparedShape),
    /** The card that was made here, whose content is compared: the chip itself was not read. */
    printed: Type.Optional(Type.Object({ issuedOn: Type.Optional(DayText), inForce: Type.Boolean() })),
    cardExpiresOn: Type.Optional(DayText),
    /** The chip was read when level 2 was asked for at the counter: when, by whom, how it proved its key. */
    chipRead: Type.Optional(Type.Object({ at: Instant, by: Type.String(), provedBy: Type.String() })),
    /** Who decides: here by delegation, here because no centre is joined, or the national centre. */
    decides: oneOf(['delegated', 'here', 'centre']),
    decidesLaw: LawReferenceShape,
    waiting: Count,
    overdue: Count,
    approvedToday: Count,
    /** Accounts of this person before this one, by their states. */
    former: Type.Array(Type.Object({ level: LevelShape, state: oneOf(accountStates), onDay: DayText, at: Instant })),
    /** Who opened this account, the latest first; of several looks a day the last. */
    looks: Type.Array(Type.Object({ at: Instant, by: Type.String() })),
  }),
  problems: ['account-unknown'],
})
