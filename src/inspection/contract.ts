import { Type } from 'typebox'
import { endpoint, signedIn } from '../platform/endpoint.ts'
import { IdShape, oneOf } from '../platform/shapes.ts'
import { releaseReasons } from '../rolls/releasing/contract.ts'
import { patternStates, rules } from './pattern.ts'

/** The auditor's door over the wire. People stand here by initials; their names are opened with a reason. */

export { type PatternRule, type PatternState, patternStates, rules } from './pattern.ts'

const DayText = Type.String({ format: 'date' })
const Instant = Type.String({ format: 'date-time' })
const UnitShape = Type.Object({ id: IdShape<'unit'>(), name: Type.String() })
const OfficerShape = Type.Object({ id: IdShape<'officer'>(), name: Type.String() })
const After = Type.Optional(Type.String({ maxLength: 100 }))
const Limit = Type.Optional(Type.Integer({ minimum: 1, maximum: 200 }))
const ReasonText = Type.String({ minLength: 1, maxLength: 1000 })
const Which = Type.Optional(oneOf(['all', 'untied', 'off-hours'] as const))
const IdParams = Type.Object({ id: IdShape<'pattern'>() })

const SpanQuery = {
  /** The last seven days where neither is given; 31 at most. */
  from: Type.Optional(DayText),
  to: Type.Optional(DayText),
  /** A unit of one's own, with those below it. */
  unit: Type.Optional(IdShape<'unit'>()),
}

const PeersShape = Type.Object({
  among: oneOf(['unit', 'role', 'neighbours', 'schools', 'none'] as const),
  count: Type.Integer(),
  median: Type.Number(),
  p95: Type.Number(),
})

const ReasonShape = Type.Object({
  /**
   * What might explain it: a session, a queue at the counter, a name that others bear, days off, a case since; of
   * numbers for a school why they were given, and how many rows of its rolls lack one.
   */
  code: oneOf([
    ...(['session', 'counter', 'namesake', 'days-off', 'tied-since', 'lacking-numbers'] as const),
    ...releaseReasons.map(why => `release-${why}` as const),
  ]),
  day: Type.Optional(DayText),
  people: Type.Optional(Type.Integer()),
  deeds: Type.Optional(Type.Integer()),
  name: Type.Optional(Type.String()),
})

const EvidenceShape = Type.Object({
  count: Type.Integer(),
  least: Type.Integer(),
  peers: PeersShape,
  readings: Type.Integer(),
  people: Type.Integer(),
  untied: Type.Integer(),
  untiedPeople: Type.Integer(),
  strangers: Type.Integer(),
  days: Type.Integer(),
  /** The first and the last moment of the hours in question. */
  between: Type.Optional(Type.Array(Instant, { minItems: 2, maxItems: 2 })),
  endsOn: Type.Optional(DayText),
  hours: Type.Optional(Type.Array(Type.Integer(), { minItems: 24, maxItems: 24 })),
  shares: Type.Optional(Type.Array(Type.Integer())),
  /** To which school numbers were given. */
  school: Type.Optional(Type.Object({ id: IdShape<'school'>(), name: Type.String() })),
  reasons: Type.Array(ReasonShape),
})

const QuestionShape = Type.Object({
  id: IdShape<'inspection-question'>(),
  to: OfficerShape,
  toSuperior: Type.Boolean(),
  text: Type.String(),
  askedBy: Type.String(),
  askedAt: Instant,
  dueOn: DayText,
  isOverdue: Type.Boolean(),
  answer: Type.Optional(Type.String()),
  answeredAt: Type.Optional(Instant),
})

export const PatternShape = Type.Object({
  id: IdShape<'pattern'>(),
  rule: oneOf(rules),
  unit: UnitShape,
  /** Whose readings it is about, who read most first. */
  officers: Type.Array(OfficerShape),
  /** Whether it is about readings of one person. */
  isOfPerson: Type.Boolean(),
  fromOn: DayText,
  toOn: DayText,
  evidence: EvidenceShape,
  foundAt: Instant,
  state: oneOf(patternStates),
  reason: Type.Optional(Type.String()),
  settledBy: Type.Optional(Type.String()),
  settledAt: Type.Optional(Instant),
  questions: Type.Array(QuestionShape),
})

