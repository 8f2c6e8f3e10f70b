import { type TProperties, Type } from 'typebox'
import { endpoint } from '../platform/endpoint.ts'
import { correctionFields } from './corrected.ts'

/** What the register says over the wire. Numbers, names and phones come in bodies, never in addresses. */

const Uuid = Type.String({ format: 'uuid' })
const DayText = Type.String({ format: 'date' })
/** 'YYYY-MM-DD', 'YYYY-MM' or 'YYYY'. */
const PartialDayText = Type.String({ pattern: '^\\d{4}(-\\d{2}(-\\d{2})?)?$' })
const Sex = Type.Union([Type.Literal('M'), Type.Literal('F')])
const LifeStatus = Type.Union([Type.Literal('alive'), Type.Literal('dead'), Type.Literal('missing')])
const ResidenceKind = Type.Union([Type.Literal('permanent'), Type.Literal('temporary'), Type.Literal('current')])
const text = (maxLength: number) => Type.String({ minLength: 1, maxLength })
const maybe = <T extends TProperties>(properties: T) => Type.Partial(Type.Object(properties))
const Ids = Type.Object({ id: Uuid })
const Place = Type.Object({ id: Uuid, name: Type.String() })

export const PersonSummaryShape = Type.Object({
  id: Uuid,
  number: Type.Optional(Type.String()),
  fullName: Type.String(),
  birthDate: PartialDayText,
  sex: Sex,
  lifeStatus: LifeStatus,
  permanentUnit: Type.Optional(Place),
})

export const lookUpPerson = endpoint({
  method: 'POST',
  path: '/register/look-up',
  summary: 'Who has or had a number: minimal fields, whoever the unit is',
  right: 'register.look-up',
  purpose: 'register',
  body: Type.Object({ number: text(40) }),
  reply: Type.Object({ person: PersonSummaryShape, cancelled: Type.Boolean(), inScope: Type.Boolean() }),
  problems: ['number-not-twelve-digits', 'number-unknown'],
})

export const searchPersons = endpoint({
  method: 'POST',
  path: '/register/search',
  summary: 'Search by name, with birth date, year or unit',
  right: 'register.search',
  purpose: 'register',
  body: Type.Object({ name: text(120), born: Type.Optional(PartialDayText), unitId: Type.Optional(Uuid) }),
  reply: Type.Object({ people: Type.Array(PersonSummaryShape), more: Type.Boolean() }),
  problems: ['search-empty', 'search-too-wide', 'birth-date-unreadable'],
})

export const listPeople = endpoint({
  method: 'GET',
  path: '/register/units/:id/people',
  summary: 'The people of a commune by name, a page at a time',
  right: 'register.search',
  purpose: 'register',
  params: Ids,
  query: Type.Object({ after: Type.Optional(Uuid) }),
  reply: Type.Object({ people: Type.Array(PersonSummaryShape), next: Type.Optional(Uuid) }),
  problems: ['unit-unknown', 'list-too-wide'],
})

const NumberShape = Type.Object({
  number: Type.String(),
  state: Type.Union([Type.Literal('in-force'), Type.Literal('cancelled')]),
  from: Type.Optional(DayText),
  to: Type.Optional(DayText),
  supersededBy: Type.Optional(Type.String()),
  reason: Type.Optional(Type.String()),
  /** Where the digits speak against the record: a reason to verify, never to refuse. */
  contradicts: Type.Array(Type.Union([Type.Literal('sex'), Type.Literal('birth-year'), Type.Literal('birth-place')])),
})

const ResidenceShape = Type.Object({
  id: Uuid,
  kind: ResidenceKind,
  unit: Place,
  address: Type.Optional(Type.String()),
  from: Type.Optional(DayText),
  to: Type.Optional(DayText),
})

const KinShape = Type.Object({
  relation: Type.String(),
  personId: Type.Optional(Uuid),
  name: Type.Optional(Type.String()),
  number: Type.Optional(Type.String()),
  birthYear: Type.Optional(Type.Integer()),
})

/** Who answers for something; officers by name, whatever unit they are of. */
const ActorShape = Type.Object({ kind: Type.String(), id: Type.String(), name: Type.Optional(Type.String()) })

