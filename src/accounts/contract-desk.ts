import { Type } from 'typebox'
import { endpoint } from '../platform/endpoint.ts'
import { accountStates } from './account.ts'
import { DayText, Ids, Uuid } from './contract.ts'
import { representativeProblems } from './contract-child.ts'
import { deskReasons } from './lock.ts'
import { refusalCodes } from './refusal-code.ts'

export { refusalCodes } from './refusal-code.ts'

/** What officers do at the desk of accounts. Phones and birth dates come in bodies only. */

const Note = Type.String({ maxLength: 500 })
const Phone = Type.String({ maxLength: 30 })
const Moved = Type.Object({ id: Uuid, state: Type.Enum([...accountStates]) })
const moves = ['account-unknown', 'account-move-refused']

export const approveAccounts = endpoint({
  method: 'POST',
  path: '/accounts/approve',
  summary: 'Approve requests, at most a hundred; what stands against one is told, the others are approved',
  right: 'accounts.approve',
  purpose: 'account',
  body: Type.Object({ ids: Type.Array(Uuid, { minItems: 1, maxItems: 100 }) }),
  reply: Type.Object({
    decided: Type.Array(
      Type.Object({
        id: Uuid,
        outcome: Type.Enum(['approved', 'refused']),
        code: Type.Optional(Type.String()),
        why: Type.Optional(Type.String()),
      }),
    ),
  }),
})

export const approveAccount = endpoint({
  method: 'POST',
  path: '/accounts/:id/approve',
  summary: 'Approve one request; one from the web after its portrait was held beside the card’s',
  right: 'accounts.approve',
  purpose: 'account',
  params: Ids,
  body: Type.Object({ compared: Type.Optional(Type.Boolean()) }),
  reply: Moved,
  problems: [
    ...moves,
    'account-own-request',
    'account-portrait-to-compare',
    'account-holder-dead',
    'account-card-needed',
    'account-card-not-in-hand',
    'account-phone-taken',
  ],
})

export const refuseAccount = endpoint({
  method: 'POST',
  path: '/accounts/:id/refuse',
  summary: 'Refuse a request with a reason, which the holder is told the same day',
  right: 'accounts.approve',
  purpose: 'account',
  params: Ids,
  body: Type.Object({ code: Type.Enum([...refusalCodes]), note: Type.Optional(Note) }),
  reply: Moved,
  problems: [...moves, 'account-own-request', 'account-refusal-unknown', 'message-unlawful'],
})

export const reopenActivation = endpoint({
  method: 'POST',
  path: '/accounts/:id/reopen',
  summary: 'After seven days: the holder called, or stands at the counter, and has seven days again',
  right: 'accounts.phone',
  purpose: 'account',
  params: Ids,
  body: Type.Object({ how: Type.Enum(['hotline', 'counter']) }),
  reply: Type.Object({ id: Uuid, activateBy: DayText }),
  problems: ['account-unknown', 'account-reopen-refused'],
})

export const changePhone = endpoint({
  method: 'POST',
  path: '/accounts/:id/phone',
  summary: 'Another phone for an account, with the holder present; typed twice',
  right: 'accounts.phone',
  purpose: 'account',
  params: Ids,
  body: Type.Object({
    phone: Phone,
    again: Phone,
    proof: Type.Enum(['card', 'face-known']),
    /** The contract of the number was shown. */
    ownsNumber: Type.Optional(Type.Boolean()),
  }),
  reply: Moved,
  problems: [
    ...moves,
    'account-phone-malformed',
    'account-phones-differ',
    'account-phone-same',
    'account-phone-taken',
    'account-phone-not-representatives',
  ],
})

export const changeRepresentative = endpoint({
  method: 'POST',
  path: '/accounts/:id/representative',
  summary: 'Another parent or guardian acts for a child, with an activated account of level 2 of their own',
  right: 'accounts.phone',
  purpose: 'account',
  params: Ids,
  body: Type.Object({ personId: Uuid }),
  reply: Moved,
  problems: [...moves, ...representativeProblems],
})

