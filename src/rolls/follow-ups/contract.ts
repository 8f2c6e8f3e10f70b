import { Type } from 'typebox'
import { endpoint } from '../../platform/endpoint.ts'

/** The day of the team's visit, and what its classes are asked to bring, over the wire. */

const Uuid = Type.String({ format: 'uuid' })
const DayText = Type.String({ format: 'date' })
const IdParams = Type.Object({ id: Uuid })

const VisitShape = Type.Object({ onDay: Type.Optional(DayText) })

export const showVisit = endpoint({
  method: 'GET',
  path: '/rolls/:id/visit',
  summary: 'When the team comes to the roll’s school',
  right: 'rolls.read',
  purpose: 'none',
  params: IdParams,
  reply: VisitShape,
  problems: ['roll-unknown'],
})

/** Without a day the visit is open again. The last days of the open follow-ups move with it. */
export const changeVisit = endpoint({
  method: 'PUT',
  path: '/rolls/:id/visit',
  summary: 'Say when the team comes to the roll’s school',
  right: 'rolls.review',
  purpose: 'none',
  params: IdParams,
  body: VisitShape,
  reply: VisitShape,
  problems: ['roll-unknown'],
})

/** A page for A4, a class a sheet, to be read out; it needs no script. */
export const printClasses = endpoint({
  method: 'GET',
  path: '/rolls/:id/classes.html',
  summary: 'Which papers the pupils of each class have to bring, in words for the teacher',
  right: 'rolls.read',
  purpose: 'roll',
  params: IdParams,
  query: Type.Object({
    class: Type.Optional(Type.String({ maxLength: 40 })),
    lang: Type.Optional(Type.Union([Type.Literal('vi'), Type.Literal('en')])),
  }),
  problems: ['roll-unknown', 'roll-not-reconciled'],
})
