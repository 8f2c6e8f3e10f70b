import { type Static, Type } from 'typebox'

/** What one plan has beside another one: pure shapes, for the API and whoever shows it. */

const Count = Type.Integer()

const Figures = Type.Object({
  people: Type.Integer({ description: 'people of all demands' }),
  inTime: Count,
  late: Type.Integer({ description: 'not in time, with those who are not served at all' }),
  unserved: Count,
  overtimeMinutes: Type.Integer({ description: 'officer-minutes' }),
  travelMinutes: Type.Integer({ description: 'officer-minutes' }),
  km: Type.Number({ description: 'of vehicles' }),
  sessions: Count,
})

const HeldSession = Type.Object({
  id: Type.String({ description: 'of the announced session; of a new one, of the plan that has it' }),
  site: Type.String(),
  siteName: Type.String(),
  day: Type.String(),
  shift: Type.String(),
  from: Type.String(),
  to: Type.String(),
  team: Type.String(),
  officers: Type.Array(Type.String()),
  kits: Type.Array(Type.String()),
  people: Type.Integer({ description: 'who are served there' }),
})
export type SessionOfPlan = Static<typeof HeldSession>

/**
 * gone: nobody holds one at the site any more in its stead. moved: at the same site on another day or in another shift.
 * hours: the same day and shift, other hours. crew: another team, other officers or kits. new: there was none before.
 */
export const sessionChanges = ['gone', 'moved', 'hours', 'crew', 'new'] as const

const ChangedSession = Type.Object({
  change: Type.Enum([...sessionChanges]),
  /** Left out of a new one. */
  before: Type.Optional(HeldSession),
  /** Left out of one that is gone. */
  after: Type.Optional(HeldSession),
  /** The event took it: its own team could not hold it any more. */
  isByEvent: Type.Boolean(),
  /** It was locked. */
  isLocked: Type.Boolean(),
})
export type ChangedSession = Static<typeof ChangedSession>

export const PlanDifferenceShape = Type.Object({
  before: Figures,
  after: Figures,
  announced: Type.Object({
    all: Count,
    moved: Type.Integer({ description: 'not kept: gone or at another time' }),
    byEvent: Type.Integer({ description: 'of them: which the event itself made impossible' }),
  }),
  sessions: Type.Array(ChangedSession),
})
export type PlanDifference = Static<typeof PlanDifferenceShape>
