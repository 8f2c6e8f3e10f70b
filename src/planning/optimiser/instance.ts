/**
 * The problem of a plan: which team with which kits goes where on which day. Rules and formulas: docs/planning.md. All
 * times are minutes since midnight where a name ends in `At`, `From` or `To` in compiled form; in files they are HH:MM.
 */

/** Bumped when the meaning of a member changes. */
export const instanceFormat = 'dinhdanh-plan-instance/1'
export const planFormat = 'dinhdanh-plan/1'

/** capture: card and account, by kit. raising: to level 2, by kit. activation: by an officer, without a kit. */
export const demandKinds = ['capture', 'activation', 'raising'] as const
export type DemandKind = (typeof demandKinds)[number]

export const planSiteKinds = ['school', 'hall', 'hamlet', 'counter'] as const
export type PlanSiteKind = (typeof planSiteKinds)[number]

/** YYYY-MM-DD. */
type DayText = string
/** HH:MM, 00:00 to 24:00. */
type HourText = string
/** From, to. */
export type HourSpan = readonly [HourText, HourText]

export type InstanceDay = {
  readonly day: DayText
  /** Hours that cost nothing; none on a rest day or holiday. */
  readonly ordinary: readonly HourSpan[]
  /** No session lies in them, and they are never overtime. */
  readonly breaks: readonly HourSpan[]
  /** Where overtime is ordered: minutes of one officer at most, and the hours between which routes lie. */
  readonly overtime?: { readonly minutes: number; readonly from: HourText; readonly to: HourText } | undefined
}

export type InstanceSite = {
  readonly id: string
  readonly name: string
  readonly kind: PlanSiteKind
  readonly place: string
  readonly unit?: string | undefined
  readonly setUpMinutes: number
  readonly packMinutes: number
  /** Open in all hours of the entries that mean a day: `weekdays` 1 Monday … 7 Sunday, all where left out. */
  readonly open: readonly {
    readonly from: DayText
    readonly to: DayText
    readonly weekdays?: readonly number[] | undefined
    readonly hours: readonly HourSpan[]
  }[]
  /** Not open after all: whole days, or some hours of them. */
  readonly closed: readonly {
    readonly from: DayText
    readonly to: DayText
    readonly hours?: HourSpan | undefined
    readonly why: string
  }[]
}

export type InstanceOfficer = {
  readonly id: string
  readonly name: string
  readonly away: readonly DayText[]
  /** Before this plan and beside it: minutes of overtime by month (YYYY-MM) and by year (YYYY), rest days by month. */
  readonly overtimeBefore: Readonly<Record<string, number>>
  readonly restDaysBefore: Readonly<Record<string, number>>
}

export type InstanceTeam = {
  readonly id: string
  readonly name: string
  readonly unit?: string | undefined
  /** The place from which it leaves and to which it returns. */
  readonly base: string
  readonly officers: readonly InstanceOfficer[]
}

export type InstanceKit = {
  readonly id: string
  readonly name: string
  /** The place where it is kept over night. */
  readonly store: string
  /** 100: takes `minutesEach` for a person; 125: a quarter more people. */
  readonly speedPercent: number
  /** Officers whom it takes while it is set up. */
  readonly officers: number
  readonly away: readonly DayText[]
}

export type InstanceDemand = {
  readonly id: string
  readonly site: string
  readonly kind: DemandKind
  readonly people: number
  /** Minutes of a kit (capture, raising) or of an officer (activation) for one person. */
  readonly minutesEach: number
  /** The last day on which service is in time. */
  readonly lastDay: DayText
  readonly name?: string | undefined
}

export type AnnouncedSession = {
  readonly id: string
  readonly site: string
  readonly day: DayText
  readonly shift: string
  readonly team: string
  readonly officers: readonly string[]
  readonly kits: readonly string[]
  readonly from: HourText
  readonly to: HourText
  /** It has to stay. */
  readonly locked: boolean
}

export type PlanInstance = {
  readonly format: typeof instanceFormat
  readonly name: string
  readonly from: DayText
  readonly to: DayText
  /** Officer-minutes. */
  readonly prices: { readonly latePerson: number; readonly unservedPerson: number; readonly movedSession: number }
  readonly caps: { readonly monthMinutes: number; readonly yearMinutes: number; readonly restDaysAMonth: number }
  readonly leastOfficers: Readonly<Record<DemandKind, number>>
  readonly shifts: readonly { readonly id: string; readonly from: HourText; readonly to: HourText }[]
  /** Each day from `from` to `to`, in order. */
  readonly days: readonly InstanceDay[]
  readonly places: readonly { readonly id: string; readonly name: string }[]
  /** By the order of `places`; one way; null: no road. On the diagonal from one site to another within the place. */
  readonly travel: {
    readonly minutes: readonly (readonly (number | null)[])[]
    readonly km: readonly (readonly (number | null)[])[]
  }
  readonly crossings: readonly {
    readonly from: string
    readonly to: string
    readonly days: readonly DayText[]
    readonly departs: HourText
    readonly minutes: number
    readonly km: number
  }[]
  readonly sites: readonly InstanceSite[]
  readonly teams: readonly InstanceTeam[]
  readonly kits: readonly InstanceKit[]
  readonly demands: readonly InstanceDemand[]
  readonly announced: readonly AnnouncedSession[]
}
