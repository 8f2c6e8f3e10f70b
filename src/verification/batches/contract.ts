import { Type } from 'typebox'
import { endpoint } from '../../platform/endpoint.ts'
import { listLimits } from '../law.ts'

const Uuid = Type.String({
  format: 'uuid',
  pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$',
})
const Bytes = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })
const Instant = Type.String({ format: 'date-time' })
const Purpose = Type.String({
  minLength: 1,
  maxLength: 300,
  description: 'As it was approved with the scope verification, or its code.',
})

const door = { right: 'verification', purpose: 'verification', rate: 'parties-software' } as const
const one = Type.Object({ id: Uuid })

export const BatchShape = Type.Object({
  id: Uuid,
  state: Type.Enum(['receiving', 'waiting', 'running', 'done', 'refused']),
  /** Why it was refused: a code of /problems. */
  reason: Type.Optional(Type.String()),
  format: Type.Enum(['ndjson', 'csv']),
  purpose: Type.String(),
  bytes: Bytes,
  /** Where the next piece begins. */
  received: Bytes,
  rows: Type.Integer({ description: 'Rows answered by now; each stands in the result, in the order of the input.' }),
  errors: Type.Integer({
    description: 'Of these, rows that could not be checked; they stand in the file of errors too.',
  }),
  resultBytes: Bytes,
  errorBytes: Bytes,
  waitsUntil: Type.Optional(Instant),
  madeAt: Instant,
  /** When its files are deleted. */
  endsAt: Instant,
})

/** The stream's door: its body is read as it comes, and answered meanwhile. */
export const verifyMany = endpoint({
  ...door,
  method: 'POST',
  path: '/verifications/batch',
  summary:
    'Checks many, as they come: application/x-ndjson or text/csv in, the same out, ' +
    'one row for each in its order with its `ref`. Whoever needs to take up a broken one sends a batch',
  query: Type.Object({ purpose: Purpose }),
  streams: true,
  problems: [
    'verification-batch-format-unknown',
    'verification-batch-header-wrong',
    'verification-purpose-not-approved',
    'verification-sandbox-busy',
  ],
})

export const beginBatch = endpoint({
  ...door,
  method: 'PUT',
  path: '/verifications/batches/:id',
  summary: 'Begin a batch that is sent in pieces, under an id of your own; again, it tells how far it came',
  params: one,
  body: Type.Object(
    {
      purpose: Purpose,
      format: Type.Enum(['ndjson', 'csv']),
      bytes: Type.Integer({ minimum: 1, maximum: 1024 * 1024 * 1024, description: 'How long the whole is.' }),
    },
    { additionalProperties: false },
  ),
  reply: BatchShape,
  problems: ['verification-batch-differs', 'verification-batch-too-many', 'verification-purpose-not-approved'],
})

export const sendPiece = endpoint({
  ...door,
  method: 'PUT',
  path: '/verifications/batches/:id/input',
  summary:
    'Send a piece of a batch as application/octet-stream, from the byte where it ends by now; ' +
    'with the last one it is answered',
  params: one,
  query: Type.Object({ offset: Bytes }),
  bodyLimit: listLimits.largestPiece,
  reply: BatchShape,
  problems: ['verification-batch-unknown', 'verification-batch-offset-wrong', 'verification-batch-piece-wrong'],
})

export const getBatch = endpoint({
  ...door,
  method: 'GET',
  path: '/verifications/batches/:id',
  summary: 'How far a batch is',
  params: one,
  reply: BatchShape,
  problems: ['verification-batch-unknown'],
})

const from = Type.Object({
  offset: Type.Optional(Type.Integer({ ...Bytes, default: 0, description: 'From which byte on.' })),
})

export const getResult = endpoint({
  ...door,
  method: 'GET',
  path: '/verifications/batches/:id/result',
  summary: 'The result of a batch that is done; its files go a day after it was fetched whole',
  params: one,
  query: from,
  problems: ['verification-batch-unknown', 'verification-batch-not-done'],
})

export const getErrors = endpoint({
  ...door,
  method: 'GET',
  path: '/verifications/batches/:id/errors',
  summary: 'The rows of a batch that could not be checked, and why',
  params: one,
  query: from,
  problems: ['verification-batch-unknown', 'verification-batch-not-done'],
})

export const deleteBatch = endpoint({
  ...door,
  method: 'DELETE',
  path: '/verifications/batches/:id',
  summary: 'Delete a batch and its files, done or not',
  params: one,
  reply: Type.Object({ deleted: Type.Boolean() }),
  problems: ['verification-batch-unknown'],
})
