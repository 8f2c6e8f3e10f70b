import { Type } from 'typebox'
import { endpoint } from '../../platform/endpoint.ts'
import { IdShape, oneOf } from '../../platform/shapes.ts'
import { lookUpPurposes } from '../codes.ts'

export { type LookUpPurpose, lookUpPurposes } from '../codes.ts'

export const askAboutPerson = endpoint({
  method: 'POST',
  path: '/exchange/look-ups',
  summary: 'Ask the national centre about a person of another province, for a purpose on a legal basis',
  right: 'exchange.look-up',
  purpose: 'exchange',
  body: Type.Object({
    number: Type.String({ pattern: '^\\d{12}$' }),
    fullName: Type.String({ minLength: 1, maxLength: 120 }),
    birthDate: Type.String({ pattern: '^\\d{4}(-\\d{2}(-\\d{2})?)?$' }),
    purpose: oneOf(lookUpPurposes),
    basis: Type.String({ minLength: 1, maxLength: 300 }),
  }),
  reply: Type.Object({ id: IdShape<'centre-question'>() }),
  problems: ['look-up-basis-needed', 'look-up-number-malformed', 'look-up-of-our-own'],
})