export const inspectionOverview = endpoint({
  method: 'GET',
  path: '/inspection/overview',
  summary: 'What officers read in some days, what stood out, and whether the seals hold',
  right: 'audit.read',
  purpose: 'none',
  together: 'quick',
  query: Type.Object(SpanQuery),
  reply: Type.Object({
    from: DayText,
    to: DayText,
    /** Up to which moment the last of the days was counted; absent where no day was. */
    readTo: Type.Optional(Instant),
    officers: Type.Integer(),
    deeds: Type.Integer(),
    readings: Type.Integer(),
    tied: Type.Integer(),
    offHours: Type.Integer(),
    unusualOfficers: Type.Integer(),
    /** Each rule, from where on it finds something, and what it found that nobody has explained. */
    rules: Type.Array(
      Type.Object({ rule: oneOf(rules), least: Type.Integer(), patterns: Type.Integer(), officers: Type.Integer() }),
    ),
    night: Type.Object({ from: Type.Integer(), until: Type.Integer() }),
    verification: Type.Optional(
      Type.Object({
        at: Instant,
        holds: Type.Boolean(),
        deeds: Type.Integer(),
        readings: Type.Integer(),
        findings: Type.Integer(),
        first: Type.Optional(
          Type.Object({
            kind: Type.String(),
            chain: Type.Optional(Type.Integer()),
            place: Type.Optional(Type.Integer()),
            batch: Type.Optional(Type.String()),
          }),
        ),
      }),
    ),
    /** Derived rows that were not as they were sealed, and were made anew. */
    differences: Type.Array(
      Type.Object({
        day: DayText,
        toldAt: Instant,
        missing: Type.Integer(),
        changed: Type.Integer(),
        extra: Type.Integer(),
        patterns: Type.Integer(),
      }),
    ),
  }),
  problems: ['inspection-span-too-long', 'unit-unknown'],
})

export const inspectedOfficers = endpoint({
  method: 'GET',
  path: '/inspection/officers',
  summary: 'Officers and what they read in some days: those who stand out first, then who read most untied',
  right: 'audit.read',
  purpose: 'none',
  query: Type.Object({
    ...SpanQuery,
    rule: Type.Optional(oneOf(rules)),
    officer: Type.Optional(IdShape<'officer'>()),
    after: After,
    limit: Limit,
  }),
  reply: Type.Object({
    officers: Type.Array(
      Type.Object({
        officer: OfficerShape,
        unit: UnitShape,
        role: Type.Optional(Type.String()),
        readings: Type.Integer(),
        people: Type.Integer(),
        untied: Type.Integer(),
        strangers: Type.Integer(),
        offHours: Type.Integer(),
        deeds: Type.Integer(),
        hours: Type.Array(Type.Integer()),
        patterns: Type.Array(
          Type.Object({
            id: IdShape<'pattern'>(),
            rule: oneOf(rules),
            state: oneOf(patternStates),
            count: Type.Integer(),
          }),
        ),
      }),
    ),
    total: Type.Integer(),
    next: Type.Optional(Type.String()),
  }),
  problems: ['inspection-span-too-long', 'unit-unknown', 'page-mark-unknown'],
})

export const listPatterns = endpoint({
  method: 'GET',
  path: '/inspection/patterns',
  summary: 'Patterns in readings, the latest first; each is a question and no finding',
  right: 'audit.read',
  purpose: 'none',
  query: Type.Object({
    ...SpanQuery,
    state: Type.Optional(oneOf([...patternStates, 'all'] as const)),
    rule: Type.Optional(oneOf(rules)),
    officer: Type.Optional(IdShape<'officer'>()),
    after: After,
    limit: Limit,
  }),
  reply: Type.Object({ patterns: Type.Array(PatternShape), next: Type.Optional(Type.String()) }),
  problems: ['inspection-span-too-long', 'unit-unknown', 'page-mark-unknown'],
})

export const showPattern = endpoint({
  method: 'GET',
  path: '/inspection/patterns/:id',
  summary: 'A pattern, with who can be asked about it',
  right: 'audit.read',
  purpose: 'none',
  params: IdParams,
  reply: Type.Interface([PatternShape], {
    /** Whom one may ask: those concerned, and superiors. Nobody where one may not ask. */
    askable: Type.Array(Type.Object({ officer: OfficerShape, isSuperior: Type.Boolean(), unitName: Type.String() })),
  }),
  problems: ['pattern-unknown', 'pattern-your-own'],
})

