import type { Day } from '../platform/day.ts'
import type { Id } from '../platform/ids.ts'
import type { Hour } from './hour.ts'
import type { PlanWarning } from './plan-warnings.ts'

export type TeamSessionId = Id<'session'>

/** `home`: of somebody whom the team visits. Whoever is asked there is told of it, and no list of places. */
export const siteKinds = ['school', 'hall', 'counter', 'home'] as const
export type SiteKind = (typeof siteKinds)[number]

export type SiteId = Id<'site'>
export type TeamId = Id<'team'>
export type KitId = Id<'kit'>

/** What is done at a session; `counter` is a shift at the unit's own counter, which has no roster. */
export const sessionKinds = ['card-and-account', 'raise-level', 'activation', 'counter'] as const
export type SessionKind = (typeof sessionKinds)[number]

export const sessionStates = ['planned', 'open', 'closed', 'cancelled'] as const
export type SessionState = (typeof sessionStates)[number]

/** What an officer does at a session (domain.md 7.3). */
export const teamRoles = ['information-check', 'fingerprint', 'photo', 'reserve', 'lone'] as const
export type TeamRole = (typeof teamRoles)[number]

export const absences = ['ill', 'moved', 'no-paper', 'refused', 'other'] as const
export type Absence = (typeof absences)[number]

/** What was done for a person who was served. */
export const servicesDone = ['card', 'account', 'raised', 'activated'] as const
export type ServiceDone = (typeof servicesDone)[number]

export type OfficerSeat = {
  readonly officerId: Id<'officer'>
  readonly role: TeamRole
  readonly from: Hour
  readonly to: Hour
}

export type TeamSession = {
  readonly id: TeamSessionId
  readonly unitId: Id<'unit'>
  readonly code: string
  readonly kind: SessionKind
  readonly campaignId?: Id<'campaign'> | undefined
  readonly siteId: SiteId
  readonly teamId?: TeamId | undefined
  readonly day: Day
  readonly startsAt: Hour
  readonly endsAt: Hour
  readonly state: SessionState
  readonly reason?: string | undefined
  readonly confirmed: readonly PlanWarning[]
  readonly openedAt?: Date | undefined
  readonly closedAt?: Date | undefined
  readonly version: number
}

/** From each state, the states to which a session may go. A closed one stays as it was signed. */
const transitions: Record<SessionState, readonly SessionState[]> = {
  planned: ['open', 'cancelled'],
  open: ['closed'],
  closed: [],
  cancelled: [],
}

export const mayTransition = (from: SessionState, to: SessionState): boolean => transitions[from].includes(to)

/** What a session came to. Invited = served + absent; walk-ins are counted apart. */
export type SessionClosing = {
  readonly invited: number
  readonly served: number
  readonly absent: number
  readonly absentBy: Readonly<Record<Absence, number>>
  readonly walkIns: number
  /** What was done, for the invited and the walk-ins together. */
  readonly done: Readonly<Record<ServiceDone, number>>
}
