import { Type } from 'typebox'
import { AttachmentIds } from '../../attachments/contract.ts'
import { endpoint } from '../../platform/endpoint.ts'
import { oneOf } from '../../platform/shapes.ts'
import { CorrectionShape, FormShape, IdParams, ReasonShape, WaitingShape } from '../contract-parts.ts'
import { correctionFields } from './correction.ts'
import { paperKinds } from './paper-needs.ts'

/** The paper that shows it: which kind, and what that kind needs. */
const EvidenceShape = Type.Object({
  kind: oneOf(paperKinds),
  number: Type.Optional(Type.String({ maxLength: 60 })),
  issuer: Type.Optional(Type.String({ maxLength: 300 })),
})

export const proposeCorrection = endpoint({
  method: 'POST',
  path: '/register/persons/:id/corrections',
  summary: 'Propose to correct data; forwarded at once to the police of permanent residence',
  right: 'register.propose',
  purpose: 'correction',
  params: IdParams,
  body: Type.Object({
    form: FormShape,
    evidence: EvidenceShape,
    reason: Type.Optional(Type.String({ maxLength: 1000 })),
    /** Papers that were attached to the form before. */
    attachments: Type.Optional(AttachmentIds),
    values: Type.Partial(
      Type.Object(Object.fromEntries(correctionFields.map(field => [field, Type.String({ maxLength: 300 })]))),
    ),
  }),
  reply: CorrectionShape,
  problems: [
    'person-unknown',
    'correction-empty',
    'correction-value-invalid',
    'residence-by-itself',
    'unit-needed',
    'form-unofficial',
    'evidence-incomplete',
    'evidence-over',
    'attachment-unknown',
  ],
})

export const listCorrections = endpoint({
  method: 'GET',
  path: '/register/corrections',
  summary: 'Corrections to decide here, or proposed here; the soonest due first',
  right: 'register.propose',
  purpose: 'correction',
  query: Type.Object({
    which: Type.Union([Type.Literal('to-decide'), Type.Literal('proposed-here')]),
    state: Type.Optional(Type.Union([Type.Literal('open'), Type.Literal('all')])),
  }),
  reply: Type.Object({ corrections: Type.Array(CorrectionShape) }),
})

export const countCorrections = endpoint({
  method: 'GET',
  path: '/register/corrections/counts',
  summary: 'How many corrections wait to be decided here, how many are overdue, and the soonest last day',
  right: 'register.decide',
  purpose: 'none',
  together: 'quick',
  reply: WaitingShape,
})

export const showCorrection = endpoint({
  method: 'GET',
  path: '/register/corrections/:id',
  summary: 'A correction',
  right: 'register.propose',
  purpose: 'correction',
  params: IdParams,
  reply: CorrectionShape,
  problems: ['correction-unknown'],
})

const decideProblems = [
  'changed-meanwhile',
  'correction-unknown',
  'correction-closed',
  'another-unit-decides',
  'second-officer-needed',
] as const

export const approveCorrection = endpoint({
  method: 'POST',
  path: '/register/corrections/:id/approve',
  summary: 'Approve, as a second officer of the deciding unit',
  right: 'register.decide',
  purpose: 'correction',
  decides: true,
  params: IdParams,
  reply: Type.Object({ correction: CorrectionShape, newNumberOffered: Type.Boolean() }),
  problems: [...decideProblems, 'correction-moot', 'papers-needed'],
})

export const refuseCorrection = endpoint({
  method: 'POST',
  path: '/register/corrections/:id/refuse',
  summary: 'Refuse with a reason, as a second officer of the deciding unit',
  right: 'register.decide',
  purpose: 'correction',
  decides: true,
  params: IdParams,
  body: ReasonShape,
  reply: CorrectionShape,
  problems: [...decideProblems, 'reason-needed'],
})

export const withdrawCorrection = endpoint({
  method: 'POST',
  path: '/register/corrections/:id/withdraw',
  summary: 'Take back what one proposed',
  right: 'register.propose',
  purpose: 'correction',
  decides: true,
  params: IdParams,
  body: ReasonShape,
  reply: CorrectionShape,
  problems: ['changed-meanwhile', 'correction-unknown', 'correction-closed', 'not-the-proposer'],
})

/** An officer who has seen the papers takes over a roll's proposal. */
export const attestCorrection = endpoint({
  method: 'POST',
  path: '/register/corrections/:id/attest',
  summary: 'Write down the papers that show what a roll proposed; a second officer then decides',
  right: 'register.propose',
  purpose: 'correction',
  decides: true,
  params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
  body: Type.Object({
    form: FormShape,
    papers: EvidenceShape,
  }),
  reply: Type.Object({}),
  problems: [
    'changed-meanwhile',
    'correction-unknown',
    'correction-closed',
    'another-unit-decides',
    'papers-needed',
    'papers-known',
    'form-unofficial',
    'evidence-incomplete',
    'evidence-over',
  ],
})
