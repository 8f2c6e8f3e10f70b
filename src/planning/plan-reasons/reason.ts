import type { DemandKind } from '../optimiser/instance.ts'
import type { PlanObjective } from '../optimiser/plan.ts'

/** Why a plan is as it is: of one session, and of whoever it leaves late. Numbers are people, minutes or kilometres. */

/** Another plan less this one, by each part of the objective (docs/planning.md); negative where the other has less. */
export type ObjectiveChange = PlanObjective

/** One need at the site of a session. */
export type NeedHere = {
  readonly demand: string
  readonly kind: DemandKind
  readonly lastDay: string
  /** All who need it there; whom this session serves, and of them by the last day. */
  readonly people: number
  readonly served: number
  readonly inTime: number
  /** Whom the whole plan leaves late. */
  readonly late: number
}

/** What keeps a session from another day or shift: the first of these, in this order, that does. */
export const slotObstacles = [
  'locked',
  'site-closed',
  'no-overtime-order',
  'boat',
  'no-way',
  'officer-away',
  'kit-away',
  'team-elsewhere',
  'kits-elsewhere',
  'overtime-cap',
  'rest-day-cap',
  'too-few-officers',
  'no-time',
] as const
export type SlotObstacle = (typeof slotObstacles)[number]

/** Another day and shift: what keeps the session from it, or what the plan would be with the session there. */
export type OtherSlot = {
  readonly day: string
  readonly shift: string
  /** Whom the session serves in time, and who would be past their last day there. */
  readonly pastLastDay: number
  readonly obstacle?: SlotObstacle | undefined
  /** Why the site is closed, in the words of the instance; the site where the team is; the kits that are elsewhere. */
  readonly closedFor?: string | undefined
  readonly teamAt?: string | undefined
  readonly kits?: readonly string[] | undefined
  readonly difference?: ObjectiveChange | undefined
}

/** The session on the next day on which it is possible, in the best shift of it. */
export type DayLater = {
  readonly day: string
  readonly shift: string
  readonly from: string
  readonly to: string
  readonly difference: ObjectiveChange
}

/** What would serve more people of the site in time if the session had more of it, each alone. */
export const sessionLimits = ['kits', 'kits-and-officers', 'officers', 'hours'] as const
export type SessionLimit = {
  readonly limit: (typeof sessionLimits)[number]
  /** A kit like its best; with `more` officers whom it takes and who are not there; an officer; an hour. */
  readonly more: number
  readonly inTimeMore: number
}

export type SessionReasons = {
  readonly session: string
  readonly site: string
  readonly team: string
  readonly day: string
  readonly shift: string
  readonly from: string
  readonly to: string
  readonly kits: readonly string[]
  readonly needs: readonly NeedHere[]
  /** People served at the site on later days, by day. */
  readonly after: readonly { readonly day: string; readonly people: number }[]
  /** The plan without the session less the plan with it: `latePeople` is how many it keeps from being late. */
  readonly without: ObjectiveChange
  /** Every other day and shift of the plan. */
  readonly slots: readonly OtherSlot[]
  /** Left out where no later day is possible: `slots` say why. */
  readonly later?: DayLater | undefined
  /** Those that bind; none where nobody at the site is late or more of any would help nobody. */
  readonly limits: readonly SessionLimit[]
}

/** Which limit keeps somebody from being served in time. */
export const lateLimits = [
  'last-day',
  'site-hours',
  'crossing',
  'way',
  'kits',
  'officers',
  'overtime',
  'price',
] as const
export type LateLimit = (typeof lateLimits)[number]

export type LateAtSite = {
  readonly site: string
  readonly demand: string
  readonly kind: DemandKind
  readonly lastDay: string
  readonly late: number
  readonly unserved: number
  readonly limit: LateLimit
}

export type LateReasons = {
  readonly late: number
  readonly unserved: number
  /** People by limit, the most first; they add up to `late`. */
  readonly byLimit: readonly { readonly limit: LateLimit; readonly late: number }[]
  /** The most late first. */
  readonly bySite: readonly LateAtSite[]
}

/** One thing that could be had more of. */
export type RemedyChange =
  | { readonly kind: 'kit'; readonly store: string; readonly days: readonly string[] }
  | { readonly kind: 'order'; readonly days: readonly string[] }
  | { readonly kind: 'officer'; readonly team: string; readonly days: readonly string[] }
  | { readonly kind: 'evening'; readonly site: string; readonly days: readonly string[] }

export type Remedy = {
  readonly change: RemedyChange
  /** People in time more than the same search finds without the change. */
  readonly inTimeMore: number
  /** Officer-minutes of travel and overtime more, in all. */
  readonly minutesMore: number
  readonly overtimeMore: number
  readonly kmMore: number
}

/** Tried from a plan as it stands; `withoutChange`: people in time more that the search alone finds. */
export type Remedies = {
  readonly withoutChange: number
  /** By minutes a person in time, the fewest first; those that help nobody last. */
  readonly remedies: readonly Remedy[]
}
