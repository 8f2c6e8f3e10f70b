import { Type } from 'typebox'
import { endpoint } from '../platform/endpoint.ts'
import { IdShape, wholeNumberFrom } from '../platform/shapes.ts'
import { ClosedDayShape, HoursShape, HourText, KitShape, SiteShape, TeamShape } from './contract-place.ts'
import { crewWarnings, planWarnings } from './plan-warnings.ts'
import { absences, servicesDone, sessionKinds, sessionStates, siteKinds, teamRoles } from './session.ts'

export { needsAt } from './needs-at-session.ts'
export { needsOrder } from './plan-warnings.ts'
export { absences, servicesDone, sessionKinds, teamRoles } from './session.ts'

const Uuid = Type.String({ format: 'uuid' })
const DayText = Type.String({ format: 'date' })
const Instant = Type.String({ format: 'date-time' })
const Ids = Type.Object({ id: Uuid })
const Count = wholeNumberFrom(0)
export const WarningName = Type.Enum([...planWarnings])

export const ClosingShape = Type.Object({
  invited: Count,
  served: Count,
  absent: Count,
  absentBy: Type.Object(
    Object.fromEntries(absences.map(one => [one, Count])) as Record<(typeof absences)[number], typeof Count>,
  ),
  walkIns: Count,
  done: Type.Object(
    Object.fromEntries(servicesDone.map(one => [one, Count])) as Record<(typeof servicesDone)[number], typeof Count>,
  ),
})

export const SessionShape = Type.Object({
  id: Uuid,
  unitId: IdShape<'unit'>(),
  code: Type.String(),
  kind: Type.Enum([...sessionKinds]),
  campaignId: Type.Optional(IdShape<'campaign'>()),
  site: Type.Object({
    id: Uuid,
    name: Type.String(),
    address: Type.Optional(Type.String()),
    kind: Type.Enum([...siteKinds]),
    schoolId: Type.Optional(IdShape<'school'>()),
  }),
  teamId: Type.Optional(Uuid),
  day: DayText,
  startsAt: HourText,
  endsAt: HourText,
  state: Type.Enum([...sessionStates]),
  reason: Type.Optional(Type.String()),
  confirmed: Type.Array(WarningName),
  openedAt: Type.Optional(Instant),
  closedAt: Type.Optional(Instant),
  version: Type.Integer(),
  officers: Type.Array(
    Type.Object({
      officerId: IdShape<'officer'>(),
      name: Type.String(),
      role: Type.Enum([...teamRoles]),
      from: HourText,
      to: HourText,
    }),
  ),
  kits: Type.Array(Type.Object({ id: Uuid, code: Type.String() })),
  counts: Type.Object({ invited: Count, served: Count, absent: Count, waiting: Count, notCome: Count, walkIns: Count }),
  capacity: Count,
  troubles: Type.Array(Type.Enum(['site-closed', 'kit-in-repair', 'no-kit', 'capacity'])),
})

const OvertimeShape = Type.Object({
  officerId: IdShape<'officer'>(),
  name: Type.String(),
  /** Minutes. */
  month: Count,
  year: Count,
  weighted: Count,
  unsigned: Count,
  over: Type.Array(Type.Enum(['month', 'year', 'listed-year'])),
})

export const showCalendar = endpoint({
  method: 'GET',
  path: '/calendar',
  summary: 'Sessions, counters, closed days, holidays and overtime of a unit and those below, from a day to a day',
  right: 'planning.read',
  purpose: 'none',
  query: Type.Object({ unit: Type.Optional(IdShape<'unit'>()), from: DayText, to: DayText }),
  reply: Type.Object({
    unit: Type.Object({ id: IdShape<'unit'>(), name: Type.String() }),
    from: DayText,
    to: DayText,
    hours: HoursShape,
    holidays: Type.Array(Type.Object({ day: DayText, name: Type.String() })),
    madeUpDays: Type.Array(DayText),
    yearsWithoutHolidays: Type.Array(Type.Integer()),
    closedDays: Type.Array(ClosedDayShape),
    sessions: Type.Array(SessionShape),
    sites: Type.Array(SiteShape),
    teams: Type.Array(Type.Object({ ...TeamShape.properties, unitName: Type.String() })),
    kits: Type.Array(KitShape),
    overtime: Type.Array(OvertimeShape),
  }),
  problems: ['unit-unknown'],
})

export const showDaysAhead = endpoint({
  method: 'GET',
  path: '/calendar/days-ahead',
  summary: 'Sessions and holidays of one’s unit and those below, from a day to a day: how many are asked to each',
  right: 'planning.read',
  purpose: 'none',
  together: 'quick',
  query: Type.Object({ from: DayText, to: DayText }),
  reply: Type.Object({
    holidays: Type.Array(Type.Object({ day: DayText, name: Type.String() })),
    sessions: Type.Array(
      Type.Object({
        id: Uuid,
        day: DayText,
        startsAt: HourText,
        endsAt: HourText,
        state: Type.Enum([...sessionStates]),
        siteName: Type.String(),
        officers: Type.Array(Type.String()),
        invited: Count,
        capacity: Count,
      }),
    ),
  }),
})

const Elsewhere = { code: Type.String(), startsAt: HourText, endsAt: HourText }

