import { type Static, Type } from 'typebox'
import { metrics } from '../campaign/cohorts/contract.ts'
import { endpoint } from '../platform/endpoint.ts'
import { IdShape, oneOf, wholeNumberFrom } from '../platform/shapes.ts'
import { activityKinds, audiences, tellers } from './activity.ts'
import { mostPeople, mostPlaces } from './law.ts'

export { type ActivityKind, type Audience, activityKinds, audiences, type Teller, tellers } from './activity.ts'
export { clearShare } from './law.ts'

/** Public information over the wire: what was done where, and what moved there. Nobody is named. */

const Uuid = Type.String({ format: 'uuid' })
const DayText = Type.String({ format: 'date' })
const Whole = wholeNumberFrom(0)
const Metric = Type.Enum([...metrics])
const Units = Type.Array(IdShape<'unit'>(), { maxItems: mostPlaces })
const Schools = Type.Array(IdShape<'school'>(), { maxItems: mostPlaces })

const Movement = Type.Object({
  /** Who lacked it on the eve. */
  lacking: Whole,
  /** Who of them got it in these days. */
  gained: Whole,
})
const Change = Type.Object({ before: Movement, after: Movement })

export const EffectShape = Type.Object({
  metric: Metric,
  /** The first day after, which is the activity's own, and the last that has been. */
  from: DayText,
  to: DayText,
  /** How many days are looked at in all; until `to` fewer may have been. */
  days: Whole,
  seen: Whole,
  here: Change,
  /** Other places of the same kind without an activity in these days; absent where too few can be compared. */
  elsewhere: Type.Optional(Type.Object({ places: Whole, change: Change, slower: Whole })),
  /** What else happened here in these days, which may be the cause as well. */
  alongside: Type.Object({ activities: Whole, sessions: Whole }),
})
export type EffectShape = Static<typeof EffectShape>

export const ActivityShape = Type.Object({
  id: Uuid,
  kind: oneOf(activityKinds),
  audiences: Type.Array(oneOf(audiences)),
  heldOn: DayText,
  people: Whole,
  counted: Type.Boolean(),
  doneBy: Type.Array(oneOf(tellers)),
  content: Type.Optional(Type.String()),
  unit: Type.String(),
  places: Type.Array(Type.Object({ name: Type.String(), unit: Type.String(), ofSchool: Type.Boolean() })),
  withdrawn: Type.Optional(Type.String()),
  effect: EffectShape,
})
export type ActivityShape = Static<typeof ActivityShape>

const CampaignRef = Type.Object({ id: Uuid, title: Type.String() })

export const activityList = endpoint({
  method: 'GET',
  path: '/awareness/activities',
  summary: 'What was done to tell people of a campaign in one’s own places, the latest first, and what moved there',
  right: 'awareness.read',
  purpose: 'none',
  query: Type.Object({
    /** Left out: the campaign of the first page of one's unit, or the open one that began last. */
    campaign: Type.Optional(IdShape<'campaign'>()),
    metric: Type.Optional(Metric),
    band: Type.Optional(Whole),
    offset: Type.Optional(Whole),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  }),
  reply: Type.Object({
    day: DayText,
    campaign: CampaignRef,
    campaigns: Type.Array(CampaignRef),
    metric: Metric,
    metrics: Type.Array(Metric),
    bands: Type.Array(Type.Object({ band: Whole, name: Type.String() })),
    total: Whole,
    /** Of those not withdrawn: activities and people reached, by kind; whoever was reached twice counts twice. */
    reached: Type.Array(Type.Object({ kind: oneOf(activityKinds), activities: Whole, people: Whole })),
    activities: Type.Array(ActivityShape),
  }),
  problems: ['awareness-without-campaign', 'campaign-unknown', 'figure-part-unknown'],
})

