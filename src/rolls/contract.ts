import { Type } from 'typebox'
import { legacyEncodings } from '../names/legacy/encoding.ts'
import { endpoint } from '../platform/endpoint.ts'
import { IdShape, oneOf, wholeNumberFrom } from '../platform/shapes.ts'
import { pupilStatuses, readingWarnings, rollFields, rollFormats } from './field.ts'
import { rollFileLimits } from './law.ts'
import { reviewDecisions, rollDefects, rollKinds, rollStates, rowOutcomes } from './roll.ts'

export { type PupilStatus, pupilStatuses } from './field.ts'
export { type AgeGroup, ageGroups, type Stage, stages } from './school-age.ts'

const Uuid = Type.String({ format: 'uuid' })
const DayText = Type.String({ format: 'date' })
const PartialDayText = Type.String({ pattern: '^\\d{4}(-\\d{2}(-\\d{2})?)?$' })
const SchoolShape = Type.Object({
  id: IdShape<'school'>(),
  code: Type.String(),
  name: Type.String(),
  kind: Type.String(),
  unitId: IdShape<'unit'>(),
})
const FieldName = oneOf(rollFields)
const EncodingName = oneOf(legacyEncodings)
const SheetEncoding = oneOf([...legacyEncodings, 'unicode'] as const)
const OutcomeName = oneOf(rowOutcomes)
export const DefectName = oneOf(rollDefects)
const SexLetter = Type.Union([Type.Literal('M'), Type.Literal('F')])

export const CountsShape = Type.Object({
  matched: Type.Integer(),
  review: Type.Integer(),
  'not-found': Type.Integer(),
  duplicate: Type.Integer(),
})

const NeighbourShape = Type.Object({
  id: IdShape<'roll'>(),
  fileName: Type.String(),
  sentOn: DayText,
  rows: Type.Integer(),
})

export const RollShape = Type.Object({
  id: Uuid,
  school: SchoolShape,
  schoolYear: Type.String(),
  /** pupils: the classes of a year; candidates: who registers for an exam through the school. */
  kind: oneOf(rollKinds),
  asOf: DayText,
  state: oneOf(rollStates),
  inForce: Type.Boolean(),
  fileName: Type.String(),
  rows: Type.Integer(),
  /** Percent of the comparison. */
  progress: Type.Integer(),
  counts: CountsShape,
  sentBy: Type.Object({ kind: Type.String(), id: Type.String() }),
  sentUnit: Type.Optional(Type.Object({ id: IdShape<'unit'>(), name: Type.String() })),
  sentAt: Type.String(),
  reconciledAt: Type.Optional(Type.String()),
  /** How the file was read, for the margin: "9 trang tính, 1 trang ẩn đã đọc". */
  sheets: Type.Integer(),
  hiddenSheets: Type.Integer(),
  notPupils: Type.Integer(),
  /** For what a held roll waits: the police accept it, or its sender confirms it. */
  heldFor: Type.Optional(oneOf(['strangers', 'unlike'] as const)),
  /** Of an unlike roll: lines that are nobody of the register, and pupils of the roll in force whom it would end. */
  unknownRows: Type.Optional(Type.Integer()),
  leavingRows: Type.Optional(Type.Integer()),
  /** The roll whose place it took, while it is in force; and the one that took its place. */
  replaces: Type.Optional(NeighbourShape),
  replacedBy: Type.Optional(NeighbourShape),
})

const ColumnShape = Type.Object({
  column: Type.Integer(),
  /** As spreadsheets name it: A, B … AA. */
  letter: Type.String(),
  header: Type.String(),
  field: Type.Optional(FieldName),
  by: Type.Union([Type.Literal('header'), Type.Literal('content'), Type.Literal('person')]),
  samples: Type.Array(Type.String()),
})

const NotPupilShape = Type.Object({
  sheet: Type.String(),
  row: Type.Integer(),
  reason: Type.String(),
  vi: Type.String(),
  en: Type.String(),
  /** How the row begins, cut short. */
  text: Type.String(),
})

const LineAnswers = Type.Array(
  Type.Object({ row: wholeNumberFrom(1), as: Type.Union([Type.Literal('pupil'), Type.Literal('left')]) }),
  { maxItems: 5000 },
)

