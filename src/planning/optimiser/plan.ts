import type { DemandKind, planFormat } from './instance.ts'

/** A plan as its file has it (docs/planning.md, docs/interfaces.md). Hours HH:MM, days YYYY-MM-DD. */

export type PlanLeg = {
  /** Places. */
  readonly from: string
  readonly to: string
  readonly by: 'road' | 'boat'
  readonly departs: string
  readonly arrives: string
  readonly km: number
}

export type ServedPeople = {
  readonly demand: string
  readonly kind: DemandKind
  readonly people: number
  readonly lastDay: string
  readonly inTime: boolean
}

export type PlannedSession = {
  readonly id: string
  readonly site: string
  readonly shift: string
  readonly from: string
  readonly to: string
  /** Kits that are set up; among those of the route. */
  readonly kits: readonly string[]
  readonly kinds: readonly DemandKind[]
  readonly serves: readonly ServedPeople[]
  /** The announced session that it keeps. */
  readonly keeps?: string | undefined
}

export type PlannedRoute = {
  readonly team: string
  readonly day: string
  readonly officers: readonly string[]
  readonly kits: readonly string[]
  readonly departs: string
  readonly returns: string
  /** Of one officer. */
  readonly travelMinutes: number
  readonly overtimeMinutes: number
  /** In the order in which they are driven. */
  readonly legs: readonly PlanLeg[]
  /** In the order in which they are held. */
  readonly sessions: readonly PlannedSession[]
}

export type PlanObjective = {
  readonly total: number
  readonly travelMinutes: number
  readonly overtimeMinutes: number
  readonly latePeople: number
  readonly unservedPeople: number
  readonly movedSessions: number
  /** Of vehicles: once a route, whoever sits in it. */
  readonly km: number
}

/** Why somebody is not served in time: the first limit, in this order, that nothing in the plan leaves free. */
export const lateReasons = ['never-open', 'out-of-reach', 'no-kit', 'no-officers', 'overtime', 'not-worth'] as const
export type LateReason = (typeof lateReasons)[number]

export type LateDemand = {
  readonly demand: string
  readonly site: string
  readonly kind: DemandKind
  readonly lastDay: string
  /** Not in time, and of these not served at all. */
  readonly late: number
  readonly unserved: number
  readonly why: LateReason
}

export type PlanBound = {
  readonly total: number
  readonly latePeople: number
  /** Travel and overtime of any plan that leaves as many late and unserved as this one. */
  readonly minutes: number
  /** What was relaxed and how far it came; docs/planning.md, "The bound". */
  readonly rounds: number
  readonly closed: boolean
}

export type Plan = {
  readonly format: typeof planFormat
  /** The instance's name, and SHA-256 of its canonical text (RFC 8785). */
  readonly instance: { readonly name: string; readonly sha256: string }
  readonly made: {
    readonly seed: number
    readonly work?: number | undefined
    readonly seconds: number
    readonly stopped: boolean
    /** The proof ended before its time, without memory or by a fault: the bound is what was proved until then. */
    readonly proofFailed?: boolean | undefined
  }
  readonly objective: PlanObjective
  readonly bound?: PlanBound | undefined
  /** (total − bound) / total. */
  readonly gap?: number | undefined
  readonly routes: readonly PlannedRoute[]
  readonly late: readonly LateDemand[]
}
