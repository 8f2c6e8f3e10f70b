import { type Static, Type } from 'typebox'
import { endpoint, signedIn } from '../../platform/endpoint.ts'
import { IdShape, oneOf } from '../../platform/shapes.ts'
import { schoolKinds } from '../../units/contract.ts'
import { metrics, proofs } from '../metric.ts'
import { bases, needs } from '../need-codes.ts'
import { exceptionReasons } from './exception-reason.ts'

export { metrics } from '../metric.ts'

const Uuid = Type.String({ format: 'uuid' })
const DayText = Type.String({ format: 'date', pattern: '^(19|20|21)' })
/** The largest figure that the house takes. */
export const mostItems = 2_000_000_000
export const MetricName = Type.Enum([...metrics])
export const ProofName = Type.Enum(Object.keys(proofs) as (keyof typeof proofs)[])

const Years = Type.Array(Type.Integer({ minimum: 1900, maximum: 2100 }), { maxItems: 120 })

/**
 * Whom a campaign means. Everything that is given must hold: born in one of the years, in one of the grades, of an age,
 * lacking one of these things when the campaign began (for those who come of age later: then). `of` turns the pupils so
 * found into the parents or guardians of them, or takes a school's staff lists.
 */
export const CohortRule = Type.Object(
  {
    name: Type.Optional(Type.String({ maxLength: 80 })),
    basis: Type.Optional(Type.Enum([...bases])),
    bornIn: Type.Optional(Years),
    grades: Type.Optional(Type.Array(Type.Integer({ minimum: 1, maximum: 12 }), { maxItems: 12 })),
    /** Of pupils: kinds of school. */
    schoolKinds: Type.Optional(Type.Array(oneOf(schoolKinds), { maxItems: schoolKinds.length })),
    /** Codes of units within that which runs the campaign, as they stand on its first day: nobody elsewhere. */
    units: Type.Optional(Type.Array(Type.String({ maxLength: 40 }), { maxItems: 60 })),
    ageFrom: Type.Optional(Type.Integer({ minimum: 0, maximum: 120 })),
    lacking: Type.Optional(Type.Array(Type.Enum(needs.filter(need => need !== 'correction')), { maxItems: 6 })),
    from: Type.Optional(Type.Enum(['register', 'rolls', 'candidates', 'staff'])),
    relation: Type.Optional(Type.Array(Type.Enum(['father', 'mother', 'guardian']), { minItems: 1, maxItems: 3 })),
  },
  { additionalProperties: false },
)
export type CohortRule = Static<typeof CohortRule>

const TargetRow = Type.Object(
  {
    unit: Type.String({ maxLength: 40, description: 'the unit’s code on the day of assignment' }),
    metric: MetricName,
    value: Type.Integer({ minimum: -mostItems, maximum: mostItems }),
    batch: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
    assignedOn: Type.Optional(DayText),
    dueOn: Type.Optional(DayText),
  },
  { additionalProperties: false },
)

/** interfaces.md, "campaign F.json"; `cohorts` stands beside `cohort` for campaigns that mean several. */
export const Definition = Type.Object(
  {
    name: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,59}$' }),
    title: Type.String({ minLength: 1, maxLength: 200 }),
    purpose: Type.Optional(Type.String({ maxLength: 500 })),
    unit: Type.Optional(
      Type.String({ maxLength: 40, description: 'code of the unit that runs it; else the province' }),
    ),
    schoolYear: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{4}$' })),
    cohort: Type.Optional(CohortRule),
    cohorts: Type.Optional(Type.Array(CohortRule, { minItems: 1, maxItems: 20 })),
    metrics: Type.Array(MetricName, { minItems: 1, maxItems: 30 }),
    startsOn: DayText,
    deadlines: Type.Optional(
      Type.Array(Type.Object({ name: Type.String({ minLength: 1, maxLength: 120 }), on: DayText, proof: ProofName }), {
        maxItems: 20,
      }),
    ),
    targets: Type.Optional(Type.Array(TargetRow, { maxItems: 20_000 })),
    issuedBy: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  },
  { additionalProperties: false },
)
export type Definition = Static<typeof Definition>

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