const PreviewShape = Type.Object({
  fileName: Type.String(),
  format: oneOf(rollFormats),
  /** Whether the file's name claims another format than its content has. */
  namedOtherwise: Type.Boolean(),
  rows: Type.Integer(),
  sheets: Type.Array(
    Type.Object({
      sheet: Type.Integer(),
      name: Type.String(),
      hidden: Type.Boolean(),
      /** read: it has pupils; skipped: an officer said so, or it is an older copy; without-pupils: none were found. */
      state: Type.Union([Type.Literal('read'), Type.Literal('skipped'), Type.Literal('without-pupils')]),
      /** Hidden, and its pupils stand on the sheets in view; named in the mapping, it is read. */
      isOlderCopy: Type.Boolean(),
      /** Lists that stand side by side on it. */
      lists: Type.Integer(),
      /** Left out because it gathers the pupils of the class sheets. */
      isSummary: Type.Boolean(),
      /** What an officer said of doubtful lines. */
      lines: Type.Optional(LineAnswers),
      /** The last row of the first header; 0 where there is none. */
      headerRow: Type.Integer(),
      pupils: Type.Integer(),
      classes: Type.Array(Type.String()),
      /** The encoding of its texts that an officer chose; absent where none was chosen. */
      encoding: Type.Optional(SheetEncoding),
      columns: Type.Array(ColumnShape),
      first: Type.Array(
        Type.Object({
          row: Type.Integer(),
          class: Type.Optional(Type.String()),
          name: Type.String(),
          birthDate: Type.Optional(PartialDayText),
          birthGiven: Type.String(),
          sex: Type.Optional(SexLetter),
          number: Type.String(),
          /** What stands beside the name in its cell. */
          mark: Type.Optional(Type.String()),
          status: Type.Optional(oneOf(pupilStatuses)),
        }),
      ),
    }),
  ),
  /** What an officer should look at before the roll is taken in; `examples` has at most ten. */
  warnings: Type.Array(
    Type.Object({
      code: oneOf(readingWarnings),
      count: Type.Integer(),
      vi: Type.String(),
      en: Type.String(),
      examples: Type.Array(Type.String()),
    }),
  ),
  /** Lines whose words leave open whether the pupil left; at most 200 are listed. */
  questions: Type.Array(
    Type.Object({
      sheet: Type.Integer(),
      row: Type.Integer(),
      name: Type.String(),
      class: Type.Optional(Type.String()),
      said: Type.String(),
    }),
  ),
  questionCount: Type.Integer(),
  /** Who left the school by the roll, and is no row of it; at most 200 are listed. */
  left: Type.Array(
    Type.Object({
      sheet: Type.Integer(),
      row: Type.Integer(),
      name: Type.String(),
      class: Type.Optional(Type.String()),
      status: oneOf(pupilStatuses),
      on: Type.Optional(PartialDayText),
      said: Type.String(),
    }),
  ),
  leftCount: Type.Integer(),
  /** How many lines are left out for which reason. */
  ignoredLines: Type.Array(
    Type.Object({ reason: Type.String(), count: Type.Integer(), vi: Type.String(), en: Type.String() }),
  ),
  /** Columns that hold something and are not read. */
  ignoredColumns: Type.Array(Type.Object({ sheet: Type.Integer(), letter: Type.String(), header: Type.String() })),
  /** The rows that are no pupils, and why; at most 500 are listed, `notPupilCount` counts all. */
  notPupils: Type.Array(NotPupilShape),
  notPupilCount: Type.Integer(),
  /** Texts in an old encoding, by sheet and encoding: how many, how that is known, and some before and after. */
  decoded: Type.Array(
    Type.Object({
      sheet: Type.Integer(),
      encoding: EncodingName,
      cells: Type.Integer(),
      by: Type.Object({
        font: Type.Integer(),
        letters: Type.Integer(),
        column: Type.Integer(),
        person: Type.Integer(),
      }),
      examples: Type.Array(Type.Object({ row: Type.Integer(), before: Type.String(), after: Type.String() })),
    }),
  ),
  /**
   * Texts that were not read: letters are lost, two readings make sense, or they are longer than any such text. At
   * most 50 are listed, `unreadableCount` counts all.
   */
  unreadable: Type.Array(
    Type.Object({
      sheet: Type.Integer(),
      row: Type.Integer(),
      text: Type.String(),
      why: Type.Union([Type.Literal('lost'), Type.Literal('unclear'), Type.Literal('too-long')]),
    }),
  ),
  unreadableCount: Type.Integer(),
  /** Fields that no column gives, of those that matter: name, birth, number, sex, class. */
  lacking: Type.Array(FieldName),
})