const ChangeShape = Type.Object({
  field: Type.String(),
  old: Type.Optional(Type.String()),
  new: Type.Optional(Type.String()),
  why: Type.String(),
  at: Type.String(),
  day: DayText,
  by: ActorShape,
  deed: Type.String(),
})

const Due = Type.Union([Type.Literal('overdue'), Type.Literal('today'), Type.Literal('later'), Type.Literal('closed')])

const CorrectionState = Type.Union([
  Type.Literal('proposed'),
  Type.Literal('forwarded'),
  Type.Literal('approved'),
  Type.Literal('refused'),
  Type.Literal('withdrawn'),
])

const CorrectionShape = Type.Object({
  id: Uuid,
  personId: Uuid,
  personName: Type.Optional(Type.String()),
  state: CorrectionState,
  form: Type.Object({ code: Type.String(), version: Type.String() }),
  evidence: Type.String(),
  changes: Type.Array(Type.Object({ field: Type.String(), old: Type.Optional(Type.String()), new: Type.Optional(Type.String()) })),
  proposedBy: ActorShape,
  proposedOn: DayText,
  unit: Place,
  decidesUnit: Place,
  dueOn: DayText,
  due: Due,
  decidedBy: Type.Optional(ActorShape),
  decidedOn: Type.Optional(DayText),
  reason: Type.Optional(Type.String()),
})

export const showPerson = endpoint({
  method: 'GET',
  path: '/register/persons/:id',
  summary: 'A person whole: numbers, residence, household, kin, history, corrections, who looked',
  right: 'register.read',
  purpose: 'register',
  params: Ids,
  reply: Type.Object({
    ...PersonSummaryShape.properties,
    ...maybe({
      birthRegistrationCode: Type.String(),
      ethnicity: Type.String(),
      religion: Type.String(),
      nationality: Type.String(),
      hometown: Type.String(),
    }).properties,
    origin: Type.Union([Type.Literal('imported'), Type.Literal('established')]),
    changedAt: Type.String(),
    numbers: Type.Array(NumberShape),
    oldNumbers: Type.Array(Type.String()),
    residences: Type.Array(ResidenceShape),
    household: Type.Optional(
      Type.Object({
        id: Uuid,
        number: Type.String(),
        relation: Type.Optional(Type.String()),
        members: Type.Array(Type.Object({ personId: Uuid, fullName: Type.String(), relation: Type.Optional(Type.String()) })),
      }),
    ),
    kin: Type.Array(KinShape),
    children: Type.Array(Type.Object({ personId: Uuid, fullName: Type.String(), birthDate: PartialDayText })),
    phones: Type.Array(Type.String()),
    history: Type.Array(ChangeShape),
    corrections: Type.Array(CorrectionShape),
    readers: Type.Array(
      Type.Object({
        at: Type.String(),
        by: ActorShape,
        purpose: Type.String(),
        fields: Type.String(),
      }),
    ),
  }),
  problems: ['person-unknown'],
})

const Form = Type.Object({ code: text(20), version: text(60) })

