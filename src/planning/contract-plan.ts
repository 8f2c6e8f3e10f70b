import { Type } from 'typebox'

/** What the contracts of plans share. Ids within a plan are those of its instance (docs/interfaces.md). */

export const planParams = Type.Object({ id: Type.String({ format: 'uuid' }) })

export const PlanDayText = Type.String({ format: 'date' })
export const PlanHourText = Type.String({ description: 'HH:MM' })
/** Of an instance, or of a session of a plan, which names its site, day and shift. */
export const longestInstanceId = 300
export const InstanceId = Type.String({ maxLength: longestInstanceId })

export const People = Type.Integer({ minimum: 0, description: 'people' })
export const OfficerMinutes = Type.Number({ description: 'officer-minutes' })

/** What a plan comes to, or the difference of two. */
export const objectiveMembers = {
  total: OfficerMinutes,
  travelMinutes: OfficerMinutes,
  overtimeMinutes: OfficerMinutes,
  latePeople: Type.Integer({ description: 'people' }),
  unservedPeople: Type.Integer({ description: 'people' }),
  movedSessions: Type.Integer({ description: 'announced sessions that are not kept' }),
  km: Type.Number({ description: 'kilometres of vehicles' }),
}