const DraftShape = Type.Object({
  roll: RollShape,
  preview: PreviewShape,
  /** Of a draft: the roll in force whose place it would take, and how many of its pupils stay, leave, and come. */
  replacement: Type.Optional(
    Type.Interface([NeighbourShape], {
      staying: Type.Integer(),
      leaving: Type.Integer(),
      coming: Type.Integer(),
    }),
  ),
})
export const RollParams = Type.Object({ id: Uuid })

const MappingShape = Type.Array(
  Type.Object({
    sheet: wholeNumberFrom(0),
    skip: Type.Optional(Type.Boolean()),
    headerRow: Type.Optional(wholeNumberFrom(0)),
    columns: Type.Optional(
      Type.Array(Type.Object({ column: wholeNumberFrom(1), field: Type.Union([FieldName, Type.Literal('none')]) }), {
        maxItems: 500,
      }),
    ),
    /** The encoding of the sheet's texts, over what was found; unicode: they stay as they are. */
    encoding: Type.Optional(SheetEncoding),
    /** Of lines whose words leave it open: whether the pupil is there, or left. */
    lines: Type.Optional(LineAnswers),
  }),
  { maxItems: 500 },
)

const readingProblems = [
  'workbook-empty',
  'workbook-encrypted',
  'workbook-old-format',
  'workbook-is-html',
  'workbook-is-text',
  'workbook-of-another-kind',
  'workbook-damaged',
  'workbook-too-large',
  'file-too-large',
  'roll-too-large',
]

/** The first step: the file is kept as a draft and shown as it would be read. `roll.rows` is what would be taken in. */
export const sendRoll = endpoint({
  method: 'POST',
  path: '/rolls',
  summary: "Send a school's roll (.xlsx or .csv) and see how it is read",
  right: 'rolls.import',
  purpose: 'roll',
  body: Type.Object({
    schoolId: IdShape<'school'>(),
    schoolYear: Type.String({ maxLength: 9 }),
    /** Left out: pupils. */
    kind: Type.Optional(oneOf(rollKinds)),
    asOf: Type.Optional(DayText),
  }),
  upload: { maxBytes: rollFileLimits.bytes },
  reply: DraftShape,
  problems: ['school-unknown', 'school-outside-scope', 'school-year-malformed', ...readingProblems],
})

export const previewRoll = endpoint({
  method: 'GET',
  path: '/rolls/:id/preview',
  summary: 'How a draft is read',
  right: 'rolls.import',
  purpose: 'roll',
  params: RollParams,
  reply: DraftShape,
  problems: ['roll-unknown'],
})

/**
 * The whole mapping each time: sheets that are left out are read as found. A hidden sheet that is named, and not to be
 * skipped, is read even if it repeats others.
 */
export const changeMapping = endpoint({
  method: 'PUT',
  path: '/rolls/:id/mapping',
  summary: 'Say which sheets, headers and columns are what, and read the draft so',
  right: 'rolls.import',
  purpose: 'roll',
  sentAgain: 'by-hand',
  params: RollParams,
  body: Type.Object({ mapping: MappingShape }),
  reply: DraftShape,
  problems: ['roll-unknown', 'roll-taken-in', 'mapping-impossible'],
})

/** The rows are taken in at once; the comparison is a job: ask `showRoll` for its progress. */
export const importRoll = endpoint({
  method: 'POST',
  path: '/rolls/:id/import',
  summary: 'Take a draft in and compare it with the register',
  right: 'rolls.import',
  purpose: 'roll',
  sentAgain: 'by-hand',
  params: RollParams,
  reply: RollShape,
  problems: ['roll-unknown', 'roll-taken-in', 'roll-without-pupils'],
})

export const deleteDraft = endpoint({
  method: 'DELETE',
  path: '/rolls/:id',
  summary: 'Throw away a draft, or a roll that is held',
  right: 'rolls.import',
  purpose: 'none',
  params: RollParams,
  reply: Type.Object({}),
  problems: ['roll-unknown', 'roll-taken-in'],
})

export const reconcileRoll = endpoint({
  method: 'POST',
  path: '/rolls/:id/reconcile',
  summary: 'Compare a roll with the register again',
  right: 'rolls.import',
  purpose: 'roll',
  params: RollParams,
  reply: RollShape,
  problems: ['roll-unknown', 'roll-not-reconciled', 'roll-of-strangers', 'roll-unlike'],
})

