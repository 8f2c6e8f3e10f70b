import type { Day } from '../../platform/day.ts'
import type { Id } from '../../platform/ids.ts'
import type { Hour } from '../hour.ts'
import type { KitId, SiteId, SiteKind, TeamId, TeamRole } from '../session.ts'

/** A place at which sessions are held. */
export type Site = {
  readonly id: SiteId
  readonly unitId: Id<'unit'>
  readonly kind: SiteKind
  readonly schoolId?: Id<'school'> | null | undefined
  readonly name: string
  readonly address?: string | null | undefined
  readonly opensAt: Hour
  readonly closesAt: Hour
}

export type ClosedDay = {
  readonly siteId: SiteId
  readonly unitId: Id<'unit'>
  readonly day: Day
  readonly why: 'shut' | 'exam' | 'other'
  readonly note?: string | null | undefined
}

export type TeamMember = { readonly officerId: Id<'officer'>; readonly role: TeamRole }

export type Team = {
  readonly id: TeamId
  readonly unitId: Id<'unit'>
  readonly name: string
  /** 1 to 6: the edge of its sessions on the calendar, always beside its name. */
  readonly colour: number
  readonly members: readonly TeamMember[]
}

export type Kit = {
  readonly id: KitId
  readonly unitId: Id<'unit'>
  readonly code: string
  readonly state: 'ready' | 'repair' | 'retired'
  /** The last day in repair, where it is known. */
  readonly repairUntil?: Day | null | undefined
  /** Persons an hour, where it is not the usual of the kind of session. */
  readonly perHour?: number | null | undefined
}

export const isInRepairOn = ({ state, repairUntil }: Kit, day: Day): boolean =>
  state === 'repair' && (!repairUntil || day <= repairUntil)
