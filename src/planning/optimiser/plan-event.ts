import { type Static, Type } from 'typebox'
import { DayText, HourText, IdText, NameText } from './instance-shape.ts'

/**
 * What happens to a plan in force. Each event has its first and last day; what each changes of an instance:
 * apply-events.ts, docs/planning.md "Replanning".
 */

const closed = { additionalProperties: false } as const
const days = { from: DayText, to: DayText }
/** The server's check takes lists of a length, and no tuples. */
const pairOf = (of: typeof HourText) => Type.Unsafe<[string, string]>(Type.Array(of, { minItems: 2, maxItems: 2 }))
const wholeIn = (minimum: number, maximum: number) => Type.Integer({ minimum, maximum })

const KitOut = Type.Object({ what: Type.Literal('kit-out'), kit: IdText, ...days }, closed)
/** A machine that the instance does not have; it is there in these days alone. */
const KitMore = Type.Object(
  {
    what: Type.Literal('kit-more'),
    kit: IdText,
    name: Type.Optional(NameText),
    store: IdText,
    speedPercent: Type.Optional(wholeIn(1, 1_000)),
    officers: Type.Optional(wholeIn(0, 50)),
    ...days,
  },
  closed,
)
const TeamAway = Type.Object({ what: Type.Literal('team-away'), team: IdText, ...days }, closed)
const OfficerAway = Type.Object({ what: Type.Literal('officer-away'), officer: IdText, ...days }, closed)
const SiteClosed = Type.Object(
  {
    what: Type.Literal('site-closed'),
    site: IdText,
    ...days,
    hours: Type.Optional(pairOf(HourText)),
    why: Type.Optional(NameText),
  },
  closed,
)
/** A storm: no boat between the two places, either way; where none is named, no boat at all. */
const BoatsOff = Type.Object(
  { what: Type.Literal('boats-off'), between: Type.Optional(pairOf(IdText)), ...days },
  closed,
)
/** Left out, minutes and hours are those that another day of the instance has ordered, else the whole day. */
const OvertimeOrdered = Type.Object(
  {
    what: Type.Literal('overtime-ordered'),
    ...days,
    minutes: Type.Optional(wholeIn(1, 24 * 60)),
    hours: Type.Optional(pairOf(HourText)),
  },
  closed,
)
const OvertimeWithdrawn = Type.Object({ what: Type.Literal('overtime-withdrawn'), ...days }, closed)

export const planEventShapes = {
  'kit-out': KitOut,
  'kit-more': KitMore,
  'team-away': TeamAway,
  'officer-away': OfficerAway,
  'site-closed': SiteClosed,
  'boats-off': BoatsOff,
  'overtime-ordered': OvertimeOrdered,
  'overtime-withdrawn': OvertimeWithdrawn,
} as const

export type PlanEventName = keyof typeof planEventShapes
export const planEventNames = Object.keys(planEventShapes) as readonly PlanEventName[]

export type PlanEvent = Static<(typeof planEventShapes)[PlanEventName]>
export const PlanEventShape = Type.Unsafe<PlanEvent>(Type.Union(Object.values(planEventShapes)))

/** So many at once: whoever has more to say has another campaign. */
export const mostPlanEvents = 50

/** The first day on which any of them changes anything. */
export const firstDayOfEvents = (events: readonly PlanEvent[]): string =>
  events.map(({ from }) => from).toSorted()[0] ?? ''
