import type { Day } from '../platform/day.ts'
import type { Id } from '../platform/ids.ts'

/** What is done to tell people of a campaign. Pure. */

export type ActivityId = Id<'activity'>

export const activityKinds = [
  'assembly',
  'parents-meeting',
  'letter',
  'leaflet',
  'loudspeaker',
  'group-visit',
  'online-group',
  'other',
] as const
export type ActivityKind = (typeof activityKinds)[number]

export const audiences = ['pupils', 'parents', 'teachers', 'residents'] as const
export type Audience = (typeof audiences)[number]

/** Who tells people: police, school, community digital technology group, people's committee, associations. */
export const tellers = ['police', 'school', 'group', 'committee', 'association'] as const
export type Teller = (typeof tellers)[number]

/** A commune as a whole, or one school that stands in it. */
export type ActivityPlace = { readonly unitId: Id<'unit'>; readonly schoolId?: Id<'school'> | undefined }

export type Activity = {
  readonly id: ActivityId
  readonly campaignId: Id<'campaign'>
  readonly unitId: Id<'unit'>
  readonly kind: ActivityKind
  readonly audiences: readonly Audience[]
  readonly heldOn: Day
  readonly people: number
  /** Whether the people were counted; else their number is an estimate. */
  readonly counted: boolean
  readonly doneBy: readonly Teller[]
  readonly content?: string | undefined
  readonly places: readonly ActivityPlace[]
  readonly withdrawnReason?: string | undefined
}

/** One key for a place, so that places can be compared. */
export const placeKey = ({ unitId, schoolId }: ActivityPlace): string => schoolId ?? unitId
