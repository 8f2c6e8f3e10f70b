import { type Static, type TProperties, Type } from 'typebox'
import { IdShape } from '../platform/shapes.ts'

/** Shapes that several of the register's contracts have. */

export const Uuid = Type.String({ format: 'uuid' })
export const DayText = Type.String({ format: 'date' })

/** 'YYYY-MM-DD', 'YYYY-MM' or 'YYYY'. */
export const PartialDayText = Type.String({ pattern: '^\\d{4}(-\\d{2}(-\\d{2})?)?$' })
export const Sex = Type.Union([Type.Literal('M'), Type.Literal('F')])
export const LifeStatus = Type.Union([Type.Literal('alive'), Type.Literal('dead'), Type.Literal('missing')])
export const ResidenceKind = Type.Union([Type.Literal('permanent'), Type.Literal('temporary'), Type.Literal('current')])
export const textUpTo = (maxLength: number) => Type.String({ minLength: 1, maxLength })
export const optionalFields = <T extends TProperties>(properties: T) => Type.Partial(Type.Object(properties))
export const IdParams = Type.Object({ id: Uuid })
export const UnitNameShape = Type.Object({ id: IdShape<'unit'>(), name: Type.String() })

/** Who answers for something; officers by name, whatever unit they are of. */
export const ActorShape = Type.Object({ kind: Type.String(), id: Type.String(), name: Type.Optional(Type.String()) })

export const FormShape = Type.Object({ code: textUpTo(20), version: textUpTo(60) })

export const ReasonShape = Type.Object({ reason: Type.String({ maxLength: 2000 }) })

const Due = Type.Union([Type.Literal('overdue'), Type.Literal('today'), Type.Literal('later'), Type.Literal('closed')])

const CorrectionState = Type.Union([
  Type.Literal('proposed'),
  Type.Literal('forwarded'),
  Type.Literal('approved'),
  Type.Literal('refused'),
  Type.Literal('withdrawn'),
])

export const CorrectionShape = Type.Object({
  id: Uuid,
  personId: IdShape<'person'>(),
  personName: Type.Optional(Type.String()),
  state: CorrectionState,
  /** What is sent with a decision as `If-Match`. */
  version: Type.String(),
  form: Type.Object({ code: Type.String(), version: Type.String() }),
  evidence: Type.String(),
  changes: Type.Array(
    Type.Object({ field: Type.String(), old: Type.Optional(Type.String()), new: Type.Optional(Type.String()) }),
  ),
  proposedBy: ActorShape,
  proposedOn: DayText,
  unit: UnitNameShape,
  decidesUnit: UnitNameShape,
  dueOn: DayText,
  due: Due,
  decidedBy: Type.Optional(ActorShape),
  decidedOn: Type.Optional(DayText),
  reason: Type.Optional(Type.String()),
})

/** How much waits for a second officer: naming nobody; `only` is the one where it is alone. */
export const WaitingShape = Type.Object({
  count: Type.Integer({ minimum: 0 }),
  overdue: Type.Integer({ minimum: 0 }),
  nextOn: Type.Optional(Type.String({ format: 'date' })),
  only: Type.Optional(Type.String({ format: 'uuid' })),
})
export type WaitingCount = Static<typeof WaitingShape>
