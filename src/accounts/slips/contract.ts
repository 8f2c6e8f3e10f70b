import { Type } from 'typebox'
import { endpoint } from '../../platform/endpoint.ts'
import { IdShape } from '../../platform/shapes.ts'

export const printSlips = endpoint({
  method: 'POST',
  path: '/accounts/slips',
  summary:
    'Paper slips by which holders open their accounts: A4, three a page, in the order of the list. ' +
    'A slip printed before for the same account is over',
  right: 'accounts.slip',
  purpose: 'account',
  body: Type.Object({
    accounts: Type.Array(IdShape<'account'>(), { minItems: 1, maxItems: 200, uniqueItems: true }),
  }),
  problems: ['slip-account-unknown', 'slip-not-possible', 'slip-too-many'],
})
