import { Type } from 'typebox'
import { endpoint } from '../../platform/endpoint.ts'
import { wholeNumberFrom } from '../../platform/shapes.ts'
import {
  InstanceId,
  OfficerMinutes,
  objectiveMembers,
  People,
  PlanDayText,
  PlanHourText,
  planParams,
} from '../contract-plan.ts'
import { demandKinds, planSiteKinds } from '../optimiser/instance.ts'
import { lateReasons } from '../optimiser/plan.ts'
import { planStates, solvingStates } from '../plans/plan-states.ts'

/**
 * A plan as the calendar shows it, a week at a time: the documents of /plans/:id are large, and a week of lanes is
 * small. Ids are those of the plan's instance.
 */

const Instant = Type.String({ format: 'date-time' })
const Count = wholeNumberFrom(0)
const Name = Type.String()

const PlanFigures = Type.Object({
  ...objectiveMembers,
  people: People,
  announcedSessions: Count,
  prices: Type.Object({ latePerson: OfficerMinutes, unservedPerson: OfficerMinutes, movedSession: OfficerMinutes }),
  bound: Type.Optional(
    Type.Object({
      total: OfficerMinutes,
      latePeople: Type.Integer({ description: 'fewer people cannot be late' }),
      minutes: Type.Number({ description: 'officer-minutes of travel and overtime' }),
    }),
  ),
  gap: Type.Optional(Type.Number({ description: 'the share of the total by which a plan could be better at most' })),
  stopped: Type.Boolean({ description: 'somebody stopped the search: the best so far' }),
  seconds: Type.Number(),
  lateBy: Type.Array(Type.Object({ why: Type.Enum([...lateReasons]), people: People })),
})

const PlanResources = Type.Object({
  teams: Count,
  officers: Count,
  kits: Count,
  sites: Count,
  people: People,
  teamsLeftOut: Type.Array(Name, { description: 'teams of which nobody can go out in these days' }),
  estimatedWays: Count,
  elsewhere: People,
})

const WeekDay = Type.Object({
  day: PlanDayText,
  within: Type.Boolean({ description: 'a day of the plan' }),
  work: Type.Enum(['ordinary', 'ordered', 'none']),
  ordered: Type.Boolean({ description: 'overtime is ordered' }),
  holiday: Type.Optional(Name),
})

const WeekSession = Type.Object({
  id: InstanceId,
  team: InstanceId,
  day: PlanDayText,
  shift: InstanceId,
  from: PlanHourText,
  to: PlanHourText,
  site: InstanceId,
  siteName: Name,
  siteKind: Type.Enum([...planSiteKinds]),
  place: Type.String({ description: 'the code of the unit where it lies' }),
  placeName: Name,
  kinds: Type.Array(Type.Enum([...demandKinds])),
  people: People,
  inTime: People,
  kits: Type.Array(Name),
  announced: Type.Boolean({ description: 'it keeps a session that stands already' }),
  locked: Type.Boolean({ description: 'it has to stay' }),
  boat: Type.Boolean({ description: 'its route is bound to a boat' }),
})

const WeekRoute = Type.Object({
  team: InstanceId,
  day: PlanDayText,
  departs: PlanHourText,
  returns: PlanHourText,
  officers: Type.Array(Name),
  kits: Type.Array(Name),
  km: Type.Number(),
  travelMinutes: Type.Number({ description: 'minutes of one officer' }),
  overtimeMinutes: Type.Number({ description: 'minutes of one officer' }),
})

export const showPlanWeek = endpoint({
  method: 'GET',
  path: '/plans/:id/week',
  summary: 'A week of a plan as lanes by team, with what the whole plan comes to',
  right: 'planning.read',
  purpose: 'none',
  params: planParams,
  query: Type.Object({ day: Type.Optional(PlanDayText) }),
  reply: Type.Object({
    state: Type.Enum([...planStates]),
    solving: Type.Enum([...solvingStates]),
    progress: Type.Record(Type.String(), Type.Number()),
    from: PlanDayText,
    to: PlanDayText,
    version: Count,
    seconds: Type.Optional(Type.Number({ description: 'for which it is sought' })),
    overtime: Type.Object({ days: Type.Array(PlanDayText), evenings: Type.Boolean() }),
    madeAt: Instant,
    decidedBy: Type.Optional(Name),
    decidedAt: Type.Optional(Instant),
    resources: PlanResources,
    shifts: Type.Array(Type.Object({ id: InstanceId, from: PlanHourText, to: PlanHourText })),
    teams: Type.Array(Type.Object({ id: InstanceId, name: Name, base: Name, officers: Count })),
    kits: Type.Array(Type.Object({ id: InstanceId, name: Name, store: Name })),
    figures: Type.Optional(PlanFigures),
    monday: PlanDayText,
    weeks: Type.Array(PlanDayText, { description: 'the Monday of each week of the plan' }),
    days: Type.Array(WeekDay),
    sessions: Type.Array(WeekSession),
    routes: Type.Array(WeekRoute),
    tiles: Type.Array(
      Type.Object(
        { code: Type.String(), name: Name, district: Name, col: Count, row: Count },
        {
          description: 'the communes of the plan on the map of tiles',
        },
      ),
    ),
  }),
  problems: ['plan-unknown'],
})

const Move = Type.Object({
  kind: Type.Literal('move'),
  session: InstanceId,
  team: InstanceId,
  day: PlanDayText,
  shift: InstanceId,
})
const Lock = Type.Object({ kind: Type.Enum(['lock', 'unlock']), session: InstanceId })
const change = Type.Union([Move, Lock])

const Changed = {
  session: Type.String({ description: 'the id that the session has now' }),
  from: PlanHourText,
  to: PlanHourText,
  people: People,
  before: Type.Object(objectiveMembers),
  after: Type.Object(objectiveMembers),
  faults: Type.Array(
    Type.Object({
      code: Type.String(),
      team: Type.Optional(InstanceId),
      day: Type.Optional(Type.String()),
      session: Type.Optional(InstanceId),
      sentence: Type.String(),
    }),
    { description: 'the rules of docs/planning.md that it would break' },
  ),
}

export const tryPlanChange = endpoint({
  method: 'POST',
  path: '/plans/:id/tried-changes',
  onlyReads: true,
  summary:
    'What a session of a plan would cost at another day, shift or team, and which limits it breaks; keeps nothing',
  right: 'planning.read',
  purpose: 'none',
  params: planParams,
  body: Type.Object({ change }),
  reply: Type.Object(Changed),
  problems: ['plan-unknown', 'plan-state-refused', 'plan-session-unknown', 'plan-reasons-busy'],
})

export const changePlan = endpoint({
  method: 'POST',
  path: '/plans/:id/changes',
  summary: 'Move, lock or unlock a session of a draft; refused where it breaks a limit',
  right: 'planning.manage',
  purpose: 'none',
  params: planParams,
  body: Type.Object({ version: Count, change }),
  reply: Type.Object({ ...Changed, version: Count }),
  problems: [
    'plan-unknown',
    'plan-changed',
    'plan-state-refused',
    'plan-session-unknown',
    'plan-limits-broken',
    'plan-session-told',
    'plan-reasons-busy',
  ],
})
