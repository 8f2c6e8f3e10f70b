import { Type } from 'typebox'
import { endpoint } from '../../platform/endpoint.ts'
import { AccountParams, DayText, Uuid } from '../contract.ts'

/** Officers reopen an activation whose days are over. */

export const reopenActivation = endpoint({
  method: 'POST',
  path: '/accounts/:id/reopen',
  summary: 'After seven days: the holder called, or stands at the counter, and has seven days again',
  right: 'accounts.phone',
  purpose: 'account',
  params: AccountParams,
  body: Type.Object({ how: Type.Enum(['hotline', 'counter']) }),
  reply: Type.Object({ id: Uuid, activateBy: DayText }),
  problems: ['account-unknown', 'account-reopen-refused'],
})
