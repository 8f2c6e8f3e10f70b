import { type Static, Type } from 'typebox'
import { endpoint, signedIn } from '../../platform/endpoint.ts'
import { IdShape } from '../../platform/shapes.ts'
import { bases } from '../need-codes.ts'
import { CohortRule, DayText, Definition, MetricName, ProofName } from './contract-definition.ts'
import { exceptionReasons } from './exception-reason.ts'

export { metrics } from '../metric.ts'

const Uuid = Type.String({ format: 'uuid' })

export const UnitRef = Type.Object({
  id: IdShape<'unit'>(),
  code: Type.String(),
  name: Type.String(),
  level: Type.String(),
})
export type UnitRef = Static<typeof UnitRef>

const Band = Type.Object({ band: Type.Integer(), name: Type.String() })

export const CampaignShape = Type.Object({
  id: Uuid,
  name: Type.String(),
  title: Type.String(),
  purpose: Type.Union([Type.String(), Type.Null()]),
  unit: UnitRef,
  basis: Type.Enum([...bases]),
  schoolYear: Type.Union([Type.String(), Type.Null()]),
  startsOn: DayText,
  state: Type.Enum(['open', 'closed']),
  version: Type.Integer(),
  metrics: Type.Array(MetricName),
  bands: Type.Array(Band),
  cohorts: Type.Array(Type.Object({ name: Type.String(), rule: CohortRule })),
  deadlines: Type.Array(Type.Object({ name: Type.String(), on: DayText, proof: ProofName })),
})
export type CampaignShape = Static<typeof CampaignShape>

export const campaignList = endpoint({
  method: 'GET',
  path: '/campaigns',
  summary: 'The campaigns in which one’s unit takes part, the latest first',
  right: signedIn,
  purpose: 'none',
  together: 'quick',
  reply: Type.Object({
    day: DayText,
    campaigns: Type.Array(CampaignShape),
    /** Which of them the first page of one's unit shows, and one made later, to be offered there; null for none. */
    first: Type.Union([Uuid, Type.Null()]),
    fresher: Type.Union([Uuid, Type.Null()]),
  }),
})

export const firstPageChoose = endpoint({
  method: 'PUT',
  path: '/campaigns/first-page',
  summary: 'Choose the campaign that the first page of one’s unit shows, or keep the one that it shows',
  right: 'campaign.lists',
  purpose: 'none',
  body: Type.Object({ campaign: IdShape<'campaign'>() }),
  reply: Type.Object({}),
  problems: ['campaign-unknown', 'campaign-closed'],
})

export const campaignCreate = endpoint({
  method: 'POST',
  path: '/campaigns',
  summary: 'Create a campaign, its cohorts, deadlines and first targets',
  right: 'campaign.manage',
  purpose: 'campaign',
  body: Definition,
  reply: CampaignShape,
  problems: ['campaign-exists', 'campaign-malformed', 'target-refused'],
})

export const campaignCount = endpoint({
  method: 'POST',
  path: '/campaigns/count',
  onlyReads: true,
  summary: 'How many people a definition would mean, as of now, in all and by cohort; nothing is kept',
  right: 'campaign.manage',
  purpose: 'none',
  body: Definition,
  reply: Type.Object({
    people: Type.Integer(),
    cohorts: Type.Array(Type.Integer()),
    asOf: Type.String({ format: 'date-time' }),
    day: DayText,
  }),
  problems: ['campaign-malformed'],
})

export const campaignChange = endpoint({
  method: 'PUT',
  path: '/campaigns/:id',
  summary: 'Change a campaign before its first day: its people are found anew',
  right: 'campaign.manage',
  purpose: 'campaign',
  decides: true,
  params: Type.Object({ id: Uuid }),
  body: Definition,
  reply: CampaignShape,
  problems: ['changed-meanwhile', 'campaign-unknown', 'campaign-closed', 'campaign-begun', 'campaign-malformed'],
})

export const campaignClose = endpoint({
  method: 'POST',
  path: '/campaigns/:id/close',
  summary: 'Close a campaign: its figures stay as they are',
  right: 'campaign.manage',
  purpose: 'none',
  params: Type.Object({ id: Uuid }),
  reply: CampaignShape,
  problems: ['campaign-unknown', 'campaign-closed'],
})

export const recordExceptionDoor = endpoint({
  method: 'POST',
  path: '/campaigns/:id/exceptions',
  summary: 'Add a person to a campaign or excuse one, with the reason',
  right: 'campaign.lists',
  purpose: 'campaign',
  params: Type.Object({ id: Uuid }),
  body: Type.Object({
    person: IdShape<'person'>(),
    kind: Type.Enum(['added', 'excused']),
    reason: Type.Enum([...exceptionReasons]),
    other: Type.Optional(IdShape<'person'>()),
    note: Type.Optional(Type.String({ maxLength: 500 })),
  }),
  reply: Type.Object({ done: Type.Boolean() }),
  problems: ['campaign-unknown', 'campaign-closed', 'person-unknown', 'person-not-meant', 'excuse-other-needed'],
})

export const withdrawExceptionDoor = endpoint({
  method: 'DELETE',
  path: '/campaigns/:id/exceptions/:person',
  summary: 'Take back that a person was added or excused',
  right: 'campaign.lists',
  purpose: 'campaign',
  params: Type.Object({ id: Uuid, person: IdShape<'person'>() }),
  reply: Type.Object({ done: Type.Boolean() }),
  problems: ['campaign-unknown', 'person-not-meant'],
})
