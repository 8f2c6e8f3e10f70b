import { Type } from 'typebox'
import { endpoint } from '../platform/endpoint.ts'
import { IdShape } from '../platform/shapes.ts'
import { siteKinds, teamRoles } from './session.ts'

const Uuid = Type.String({ format: 'uuid' })
const DayText = Type.String({ format: 'date' })
export const HourText = Type.String({
  pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$',
  description: 'HH:MM, the province’s time',
})
const Ids = Type.Object({ id: Uuid })
const Maybe = <T extends ReturnType<typeof Type.String>>(shape: T) => Type.Optional(Type.Union([shape, Type.Null()]))

export const SiteShape = Type.Object({
  id: Uuid,
  unitId: IdShape<'unit'>(),
  kind: Type.Enum([...siteKinds]),
  schoolId: Maybe(Uuid),
  name: Type.String(),
  address: Maybe(Type.String()),
  opensAt: HourText,
  closesAt: HourText,
})

export const ClosedDayShape = Type.Object({
  siteId: Uuid,
  day: DayText,
  why: Type.Enum(['shut', 'exam', 'other']),
  note: Maybe(Type.String({ maxLength: 200 })),
})

export const MemberShape = Type.Object({ officerId: IdShape<'officer'>(), role: Type.Enum([...teamRoles]) })

export const TeamShape = Type.Object({
  id: Uuid,
  unitId: IdShape<'unit'>(),
  name: Type.String(),
  colour: Type.Integer(),
  members: Type.Array(MemberShape),
})

export const KitShape = Type.Object({
  id: Uuid,
  unitId: IdShape<'unit'>(),
  code: Type.String(),
  state: Type.Enum(['ready', 'repair', 'retired']),
  repairUntil: Maybe(DayText),
  perHour: Type.Optional(Type.Union([Type.Integer(), Type.Null()])),
})

export const HoursShape = Type.Object({
  morningFrom: HourText,
  morningTo: HourText,
  afternoonFrom: HourText,
  afternoonTo: HourText,
  saturday: Type.Enum(['none', 'morning']),
})

/** Sessions affected by a change, which a planner has to move. */
const Touched = Type.Object({ sessions: Type.Array(Type.Object({ id: Uuid, code: Type.String(), day: DayText })) })

const Name = Type.String({ minLength: 1, maxLength: 120 })

export const createSite = endpoint({
  method: 'POST',
  path: '/sites',
  summary: 'Enter a place at which sessions can be held',
  right: 'planning.manage',
  purpose: 'none',
  body: Type.Object({
    kind: Type.Enum([...siteKinds]),
    unitId: Type.Optional(IdShape<'unit'>()),
    schoolId: Type.Optional(IdShape<'school'>()),
    name: Type.Optional(Name),
    address: Type.Optional(Type.String({ maxLength: 200 })),
    opensAt: HourText,
    closesAt: HourText,
  }),
  reply: SiteShape,
  problems: ['hours-reversed', 'site-known', 'site-unknown', 'school-unknown', 'unit-outside-scope'],
})

export const closeSite = endpoint({
  method: 'POST',
  path: '/sites/:id/closed-days',
  summary: 'Say that a site cannot be used on a day; the answer names the sessions that stand there then',
  right: 'planning.manage',
  purpose: 'none',
  params: Ids,
  body: Type.Object({
    day: DayText,
    why: Type.Enum(['shut', 'exam', 'other']),
    note: Type.Optional(Type.String({ maxLength: 200 })),
  }),
  reply: Touched,
  problems: ['site-unknown'],
})

export const reopenSite = endpoint({
  method: 'DELETE',
  path: '/sites/:id/closed-days/:day',
  summary: 'Take a closed day back',
  right: 'planning.manage',
  purpose: 'none',
  params: Type.Object({ id: Uuid, day: DayText }),
  reply: Type.Object({}),
  problems: ['site-unknown'],
})

export const createTeam = endpoint({
  method: 'POST',
  path: '/teams',
  summary: 'Make a team',
  right: 'planning.manage',
  purpose: 'none',
  body: Type.Object({
    unitId: IdShape<'unit'>(),
    name: Name,
    colour: Type.Integer({ minimum: 1, maximum: 6 }),
    members: Type.Optional(Type.Array(MemberShape, { maxItems: 20 })),
  }),
  reply: TeamShape,
  problems: ['team-name-taken', 'officer-unknown', 'unit-outside-scope'],
})

export const setTeamMembers = endpoint({
  method: 'PUT',
  path: '/teams/:id/members',
  summary: 'Say who is of a team from now on',
  right: 'planning.manage',
  purpose: 'none',
  params: Ids,
  body: Type.Object({ members: Type.Array(MemberShape, { maxItems: 20 }) }),
  reply: TeamShape,
  problems: ['team-unknown', 'officer-unknown', 'unit-outside-scope'],
})

export const endTeam = endpoint({
  method: 'DELETE',
  path: '/teams/:id',
  summary: 'A team is no more from today on; sessions that are planned keep it',
  right: 'planning.manage',
  purpose: 'none',
  params: Ids,
  reply: Type.Object({}),
  problems: ['team-unknown', 'unit-outside-scope'],
})

export const createKit = endpoint({
  method: 'POST',
  path: '/kits',
  summary: 'Enter a capture machine',
  right: 'planning.manage',
  purpose: 'none',
  body: Type.Object({
    unitId: IdShape<'unit'>(),
    code: Type.String({ minLength: 1, maxLength: 40 }),
    perHour: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  }),
  reply: KitShape,
  problems: ['kit-code-taken', 'unit-outside-scope'],
})

export const setKitState = endpoint({
  method: 'PUT',
  path: '/kits/:id/state',
  summary: 'Say that a machine is ready, in repair or no longer used; the answer names the sessions that count on it',
  right: 'planning.manage',
  purpose: 'none',
  params: Ids,
  body: Type.Object({ state: Type.Enum(['ready', 'repair', 'retired']), repairUntil: Type.Optional(DayText) }),
  reply: Touched,
  problems: ['kit-unknown', 'unit-outside-scope'],
})

export const setWorkingHours = endpoint({
  method: 'PUT',
  path: '/sessions/working-hours/:id',
  summary: 'Set the working hours of a unit, and of those below that have none of their own, from today on',
  right: 'planning.manage',
  purpose: 'none',
  params: Ids,
  body: HoursShape,
  reply: Type.Object({}),
  problems: ['hours-reversed', 'unit-outside-scope'],
})

export const planningOfficers = endpoint({
  method: 'GET',
  path: '/sessions/officers',
  summary: 'Officers who can be named for a session',
  right: 'planning.manage',
  purpose: 'none',
  reply: Type.Object({
    officers: Type.Array(Type.Object({ id: Uuid, name: Type.String(), unitId: IdShape<'unit'>() })),
  }),
})
