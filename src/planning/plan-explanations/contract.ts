import { Type } from 'typebox'
import { endpoint } from '../../platform/endpoint.ts'
import { wholeNumberFrom } from '../../platform/shapes.ts'
import { demandKinds } from '../optimiser/instance.ts'
import { lateLimits, sessionLimits, slotObstacles } from '../plan-reasons/reason.ts'

/** Why a plan is as it is, over the wire. Ids are those of the plan's instance (docs/interfaces.md). */

const DayText = Type.String({ format: 'date' })
const HourText = Type.String({ description: 'HH:MM' })
const Count = wholeNumberFrom(0)
const People = Type.Integer({ minimum: 0, description: 'people' })
const OfficerMinutes = Type.Number({ description: 'officer-minutes' })
const params = Type.Object({ id: Type.String({ format: 'uuid' }) })
const Id = Type.String({ maxLength: 200 })

const Difference = Type.Object(
  {
    total: OfficerMinutes,
    travelMinutes: OfficerMinutes,
    overtimeMinutes: OfficerMinutes,
    latePeople: Type.Integer({ description: 'people' }),
    unservedPeople: Type.Integer({ description: 'people' }),
    movedSessions: Type.Integer({ description: 'announced sessions that are not kept' }),
    km: Type.Number({ description: 'kilometres of vehicles' }),
  },
  { description: 'the other plan less this one' },
)

export const explainSession = endpoint({
  method: 'GET',
  path: '/plans/:id/reasons',
  summary: 'Why one session of a plan is where and when it is, what it costs a day later, and which limit binds',
  right: 'planning.read',
  purpose: 'none',
  params,
  query: Type.Object({ session: Type.String({ maxLength: 300, description: 'the id of a session of the plan' }) }),
  reply: Type.Object({
    session: Type.String(),
    site: Id,
    siteName: Type.String(),
    team: Id,
    teamName: Type.String(),
    day: DayText,
    shift: Type.String(),
    from: HourText,
    to: HourText,
    kits: Type.Array(Id),
    needs: Type.Array(
      Type.Object({
        demand: Id,
        kind: Type.Enum([...demandKinds]),
        lastDay: DayText,
        people: People,
        served: People,
        inTime: People,
        late: People,
      }),
    ),
    after: Type.Array(Type.Object({ day: DayText, people: People }), { description: 'served there on later days' }),
    without: Difference,
    slots: Type.Array(
      Type.Object({
        day: DayText,
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
      Type.Object({ day: DayText, shift: Type.String(), from: HourText, to: HourText, difference: Difference }),
    ),
    limits: Type.Array(Type.Object({ limit: Type.Enum([...sessionLimits]), more: Count, inTimeMore: People })),
  }),
  problems: ['plan-unknown', 'plan-state-refused', 'plan-session-unknown', 'plan-reasons-busy'],
})

const RemedyChangeShape = Type.Object({
  kind: Type.Enum(['kit', 'order', 'officer', 'evening']),
  days: Type.Array(DayText),
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
  params,
  reply: Type.Object({
    late: People,
    unserved: People,
    byLimit: Type.Array(Type.Object({ limit: Type.Enum([...lateLimits]), late: People })),
    bySite: Type.Array(
      Type.Object({
        site: Id,
        siteName: Type.String(),
        demand: Id,
        kind: Type.Enum([...demandKinds]),
        lastDay: DayText,
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
  params,
  reply: Type.Object({ state: Type.Enum(['waiting', 'running', 'done']) }),
  problems: ['plan-unknown', 'plan-state-refused'],
})
