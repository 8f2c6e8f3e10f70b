import { type Static, Type } from 'typebox'
import { endpoint } from '../../platform/endpoint.ts'
import { IdShape, wholeNumberFrom } from '../../platform/shapes.ts'
import { metrics } from '../metric.ts'
import { directiveDues, directiveOffices, directiveSteps } from './directive.ts'

/** Directives on the wire: which units must do what by which day, and how far each has come. */

const Uuid = Type.String({ format: 'uuid' })
const DayText = Type.String({ format: 'date' })
const Instant = Type.String({ format: 'date-time' })
const Ids = Type.Object({ id: Uuid })
const Place = Type.Object({ id: IdShape<'unit'>(), name: Type.String() })
/** A unit with the district above it: names of communes repeat within a province. */
const PlaceWithin = Type.Object({ id: IdShape<'unit'>(), name: Type.String(), district: Type.Optional(Type.String()) })
const MetricName = Type.Enum([...metrics])
const Due = Type.Enum([...directiveDues])
const StepName = Type.Enum([...directiveSteps])
const Whole = wholeNumberFrom(0)

const QuestionShape = Type.Object({
  label: Type.String({ minLength: 1, maxLength: 200 }),
  metric: Type.Optional(MetricName),
})

const OrderBody = {
  title: Type.String({ minLength: 1, maxLength: 200 }),
  body: Type.String({ minLength: 1, maxLength: 10_000 }),
  dueOn: DayText,
  question: Type.Optional(QuestionShape),
  issuedBy: Type.String({ minLength: 1, maxLength: 200, description: 'the commander, by name and post as on paper' }),
  /** Units below the actor's own, one by one … */
  units: Type.Optional(Type.Array(IdShape<'unit'>(), { maxItems: 2000 })),
  /** … and all communes that stand below a unit today. */
  communesOf: Type.Optional(IdShape<'unit'>()),
  /** … and the education offices of the unit and of all below it; and all schools that stand there today. */
  educationOf: Type.Optional(IdShape<'unit'>()),
  schoolsOf: Type.Optional(IdShape<'unit'>()),
}

export const DirectiveInput = Type.Object({ ...OrderBody, campaign: Type.Optional(IdShape<'campaign'>()) })
export type DirectiveInput = Static<typeof DirectiveInput>
export const DirectiveRevision = Type.Object(OrderBody)
export type DirectiveRevision = Static<typeof DirectiveRevision>

/** How many of the units that the reader may see have come how far with the version in force. */
const Counts = Type.Object({
  units: Whole,
  unread: Whole,
  acknowledged: Whole,
  answered: Whole,
  done: Whole,
  overdue: Whole,
})

const DirectiveShape = Type.Object({
  id: Uuid,
  issuingUnit: Place,
  /** As "7/2023" among those of the unit. */
  number: Type.Integer(),
  year: Type.Integer(),
  version: Type.Integer(),
  title: Type.String(),
  issuedBy: Type.String(),
  issuedOn: DayText,
  dueOn: DayText,
  question: Type.Optional(QuestionShape),
  campaignId: Type.Optional(IdShape<'campaign'>()),
  closedOn: Type.Optional(DayText),
  /** Where it is addressed to the reader's own unit: how far that has come. */
  mine: Type.Optional(Type.Object({ step: StepName, due: Due })),
  counts: Counts,
})
export type DirectiveShape = Static<typeof DirectiveShape>

const Boxes = ['to-me', 'issued', 'below'] as const

/** `to-me`: addressed to one's own unit; `issued`: by it; `below`: by others to units below it. */
export const directiveList = endpoint({
  method: 'GET',
  path: '/directives',
  summary: 'Directives that one’s unit was given, issued, or watches over, what is open first, then the latest',
  right: 'directives.answer',
  purpose: 'none',
  query: Type.Object({ box: Type.Optional(Type.Enum([...Boxes])), campaign: Type.Optional(IdShape<'campaign'>()) }),
  reply: Type.Object({ day: DayText, directives: Type.Array(DirectiveShape) }),
})

/** Who acts and when, by name. */
const Act = Type.Object({ by: Type.String(), onDay: DayText, at: Instant })

const AnswerShape = Type.Object({
  figure: Type.Optional(Whole),
  words: Type.Optional(Type.String()),
  by: Type.String(),
  onDay: DayText,
  at: Instant,
})

const AddresseeShape = Type.Object({
  unit: PlaceWithin,
  office: Type.Enum([...directiveOffices]),
  step: StepName,
  due: Due,
  /** The first who opened it. */
  read: Type.Optional(Act),
  readers: Whole,
  acknowledged: Type.Optional(Act),
  answer: Type.Optional(AnswerShape),
  /** The last earlier version that the unit acknowledged, where this one is still to be acknowledged. */
  earlier: Type.Optional(Type.Integer()),
})
export type AddresseeShape = Static<typeof AddresseeShape>

const VersionShape = Type.Object({
  version: Type.Integer(),
  title: Type.String(),
  body: Type.String(),
  dueOn: DayText,
  question: Type.Optional(QuestionShape),
  issuedBy: Type.String(),
  issuedOn: DayText,
  at: Instant,
})

export const DirectiveDetail = Type.Object({
  ...DirectiveShape.properties,
  campaignTitle: Type.Optional(Type.String()),
  /** All versions, the latest first; each stays readable. */
  versions: Type.Array(VersionShape),
  /** The version that `addressees` is of. */
  shown: Type.Integer(),
  addressees: Type.Array(AddresseeShape),
  /** Whether the reader may acknowledge and answer; revise and close. */
  mayAnswer: Type.Boolean(),
  mayRevise: Type.Boolean(),
})
export type DirectiveDetail = Static<typeof DirectiveDetail>

