import { type Static, Type } from 'typebox'
import { endpoint } from '../../platform/endpoint.ts'
import { IdShape, wholeNumberFrom } from '../../platform/shapes.ts'
import { doorNeeds, memberRoles, visitOutcomes } from './group.ts'
import { reaches } from './quarter.ts'

export { type DoorNeed, doorNeeds, visitOutcomes } from './group.ts'
export { type Reach, reaches } from './quarter.ts'

/**
 * Community digital-technology groups over the wire, and the lists that they walk with: name, address, what is lacking;
 * no number, birth date or phone.
 */

const Uuid = Type.String({ format: 'uuid' })
const DayText = Type.String({ format: 'date' })
const Ids = Type.Object({ id: Uuid })
const Place = Type.Object({ id: IdShape<'unit'>(), name: Type.String() })
const Whole = wholeNumberFrom(0)
const TextUpTo = (maxLength: number) => Type.String({ minLength: 1, maxLength })
const OutcomeName = Type.Enum([...visitOutcomes])
const DoorNeedName = Type.Enum([...doorNeeds])

const VisitOutcomeCounts = Type.Object({
  people: Whole,
  waiting: Whole,
  visited: Whole,
  helped: Whole,
  refused: Whole,
  moved: Whole,
  'not-at-home': Whole,
})
export type VisitOutcomeCounts = Static<typeof VisitOutcomeCounts>

const VisitListHead = Type.Object({
  id: Uuid,
  groupId: Uuid,
  unit: Place,
  campaignTitle: Type.Optional(Type.String()),
  lacking: Type.Array(DoorNeedName),
  within: Type.Enum([...reaches]),
  why: Type.String(),
  madeOn: DayText,
  madeBy: Type.String(),
  expiresOn: DayText,
  /** It shows nothing any more; the counts stay. */
  over: Type.Boolean(),
  counts: VisitOutcomeCounts,
})
export type VisitListHead = Static<typeof VisitListHead>

const GroupShape = Type.Object({
  id: Uuid,
  unit: Place,
  name: Type.String(),
  quarter: Type.String(),
  madeOn: DayText,
  endedOn: Type.Optional(DayText),
  leader: Type.String(),
  members: Whole,
  /** Lists that are not over. */
  openLists: Whole,
  /** The sum of their outcomes. */
  counts: VisitOutcomeCounts,
})
export type GroupShape = Static<typeof GroupShape>

const MemberInput = Type.Object({
  role: Type.Enum([...memberRoles]),
  fullName: TextUpTo(120),
  phone: Type.Optional(Type.String({ maxLength: 40 })),
})
export type MemberInput = Static<typeof MemberInput>

const Members = Type.Array(MemberInput, { minItems: 1, maxItems: 60 })

export const groupList = endpoint({
  method: 'GET',
  path: '/community-groups',
  summary: 'The community digital-technology groups of one’s communes, by commune and name',
  right: 'groups.manage',
  purpose: 'none',
  query: Type.Object({ unit: Type.Optional(IdShape<'unit'>()) }),
  reply: Type.Object({ day: DayText, groups: Type.Array(GroupShape) }),
})

const GroupDetail = Type.Object({
  ...GroupShape.properties,
  people: Type.Array(
    Type.Object({
      id: Uuid,
      role: Type.Enum([...memberRoles]),
      fullName: Type.String(),
      phone: Type.Optional(Type.String()),
    }),
  ),
  lists: Type.Array(VisitListHead),
})
export type GroupDetail = Static<typeof GroupDetail>

export const groupOpen = endpoint({
  method: 'GET',
  path: '/community-groups/:id',
  summary: 'A group: leader, members with their phones, and its lists',
  right: 'groups.manage',
  purpose: 'campaign',
  params: Ids,
  reply: GroupDetail,
  problems: ['group-unknown'],
})