export const raiseAccount = endpoint({
  method: 'POST',
  path: '/accounts/:id/raise',
  summary: 'Ask that level 1 become level 2, with the holder’s card laid down; another officer decides',
  right: 'accounts.raise',
  purpose: 'account',
  params: Ids,
  body: Type.Object({ serial: Type.String({ minLength: 1, maxLength: 40 }) }),
  reply: Moved,
  problems: [...moves, 'account-card-not-shown', 'account-card-needed', 'account-too-young', 'account-raise-open'],
})

export const lowerAccount = endpoint({
  method: 'POST',
  path: '/accounts/:id/lower',
  summary: 'Level 2 becomes level 1, since the holder asks',
  right: 'accounts.raise',
  purpose: 'account',
  params: Ids,
  body: Type.Object({ reason: Note }),
  reply: Moved,
  problems: [...moves, 'account-reason-needed'],
})

export const lockAccount = endpoint({
  method: 'POST',
  path: '/accounts/:id/lock',
  summary: 'Lock an account: its holder asks, or the terms were broken',
  right: 'accounts.lock',
  purpose: 'account',
  params: Ids,
  body: Type.Object({ for: Type.Enum([...deskReasons]), reason: Note }),
  reply: Moved,
  problems: [...moves, 'account-locked-so', 'account-reason-needed'],
})

export const lockLostDevice = endpoint({
  method: 'POST',
  path: '/accounts/:id/lost-device',
  summary: 'Lock an account whose device was lost: the holder is at the counter, or on the line with what they know',
  right: 'accounts.lock',
  purpose: 'account',
  params: Ids,
  body: Type.Object({
    how: Type.Enum(['counter', 'hotline']),
    birthDate: Type.Optional(Type.String({ maxLength: 10 })),
    phone: Type.Optional(Phone),
    cardIssuedOn: Type.Optional(DayText),
  }),
  reply: Moved,
  problems: [...moves, 'account-locked-so', 'account-caller-unknown'],
})

export const askDemand = endpoint({
  method: 'POST',
  path: '/accounts/:id/demands',
  summary: 'Receive a demand to lock or unlock an account (form TK03)',
  right: 'accounts.lock',
  purpose: 'account',
  params: Ids,
  body: Type.Object({
    kind: Type.Enum(['lock', 'unlock']),
    askedBy: Type.Enum(['holder', 'agency', 'service']),
    agency: Type.Optional(Type.String({ maxLength: 200 })),
    document: Type.Optional(Type.String({ maxLength: 100 })),
    reason: Note,
  }),
  reply: Type.Object({ id: Uuid, decideBy: DayText }),
  problems: [...moves, 'account-agency-needed', 'account-demand-open', 'account-locked-so', 'account-reason-needed'],
})

export const forwardDemand = endpoint({
  method: 'POST',
  path: '/account-demands/:id/forward',
  summary: 'Forward an agency’s demand to whoever decides it',
  right: 'accounts.lock',
  purpose: 'account',
  params: Ids,
  reply: Type.Object({ id: Uuid, decideBy: DayText }),
  problems: ['account-demand-unknown', 'account-demand-decided'],
})

export const decideDemand = endpoint({
  method: 'POST',
  path: '/account-demands/:id/decide',
  summary: 'Grant or refuse a demand; a refusal says why',
  right: 'accounts.approve',
  purpose: 'account',
  params: Ids,
  body: Type.Object({ outcome: Type.Enum(['granted', 'refused']), answer: Type.Optional(Note) }),
  reply: Type.Object({ id: Uuid, outcome: Type.Enum(['granted', 'refused']) }),
  problems: [
    'account-demand-unknown',
    'account-demand-decided',
    'account-demand-not-forwarded',
    'account-own-request',
    'account-unlock-not-yet',
    'account-reason-needed',
  ],
})

export const cancelAccount = endpoint({
  method: 'POST',
  path: '/accounts/:id/cancel',
  summary: 'End an account for good; it stays as history',
  right: 'accounts.approve',
  purpose: 'account',
  params: Ids,
  body: Type.Object({ reason: Note }),
  reply: Moved,
  problems: [...moves, 'account-reason-needed'],
})