export const listRolls = endpoint({
  method: 'GET',
  path: '/rolls',
  summary: "The rolls of one's schools, the latest first",
  right: 'rolls.read',
  purpose: 'none',
  together: 'quick',
  query: Type.Object({
    schoolId: Type.Optional(IdShape<'school'>()),
    schoolYear: Type.Optional(Type.String({ maxLength: 9 })),
    kind: Type.Optional(oneOf(rollKinds)),
    inForce: Type.Optional(Type.Boolean()),
    state: Type.Optional(oneOf(rollStates)),
    /** Those that wait for somebody: drafts, failed comparisons, and those that are held. */
    which: Type.Optional(Type.Literal('waiting')),
  }),
  reply: Type.Object({ rolls: Type.Array(RollShape) }),
})

export const showRoll = endpoint({
  method: 'GET',
  path: '/rolls/:id',
  summary: 'A roll: its state, progress and counts',
  right: 'rolls.read',
  purpose: 'none',
  params: RollParams,
  reply: RollShape,
  problems: ['roll-unknown'],
})

export const RowShape = Type.Object({
  place: Type.Integer(),
  sheet: Type.String(),
  row: Type.Integer(),
  class: Type.Optional(Type.String()),
  grade: Type.Optional(Type.Integer()),
  name: Type.String(),
  birthDate: Type.Optional(PartialDayText),
  sex: Type.Optional(SexLetter),
  givenNumber: Type.Optional(Type.String()),
  outcome: Type.Optional(OutcomeName),
  personId: Type.Optional(IdShape<'person'>()),
  probability: Type.Optional(Type.Number()),
  defects: Type.Array(DefectName),
  decision: Type.Optional(oneOf(reviewDecisions)),
})

export const listRows = endpoint({
  method: 'GET',
  path: '/rolls/:id/rows',
  summary: 'The rows of a roll, by what became of them',
  right: 'rolls.read',
  purpose: 'roll',
  params: RollParams,
  query: Type.Object({
    outcome: Type.Optional(OutcomeName),
    defect: Type.Optional(DefectName),
    class: Type.Optional(Type.String({ maxLength: 40 })),
    /** undecided: in review and not yet looked at; later: put off. */
    decision: Type.Optional(
      Type.Union([...reviewDecisions.map(word => Type.Literal(word)), Type.Literal('undecided')]),
    ),
    sort: Type.Optional(Type.Union([Type.Literal('roll'), Type.Literal('name')])),
    offset: Type.Optional(wholeNumberFrom(0)),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
  }),
  reply: Type.Object({ rows: Type.Array(RowShape), total: Type.Integer() }),
  problems: ['roll-unknown'],
})

export const countDefects = endpoint({
  method: 'GET',
  path: '/rolls/:id/defects',
  summary: 'What to tell the school, by count',
  right: 'rolls.read',
  purpose: 'none',
  params: RollParams,
  query: Type.Object({ class: Type.Optional(Type.String({ maxLength: 40 })) }),
  reply: Type.Object({
    defects: Type.Array(
      Type.Object({ defect: DefectName, count: Type.Integer(), vi: Type.String(), en: Type.String() }),
    ),
    classes: Type.Array(Type.Object({ class: Type.String(), rows: Type.Integer(), withDefects: Type.Integer() })),
  }),
  problems: ['roll-unknown'],
})

/** An .xlsx for the school: sheet and row of its own file, and what to correct in plain words. Nobody else's data. */
export const downloadReview = endpoint({
  method: 'GET',
  path: '/rolls/:id/review.xlsx',
  summary: 'The workbook that goes back to the school',
  right: 'rolls.read',
  needsFreshFactor: true,
  purpose: 'roll',
  params: RollParams,
  problems: ['roll-unknown', 'roll-not-reconciled'],
})

/** A page for A4, a class a sheet; it needs no script. */
export const printReview = endpoint({
  method: 'GET',
  path: '/rolls/:id/review.html',
  summary: 'What to correct, class by class, for print',
  right: 'rolls.read',
  purpose: 'roll',
  params: RollParams,
  query: Type.Object({ class: Type.Optional(Type.String({ maxLength: 40 })) }),
  problems: ['roll-unknown', 'roll-not-reconciled'],
})
