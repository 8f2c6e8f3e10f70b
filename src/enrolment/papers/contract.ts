import { Type } from 'typebox'
import { endpoint } from '../../platform/endpoint.ts'
import { IdShape, wholeNumberFrom } from '../../platform/shapes.ts'
import { feeExemptions } from '../capture.ts'

const Uuid = Type.String({ format: 'uuid' })

export const paperKinds = ['form', 'receipt', 'refusal'] as const
export type PaperKind = (typeof paperKinds)[number]

export const showPaper = endpoint({
  method: 'GET',
  path: '/applications/:id/papers/:paper',
  summary: 'The form to check and sign, the appointment slip, or the notice of refusal, as a PDF',
  right: 'enrolment.read',
  purpose: 'application',
  params: Type.Object({ id: Uuid, paper: Type.Enum([...paperKinds]) }),
  problems: [
    'application-unknown',
    'paper-not-for-this',
    'paper-text-unprintable',
    'paper-text-too-long',
    'person-unknown',
  ],
})

const DayText = Type.String({ format: 'date' })
const Count = wholeNumberFrom(0)

export const showFees = endpoint({
  method: 'GET',
  path: '/application-fees',
  summary: 'What was asked for applications on each day, and whom the law freed of it, of one’s units',
  right: 'enrolment.read',
  purpose: 'application',
  query: Type.Object({ from: DayText, to: DayText, unit: Type.Optional(IdShape<'unit'>()) }),
  reply: Type.Object({
    days: Type.Array(
      Type.Object({
        day: DayText,
        /** Applications with a fee, and what is asked for them together, in đồng. */
        charged: Count,
        amount: Count,
        /** Applications that cost nobody anything. */
        free: Count,
        exempt: Type.Array(Type.Object({ kind: Type.Enum([...feeExemptions]), count: Count })),
        /** What those whom the law frees would have paid, in đồng. */
        spared: Count,
      }),
    ),
  }),
  problems: ['input-invalid'],
})
