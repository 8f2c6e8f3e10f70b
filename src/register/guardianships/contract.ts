import { Type } from 'typebox'
import { endpoint } from '../../platform/endpoint.ts'
import { IdShape, oneOf } from '../../platform/shapes.ts'
import { DayText, IdParams, textUpTo } from '../contract-parts.ts'
import { guardianRelations, guardianshipEnds, guardianshipGrounds, guardianshipPapers } from './guardianship.ts'

/** Guardianship of grown people: one officer records the decision, another accepts it. Numbers come in bodies. */

const GuardianshipBody = Type.Object({
  ground: oneOf(guardianshipGrounds),
  relation: oneOf(guardianRelations),
  paperKind: oneOf(guardianshipPapers),
  /** Its number and who issued it. */
  paper: textUpTo(200),
  paperOn: DayText,
  from: DayText,
  to: Type.Optional(DayText),
})

export const listGuardianships = endpoint({
  method: 'GET',
  path: '/register/persons/:id/guardianships',
  summary: 'Who acts or acted for a grown person, by which decision',
  right: 'register.read',
  purpose: 'register',
  params: IdParams,
  reply: Type.Object({
    guardianships: Type.Array(
      Type.Object({
        id: IdShape<'guardianship'>(),
        guardian: Type.Object({ id: IdShape<'person'>(), name: Type.String() }),
        ...GuardianshipBody.properties,
        mine: Type.Boolean(),
        accepted: Type.Boolean(),
        endedOn: Type.Optional(DayText),
        endedReason: Type.Optional(oneOf(guardianshipEnds)),
      }),
    ),
  }),
  problems: ['person-unknown'],
})

export const recordGuardianship = endpoint({
  method: 'POST',
  path: '/register/persons/:id/guardianships',
  summary: 'Record a court’s or a people’s committee’s decision on the guardianship of a grown person',
  right: 'register.propose',
  purpose: 'register',
  params: IdParams,
  body: Type.Object({ ...GuardianshipBody.properties, guardianNumber: textUpTo(40) }),
  reply: Type.Object({ id: IdShape<'guardianship'>() }),
  problems: [
    'person-unknown',
    'number-unknown',
    'number-not-twelve-digits',
    'guardianship-ward-unfit',
    'guardianship-guardian-unfit',
    'guardianship-days-wrong',
    'guardianship-exists',
  ],
})

export const acceptGuardianship = endpoint({
  method: 'POST',
  path: '/register/guardianships/:id/accept',
  summary: 'A second officer has the decision before them: the guardian acts from then on',
  right: 'register.decide',
  purpose: 'register',
  needsFreshFactor: true,
  params: IdParams,
  reply: Type.Object({}),
  problems: ['guardianship-unknown', 'guardianship-over', 'second-officer-needed'],
})

export const endGuardianship = endpoint({
  method: 'POST',
  path: '/register/guardianships/:id/end',
  summary: 'The guardian acts no more: their access to the ward’s account ends',
  right: 'register.decide',
  purpose: 'register',
  params: IdParams,
  body: Type.Object({ reason: oneOf(guardianshipEnds) }),
  reply: Type.Object({}),
  problems: ['guardianship-unknown', 'guardianship-over'],
})