/** Opening it is what reading means: an officer of an addressed unit who asks for it has read the version shown. */
export const directiveOpen = endpoint({
  method: 'GET',
  path: '/directives/:id',
  summary: 'A directive in all its versions, and how far each unit has come; notes that one’s own unit has read it',
  right: 'directives.answer',
  purpose: 'none',
  params: Ids,
  query: Type.Object({ version: Type.Optional(wholeNumberFrom(1)) }),
  reply: DirectiveDetail,
  problems: ['directive-unknown'],
})

export const directiveIssue = endpoint({
  method: 'POST',
  path: '/directives',
  summary: 'Issue a directive to units below one’s own; a named commander answers for it',
  right: 'directives.issue',
  purpose: 'none',
  body: DirectiveInput,
  reply: DirectiveShape,
  problems: [
    'directive-nobody',
    'directive-unit-outside',
    'directive-due-past',
    'directive-metric-alone',
    'campaign-unknown',
    'unit-unknown',
  ],
})

export const directiveRevise = endpoint({
  method: 'POST',
  path: '/directives/:id/versions',
  summary: 'Issue a later version: it supersedes, every unit acknowledges it anew, the earlier ones stay',
  right: 'directives.issue',
  purpose: 'none',
  params: Ids,
  body: DirectiveRevision,
  reply: DirectiveShape,
  problems: [
    'directive-unknown',
    'directive-of-another',
    'directive-closed',
    'directive-nobody',
    'directive-unit-outside',
    'directive-due-past',
    'directive-metric-alone',
  ],
})

export const directiveClose = endpoint({
  method: 'POST',
  path: '/directives/:id/close',
  summary: 'Close a directive: nobody is reminded any more',
  right: 'directives.issue',
  purpose: 'none',
  params: Ids,
  reply: DirectiveShape,
  problems: ['directive-unknown', 'directive-of-another', 'directive-closed'],
})

export const directiveAcknowledge = endpoint({
  method: 'POST',
  path: '/directives/:id/acknowledge',
  summary: 'One’s own unit has understood the version in force and does it',
  right: 'directives.answer',
  purpose: 'none',
  params: Ids,
  body: Type.Object({ version: wholeNumberFrom(1) }),
  reply: DirectiveShape,
  problems: ['directive-unknown', 'directive-not-yours', 'directive-superseded', 'directive-closed'],
})

export const directiveAnswer = endpoint({
  method: 'POST',
  path: '/directives/:id/answer',
  summary: 'Answer with the figure that is asked for, with words, or both; the last answer counts',
  right: 'directives.answer',
  purpose: 'none',
  params: Ids,
  body: Type.Object({
    version: wholeNumberFrom(1),
    figure: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000_000 })),
    words: Type.Optional(Type.String({ minLength: 1, maxLength: 2000 })),
  }),
  reply: DirectiveShape,
  problems: [
    'directive-unknown',
    'directive-not-yours',
    'directive-superseded',
    'directive-closed',
    'directive-answer-empty',
    'directive-asks-nothing',
  ],
})

const ReminderShape = Type.Object({
  directiveId: Uuid,
  number: Type.Integer(),
  year: Type.Integer(),
  title: Type.String(),
  dueOn: DayText,
  due: Due,
  unit: PlaceWithin,
  step: StepName,
})

export const directiveReminders = endpoint({
  method: 'GET',
  path: '/directives/reminders',
  summary:
    'Which units still owe what on open directives, the soonest due first, ' +
    'with a text for each directive to paste into the command group',
  right: 'directives.answer',
  purpose: 'none',
  query: Type.Object({ directive: Type.Optional(Uuid) }),
  reply: Type.Object({
    day: DayText,
    reminders: Type.Array(ReminderShape),
    texts: Type.Array(Type.Object({ directiveId: Uuid, vi: Type.String(), en: Type.String() })),
  }),
})

/** For the first page: what the actor's unit owes, and what is owed to it. */
export const directiveDuties = endpoint({
  method: 'GET',
  path: '/directives/duties',
  summary:
    'How many directives one’s unit still has to read, acknowledge or answer, and how many units owe it something',
  right: 'directives.answer',
  purpose: 'none',
  together: 'quick',
  reply: Type.Object({
    day: DayText,
    mine: Type.Object({
      unread: Whole,
      toAcknowledge: Whole,
      toAnswer: Whole,
      overdue: Whole,
      nextOn: Type.Optional(DayText),
    }),
    owed: Type.Object({ directives: Whole, units: Whole, overdue: Whole }),
  }),
})

export const notReportedList = endpoint({
  method: 'GET',
  path: '/units-not-reported',
  formerly: ['/silent-units'],
  summary:
    'Units in which no officer has entered anything on a day: the communes below a unit, ' +
    'or the unit itself where it is one',
  right: 'campaign.figures',
  purpose: 'none',
  query: Type.Object({ unit: Type.Optional(IdShape<'unit'>()), day: Type.Optional(DayText) }),
  reply: Type.Object({
    day: DayText,
    of: Place,
    communes: Whole,
    units: Type.Array(
      Type.Object({ id: Uuid, name: Type.String(), district: Type.String(), hasOfficers: Type.Boolean() }),
    ),
  }),
  problems: ['list-unit-needed', 'list-unit-outside', 'unit-unknown'],
})
