import { Type } from 'typebox'
import { endpoint } from '../../platform/endpoint.ts'
import { IdShape } from '../../platform/shapes.ts'
import {
  ActorShape,
  DayText,
  FormShape,
  IdParams,
  optionalFields,
  PartialDayText,
  ReasonShape,
  ResidenceKind,
  Sex,
  textUpTo,
  UnitNameShape,
  Uuid,
} from '../contract-parts.ts'

const CollectedPersonShape = Type.Object({
  fullName: textUpTo(120),
  birthDate: PartialDayText,
  sex: Sex,
  birthRegistrationCode: Type.String({ pattern: '^\\d{3}$' }),
  residenceUnitId: IdShape<'unit'>(),
  residenceKind: ResidenceKind,
  ...optionalFields({
    ethnicity: textUpTo(100),
    religion: textUpTo(100),
    nationality: textUpTo(100),
    hometown: textUpTo(300),
    residenceAddress: textUpTo(300),
    fatherName: textUpTo(120),
    fatherNumber: Type.String({ pattern: '^\\d{12}$' }),
    motherName: textUpTo(120),
    motherNumber: Type.String({ pattern: '^\\d{12}$' }),
  }).properties,
})

const CollectionShape = Type.Object({
  id: Uuid,
  /** What is sent with a decision as `If-Match`. */
  version: Type.String(),
  personId: IdShape<'person'>(),
  kind: Type.Union([Type.Literal('new-person'), Type.Literal('new-number')]),
  state: Type.Union([Type.Literal('collected'), Type.Literal('established'), Type.Literal('refused')]),
  form: FormShape,
  given: Type.Optional(CollectedPersonShape),
  papers: Type.String(),
  unit: UnitNameShape,
  collectedBy: ActorShape,
  collectedOn: DayText,
  decidedBy: Type.Optional(ActorShape),
  decidedOn: Type.Optional(DayText),
  reason: Type.Optional(Type.String()),
  /** Since when the national centre has it to decide, and who handed it up. */
  handedUpAt: Type.Optional(Type.String({ format: 'date-time' })),
  handedUpBy: Type.Optional(ActorShape),
  /** Why the centre gave it back, to whoever collected it. */
  returned: Type.Optional(Type.Object({ on: DayText, code: Type.String(), note: Type.String() })),
})

export const collectPerson = endpoint({
  method: 'POST',
  path: '/register/collections',
  summary: 'Collect a person who is not in the register (form DC01)',
  right: 'register.collect',
  purpose: 'correction',
  body: Type.Object({
    given: CollectedPersonShape,
    papers: textUpTo(2000),
    form: FormShape,
    compared: Type.Optional(Type.Literal('somebody-else')),
  }),
  reply: CollectionShape,
  problems: ['person-likely-known', 'number-cannot-be-made', 'correction-value-invalid', 'unit-needed'],
})

export const askNewNumber = endpoint({
  method: 'POST',
  path: '/register/persons/:id/new-number',
  summary: 'Ask that a number be cancelled and made anew',
  right: 'register.collect',
  purpose: 'correction',
  params: IdParams,
  body: Type.Object({ reason: textUpTo(2000), papers: textUpTo(2000), form: FormShape }),
  reply: CollectionShape,
  problems: ['person-unknown', 'request-open', 'number-cannot-be-made', 'reason-needed', 'unit-needed'],
})

export const countCollections = endpoint({
  method: 'GET',
  path: '/register/collections/counts',
  summary: 'How many people wait for a number',
  right: 'register.establish',
  purpose: 'none',
  together: 'quick',
  reply: Type.Object({ waiting: Type.Integer({ minimum: 0 }) }),
})

export const listCollections = endpoint({
  method: 'GET',
  path: '/register/collections',
  summary: 'Collections that wait for a second officer',
  right: 'register.read',
  purpose: 'correction',
  query: Type.Object({ state: Type.Optional(Type.Union([Type.Literal('open'), Type.Literal('all')])) }),
  reply: Type.Object({ collections: Type.Array(CollectionShape) }),
})

const closingProblems = [
  'collection-unknown',
  'collection-closed',
  'second-officer-needed',
  'collection-at-centre',
] as const

export const establishNumber = endpoint({
  method: 'POST',
  path: '/register/collections/:id/establish',
  summary: 'Establish the person, or the new number, as a second officer; or hand it up to the national centre',
  right: 'register.establish',
  purpose: 'correction',
  decides: true,
  params: IdParams,
  /** Without a number where the national centre has it to decide. */
  reply: Type.Object({ collection: CollectionShape, number: Type.Optional(Type.String()) }),
  problems: ['changed-meanwhile', ...closingProblems, 'number-not-in-force', 'collection-to-mend'],
})

export const refuseCollection = endpoint({
  method: 'POST',
  path: '/register/collections/:id/refuse',
  summary: 'Refuse a collection with a reason, as a second officer',
  right: 'register.establish',
  purpose: 'correction',
  decides: true,
  params: IdParams,
  body: ReasonShape,
  reply: CollectionShape,
  problems: ['changed-meanwhile', ...closingProblems, 'reason-needed'],
})

export const mendCollection = endpoint({
  method: 'POST',
  path: '/register/collections/:id/mend',
  summary: 'Mend a collection that the national centre gave back',
  right: 'register.collect',
  purpose: 'correction',
  decides: true,
  params: IdParams,
  body: Type.Object({
    given: Type.Optional(CollectedPersonShape),
    papers: textUpTo(2000),
    reason: Type.Optional(textUpTo(2000)),
  }),
  reply: CollectionShape,
  problems: [
    'changed-meanwhile',
    'collection-unknown',
    'collection-closed',
    'collection-not-returned',
    'collection-of-another',
    'number-cannot-be-made',
    'correction-value-invalid',
  ],
})
