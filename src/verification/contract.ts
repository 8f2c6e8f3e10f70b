import { Type } from 'typebox'
import { longestWritten } from '../names/law.ts'
import { endpoint } from '../platform/endpoint.ts'
import { fields } from './person-data.ts'

const NonEmptyText = (description: string, maxLength: number) => Type.String({ minLength: 1, maxLength, description })

export const Verification = Type.Object(
  {
    person_number: NonEmptyText('Số định danh cá nhân: 12 digits, as a text.', 40),
    full_name: NonEmptyText(
      'The whole name. Case, Unicode form, tone placement, blanks and legacy encodings count for nothing; ' +
        'missing marks do.',
      longestWritten.name,
    ),
    birth_date: NonEmptyText('YYYY-MM-DD, or dd/mm/yyyy; YYYY-MM or YYYY where the person knows no more.', 40),
    sex: Type.Optional(Type.String({ maxLength: 20, description: 'M or F (Nam, Nữ); left out, it is not compared.' })),
    purpose: NonEmptyText('The purpose as it was approved with the scope verification, or its code.', 300),
  },
  { additionalProperties: false },
)

export const AnswerShape = Type.Object({
  matched: Type.Boolean({
    description: 'Whether everything that was sent is so, of somebody who lives and has this number.',
  }),
  differs: Type.Array(Type.Enum([...fields]), { description: 'The fields that differ. Never a value.' }),
  status: Type.Optional(
    Type.Enum(['cancelled', 'deceased'], {
      description: 'To parties with a legal basis: the number was cancelled, its holder is dead.',
    }),
  ),
})

export const verify = endpoint({
  method: 'POST',
  path: '/verifications',
  summary:
    'Whether a number, a name, a birth date and a sex are one living person’s: yes, or which of them differ. ' +
    'Bearer or DPoP token, scope verification',
  right: 'verification',
  purpose: 'verification',
  body: Verification,
  reply: AnswerShape,
  rate: 'parties-software',
  problems: [
    'verification-input-wrong',
    'verification-purpose-not-approved',
    'verification-slowed',
    'verification-stopped',
    'verification-client-slowed',
    'verification-client-stopped',
    'verification-numbers-stopped',
    'verification-quota-over',
    'verification-sandbox-busy',
  ],
})
