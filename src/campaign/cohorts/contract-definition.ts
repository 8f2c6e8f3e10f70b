import { type Static, Type } from 'typebox'
import { schoolKinds } from '../../units/contract.ts'
import { metrics, proofs } from '../metric.ts'
import { bases, needs } from '../need-codes.ts'

/** What a campaign is made of, as its file says it: the page that takes a file in checks it by these shapes too. */

export const DayText = Type.String({ format: 'date', pattern: '^(19|20|21)' })
/** The largest figure that the house takes. */
export const mostItems = 2_000_000_000
export const MetricName = Type.Enum([...metrics])
export const ProofName = Type.Enum(Object.keys(proofs) as (keyof typeof proofs)[])

const SchoolKind = Type.Unsafe<(typeof schoolKinds)[number]>({ type: 'string', enum: [...schoolKinds] })
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
    schoolKinds: Type.Optional(Type.Array(SchoolKind, { maxItems: schoolKinds.length })),
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
