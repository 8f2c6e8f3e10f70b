import { Type } from 'typebox'
import { chipReadingProblems } from '../../cards/contract.ts'
import { endpoint } from '../../platform/endpoint.ts'
import { IdShape } from '../../platform/shapes.ts'
import { AccountMoved, AccountParams, Uuid } from '../contract.ts'

export const printSlips = endpoint({
  method: 'POST',
  path: '/accounts/slips',
  summary:
    'Paper slips by which holders open their accounts: A4, three a page, in the order of the list. ' +
    'A slip printed before for the same account is over. One for an account that was opened before waits for ' +
    'another officer’s approval, or for a proof of the holder’s own',
  right: 'accounts.slip',
  purpose: 'account',
  body: Type.Object({
    accounts: Type.Array(IdShape<'account'>(), { minItems: 1, maxItems: 200, uniqueItems: true }),
    /** A reading of the holder's chip for `account-activated`, by the same officer; for one account alone. */
    chipReading: Type.Optional(Uuid),
  }),
  problems: [
    ...chipReadingProblems,
    'slip-chip-of-one-account',
    'slip-account-unknown',
    'slip-not-possible',
    'slip-own-approval',
    'slip-too-many',
  ],
})

const decisionProblems = ['account-unknown', 'slip-unknown', 'slip-own-print', 'slip-decided']
const SlipBody = Type.Object({ slip: Uuid })

export const approveSlip = endpoint({
  method: 'POST',
  path: '/accounts/:id/slip/approve',
  summary: 'Approve a slip that another officer printed for an account which was opened before',
  right: 'accounts.approve',
  purpose: 'account',
  params: AccountParams,
  body: SlipBody,
  reply: AccountMoved,
  problems: decisionProblems,
})

export const refuseSlip = endpoint({
  method: 'POST',
  path: '/accounts/:id/slip/refuse',
  summary: 'Refuse a slip that another officer printed for an account which was opened before: the paper is over',
  right: 'accounts.approve',
  purpose: 'account',
  params: AccountParams,
  body: SlipBody,
  reply: AccountMoved,
  problems: decisionProblems,
})

export const liftHold = endpoint({
  method: 'POST',
  path: '/accounts/:id/slip/lift-hold',
  summary: 'End the waiting time after a reset by slip, with the holder and their card at the counter',
  right: 'accounts.approve',
  purpose: 'account',
  params: AccountParams,
  body: Type.Object({
    serial: Type.String({ minLength: 1, maxLength: 40 }),
    /** The officer compared the face before them with the card. */
    face: Type.Literal('compared'),
  }),
  reply: AccountMoved,
  problems: ['account-unknown', 'account-not-held', 'slip-own-print', 'account-card-not-shown'],
})