export const crewReadiness = endpoint({
  method: 'GET',
  path: '/sessions/readiness',
  summary:
    'What speaks against each team and machine at a time, before one is chosen: too few, away, at work elsewhere',
  right: 'planning.manage',
  purpose: 'none',
  query: Type.Object({
    kind: Type.Enum([...sessionKinds]),
    day: DayText,
    startsAt: HourText,
    endsAt: HourText,
    session: Type.Optional(IdShape<'session'>()),
  }),
  reply: Type.Object({
    needsKit: Type.Boolean(),
    teams: Type.Array(
      Type.Object({
        id: Uuid,
        members: Count,
        marks: Type.Array(
          Type.Object({
            code: Type.Enum([...crewWarnings]),
            officers: Type.Optional(Count),
            least: Type.Optional(Count),
            away: Type.Optional(Count),
            all: Type.Optional(Count),
            names: Type.Optional(Type.String()),
          }),
        ),
        elsewhere: Type.Optional(Type.Object({ ...Elsewhere, names: Type.String() })),
      }),
    ),
    kits: Type.Array(
      Type.Object({
        id: Uuid,
        state: Type.Enum(['free', 'in-repair', 'elsewhere']),
        until: Type.Optional(DayText),
        elsewhere: Type.Optional(Type.Object(Elsewhere)),
      }),
    ),
  }),
  problems: ['hours-reversed'],
})

const OfficerNamed = Type.Object({
  officerId: IdShape<'officer'>(),
  role: Type.Enum([...teamRoles]),
  from: Type.Optional(HourText),
  to: Type.Optional(HourText),
})

const Placing = {
  teamId: Type.Optional(Uuid),
  kits: Type.Optional(Type.Array(Uuid, { maxItems: 20 })),
  officers: Type.Optional(Type.Array(OfficerNamed, { maxItems: 30 })),
  confirm: Type.Optional(Type.Array(WarningName, { maxItems: 20, description: 'warnings that are gone over' })),
}

const refusals = [
  'hours-reversed',
  'session-in-the-past',
  'session-nobody',
  'session-site-closed',
  'session-kit-in-repair',
  'session-team-busy',
  'session-officer-busy',
  'session-kit-busy',
  'session-needs-confirmation',
  'session-order-needed',
  'site-unknown',
  'team-unknown',
  'kit-unknown',
  'officer-unknown',
] as const

export const planSession = endpoint({
  method: 'POST',
  path: '/sessions',
  summary: 'Plan a session, or a shift at the counter',
  right: 'planning.manage',
  purpose: 'none',
  body: Type.Object({
    kind: Type.Enum([...sessionKinds]),
    campaignId: Type.Optional(IdShape<'campaign'>()),
    siteId: Uuid,
    day: DayText,
    startsAt: HourText,
    endsAt: HourText,
    ...Placing,
  }),
  reply: SessionShape,
  problems: refusals,
})

export const moveSession = endpoint({
  method: 'PATCH',
  path: '/sessions/:id',
  summary: 'Change where, when or who with; what is left out stays',
  right: 'planning.manage',
  purpose: 'none',
  params: Ids,
  body: Type.Object({
    siteId: Type.Optional(Uuid),
    day: Type.Optional(DayText),
    startsAt: Type.Optional(HourText),
    endsAt: Type.Optional(HourText),
    version: Type.Optional(wholeNumberFrom(0)),
    ...Placing,
  }),
  reply: SessionShape,
  problems: [...refusals, 'session-gone', 'session-changed', 'session-state-refused'],
})

export const cancelSession = endpoint({
  method: 'POST',
  path: '/sessions/:id/cancel',
  summary: 'A planned session is not held after all',
  right: 'planning.manage',
  purpose: 'none',
  params: Ids,
  body: Type.Object({ reason: Type.String({ maxLength: 300 }), version: Type.Optional(wholeNumberFrom(0)) }),
  reply: SessionShape,
  problems: ['session-gone', 'session-changed', 'session-state-refused', 'session-reason-needed'],
})

export const showSession = endpoint({
  method: 'GET',
  path: '/sessions/:id',
  summary: 'One session: how it stands, who waits longest, when it will be done',
  right: 'planning.read',
  purpose: 'session',
  params: Ids,
  reply: Type.Interface([SessionShape], {
    waiting: Type.Array(
      Type.Object({
        personId: IdShape<'person'>(),
        name: Type.String(),
        class: Type.String(),
        minutes: Type.Integer(),
      }),
    ),
    people: Type.Array(Type.Object({ officerId: IdShape<'officer'>(), people: Count })),
    projection: Type.Optional(Type.Object({ endsAt: Instant, minutesEach: Type.Number() })),
    closing: Type.Optional(ClosingShape),
  }),
  problems: ['session-gone'],
})

export const signOvertime = endpoint({
  method: 'POST',
  path: '/sessions/overtime/:id/sign',
  summary: 'A commander signs an officer’s overtime of a month',
  right: 'planning.sign',
  needsFreshFactor: true,
  purpose: 'none',
  params: Type.Object({ id: IdShape<'officer'>() }),
  body: Type.Object({ month: Type.String({ pattern: '^[0-9]{4}-(0[1-9]|1[0-2])$' }) }),
  reply: Type.Object({ minutes: Count }),
  problems: ['overtime-own', 'overtime-nothing'],
})
