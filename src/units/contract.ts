import { type Static, Type } from 'typebox'
import { endpoint, signedIn } from '../platform/endpoint.ts'
import { IdShape, oneOf } from '../platform/shapes.ts'

const Uuid = Type.String({ format: 'uuid' })
const DayText = Type.String({ format: 'date' })
const LevelName = Type.Union([Type.Literal('province'), Type.Literal('district'), Type.Literal('commune')])
export type UnitLevelName = Static<typeof LevelName>

const UnitShape = Type.Object({
  id: IdShape<'unit'>(),
  code: Type.String(),
  name: Type.String(),
  level: LevelName,
  parentId: Type.Optional(Uuid),
  validFrom: Type.Optional(DayText),
  validTo: Type.Optional(DayText),
})

const SuccessionShape = Type.Object({
  unit: UnitShape,
  effectiveOn: DayText,
  extent: Type.Union([Type.Literal('whole'), Type.Literal('part'), Type.Literal('rest')]),
  source: Type.String(),
})

/**
 * Boarding: a general school of ethnic boarders (phổ thông dân tộc nội trú). Vocational: a school of trung cấp, which
 * takes who finished lower secondary school; a centre GDNN-GDTX is continuing education.
 */
export const schoolKinds = [
  'preschool',
  'primary',
  'lower-secondary',
  'upper-secondary',
  'multi-level',
  'boarding',
  'continuing-education',
  'vocational',
] as const
export type SchoolKind = (typeof schoolKinds)[number]

export const SchoolShape = Type.Object({
  id: IdShape<'school'>(),
  code: Type.String(),
  name: Type.String(),
  kind: oneOf(schoolKinds),
  unitId: IdShape<'unit'>(),
})

const UnitId = Type.Object({ id: IdShape<'unit'>() })
const OnDay = Type.Object({ day: Type.Optional(DayText) })

/**
 * A flat list from the top down; `parentId` makes the tree. Without `below`: the provinces and what is known under
 * them.
 */
export const listUnits = endpoint({
  method: 'GET',
  path: '/units',
  summary: 'Units that stand on a day',
  right: signedIn,
  purpose: 'none',
  query: Type.Object({
    day: Type.Optional(DayText),
    below: Type.Optional(IdShape<'unit'>()),
    level: Type.Optional(LevelName),
    search: Type.Optional(Type.String({ maxLength: 100 })),
  }),
  reply: Type.Object({ day: DayText, units: Type.Array(UnitShape) }),
})

export const showUnit = endpoint({
  method: 'GET',
  path: '/units/:id',
  summary: 'A unit, what it was and what became of it',
  right: signedIn,
  purpose: 'none',
  params: UnitId,
  query: OnDay,
  reply: Type.Object({
    day: DayText,
    unit: UnitShape,
    path: Type.Array(UnitShape),
    police: Type.Optional(Type.Object({ id: Uuid, unitId: IdShape<'unit'>(), name: Type.String() })),
    predecessors: Type.Array(SuccessionShape),
    successors: Type.Array(SuccessionShape),
  }),
  problems: ['unit-unknown'],
})

export const listMaps = endpoint({
  method: 'GET',
  path: '/maps',
  summary: 'The maps of units that the province has had, the oldest first; `day` is one on which a map holds',
  right: signedIn,
  purpose: 'none',
  reply: Type.Object({
    maps: Type.Array(
      Type.Object({ map: Type.String(), day: DayText, name: Type.Object({ vi: Type.String(), en: Type.String() }) }),
    ),
  }),
})

export const listSchools = endpoint({
  method: 'GET',
  path: '/units/:id/schools',
  summary: 'Schools that stand in a unit on a day',
  right: signedIn,
  purpose: 'none',
  params: UnitId,
  query: OnDay,
  reply: Type.Object({ day: DayText, schools: Type.Array(SchoolShape) }),
  problems: ['unit-unknown'],
})