export const proposeCorrection = endpoint({
  method: 'POST',
  path: '/register/persons/:id/corrections',
  summary: 'Propose to correct data; forwarded at once to the police of permanent residence',
  right: 'register.propose',
  purpose: 'correction',
  params: Ids,
  body: Type.Object({
    form: Form,
    evidence: text(2000),
    values: Type.Partial(Type.Object(Object.fromEntries(correctionFields.map(field => [field, Type.String({ maxLength: 300 })])))),
  }),
  reply: CorrectionShape,
  problems: ['person-unknown', 'correction-empty', 'correction-value-invalid', 'unit-needed'],
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

export const showCorrection = endpoint({
  method: 'GET',
  path: '/register/corrections/:id',
  summary: 'A correction',
  right: 'register.propose',
  purpose: 'correction',
  params: Ids,
  reply: CorrectionShape,
  problems: ['correction-unknown'],
})

const Reason = Type.Object({ reason: Type.String({ maxLength: 2000 }) })
const decideProblems = ['correction-unknown', 'correction-closed', 'another-unit-decides', 'second-officer-needed'] as const

export const approveCorrection = endpoint({
  method: 'POST',
  path: '/register/corrections/:id/approve',
  summary: 'Approve, as a second officer of the deciding unit',
  right: 'register.decide',
  purpose: 'correction',
  params: Ids,
  reply: Type.Object({ correction: CorrectionShape, newNumberOffered: Type.Boolean() }),
  problems: [...decideProblems, 'correction-moot', 'papers-needed'],
})

export const refuseCorrection = endpoint({
  method: 'POST',
  path: '/register/corrections/:id/refuse',
  summary: 'Refuse with a reason, as a second officer of the deciding unit',
  right: 'register.decide',
  purpose: 'correction',
  params: Ids,
  body: Reason,
  reply: CorrectionShape,
  problems: [...decideProblems, 'reason-needed'],
})

export const withdrawCorrection = endpoint({
  method: 'POST',
  path: '/register/corrections/:id/withdraw',
  summary: 'Take back what one proposed',
  right: 'register.propose',
  purpose: 'correction',
  params: Ids,
  body: Reason,
  reply: CorrectionShape,
  problems: ['correction-unknown', 'correction-closed', 'not-the-proposer'],
})

const GivenShape = Type.Object({
  fullName: text(120),
  birthDate: PartialDayText,
  sex: Sex,
  birthRegistrationCode: Type.String({ pattern: '^\\d{3}$' }),
  residenceUnitId: Uuid,
  residenceKind: ResidenceKind,
  ...maybe({
    ethnicity: text(100),
    religion: text(100),
    nationality: text(100),
    hometown: text(300),
    residenceAddress: text(300),
    fatherName: text(120),
    fatherNumber: Type.String({ pattern: '^\\d{12}$' }),
    motherName: text(120),
    motherNumber: Type.String({ pattern: '^\\d{12}$' }),
  }).properties,
})

const CollectionShape = Type.Object({
  id: Uuid,
  personId: Uuid,
  kind: Type.Union([Type.Literal('new-person'), Type.Literal('new-number')]),
  state: Type.Union([Type.Literal('collected'), Type.Literal('established'), Type.Literal('refused')]),
  form: Form,
  given: Type.Optional(GivenShape),
  papers: Type.String(),
  unit: Place,
  collectedBy: ActorShape,
  collectedOn: DayText,
  decidedBy: Type.Optional(ActorShape),
  decidedOn: Type.Optional(DayText),
  reason: Type.Optional(Type.String()),
})

export const collectPerson = endpoint({
  method: 'POST',
  path: '/register/collections',
  summary: 'Collect a person who is not in the register (form DC01)',
  right: 'register.collect',
  purpose: 'correction',
  body: Type.Object({ given: GivenShape, papers: text(2000), form: Form, compared: Type.Optional(Type.Literal('somebody-else')) }),
  reply: CollectionShape,
  problems: ['person-likely-known', 'number-cannot-be-made', 'correction-value-invalid', 'unit-needed'],
})

export const askNewNumber = endpoint({
  method: 'POST',
  path: '/register/persons/:id/new-number',
  summary: 'Ask that a number be cancelled and made anew',
  right: 'register.collect',
  purpose: 'correction',
  params: Ids,
  body: Type.Object({ reason: text(2000), papers: text(2000), form: Form }),
  reply: CollectionShape,
  problems: ['person-unknown', 'request-open', 'number-cannot-be-made', 'reason-needed', 'unit-needed'],
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

const closingProblems = ['collection-unknown', 'collection-closed', 'second-officer-needed'] as const

export const establishNumber = endpoint({
  method: 'POST',
  path: '/register/collections/:id/establish',
  summary: 'Establish the person, or the new number, as a second officer',
  right: 'register.establish',
  purpose: 'correction',
  params: Ids,
  reply: Type.Object({ collection: CollectionShape, number: Type.String() }),
  problems: [...closingProblems, 'number-not-in-force'],
})

export const refuseCollection = endpoint({
  method: 'POST',
  path: '/register/collections/:id/refuse',
  summary: 'Refuse a collection with a reason, as a second officer',
  right: 'register.establish',
  purpose: 'correction',
  params: Ids,
  body: Reason,
  reply: CollectionShape,
  problems: [...closingProblems, 'reason-needed'],
})