export const activityOpen = endpoint({
  method: 'GET',
  path: '/awareness/activities/:id',
  summary: 'One activity, and what moved in its places by a metric, of everybody or of a part of the campaign',
  right: 'awareness.read',
  purpose: 'none',
  params: Type.Object({ id: Uuid }),
  query: Type.Object({ metric: Type.Optional(Metric), band: Type.Optional(Whole) }),
  reply: Type.Object({
    day: DayText,
    campaign: CampaignRef,
    metrics: Type.Array(Metric),
    bands: Type.Array(Type.Object({ band: Whole, name: Type.String() })),
    activity: ActivityShape,
  }),
  problems: ['activity-unknown', 'figure-part-unknown'],
})

const PlaceRef = Type.Object({ id: Uuid, name: Type.String() })

export const activityPlaces = endpoint({
  method: 'GET',
  path: '/awareness/places',
  summary: 'The communes and schools for which one enters what was done',
  right: 'awareness.record',
  purpose: 'none',
  reply: Type.Object({
    communes: Type.Array(PlaceRef),
    schools: Type.Array(Type.Object({ id: Uuid, name: Type.String(), unit: Type.String() })),
  }),
})

const ActivityInput = Type.Object(
  {
    campaign: IdShape<'campaign'>(),
    kind: oneOf(activityKinds),
    audiences: Type.Array(oneOf(audiences), { minItems: 1, maxItems: audiences.length, uniqueItems: true }),
    heldOn: DayText,
    people: Type.Integer({ minimum: 0, maximum: mostPeople }),
    counted: Type.Boolean(),
    doneBy: Type.Array(oneOf(tellers), { minItems: 1, maxItems: tellers.length, uniqueItems: true }),
    content: Type.Optional(Type.String({ maxLength: 500 })),
    /** Either communes as a whole, or schools. */
    units: Type.Optional(Units),
    schools: Type.Optional(Schools),
  },
  { additionalProperties: false },
)
export type ActivityInput = Static<typeof ActivityInput>

export const activityRecord = endpoint({
  method: 'POST',
  path: '/awareness/activities',
  summary: 'Enter what was done to tell people of a campaign: where, whom, how many, by whom',
  right: 'awareness.record',
  purpose: 'none',
  body: ActivityInput,
  reply: Type.Object({ id: Uuid }),
  problems: ['campaign-unknown', 'activity-place-refused', 'activity-day-refused', 'activity-names-somebody'],
})

export const activityWithdraw = endpoint({
  method: 'POST',
  path: '/awareness/activities/:id/withdraw',
  summary: 'Withdraw an activity that was entered wrongly; it stays in the ledger, struck out, with the reason',
  right: 'awareness.record',
  purpose: 'none',
  params: Type.Object({ id: Uuid }),
  body: Type.Object({ reason: Type.String({ minLength: 3, maxLength: 300 }) }),
  reply: Type.Object({}),
  problems: ['activity-unknown', 'activity-withdrawn', 'activity-names-somebody'],
})

export const materialKinds = ['leaflet', 'loudspeaker', 'letter', 'post'] as const
export type MaterialKind = (typeof materialKinds)[number]

export const materialRead = endpoint({
  method: 'GET',
  path: '/awareness/materials',
  summary: 'A leaflet, a letter or a text for loudspeakers or groups, made of a campaign’s own facts for a commune',
  right: 'awareness.read',
  purpose: 'none',
  query: Type.Object({
    campaign: IdShape<'campaign'>(),
    kind: oneOf(materialKinds),
    audience: oneOf(audiences),
    unit: Type.Optional(IdShape<'unit'>()),
    school: Type.Optional(IdShape<'school'>()),
    language: Type.Optional(Type.Enum(['vi', 'en'])),
  }),
  reply: Type.Object({
    unit: Type.String(),
    issuedBy: Type.String(),
    title: Type.String(),
    /** Paragraphs; a list is one whose `items` stand below its text. */
    parts: Type.Array(Type.Object({ text: Type.String(), items: Type.Optional(Type.Array(Type.String())) })),
    /** As one text, to be read aloud or copied. */
    text: Type.String(),
    /** How long it takes to read aloud. */
    seconds: Whole,
  }),
  problems: ['campaign-unknown', 'activity-place-refused'],
})