export const GroupInput = Type.Object({
  unit: Type.Optional(IdShape<'unit'>()),
  name: TextUpTo(120),
  quarter: TextUpTo(80),
  members: Members,
})
export type GroupInput = Static<typeof GroupInput>

export const groupSetUp = endpoint({
  method: 'POST',
  path: '/community-groups',
  summary: 'Set up a group in a commune of one’s own',
  right: 'groups.manage',
  purpose: 'campaign',
  body: GroupInput,
  reply: GroupDetail,
  problems: ['group-exists', 'group-unit-refused', 'group-leader-needed', 'group-phone-malformed'],
})

export const GroupChange = Type.Object({ name: TextUpTo(120), quarter: TextUpTo(80), members: Members })
export type GroupChange = Static<typeof GroupChange>

export const groupChange = endpoint({
  method: 'PUT',
  path: '/community-groups/:id',
  summary: 'Change a group’s name, quarter and members; who is left out is deleted',
  right: 'groups.manage',
  purpose: 'campaign',
  params: Ids,
  body: GroupChange,
  reply: GroupDetail,
  problems: ['group-unknown', 'group-ended', 'group-exists', 'group-leader-needed', 'group-phone-malformed'],
})

export const groupEnd = endpoint({
  method: 'POST',
  path: '/community-groups/:id/end',
  summary: 'The group is no more: its members are deleted and its lists are over',
  right: 'groups.manage',
  purpose: 'campaign',
  params: Ids,
  reply: Type.Object({}),
  problems: ['group-unknown', 'group-ended'],
})

export const VisitListInput = Type.Object({
  /** Of whose people; without it, of all who live in the commune. */
  campaign: Type.Optional(IdShape<'campaign'>()),
  lacking: Type.Array(DoorNeedName, { minItems: 1, maxItems: doorNeeds.length, uniqueItems: true }),
  within: Type.Enum([...reaches]),
  /** Its usual and its longest term are rules of a day (campaign.house-list-days); a year is the most of any. */
  days: Type.Optional(Type.Integer({ minimum: 1, maximum: 366 })),
  why: Type.String({ minLength: 3, maxLength: 300 }),
})
export type VisitListInput = Static<typeof VisitListInput>

export const visitListMake = endpoint({
  method: 'POST',
  path: '/community-groups/:id/house-lists',
  summary: 'Make a visit list: who of the commune lacks something, by address; it is over after some days',
  right: 'groups.manage',
  purpose: 'campaign',
  params: Ids,
  body: VisitListInput,
  reply: Type.Object({
    list: VisitListHead,
    /**
     * Who lacks something in the commune and is not on it: the address names another quarter or none; or they are on
     * another list.
     */
    elsewhere: Whole,
    listedAlready: Whole,
    /** Who lacks something there and is away until the list is over. */
    away: Whole,
  }),
  problems: [
    'group-unknown',
    'group-ended',
    'campaign-unknown',
    'house-list-empty',
    'house-list-too-long',
    'house-list-lasts-too-long',
  ],
})

const EntryShape = Type.Object({
  person: IdShape<'person'>(),
  place: Type.Integer(),
  /** Absent where the person no longer lives where the reader may look. */
  name: Type.Optional(Type.String()),
  address: Type.Optional(Type.String()),
  lacking: Type.Array(DoorNeedName),
  outcome: Type.Optional(OutcomeName),
  onDay: Type.Optional(DayText),
  note: Type.Optional(Type.String()),
  /** Until when the person is away, for the officer; it is not printed for the group. */
  awayUntil: Type.Optional(DayText),
})
export type EntryShape = Static<typeof EntryShape>

export const visitListOpen = endpoint({
  method: 'GET',
  path: '/house-lists/:id',
  summary: 'A visit list; after its last day its counts alone',
  right: 'groups.manage',
  purpose: 'campaign',
  params: Ids,
  reply: Type.Object({
    list: VisitListHead,
    group: Type.Object({ id: Uuid, name: Type.String(), quarter: Type.String(), leader: Type.String() }),
    entries: Type.Array(EntryShape),
  }),
  problems: ['house-list-unknown'],
})

