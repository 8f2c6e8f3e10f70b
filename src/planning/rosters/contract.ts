import { Type } from 'typebox'
import { representativeFields, representativeProblems } from '../../accounts/representatives/contract.ts'
import { endpoint } from '../../platform/endpoint.ts'
import { IdShape, wholeNumberFrom } from '../../platform/shapes.ts'
import { ClosingShape, SessionShape, WarningName } from '../contract.ts'
import { absences, servicesDone } from '../session.ts'

const Uuid = Type.String({ format: 'uuid' })
const Instant = Type.String({ format: 'date-time' })
const Ids = Type.Object({ id: Uuid })
const OfPerson = Type.Object({ id: Uuid, personId: IdShape<'person'>() })
const Count = wholeNumberFrom(0)

/** No number and no phone: who the person is stands in the register. */
/** What has come of a line, and its version: what is sent with the next deed on it as `If-Match`. */
const lineState = {
  version: Type.String(),
  cameAt: Type.Optional(Instant),
  comingOn: Type.Optional(Type.String({ format: 'date', description: 'when they said that they will come' })),
  outcome: Type.Optional(Type.Enum(['served', 'absent'])),
  absentReason: Type.Optional(Type.Enum([...absences])),
  done: Type.Array(Type.Enum([...servicesDone])),
  endedAt: Type.Optional(Instant),
}
const LineStateShape = Type.Object(lineState)

export const LineShape = Type.Object({
  personId: IdShape<'person'>(),
  name: Type.String(),
  born: Type.String({ description: 'YYYY, YYYY-MM or YYYY-MM-DD; empty where the person may no longer be seen' }),
  class: Type.String(),
  walkIn: Type.Boolean(),
  ...lineState,
})

const atWork = [
  'changed-meanwhile',
  'session-gone',
  'session-state-refused',
  'roster-line-unknown',
  'roster-outcome-given',
]

export const showRoster = endpoint({
  method: 'GET',
  path: '/sessions/:id/roster',
  summary: 'Who is asked to a session, by class and name, and what came of it',
  right: 'planning.read',
  purpose: 'session',
  params: Ids,
  reply: Type.Object({ lines: Type.Array(LineShape) }),
  problems: ['session-gone'],
})

export const rosterCandidates = endpoint({
  method: 'GET',
  path: '/sessions/:id/candidates',
  summary: 'How many lack what the session gives: in each class of the site’s school, and in the unit',
  right: 'planning.manage',
  purpose: 'none',
  params: Ids,
  reply: Type.Object({
    classes: Type.Array(Type.Object({ name: Type.String(), lacking: Count })),
    unit: Type.Object({ name: Type.String(), lacking: Count }),
  }),
  problems: ['session-gone'],
})

export const addToRoster = endpoint({
  method: 'POST',
  path: '/sessions/:id/roster',
  summary: 'Ask people, or everyone of a school’s classes or of a unit who lacks what the session gives',
  right: 'planning.manage',
  purpose: 'session',
  params: Ids,
  body: Type.Object({
    persons: Type.Optional(Type.Array(IdShape<'person'>(), { maxItems: 1000 })),
    schoolId: Type.Optional(IdShape<'school'>()),
    classes: Type.Optional(Type.Array(Type.String({ maxLength: 40 }), { maxItems: 100 })),
    unitId: Type.Optional(IdShape<'unit'>()),
    confirm: Type.Optional(Type.Array(WarningName, { maxItems: 20 })),
  }),
  reply: Type.Object({ added: Count, already: Count, elsewhere: Count, invited: Count, capacity: Count }),
  problems: [
    'session-gone',
    'session-state-refused',
    'session-needs-confirmation',
    'person-unknown',
    'list-unit-outside',
  ],
})

export const removeFromRoster = endpoint({
  method: 'POST',
  path: '/sessions/:id/roster/remove',
  summary: 'Take people off who have no outcome yet',
  right: 'planning.manage',
  purpose: 'session',
  params: Ids,
  body: Type.Object({ persons: Type.Array(IdShape<'person'>(), { maxItems: 1000 }) }),
  reply: Type.Object({ removed: Count }),
  problems: ['session-gone', 'session-state-refused', 'roster-line-unknown'],
})