const ReadingShape = Type.Object({
  id: IdShape<'access'>(),
  at: Instant,
  officer: OfficerShape,
  fields: Type.Array(Type.String()),
  purpose: Type.String(),
  initials: Type.String(),
  place: Type.String(),
  /** What ties it: a case, a deed, a list, a session, an application, an account, a card. Absent where nothing does. */
  tie: Type.Optional(Type.String()),
  /** The person lives in the officer's unit. */
  isOwn: Type.Boolean(),
  isOff: Type.Boolean(),
})

export const patternReadings = endpoint({
  method: 'GET',
  path: '/inspection/patterns/:id/readings',
  summary: 'The readings that a pattern counts, in the order of time, by initials',
  right: 'audit.read',
  purpose: 'none',
  params: IdParams,
  query: Type.Object({ after: After, limit: Limit }),
  reply: Type.Object({ readings: Type.Array(ReadingShape), next: Type.Optional(Type.String()) }),
  problems: ['pattern-unknown', 'pattern-your-own', 'page-mark-unknown'],
})

export const officerReadings = endpoint({
  method: 'GET',
  path: '/inspection/officers/:id/readings',
  summary: 'The readings of an officer in some days, in the order of time, by initials',
  right: 'audit.read',
  purpose: 'none',
  params: Type.Object({ id: IdShape<'officer'>() }),
  query: Type.Object({
    from: Type.Optional(DayText),
    to: Type.Optional(DayText),
    which: Which,
    after: After,
    limit: Limit,
  }),
  reply: Type.Object({ readings: Type.Array(ReadingShape), next: Type.Optional(Type.String()) }),
  problems: ['inspection-span-too-long', 'pattern-your-own', 'page-mark-unknown'],
})

const DeedShape = Type.Object({
  id: IdShape<'deed'>(),
  at: Instant,
  officer: OfficerShape,
  deed: Type.String(),
  subject: Type.String(),
  unit: Type.Optional(UnitShape),
})

const DeedName = Type.Optional(Type.String({ pattern: '^[a-z-]{1,40}\\.[a-z-]{1,40}$' }))

export const deedKinds = endpoint({
  method: 'GET',
  path: '/inspection/deed-kinds',
  summary: 'Which kinds of deeds officers did in some days, and how many of each',
  right: 'audit.read',
  purpose: 'none',
  query: Type.Object({ ...SpanQuery, officer: Type.Optional(IdShape<'officer'>()) }),
  reply: Type.Object({ kinds: Type.Array(Type.Object({ deed: Type.String(), count: Type.Integer() })) }),
  problems: ['inspection-span-too-long', 'unit-unknown'],
})

export const exportSearch = endpoint({
  method: 'POST',
  path: '/inspection/exports',
  summary:
    'The result of a search for deeds, or for readings of an officer, by initials, as a file that is signed; with a ' +
    'reason: that is a reading of everybody behind the rows, and a deed',
  right: 'audit.export',
  purpose: 'audit',
  body: Type.Object({
    ...SpanQuery,
    what: oneOf(['deeds', 'readings'] as const),
    /** Whose readings; of deeds, whose alone. */
    officer: Type.Optional(IdShape<'officer'>()),
    deed: DeedName,
    which: Which,
    reason: ReasonText,
  }),
  problems: [
    'inspection-reason-needed',
    'inspection-span-too-long',
    'search-too-long',
    'search-officer-needed',
    'pattern-your-own',
    'unit-unknown',
  ],
})

export const officerDeeds = endpoint({
  method: 'GET',
  path: '/inspection/deeds',
  summary: 'What officers did in some days, by officer, unit and kind of deed, the latest first',
  right: 'audit.read',
  purpose: 'none',
  query: Type.Object({
    ...SpanQuery,
    officer: Type.Optional(IdShape<'officer'>()),
    deed: DeedName,
    after: After,
    limit: Limit,
  }),
  reply: Type.Object({ deeds: Type.Array(DeedShape), next: Type.Optional(Type.String()) }),
  problems: ['inspection-span-too-long', 'unit-unknown', 'page-mark-unknown'],
})

