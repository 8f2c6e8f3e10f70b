import { Type } from 'typebox'
import { endpoint } from '../../platform/endpoint.ts'
import { AccountMoved, AccountParams, DayText, Note, Phone, transitionProblems, Uuid } from '../contract.ts'
import { officerReasons } from '../lock.ts'

/** Locking, unlocking and the demands for either (form TK03). Phones and birth dates come in bodies only. */

const DemandParams = Type.Object({ id: Uuid })

export const lockAccount = endpoint({
  method: 'POST',
  path: '/accounts/:id/lock',
  summary: 'Lock an account: its holder asks, or the terms were broken',
  right: 'accounts.lock',
  purpose: 'account',
  params: AccountParams,
  body: Type.Object({ for: Type.Enum([...officerReasons]), reason: Note }),
  reply: AccountMoved,
  problems: [...transitionProblems, 'account-locked-so', 'account-reason-needed'],
})

export const lockLostDevice = endpoint({
  method: 'POST',
  path: '/accounts/:id/lost-device',
  summary: 'Lock an account whose device was lost: the holder is at the counter, or on the line with what they know',
  right: 'accounts.lock',
  purpose: 'account',
  params: AccountParams,
  body: Type.Object({
    how: Type.Enum(['counter', 'hotline']),
    birthDate: Type.Optional(Type.String({ maxLength: 10 })),
    phone: Type.Optional(Phone),
    cardIssuedOn: Type.Optional(DayText),
  }),
  reply: AccountMoved,
  problems: [...transitionProblems, 'account-locked-so', 'account-caller-unknown'],
})

export const askDemand = endpoint({
  method: 'POST',
  path: '/accounts/:id/demands',
  summary: 'Receive a demand to lock or unlock an account (form TK03)',
  right: 'accounts.lock',
  purpose: 'account',
  params: AccountParams,
  body: Type.Object({
    kind: Type.Enum(['lock', 'unlock']),
    askedBy: Type.Enum(['holder', 'agency', 'service']),
    agency: Type.Optional(Type.String({ maxLength: 200 })),
    document: Type.Optional(Type.String({ maxLength: 100 })),
    reason: Note,
  }),
  reply: Type.Object({ id: Uuid, decideBy: DayText }),
  problems: [
    ...transitionProblems,
    'account-agency-needed',
    'account-demand-open',
    'account-locked-so',
    'account-reason-needed',
  ],
})

export const forwardDemand = endpoint({
  method: 'POST',
  path: '/account-demands/:id/forward',
  summary: 'Forward an agency’s demand to whoever decides it',
  right: 'accounts.lock',
  purpose: 'account',
  params: DemandParams,
  reply: Type.Object({ id: Uuid, decideBy: DayText }),
  problems: ['account-demand-unknown', 'account-demand-decided'],
})

export const decideDemand = endpoint({
  method: 'POST',
  path: '/account-demands/:id/decide',
  summary: 'Grant or refuse a demand; a refusal says why',
  right: 'accounts.approve',
  purpose: 'account',
  params: DemandParams,
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
