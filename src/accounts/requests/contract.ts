import { Type } from 'typebox'
import { chipReadingProblems } from '../../cards/contract.ts'
import { HeldShape } from '../../decisions/contract.ts'
import { endpoint } from '../../platform/endpoint.ts'
import { IdShape } from '../../platform/shapes.ts'
import { accountStates } from '../account.ts'
import { AccountMoved, AccountParams, LevelShape, Note, Phone, transitionProblems, Uuid } from '../contract.ts'
import { refusalCodes, supplementItems } from '../refusal-code.ts'
import { representativeFields, representativeProblems } from '../representatives/contract.ts'

export { refusalCodes, supplementItems } from '../refusal-code.ts'

/** While a decision may be undone, the account is what it was. */
const AccountDecided = Type.Object({ ...AccountMoved.properties, held: Type.Optional(HeldShape) })

/** What officers do with requests, also for a child and at a counter. Phones come in bodies only. */

export const requestAccount = endpoint({
  method: 'POST',
  path: '/accounts',
  summary:
    'Enter the request of whoever stands at the desk; a child’s by father, mother or guardian, on whose phone it is',
  right: 'accounts.request',
  purpose: 'account',
  body: Type.Object({
    personId: IdShape<'person'>(),
    level: LevelShape,
    /** The holder’s own; a child’s account has the representative’s. */
    phone: Type.Optional(Type.String({ maxLength: 30 })),
    ...representativeFields,
  }),
  reply: Type.Object({ id: Uuid, state: Type.Enum([...accountStates]) }),
  problems: [
    'person-unknown',
    'account-holder-dead',
    'account-too-young',
    'account-exists',
    'account-card-needed',
    'account-child-card-needed',
    'account-phone-malformed',
    'account-phone-taken',
    'number-not-twelve-digits',
    ...representativeProblems,
  ],
})

export const approveAccounts = endpoint({
  method: 'POST',
  path: '/accounts/approve',
  summary:
    'Approve requests, at most a hundred; what stands against one is told, the others are approved or handed up when ' +
    'the time to undo it (`held`) is over',
  right: 'accounts.approve',
  purpose: 'account',
  body: Type.Object({ ids: Type.Array(IdShape<'account'>(), { minItems: 1, maxItems: 100 }) }),
  reply: Type.Object({
    decided: Type.Array(
      Type.Object({
        id: Uuid,
        outcome: Type.Enum(['approved', 'handed-up', 'refused']),
        code: Type.Optional(Type.String()),
        why: Type.Optional(Type.String()),
      }),
    ),
    held: Type.Optional(HeldShape),
  }),
})

export const approveAccount = endpoint({
  method: 'POST',
  path: '/accounts/:id/approve',
  summary:
    'Approve one request; one from the web after its portrait was held beside the card’s. It takes effect when the ' +
    'time to undo it (`held`) is over',
  right: 'accounts.approve',
  purpose: 'account',
  params: AccountParams,
  body: Type.Object({
    compared: Type.Optional(Type.Boolean()),
    /** Why it is approved although the face engine takes the two portraits for those of different people. */
    despite: Type.Optional(Type.String({ minLength: 3, maxLength: 500 })),
  }),
  reply: AccountDecided,
  problems: [
    ...transitionProblems,
    'account-own-request',
    'account-portrait-to-compare',
    'account-face-differs',
    'account-holder-dead',
    'account-card-needed',
    'account-card-not-in-hand',
    'account-phone-taken',
    'account-at-centre',
    'account-supplement-open',
    'decision-held',
  ],
})

const Items = Type.Array(Type.Enum([...supplementItems]), { minItems: 1, maxItems: supplementItems.length })

export const askAccountSupplement = endpoint({
  method: 'POST',
  path: '/accounts/:id/supplement',
  summary:
    'Ask for what is missing from a request: its holder is told what and until when, after the time to undo it ' +
    '(`held`), and the days to decide begin anew when it is supplied',
  right: 'accounts.approve',
  purpose: 'account',
  params: AccountParams,
  body: Type.Object({ items: Items, note: Type.Optional(Note) }),
  reply: AccountDecided,
  problems: [
    ...transitionProblems,
    'account-own-request',
    'account-at-centre',
    'account-supplement-open',
    'account-supplements-over',
    'message-unlawful',
    'decision-held',
  ],
})

export const supplyAccount = endpoint({
  method: 'POST',
  path: '/accounts/:id/supply',
  summary: 'Receive all that was missing from a request: it goes back to whoever asked, to be decided',
  right: 'accounts.request',
  purpose: 'account',
  params: AccountParams,
  body: Type.Object({ items: Items }),
  reply: AccountMoved,
  problems: [...transitionProblems, 'account-no-supplement', 'account-supplement-incomplete'],
})

export const refuseAccount = endpoint({
  method: 'POST',
  path: '/accounts/:id/refuse',
  summary: 'Refuse a request with a reason, which the holder is told the same day, after the time to undo it (`held`)',
  right: 'accounts.approve',
  purpose: 'account',
  params: AccountParams,
  body: Type.Object({ code: Type.Enum([...refusalCodes]), note: Type.Optional(Note) }),
  reply: AccountDecided,
  problems: [
    ...transitionProblems,
    'account-own-request',
    'account-refusal-unknown',
    'account-at-centre',
    'account-supplement-open',
    'message-unlawful',
    'decision-held',
  ],
})

export const changePhone = endpoint({
  method: 'POST',
  path: '/accounts/:id/phone',
  summary: 'Another phone for an account, with the holder present; typed twice',
  right: 'accounts.phone',
  purpose: 'account',
  params: AccountParams,
  body: Type.Object({
    phone: Phone,
    again: Phone,
    proof: Type.Enum(['card', 'face-known']),
    /** The holder showed the contract of the number. */
    ownsNumber: Type.Optional(Type.Boolean()),
  }),
  reply: AccountMoved,
  problems: [
    ...transitionProblems,
    'account-phone-malformed',
    'account-phones-differ',
    'account-phone-same',
    'account-phone-taken',
    'account-phone-not-representatives',
    'account-held',
  ],
})

export const raiseAccount = endpoint({
  method: 'POST',
  path: '/accounts/:id/raise',
  summary: 'Ask that level 1 become level 2, with the holder’s card laid down; another officer decides',
  right: 'accounts.raise',
  purpose: 'account',
  params: AccountParams,
  body: Type.Object({
    serial: Type.String({ minLength: 1, maxLength: 40 }),
    /** A reading of its chip for `account-raised`, by the same officer. */
    chipReading: Type.Optional(Uuid),
  }),
  reply: AccountMoved,
  problems: [
    ...transitionProblems,
    'account-card-not-shown',
    'account-card-needed',
    'account-too-young',
    'account-raise-open',
    ...chipReadingProblems,
  ],
})

export const lowerAccount = endpoint({
  method: 'POST',
  path: '/accounts/:id/lower',
  summary: 'Level 2 becomes level 1, since the holder asks',
  right: 'accounts.raise',
  purpose: 'account',
  params: AccountParams,
  body: Type.Object({ reason: Note }),
  reply: AccountMoved,
  problems: [...transitionProblems, 'account-reason-needed'],
})

export const cancelAccount = endpoint({
  method: 'POST',
  path: '/accounts/:id/cancel',
  summary: 'End an account for good; it stays as history',
  right: 'accounts.approve',
  purpose: 'account',
  params: AccountParams,
  body: Type.Object({ reason: Note }),
  reply: AccountMoved,
  problems: [...transitionProblems, 'account-reason-needed'],
})