export const openNames = endpoint({
  method: 'POST',
  path: '/inspection/names',
  summary: 'Open the names behind some readings of an officer, with a reason; that is a reading and a deed',
  right: 'audit.ask',
  purpose: 'audit',
  body: Type.Object({
    officer: IdShape<'officer'>(),
    readings: Type.Array(IdShape<'access'>(), { minItems: 1, maxItems: 50 }),
    patternId: Type.Optional(IdShape<'pattern'>()),
    reason: ReasonText,
  }),
  reply: Type.Object({ names: Type.Array(Type.Object({ id: IdShape<'access'>(), fullName: Type.String() })) }),
  problems: ['inspection-reason-needed', 'reading-unknown', 'pattern-your-own', 'pattern-unknown'],
})

export const openHistory = endpoint({
  method: 'POST',
  path: '/inspection/people',
  summary: 'Who read a person’s data and did what about them, with a reason; that is a reading and a deed',
  right: 'audit.ask',
  purpose: 'audit',
  body: Type.Object({
    /** A personal number, or a reading of an officer. */
    number: Type.Optional(Type.String({ minLength: 9, maxLength: 40 })),
    officer: Type.Optional(IdShape<'officer'>()),
    reading: Type.Optional(IdShape<'access'>()),
    reason: ReasonText,
    after: After,
    limit: Limit,
  }),
  reply: Type.Object({
    fullName: Type.String(),
    readings: Type.Array(
      Type.Object({
        id: IdShape<'access'>(),
        at: Instant,
        officer: OfficerShape,
        unit: Type.Optional(UnitShape),
        purpose: Type.String(),
        fields: Type.Array(Type.String()),
        case: Type.Optional(Type.String()),
      }),
    ),
    /** What officers did about the person lately. */
    deeds: Type.Array(DeedShape),
    next: Type.Optional(Type.String()),
  }),
  problems: [
    'inspection-reason-needed',
    'inspection-person-needed',
    'reading-unknown',
    'person-unknown',
    'number-not-twelve-digits',
    'page-mark-unknown',
  ],
})

export const askAboutPattern = endpoint({
  method: 'POST',
  path: '/inspection/patterns/:id/questions',
  summary: 'Ask an officer, or their superior, about a pattern; it waits under their Hôm nay',
  right: 'audit.ask',
  purpose: 'none',
  params: IdParams,
  body: Type.Object({ to: IdShape<'officer'>(), text: ReasonText }),
  reply: Type.Object({ id: IdShape<'inspection-question'>(), dueOn: DayText }),
  problems: [
    'pattern-unknown',
    'pattern-your-own',
    'pattern-of-your-post',
    'pattern-explained',
    'inspection-reason-needed',
    'question-whom',
  ],
})

export const explainPattern = endpoint({
  method: 'POST',
  path: '/inspection/patterns/:id/explanation',
  summary: 'Write down why a pattern is in order',
  right: 'audit.ask',
  needsFreshFactor: true,
  purpose: 'none',
  params: IdParams,
  body: Type.Object({ reason: ReasonText }),
  reply: Type.Object({}),
  problems: [
    'pattern-unknown',
    'pattern-your-own',
    'pattern-of-your-post',
    'pattern-explained',
    'inspection-reason-needed',
  ],
})

export const myQuestions = endpoint({
  method: 'GET',
  path: '/inspection/questions',
  summary: 'What auditors ask the officer who is signed in, and what they answered lately',
  right: signedIn,
  purpose: 'none',
  together: 'quick',
  reply: Type.Object({
    questions: Type.Array(
      Type.Object({
        id: IdShape<'inspection-question'>(),
        rule: oneOf(rules),
        fromOn: DayText,
        toOn: DayText,
        count: Type.Integer(),
        between: Type.Optional(Type.Array(Instant, { minItems: 2, maxItems: 2 })),
        text: Type.String(),
        toSuperior: Type.Boolean(),
        askedBy: Type.String(),
        askedAt: Instant,
        dueOn: DayText,
        due: oneOf(['overdue', 'today', 'later'] as const),
        answer: Type.Optional(Type.String()),
        answeredAt: Type.Optional(Instant),
      }),
    ),
  }),
})

export const answerQuestion = endpoint({
  method: 'POST',
  path: '/inspection/questions/:id/answer',
  summary: 'Answer a question of an auditor; the answer is sealed',
  right: signedIn,
  purpose: 'none',
  params: Type.Object({ id: IdShape<'inspection-question'>() }),
  body: Type.Object({ answer: ReasonText }),
  reply: Type.Object({}),
  problems: ['question-unknown', 'question-answered', 'inspection-reason-needed'],
})
