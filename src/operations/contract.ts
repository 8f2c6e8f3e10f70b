import { Type } from 'typebox'
import { endpoint } from '../platform/endpoint.ts'
import { IdShape } from '../platform/shapes.ts'

const Count = Type.Integer({ minimum: 0 })
const Named = Type.Object({ name: Type.String(), times: Count })

export const lookUpRequest = endpoint({
  method: 'POST',
  path: '/operations/request-look-ups',
  summary:
    'What a request met, by the id that its answer or error page bears: when, route, status, refusal or fault, kind ' +
    'of actor, purpose, time, statements, deeds and jobs. No personal data is kept of it',
  right: 'operations.look-up-request',
  purpose: 'none',
  body: Type.Object({ id: IdShape<'request'>() }),
  reply: Type.Object({
    id: IdShape<'request'>(),
    at: Type.String({ format: 'date-time' }),
    method: Type.String(),
    /** The pattern of its address, such as /api/cards/:id. */
    route: Type.String(),
    status: Type.Integer(),
    /** Milliseconds from its first byte to the last of its answer. */
    ms: Type.Number({ minimum: 0 }),
    /** Milliseconds of them in which it waited for a turn at the database. */
    waited: Type.Number({ minimum: 0 }),
    bytes: Count,
    actor: Type.Optional(Type.String()),
    purpose: Type.Optional(Type.String()),
    statements: Count,
    works: Count,
    slow: Type.Boolean(),
    /** Of a refusal its code, and what it says. */
    refusal: Type.Optional(
      Type.Object({ code: Type.String(), title: Type.Object({ vi: Type.String(), en: Type.String() }) }),
    ),
    fault: Type.Optional(
      Type.Object({
        error: Type.String(),
        code: Type.Optional(Type.String()),
        constraint: Type.Optional(Type.String()),
        table: Type.Optional(Type.String()),
        message: Type.String(),
        frames: Type.Array(Type.String()),
        causes: Type.Array(Type.String()),
      }),
    ),
    deeds: Type.Array(Named),
    jobs: Type.Array(Named),
  }),
  problems: ['request-record-unknown'],
})

const DayText = Type.String({ format: 'date' })
const Maybe = (description: string) => Type.Union([Type.Number(), Type.Null()], { description })

export const readGrowth = endpoint({
  method: 'GET',
  path: '/operations/growth',
  summary:
    'How large the installation was when it was measured last, at night, how much it grows a day by the last four ' +
    'weeks, table by table, and in how many days its disk is full',
  right: 'operations.read-growth',
  purpose: 'none',
  reply: Type.Object({
    /** Nothing before the first night. */
    growth: Type.Union([
      Type.Null(),
      Type.Object({
        day: DayText,
        since: Type.Union([DayText, Type.Null()]),
        databaseBytes: Type.Number({ minimum: 0 }),
        databaseBytesADay: Maybe('Null where it was measured on one day alone.'),
        freeBytes: Type.Number({ minimum: 0 }),
        sizeBytes: Type.Number({ minimum: 0 }),
        /** Whether the database lies on the disk of the data folder. */
        hasDatabase: Type.Boolean(),
        daysLeft: Maybe('Null where the disk does not fill, or nobody can tell yet.'),
        tables: Type.Array(
          Type.Object({
            name: Type.String(),
            bytes: Type.Number({ minimum: 0 }),
            /** By the statistics of the database, not counted. */
            rows: Type.Number({ minimum: 0 }),
            bytesADay: Maybe('Null where it was measured on one day alone.'),
            rowsADay: Maybe('Null where it was measured on one day alone.'),
          }),
        ),
      }),
    ]),
  }),
})