export const openSession = endpoint({
  method: 'POST',
  path: '/sessions/:id/open',
  summary: 'Open a session on its day',
  right: 'planning.serve',
  purpose: 'none',
  params: Ids,
  reply: SessionShape,
  problems: ['session-gone', 'session-state-refused', 'session-not-today', 'session-kit-needed'],
})

export const checkIn = endpoint({
  method: 'POST',
  path: '/sessions/:id/roster/:personId/check-in',
  summary: 'Somebody on the roster has come',
  right: 'planning.serve',
  purpose: 'session',
  decides: true,
  params: OfPerson,
  reply: LineStateShape,
  problems: atWork,
})

/** For a new account: the holder's own phone, or of a child who represents them. */
const Serving = Type.Object({ phone: Type.Optional(Type.String({ maxLength: 30 })), ...representativeFields })
const given = Type.Object({ done: Type.Array(Type.Enum([...servicesDone])) })
const refusedBelow = [
  'card-too-young',
  'card-not-needed',
  'card-holder-dead',
  'account-too-young',
  'account-card-needed',
  'account-holder-dead',
  'account-phone-malformed',
  'account-phone-taken',
  'account-move-refused',
  ...representativeProblems,
  'roster-nothing-to-activate',
]

export const servePerson = endpoint({
  method: 'POST',
  path: '/sessions/:id/roster/:personId/serve',
  summary: 'A person on the roster gets what the session is for; the answer says what of it was lacking',
  right: 'planning.serve',
  purpose: 'session',
  decides: true,
  params: OfPerson,
  body: Serving,
  reply: LineStateShape,
  problems: [...atWork, ...refusedBelow, 'number-not-twelve-digits'],
})

export const markAbsent = endpoint({
  method: 'POST',
  path: '/sessions/:id/roster/absent',
  summary: 'People on the roster did not come, for one reason; the version is that of one person alone',
  right: 'planning.serve',
  purpose: 'session',
  decides: true,
  params: Ids,
  body: Type.Object({
    persons: Type.Array(IdShape<'person'>(), { minItems: 1, maxItems: 1000 }),
    reason: Type.Enum([...absences]),
  }),
  /** In the order in which they were named. */
  reply: Type.Object({ lines: Type.Array(LineStateShape) }),
  problems: atWork,
})

export const takeBackLine = endpoint({
  method: 'DELETE',
  path: '/sessions/:id/roster/:personId/outcome',
  summary: 'Take back what was entered last for a person: served, absent, or that they came',
  right: 'planning.serve',
  purpose: 'session',
  decides: true,
  params: OfPerson,
  reply: LineStateShape,
  problems: [...atWork, 'roster-nothing-to-take-back', 'roster-done-stands', 'application-move-refused'],
})

export const walkIn = endpoint({
  method: 'POST',
  path: '/sessions/:id/walk-ins',
  summary: 'Serve somebody who came without being asked, by number',
  right: 'planning.serve',
  purpose: 'session',
  params: Ids,
  body: Type.Interface([Serving], { number: Type.String({ maxLength: 30 }) }),
  reply: Type.Interface([given], { personId: IdShape<'person'>(), walkIn: Type.Boolean() }),
  problems: [...atWork, ...refusedBelow, 'walk-in-unknown', 'number-not-twelve-digits'],
})

export const closeSession = endpoint({
  method: 'POST',
  path: '/sessions/:id/close',
  summary: 'Close a session with the counts that are on the screen; they must be those of the list',
  right: 'planning.serve',
  purpose: 'none',
  params: Ids,
  body: Type.Object({ served: Count, absent: Count, walkIns: Count }),
  reply: ClosingShape,
  problems: ['session-gone', 'session-state-refused', 'session-lines-open', 'session-counts-differ'],
})
