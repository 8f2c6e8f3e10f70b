import { Type } from 'typebox'
import { endpoint } from '../../platform/endpoint.ts'
import { IdShape, oneOf, wholeNumberFrom } from '../../platform/shapes.ts'
import { eventReasons, reviewDecisions, rollDefects, rollKinds, rowStates } from '../roll.ts'

/**
 * The ledger between rolls and register over the wire: how each pupil's entry stands, what became of it, and the same
 * pupil on several rolls.
 */

const Uuid = Type.String({ format: 'uuid' })
const DayText = Type.String({ format: 'date' })
const LedgerSchoolShape = Type.Object({ id: IdShape<'school'>(), name: Type.String() })

/**
 * The counts and lists of a school's entries in a year: each state; contested ones; pupils on the rolls of two schools;
 * pupils who were a class lower the year before, at any school; and pupils of the year before, short of grade 12, who
 * are on no roll of this year.
 */
export const ledgerLists = [...rowStates, 'contested', 'on-two-rolls', 'moved-up', 'on-no-roll'] as const
export type LedgerList = (typeof ledgerLists)[number]

const LedgerQueryShape = {
  /** All schools of the unit; left out: all that one may see. */
  unitId: Type.Optional(IdShape<'unit'>()),
  schoolId: Type.Optional(IdShape<'school'>()),
  /** As 2022-2023; left out: that of the house's day. */
  schoolYear: Type.Optional(Type.String({ maxLength: 9 })),
  /** Left out: pupils. */
  kind: Type.Optional(oneOf(rollKinds)),
}

const LedgerCountsShape = Type.Object(
  Object.fromEntries(ledgerLists.map(list => [list, Type.Integer()])) as Record<LedgerList, Type.TInteger>,
)

export const ledgerFigures = endpoint({
  method: 'GET',
  path: '/ledger/figures',
  summary: 'How many entries stand how, school by school; each figure is the length of its list',
  right: 'rolls.read',
  purpose: 'none',
  query: Type.Object(LedgerQueryShape),
  reply: Type.Object({
    schoolYear: Type.String(),
    kind: oneOf(rollKinds),
    /** Schools with entries of the year, in the order of their names. */
    schools: Type.Array(
      Type.Object({
        school: LedgerSchoolShape,
        /** Of the roll in force. */ rollId: Type.Optional(IdShape<'roll'>()),
        entries: Type.Integer(),
        counts: LedgerCountsShape,
      }),
    ),
    entries: Type.Integer(),
    counts: LedgerCountsShape,
  }),
})

const EntryShape = Type.Object({
  id: Uuid,
  rollId: IdShape<'roll'>(),
  place: Type.Integer(),
  school: LedgerSchoolShape,
  schoolYear: Type.String(),
  kind: oneOf(rollKinds),
  class: Type.Optional(Type.String()),
  name: Type.String(),
  birthDate: Type.Optional(Type.String()),
  state: oneOf(rowStates),
  contested: Type.Boolean(),
  decision: Type.Optional(oneOf(reviewDecisions)),
  personId: Type.Optional(IdShape<'person'>()),
  probability: Type.Optional(Type.Number()),
  defects: Type.Array(oneOf(rollDefects)),
  leftOn: Type.Optional(DayText),
  /** The same pupil the year before, where one may see that school's roll. */
  before: Type.Optional(Type.Object({ entryId: Uuid, school: LedgerSchoolShape, class: Type.Optional(Type.String()) })),
  /** Other schools' rolls of the year that the pupil is on, where one may see them. */
  alsoAt: Type.Array(LedgerSchoolShape),
})

export const listEntries = endpoint({
  method: 'GET',
  path: '/ledger/entries',
  summary: 'The entries that a figure counts, by name',
  right: 'rolls.read',
  purpose: 'roll',
  query: Type.Object({
    ...LedgerQueryShape,
    /** Left out: every entry that has not left. */
    list: Type.Optional(oneOf(ledgerLists)),
    offset: Type.Optional(wholeNumberFrom(0)),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
  }),
  reply: Type.Object({ entries: Type.Array(EntryShape), total: Type.Integer() }),
})

const ChangeShape = Type.Object({ field: Type.String(), before: Type.String(), after: Type.String() })

export const showEntry = endpoint({
  method: 'GET',
  path: '/ledger/entries/:id',
  summary: 'An entry with all that became of it',
  right: 'rolls.read',
  purpose: 'roll',
  params: Type.Object({ id: Uuid }),
  reply: Type.Object({
    entry: EntryShape,
    /** The latest first. */
    events: Type.Array(
      Type.Object({
        at: Type.String(),
        day: DayText,
        why: oneOf(eventReasons),
        before: Type.Optional(oneOf(rowStates)),
        after: oneOf(rowStates),
        contested: Type.Boolean(),
        personId: Type.Optional(IdShape<'person'>()),
        by: Type.Object({ kind: Type.String(), name: Type.Optional(Type.String()) }),
        model: Type.Optional(Type.String()),
      }),
    ),
    /** What the school and the register have changed since the last decision; empty where there is none. */
    sinceDecision: Type.Object({ line: Type.Array(ChangeShape), person: Type.Array(ChangeShape) }),
  }),
  problems: ['roll-row-unknown'],
})
