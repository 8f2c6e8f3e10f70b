import { Type } from 'typebox'
import { endpoint } from '../../platform/endpoint.ts'
import { IdShape, oneOf, wholeNumberFrom } from '../../platform/shapes.ts'
import { DayText, IdParams, PartialDayText, Sex, textUpTo, UnitNameShape, Uuid } from '../contract-parts.ts'
import {
  absenceDeclarers,
  absenceEnds,
  absenceReasons,
  movementKinds,
  movementWays,
  noticeWays,
  stayEnds,
  stayLodgings,
  stayNotifiers,
  stayReasons,
} from './movement.ts'

/** Declared absences, notices of stays, and who came and went. Names and numbers of guests come in bodies. */

const recording = { right: 'register.residence', purpose: 'register' } as const

const AbsenceBody = Type.Object({
  from: DayText,
  /** The last day away. */
  to: DayText,
  reason: oneOf(absenceReasons),
  destination: textUpTo(200),
  declaredBy: oneOf(absenceDeclarers),
  way: oneOf(noticeWays),
})

const AbsenceShape = Type.Object({
  id: IdShape<'absence'>(),
  unit: UnitNameShape,
  ...AbsenceBody.properties,
  recordedOn: DayText,
  endedOn: Type.Optional(DayText),
  endedHow: Type.Optional(oneOf(absenceEnds)),
  /** By which rule it had to be declared. */
  duty: oneOf(['anyone', 'of-service-age', 'none'] as const),
})

export const declareAbsence = endpoint({
  ...recording,
  method: 'POST',
  path: '/register/persons/:id/absences',
  summary: 'Somebody who lives here declares an absence: from when to when, where to',
  params: IdParams,
  body: AbsenceBody,
  reply: AbsenceShape,
  problems: ['person-unknown', 'absence-not-resident', 'absence-days-wrong', 'absence-by-parent', 'absence-overlaps'],
})

export const listAbsences = endpoint({
  method: 'GET',
  path: '/register/persons/:id/absences',
  summary: 'The declared absences of a person, the latest first',
  right: 'register.read',
  purpose: 'register',
  params: IdParams,
  reply: Type.Object({ absences: Type.Array(AbsenceShape) }),
  problems: ['person-unknown'],
})

export const endAbsence = endpoint({
  ...recording,
  method: 'POST',
  path: '/register/absences/:id/end',
  summary: 'Somebody is back sooner than declared, or the absence was recorded by mistake',
  params: IdParams,
  body: Type.Object({ how: oneOf(absenceEnds), on: Type.Optional(DayText) }),
  reply: Type.Object({}),
  problems: ['absence-unknown', 'absence-ended', 'movement-end-day-wrong'],
})

export const notifyStay = endpoint({
  ...recording,
  method: 'POST',
  path: '/register/stays',
  summary: 'A household, a lodging or a guest gives notice of a stay in a commune of yours',
  body: Type.Object({
    unit: IdShape<'unit'>(),
    name: textUpTo(120),
    born: Type.Optional(PartialDayText),
    number: Type.Optional(textUpTo(40)),
    from: DayText,
    /** The last night. */
    to: DayText,
    address: textUpTo(200),
    lodging: oneOf(stayLodgings),
    /** Who takes the guest in, or what the lodging is called. */
    host: Type.Optional(textUpTo(120)),
    reason: oneOf(stayReasons),
    notifiedBy: oneOf(stayNotifiers),
    way: oneOf(noticeWays),
  }),
  reply: Type.Object({
    id: IdShape<'stay'>(),
    /** Whether number and name are of a person of the register. */
    known: Type.Boolean(),
  }),
  problems: [
    'unit-unknown',
    'stay-elsewhere',
    'birth-date-unreadable',
    'number-not-twelve-digits',
    'stay-notifier-refused',
    'stay-part-missing',
    'stay-days-wrong',
    'stay-too-long',
    'stay-at-home',
  ],
})

export const endStay = endpoint({
  ...recording,
  method: 'POST',
  path: '/register/stays/:id/end',
  summary: 'A guest left sooner than notified, or the notice was a mistake',
  params: IdParams,
  body: Type.Object({ how: oneOf(stayEnds), on: Type.Optional(DayText) }),
  reply: Type.Object({}),
  problems: ['stay-unknown', 'stay-ended', 'movement-end-day-wrong'],
})

const MovementShape = Type.Object({
  id: Uuid,
  kind: oneOf(movementKinds),
  /** Absent where the record is not yours to open: a guest, or somebody who moved away. */
  person: Type.Optional(IdShape<'person'>()),
  name: Type.String(),
  born: Type.Optional(PartialDayText),
  sex: Type.Optional(Sex),
  on: DayText,
  /** Until when, of an absence or a stay. */
  until: Type.Optional(DayText),
  /** The address here; of an absence the place that was declared. */
  place: Type.Optional(Type.String()),
  /** Where from or to, where the register knows it. */
  other: Type.Optional(UnitNameShape),
})

export const listMovements = endpoint({
  method: 'GET',
  path: '/register/units/:id/movements',
  summary: 'Who came to a unit of yours, or went, from one day to another: residences, absences, stays',
  right: 'register.movements',
  purpose: 'register',
  params: IdParams,
  query: Type.Object({
    way: oneOf(movementWays),
    from: DayText,
    to: DayText,
    offset: Type.Optional(wholeNumberFrom(0)),
  }),
  reply: Type.Object({
    unit: UnitNameShape,
    from: DayText,
    to: DayText,
    counts: Type.Array(
      Type.Object({ way: oneOf(movementWays), kind: oneOf(movementKinds), people: wholeNumberFrom(0) }),
    ),
    movements: Type.Array(MovementShape),
    next: Type.Optional(wholeNumberFrom(0)),
  }),
  problems: ['unit-unknown', 'movement-span-wrong'],
})
