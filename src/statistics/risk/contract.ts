import { Type } from 'typebox'
import { CampaignShape } from '../../campaign/cohorts/contract.ts'
import { endpoint } from '../../platform/endpoint.ts'
import { IdShape, oneOf } from '../../platform/shapes.ts'
import { DayText, NullOr, params, Uuid, Whole } from '../contract.ts'

const RiskGroup = Type.Object({
  key: Type.String(),
  name: Type.String(),
  pupils: Whole,
  inHand: Whole,
  /** How many are expected to make it, and the chance that all do. */
  expected: Type.Number(),
  chanceOfAll: Type.Number(),
  /** Not captured yet, and past the last day on which a capture still gives the card in time, or without such a day. */
  late: Whole,
})

const RiskPupil = Type.Object({
  id: Uuid,
  name: NullOr(Type.String()),
  school: NullOr(Type.String()),
  class: NullOr(Type.String()),
  unit: Type.String(),
  card: Type.Number(),
  account: Type.Number(),
  both: Type.Number(),
  stage: Type.String(),
  lastSafeDay: NullOr(DayText),
  rescue: NullOr(Type.Object({ what: Type.String(), both: Type.Number(), minutes: Whole })),
})

export const riskBoard = endpoint({
  method: 'GET',
  path: '/campaigns/:id/risk',
  summary:
    'How likely each pupil has card and account in time, from measured lead times; class, school, ward, province',
  right: 'campaign.figures',
  purpose: 'none',
  params,
  query: Type.Object({
    unit: Type.Optional(IdShape<'unit'>()),
    school: Type.Optional(IdShape<'school'>()),
    day: Type.Optional(DayText),
    by: Type.Optional(Type.Enum(['unit', 'school', 'class'])),
  }),
  reply: Type.Object({
    day: DayText,
    deadlines: CampaignShape.properties.deadlines,
    lastSafeDay: NullOr(DayText),
    whole: RiskGroup,
    groups: Type.Array(RiskGroup),
  }),
  problems: ['campaign-unknown', 'figure-unit-outside', 'unit-unknown', 'risk-too-many', 'risk-no-deadline'],
})

export const riskPupils = endpoint({
  method: 'GET',
  path: '/campaigns/:id/risk/pupils',
  summary: 'Pupils in doubt, the least likely first, with what would rescue each',
  right: 'campaign.lists',
  purpose: 'campaign',
  params,
  query: Type.Object({
    unit: Type.Optional(IdShape<'unit'>()),
    school: Type.Optional(IdShape<'school'>()),
    class: Type.Optional(Type.String({ maxLength: 40 })),
    day: Type.Optional(DayText),
    below: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
  }),
  reply: Type.Object({ total: Whole, pupils: Type.Array(RiskPupil) }),
  problems: ['campaign-unknown', 'figure-unit-outside', 'unit-unknown'],
})

/** What happened to a person last, or is planned next. */
export const lastEvents = [
  'session-planned',
  'desk-planned',
  'absent',
  'card-applied',
  'card-approved',
  'card-produced',
  'card-returned',
  'card-handed-over',
  'account-received',
  'account-approved',
  'account-activated',
] as const

export const riskOfChosen = endpoint({
  method: 'POST',
  path: '/campaigns/:id/risk/of',
  onlyReads: true,
  summary: 'How likely each of some people has card and account in time, and what happened to them last',
  right: 'campaign.lists',
  purpose: 'campaign',
  params,
  body: Type.Object({ people: Type.Array(IdShape<'person'>(), { minItems: 1, maxItems: 1000 }) }),
  reply: Type.Object({
    chances: Type.Array(
      Type.Object({
        person: Uuid,
        both: Type.Number(),
        event: NullOr(Type.Object({ what: oneOf(lastEvents), on: DayText })),
      }),
    ),
  }),
  problems: ['campaign-unknown', 'risk-too-many', 'risk-no-deadline'],
})
