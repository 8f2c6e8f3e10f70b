import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Static } from 'typebox'
import { requestProblem } from '../../platform/http/problems.ts'
import { type Doors, routeOptions, serve, serveWithoutWork } from '../../platform/http/serve-endpoint.ts'
import { scanBytes } from '../../platform/scanning/scanning.ts'
import type { OpenWork } from '../../platform/work.ts'
import { approvedPurpose } from '../approved-purpose.ts'
import { openAsClient } from '../checks/queue.ts'
import { clientOf } from '../client.ts'
import { listLimits } from '../law.ts'
import { verificationProblem } from '../problems.ts'
import type { SandboxPlaces } from '../sandbox-places.ts'
import * as batches from './batches.ts'
import * as contract from './contract.ts'
import { type InputFormat, mediaTypeOf } from './row.ts'
import { answerStream } from './stream.ts'

const batchBody = (batch: batches.VerificationBatch): Static<typeof contract.BatchShape> => ({
  id: batch.id,
  state: batch.state,
  ...(batch.reason !== null && { reason: batch.reason }),
  format: batch.format,
  purpose: batch.purpose,
  bytes: batch.bytes,
  received: batch.received,
  rows: batch.readRows,
  errors: batch.wrongRows,
  resultBytes: batch.resultBytes,
  errorBytes: batch.errorBytes,
  ...(batch.waitsUntil !== null && { waitsUntil: batch.waitsUntil.toISOString() }),
  madeAt: batch.madeAt.toISOString(),
  endsAt: batch.endsAt.toISOString(),
})

function requestFormat(request: FastifyRequest): InputFormat {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase()
  if (type === 'application/x-ndjson' || type === 'application/ndjson' || type === 'application/jsonl') return 'ndjson'
  if (type === 'text/csv') return 'csv'
  throw verificationProblem('verification-batch-format-unknown')
}

function streamRoute(scope: FastifyInstance, doors: Doors, openWork: OpenWork, places: SandboxPlaces): void {
  const door = contract.verifyMany
  scope.post<{ Querystring: { purpose: string }; Body: Readable }>(
    `/api${door.path}`,
    routeOptions(doors, door, ['application/x-ndjson', 'text/csv']),
    async (request, reply) => {
      const { who } = await doors.openWork.authority(request, door)
      const client = clientOf(who)
      approvedPurpose(client, request.query.purpose)
      const format = requestFormat(request)
      const leave = places.enter(client, 'stream')
      const left = new AbortController()
      reply.raw.on('close', () => {
        left.abort()
        leave()
      })
      const streamed = { openWork, client, requestId: request.id, format, signal: left.signal }
      const text = answerStream(streamed, request.body)
      const first = await text.next()
      const whole = async function* () {
        if (!first.done && first.value !== '') yield first.value
        yield* text
      }
      return reply
        .type(mediaTypeOf[format])
        .header('cache-control', 'no-store')
        .send(Readable.from(whole(), { highWaterMark: 2 }))
    },
  )
}

function pieceRoute(scope: FastifyInstance, doors: Doors): void {
  const door = contract.sendPiece
  scope.put<{ Params: { id: string }; Querystring: { offset: number }; Body: unknown }>(
    `/api${door.path}`,
    routeOptions(doors, door, ['application/octet-stream']),
    async (request, reply) => {
      const { body, params, query } = request
      if (!Buffer.isBuffer(body))
        throw requestProblem('input-invalid', { wrong: [{ field: '', should: 'be application/octet-stream' }] })
      reply.header('cache-control', 'no-store')
      await scanBytes(body)
      return doors.openWork(request, door, async (work, who) =>
        batchBody(await batches.acceptPiece(work, clientOf(who), params.id, query.offset, body)),
      )
    },
  )
}

function fileRoutes(doors: Doors, openWork: OpenWork): void {
  for (const [door, kind] of [
    [contract.getResult, 'result'],
    [contract.getErrors, 'errors'],
  ] as const)
    serveWithoutWork(doors, door, async ({ params, query }, { who }) => {
      const client = clientOf(who)
      const { state, format } = await openAsClient(openWork, { client }, work =>
        batches.getBatch(work, client, params.id),
      )
      if (state !== 'done') throw verificationProblem('verification-batch-not-done')
      return {
        name: `${params.id}-${kind}.${format}`,
        type: mediaTypeOf[format],
        content: Readable.from(batches.streamFile(openWork, client, params.id, kind, query.offset ?? 0), {
          highWaterMark: 2,
        }),
      }
    })
}

/** Batches: streamed, and sent in pieces. */
export async function batchRoutes(doors: Doors, openWork: OpenWork, places: SandboxPlaces): Promise<void> {
  serve(doors, contract.beginBatch, async (work, { params, body }, { who }) =>
    batchBody(await batches.acceptBatch(work, clientOf(who), params.id as batches.BatchId, body)),
  )
  serve(doors, contract.getBatch, async (work, { params }, { who }) =>
    batchBody(await batches.getBatch(work, clientOf(who), params.id)),
  )
  serve(doors, contract.deleteBatch, async (work, { params }, { who }) => {
    await batches.removeBatch(work, clientOf(who), params.id)
    return { deleted: true }
  })
  fileRoutes(doors, openWork)
  await doors.app.register(async scope => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
    streamRoute(scope, doors, openWork, places)
  })
  await doors.app.register(async scope => {
    scope.addContentTypeParser(
      'application/octet-stream',
      { parseAs: 'buffer', bodyLimit: listLimits.largestPiece },
      (_request, body, done) => done(null, body),
    )
    pieceRoute(scope, doors)
  })
}
