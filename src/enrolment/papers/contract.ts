import { Type } from 'typebox'
import { endpoint } from '../../platform/endpoint.ts'

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
