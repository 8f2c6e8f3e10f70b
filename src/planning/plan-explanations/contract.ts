import { Type } from 'typebox'
import { endpoint } from '../../platform/endpoint.ts'
import { wholeNumberFrom } from '../../platform/shapes.ts'
import {
  InstanceId,
  longestInstanceId,
  OfficerMinutes,
  objectiveMembers,
  People,
  PlanDayText,
  PlanHourText,
  planParams,
} from '../contract-plan.ts'
import { demandKinds } from '../optimiser/instance.ts'
import { lateLimits, sessionLimits, slotObstacles } from '../plan-reasons/reason.ts'

/** Why a plan is as it is, over the wire. Ids are those of the plan's instance (docs/interfaces.md). */

const Count = wholeNumberFrom(0)

const Difference = Type.Object(objectiveMembers, { description: 'the other plan less this one' })

export const explainSession = endpoint({
  method: 'GET',
  path: '/plans/:id/reasons',
  summary: 'Why one session of a plan is where and when it is, what it costs a day later, and which limit binds',
  right: 'planning.read',
  purpose: 'none',
  params: planParams,
  query: Type.Object({
    session: Type.String({ maxLength: longestInstanceId, description: 'the id of a session of the plan' }),
  }),
  reply: Type.Object({
    session: Type.String(),
    site: InstanceId,
    siteName: Type.String(),
    team: InstanceId,
    teamName: Type.String(),
    day: PlanDayText,
    shift: Type.String(),
    from: PlanHourText,
    to: PlanHourText,
    kits: Type.Array(InstanceId),
    needs: Type.Array(
      Type.Object({
        demand: InstanceId,
        kind: Type.Enum([...demandKinds]),
        lastDay: PlanDayText,
        people: People,
        served: People,
        inTime: People,
        late: People,
      }),
    ),
    after: Type.Array(Type.Object({ day: PlanDayText, people: People }), { description: 'served there on later days' }),
    without: Difference,
    slots: Type.Array(
      Type.Object({
        day: PlanDayText,
        shift: Type.String(),
        pastLastDay: People,
        obstacle: Type.Optional(Type.Enum([...slotObstacles])),
        closedFor: Type.Optional(Type.String()),
        teamAt: Type.Optional(Type.String({ description: 'the name of a site' })),
        kits: Type.Optional(Type.Array(Type.String({ description: 'the name of a kit' }))),
        difference: Type.Optional(Difference),
      }),
    ),
    later: Type.Optional(
      Type.Object({
        day: PlanDayText,
        shift: Type.String(),
        from: PlanHourText,
        to: PlanHourText,
        difference: Difference,
      }),
    ),
    limits: Type.Array(Type.Object({ limit: Type.Enum([...sessionLimits]), more: Count, inTimeMore: People })),
  }),
  problems: ['plan-unknown', 'plan-state-refused', 'plan-session-unknown', 'plan-reasons-busy'],
})

const RemedyChangeShape = Type.Object({
  kind: Type.Enum(['kit', 'order', 'officer', 'evening']),
  days: Type.Array(PlanDayText),
  store: Type.Optional(Type.String({ description: 'a kit: the name of the place where it is kept' })),
  team: Type.Optional(Type.String({ description: 'an officer: the name of the team' })),
  site: Type.Optional(Type.String({ description: 'an evening: the name of the site' })),
})

export const explainLate = endpoint({
  method: 'GET',
  path: '/plans/:id/unserved',
  summary: 'Whom a plan leaves late, which limit keeps them, and what was tried that would change it',
  right: 'planning.read',
  purpose: 'none',
  params: planParams,
  reply: Type.Object({
    late: People,
    unserved: People,
    byLimit: Type.Array(Type.Object({ limit: Type.Enum([...lateLimits]), late: People })),
    bySite: Type.Array(
      Type.Object({
        site: InstanceId,
        siteName: Type.String(),
        demand: InstanceId,
        kind: Type.Enum([...demandKinds]),
        lastDay: PlanDayText,
        late: People,
        unserved: People,
        limit: Type.Enum([...lateLimits]),
      }),
    ),
    remedies: Type.Object({
      state: Type.Enum(['none', 'waiting', 'running', 'done', 'failed']),
      share: Type.Number({ description: '0 to 1: how far they are tried' }),
      withoutChange: Type.Optional(Type.Integer({ description: 'people in time more by the search alone' })),
      found: Type.Array(
        Type.Object({
          change: RemedyChangeShape,
          inTimeMore: Type.Integer({ description: 'people' }),
          minutesMore: OfficerMinutes,
          overtimeMore: OfficerMinutes,
          kmMore: Type.Number({ description: 'kilometres of vehicles' }),
        }),
      ),
    }),
  }),
  problems: ['plan-unknown', 'plan-state-refused', 'plan-reasons-busy'],
})

export const seekRemedies = endpoint({
  method: 'POST',
  path: '/plans/:id/remedies',
  summary: 'Begin to try what would serve more people in time; read /plans/:id/unserved until it is done',
  right: 'planning.manage',
  purpose: 'none',
  params: planParams,
  reply: Type.Object({ state: Type.Enum(['waiting', 'running', 'done']) }),
  problems: ['plan-unknown', 'plan-state-refused'],
})