export const visitListMark = endpoint({
  method: 'POST',
  path: '/house-lists/:id/entries/:person',
  summary: 'Say what came of a call, on which day, with a note; without an outcome the mark is taken back',
  right: 'groups.manage',
  purpose: 'campaign',
  params: Type.Object({ id: Uuid, person: IdShape<'person'>() }),
  body: Type.Object({
    outcome: Type.Optional(OutcomeName),
    onDay: Type.Optional(DayText),
    note: Type.Optional(Type.String({ minLength: 1, maxLength: 300 })),
  }),
  reply: Type.Object({ counts: VisitOutcomeCounts }),
  problems: [
    'house-list-unknown',
    'house-list-over',
    'house-list-entry-unknown',
    'house-list-note-refused',
    'house-list-day-refused',
  ],
})

export const visitListEnd = endpoint({
  method: 'POST',
  path: '/house-lists/:id/end',
  summary: 'End a list before its day: its entries are deleted, its counts stay',
  right: 'groups.manage',
  purpose: 'campaign',
  params: Ids,
  reply: Type.Object({ list: VisitListHead }),
  problems: ['house-list-unknown', 'house-list-over'],
})

const AccessShape = Type.Object({
  access: Type.Array(Type.Object({ id: Uuid, name: Type.String(), since: DayText })),
  /** Members of the commune's groups who have a post today. */
  members: Type.Array(Type.Object({ appointmentId: Uuid, name: Type.String() })),
})

export const groupAccess = endpoint({
  method: 'GET',
  path: '/community-groups/:id/access',
  summary: 'Who of a group signs in and sees its lists, and who might',
  right: 'groups.manage',
  purpose: 'none',
  params: Ids,
  reply: AccessShape,
  problems: ['group-unknown'],
})

export const giveGroupAccess = endpoint({
  method: 'POST',
  path: '/community-groups/:id/access',
  summary: 'Let a member see the lists of a group: names, addresses and what is lacking',
  right: 'groups.manage',
  purpose: 'none',
  params: Ids,
  body: Type.Object({ appointmentId: Uuid }),
  reply: AccessShape,
  problems: ['group-unknown', 'group-ended', 'group-member-unknown'],
})

export const endGroupAccess = endpoint({
  method: 'POST',
  path: '/group-access/:id/end',
  summary: 'A member sees the lists of a group no more',
  right: 'groups.manage',
  purpose: 'none',
  params: Ids,
  reply: Type.Object({}),
  problems: ['group-access-unknown'],
})

export const ownVisits = endpoint({
  method: 'GET',
  path: '/own-visits',
  summary: 'The lists with which one’s own groups walk: name, address and what is lacking, no number',
  right: 'groups.visit',
  purpose: 'campaign',
  reply: Type.Object({
    day: DayText,
    lists: Type.Array(
      Type.Object({
        id: Uuid,
        group: Type.String(),
        quarter: Type.String(),
        unit: Type.String(),
        expiresOn: DayText,
        doors: Type.Array(EntryShape),
      }),
    ),
  }),
})

export const markOwnVisit = endpoint({
  method: 'POST',
  path: '/own-visits/:id/doors/:person',
  summary: 'Say what came of a visit; without an outcome the mark is taken back',
  right: 'groups.visit',
  purpose: 'campaign',
  params: Type.Object({ id: Uuid, person: IdShape<'person'>() }),
  body: Type.Object({
    outcome: Type.Optional(OutcomeName),
    note: Type.Optional(Type.String({ minLength: 1, maxLength: 300 })),
  }),
  reply: Type.Object({}),
  problems: ['house-list-unknown', 'house-list-entry-unknown', 'house-list-note-refused'],
})
