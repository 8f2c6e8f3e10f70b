import { Type } from 'typebox'
import { endpoint } from '../platform/endpoint.ts'
import { IdShape, oneOf } from '../platform/shapes.ts'
import {
  ActorShape,
  CorrectionShape,
  DayText,
  IdParams,
  LifeStatus,
  optionalFields,
  PartialDayText,
  ResidenceKind,
  Sex,
  textUpTo,
  UnitNameShape,
  Uuid,
} from './contract-parts.ts'

/** What the register says over the wire. Numbers, names and phones come in bodies, never in addresses. */

export const PersonSummaryShape = Type.Object({
  id: IdShape<'person'>(),
  number: Type.Optional(Type.String()),
  fullName: Type.String(),
  birthDate: PartialDayText,
  sex: Sex,
  lifeStatus: LifeStatus,
  permanentUnit: Type.Optional(UnitNameShape),
})

export const lookUpPerson = endpoint({
  method: 'POST',
  path: '/register/look-up',
  onlyReads: true,
  summary: 'Who has or had a number: minimal fields, whoever the unit is',
  right: 'register.look-up',
  purpose: 'register',
  body: Type.Object({ number: textUpTo(40) }),
  reply: Type.Object({ person: PersonSummaryShape, cancelled: Type.Boolean(), inScope: Type.Boolean() }),
  problems: ['number-not-twelve-digits', 'number-unknown'],
})

export const searchPersons = endpoint({
  method: 'POST',
  path: '/register/search',
  onlyReads: true,
  summary: 'Search by name, with birth date, year or unit',
  right: 'register.search',
  purpose: 'register',
  body: Type.Object({
    name: textUpTo(120),
    born: Type.Optional(PartialDayText),
    unitId: Type.Optional(IdShape<'unit'>()),
  }),
  reply: Type.Object({ people: Type.Array(PersonSummaryShape), more: Type.Boolean() }),
  problems: ['search-empty', 'search-too-wide', 'birth-date-unreadable'],
})

export const listPeople = endpoint({
  method: 'GET',
  path: '/register/units/:id/people',
  summary: 'The people of a commune by name, a page at a time',
  right: 'register.search',
  purpose: 'register',
  params: IdParams,
  query: Type.Object({ after: Type.Optional(Uuid) }),
  reply: Type.Object({ people: Type.Array(PersonSummaryShape), next: Type.Optional(Uuid) }),
  problems: ['unit-unknown', 'list-too-wide'],
})

/** Why a person's sheet is printed: for the person, a case, to verify on the spot, a superior, another agency. */
export const sheetReasons = ['person-asked', 'case', 'verification', 'superior', 'agency'] as const
export type SheetReason = (typeof sheetReasons)[number]

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
  unit: UnitNameShape,
  address: Type.Optional(Type.String()),
  from: Type.Optional(DayText),
  to: Type.Optional(DayText),
})

const KinShape = Type.Object({
  relation: Type.String(),
  personId: Type.Optional(IdShape<'person'>()),
  name: Type.Optional(Type.String()),
  number: Type.Optional(Type.String()),
  birthYear: Type.Optional(Type.Integer()),
})

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

export const printPersonSheet = endpoint({
  method: 'POST',
  path: '/register/persons/:id/sheet',
  summary: 'Write down that a person’s sheet is printed, and why: a reading of all of it, and a deed',
  right: 'register.read',
  purpose: 'register',
  params: IdParams,
  body: Type.Object({ why: oneOf(sheetReasons) }),
  reply: Type.Object({}),
  problems: ['person-unknown', 'person-merged'],
})

export const showPerson = endpoint({
  method: 'GET',
  path: '/register/persons/:id',
  summary:
    'A person whole: numbers, residence, household, kin, history, corrections; or as a case opens one to compare',
  right: 'register.read',
  purpose: 'register',
  params: IdParams,
  reply: Type.Object({
    ...PersonSummaryShape.properties,
    /** compared: name, birth date, sex, ward and the end of the number; the lists are empty. */
    grade: oneOf(['whole', 'compared'] as const),
    numberEnd: Type.Optional(Type.String()),
    ...optionalFields({
      birthRegistrationCode: Type.String(),
      ethnicity: Type.String(),
      religion: Type.String(),
      nationality: Type.String(),
      hometown: Type.String(),
    }).properties,
    origin: Type.Optional(oneOf(['imported', 'established'] as const)),
    changedAt: Type.Optional(Type.String()),
    numbers: Type.Array(NumberShape),
    oldNumbers: Type.Array(Type.String()),
    residences: Type.Array(ResidenceShape),
    household: Type.Optional(
      Type.Object({
        id: Uuid,
        number: Type.String(),
        relation: Type.Optional(Type.String()),
        members: Type.Array(
          Type.Object({
            personId: IdShape<'person'>(),
            fullName: Type.String(),
            relation: Type.Optional(Type.String()),
          }),
        ),
      }),
    ),
    kin: Type.Array(KinShape),
    children: Type.Array(
      Type.Object({ personId: IdShape<'person'>(), fullName: Type.String(), birthDate: PartialDayText }),
    ),
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
  problems: ['person-unknown', 'person-merged'],
})
