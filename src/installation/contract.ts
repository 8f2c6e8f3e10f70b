import { Type } from 'typebox'
import { endpoint } from '../platform/endpoint.ts'
import { IdShape, oneOf } from '../platform/shapes.ts'
import { extractBytes, schoolFileLimits } from './law.ts'

const DayText = Type.String({ format: 'date' })
const Moment = Type.String({ format: 'date-time' })
const Count = Type.Integer({ minimum: 0 })
const UnitNamed = Type.Object({ id: IdShape<'unit'>(), name: Type.String() })
const ExtractParams = Type.Object({ id: IdShape<'extract'>() })

const Step = Type.Object({
  step: oneOf(['units', 'schools', 'officers', 'register', 'roll']),
  state: oneOf(['done', 'now', 'open', 'blocked']),
  /** Whether later steps may be done first. */
  mayWait: Type.Boolean(),
  share: Type.Number({ minimum: 0, maximum: 1 }),
})

const Duty = Type.Object({
  duty: Type.String(),
  level: Type.Union([Type.Literal('province'), Type.Literal('district'), Type.Literal('commune')]),
  least: Count,
  units: Count,
  filled: Count,
  held: Count,
  /** Units in which somebody is missing; of many the first. */
  missing: Type.Array(UnitNamed),
})

export const showInstallation = endpoint({
  method: 'GET',
  path: '/installation',
  summary: 'How far an installation has come: what is there, what is missing and where, and what the operator sees to',
  right: 'register.import',
  purpose: 'none',
  reply: Type.Object({
    unit: UnitNamed,
    day: DayText,
    /** Of a rehearsal: the day that was set for it. */
    rehearsalDay: Type.Optional(DayText),
    /** Whether it may become a rehearsal, or have another day. */
    mayRehearse: Type.Boolean(),
    communes: Count,
    districts: Count,
    schools: Count,
    schoolsAstray: Count,
    officers: Count,
    officerUnits: Count,
    duties: Type.Array(Duty),
    people: Count,
    rollsSent: Count,
    rollsReconciled: Count,
    steps: Type.Array(Step),
    server: Type.Object({
      now: Moment,
      /** The last time at which jobs ran, where the one of now does not follow on it and jobs by the date wait. */
      believedAt: Type.Optional(Moment),
      backupAt: Type.Optional(Moment),
      baseBackupAt: Type.Optional(Moment),
      drill: Type.Optional(Type.Object({ at: Moment, outcome: oneOf(['ok', 'findings', 'failed']) })),
      makesBaseBackups: Type.Boolean(),
      sendsMail: Type.Boolean(),
      sendsMessages: Type.Boolean(),
      scanner: oneOf(['none', 'silent', 'finds-nothing', 'works']),
      holidaysKnownUntil: DayText,
      lawNeededUntil: DayText,
      lawIsKnown: Type.Boolean(),
    }),
  }),
  problems: ['province-needed'],
})

const RefusedLine = Type.Object({ line: Count, reason: Type.String() })

export const sendSchools = endpoint({
  method: 'POST',
  path: '/installation/schools',
  summary:
    'Take in a table of schools (.xlsx or .csv: code, name, kind, unit); with `try` nothing is kept, and each row is ' +
    'judged. Once there are people, schools are added and none is changed',
  right: 'register.import',
  purpose: 'import',
  needsFreshFactor: true,
  body: Type.Object({ try: Type.Optional(Type.Literal('yes')), asOf: Type.Optional(DayText) }),
  upload: { maxBytes: schoolFileLimits.bytes },
  reply: Type.Object({
    tried: Type.Boolean(),
    rows: Count,
    added: Count,
    changed: Count,
    unchanged: Count,
    rejected: Count,
    /** Of many the first. */
    refused: Type.Array(RefusedLine),
  }),
  problems: ['province-needed', 'schools-would-change', 'csv-column-missing', 'csv-column-twice', 'csv-empty'],
})

const ExtractShape = Type.Object({
  id: IdShape<'extract'>(),
  asOf: DayText,
  bytes: Type.Number(),
  sha256: Type.String(),
  state: oneOf(['trying', 'tried', 'taking', 'taken', 'failed']),
  share: Type.Number({ minimum: 0, maximum: 1 }),
  rowsRead: Count,
  counts: Type.Optional(
    Type.Object({
      rows: Count,
      added: Count,
      changed: Count,
      unchanged: Count,
      rejected: Count,
      /** Codes of why rows are not taken, the most frequent first. */
      reasons: Type.Array(
        Type.Object({ code: Type.String(), text: Type.Object({ vi: Type.String(), en: Type.String() }), rows: Count }),
      ),
    }),
  ),
  /** Why it failed. */
  refusal: Type.Optional(
    Type.Object({ code: Type.String(), title: Type.Object({ vi: Type.String(), en: Type.String() }) }),
  ),
  handedBy: Type.String(),
  handedAt: Moment,
})

export const showExtract = endpoint({
  method: 'GET',
  path: '/installation/extract',
  summary: 'The extract of the register that was handed in last, and how far it is read',
  right: 'register.import',
  purpose: 'none',
  reply: Type.Object({ extract: Type.Optional(ExtractShape) }),
})

export const handInExtract = endpoint({
  method: 'POST',
  path: '/installation/extract',
  summary:
    'Hand in the first extract of the register (persons.csv). It is kept in the data folder and tried by a job; one ' +
    'that waited is dropped. Later extracts are taken in at the command line',
  right: 'register.import',
  purpose: 'import',
  needsFreshFactor: true,
  body: Type.Object({ asOf: Type.Optional(DayText) }),
  upload: { maxBytes: extractBytes },
  reply: Type.Object({ id: IdShape<'extract'>() }),
  problems: ['province-needed', 'register-has-people', 'extract-under-way'],
})

export const takeUpExtract = endpoint({
  method: 'POST',
  path: '/installation/extract/:id/take',
  summary: 'Take in an extract that was tried; a job does it, and a restart goes on with it',
  right: 'register.import',
  purpose: 'import',
  needsFreshFactor: true,
  params: ExtractParams,
  reply: Type.Object({ id: IdShape<'extract'>() }),
  problems: ['province-needed', 'register-has-people', 'extract-unknown', 'extract-nothing-to-take'],
})

export const dropExtract = endpoint({
  method: 'POST',
  path: '/installation/extract/:id/drop',
  summary: 'Drop an extract that waits, with its file',
  right: 'register.import',
  purpose: 'import',
  params: ExtractParams,
  reply: Type.Object({}),
  problems: ['province-needed', 'extract-unknown'],
})

export const downloadRejected = endpoint({
  method: 'GET',
  path: '/installation/extract/:id/rejected',
  summary: 'The rows of an extract that are not taken, with a reason each',
  right: 'register.import',
  purpose: 'import',
  needsFreshFactor: true,
  params: ExtractParams,
  problems: ['province-needed', 'extract-unknown'],
})

export const setRehearsal = endpoint({
  method: 'POST',
  path: '/installation/rehearsal',
  summary:
    'Make an installation without people a rehearsal, whose pages and papers all say so, or give a rehearsal ' +
    'another day',
  right: 'register.import',
  purpose: 'none',
  sentAgain: 'by-hand',
  needsFreshFactor: true,
  body: Type.Object({ day: DayText }),
  reply: Type.Object({ day: DayText }),
  problems: ['province-needed', 'rehearsal-with-people', 'rehearsal-demonstration', 'rehearsal-day-refused'],
})
