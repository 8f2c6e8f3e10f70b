import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Download, Endpoint, InputOf, ReplyOf, Upload } from '../endpoint.ts'
import { anyone, signedIn } from '../endpoint.ts'
import type { Actor, Authority, OpenWork, Work } from '../work.ts'
import { asSystem } from '../work.ts'
import { announceSuccessor, takeFormerNames } from './former.ts'
import { writeIdsAsStored } from './input-ids.ts'
import { requestProblem } from './problems.ts'

/**
 * The signed-in caller of a request. `authority` gives the authority that a right confers, or undefined where the
 * caller
 * lacks the right.
 */
export type SignedIn = {
  readonly by: Actor
  authority(right: string, purpose: string): Authority | undefined
}

/** Identifies the caller of a request; app.ts supplies it. */
export type Authenticate = (request: FastifyRequest) => Promise<SignedIn | undefined>

export type RequestContext = {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly who: SignedIn | undefined
  readonly upload?: Upload
}

type EndpointAccess = Pick<Endpoint, 'right' | 'purpose'>

export type OpenRequest = {
  <T>(
    request: FastifyRequest,
    door: EndpointAccess,
    verb: (work: Work, who: SignedIn | undefined) => Promise<T>,
  ): Promise<T>
  /**
   * The caller and their authority, for an endpoint that opens its works itself. Throws the same refusals as opening a
   * work.
   */
  authority(
    request: FastifyRequest,
    door: EndpointAccess,
  ): Promise<{ readonly who: SignedIn | undefined; readonly authority: Authority }>
}

/** The path of every request: session, actor, right in the unit, purpose, transaction. */
export function openRequests(openWork: OpenWork, authenticate: Authenticate): OpenRequest {
  const identify = async (request: FastifyRequest, door: EndpointAccess) => {
    const who = await authenticate(request)
    return { who, authority: { ...authorityFor(door, who), requestId: request.id } }
  }
  const open = async <T>(
    request: FastifyRequest,
    door: EndpointAccess,
    verb: (work: Work, who: SignedIn | undefined) => Promise<T>,
  ): Promise<T> => {
    const { who, authority } = await identify(request, door)
    return openWork(authority, work => verb(work, who))
  }
  return Object.assign(open, { authority: identify } satisfies Pick<OpenRequest, 'authority'>)
}

function authorityFor({ right, purpose }: EndpointAccess, who: SignedIn | undefined): Authority {
  if (right === anyone) return who?.authority(signedIn, purpose) ?? asSystem(purpose, 'none')
  if (!who) throw requestProblem('sign-in-needed')
  const authority = who.authority(right, purpose)
  if (!authority) throw requestProblem('right-missing', { right })
  return authority
}

/**
 * Refuses a change that a browser sends from another site. Programs with their own keys do not carry our cookie and
 * pass.
 */
export function refuseForeignOrigin(request: FastifyRequest, origin: string) {
  if (request.method === 'GET' || request.method === 'HEAD') return
  const site = request.headers['sec-fetch-site']
  if (site && site !== 'same-origin' && site !== 'none') throw requestProblem('foreign-origin')
  const from = request.headers.origin
  if (from && from !== origin && from !== `${request.protocol}://${request.host}`)
    throw requestProblem('foreign-origin')
}

async function keepUpload(
  request: FastifyRequest,
  door: Endpoint,
): Promise<{ upload: Upload; fields: Record<string, string>; folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'dinhdanh-upload-'))
  const path = join(folder, randomUUID())
  const fields: Record<string, string> = {}
  let name: string | undefined
  try {
    for await (const part of request.parts({
      limits: { fileSize: door.upload?.maxBytes ?? 0, files: 1, fields: 20, fieldSize: 10_000 },
    })) {
      if (part.type === 'field') {
        fields[part.fieldname] = String(part.value)
        continue
      }
      await pipeline(part.file, createWriteStream(path, { mode: 0o600 }))
      if (part.file.truncated) throw requestProblem('file-too-large', { bytes: door.upload?.maxBytes })
      name = basename(part.filename)
    }
    if (name === undefined) throw requestProblem('file-missing')
    return { upload: { name, path, bytes: (await stat(path)).size }, fields, folder }
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    if ((error as { code?: string }).code === 'FST_REQ_FILE_TOO_LARGE')
      throw requestProblem('file-too-large', { bytes: door.upload?.maxBytes })
    throw error
  }
}

function sendDownload(reply: FastifyReply, { name, type, content }: Download) {
  const plain = name.replace(/[^\w.-]+/g, '_')
  return reply
    .header('content-type', type)
    .header('cache-control', 'no-store')
    .header('content-disposition', `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`)
    .send(content)
}

const isDownload = (door: Endpoint) => door.reply === undefined && door.method !== 'DELETE'

/** The API server: the Fastify instance, the way to open works, and the origin of the installation. */
export type Doors = { readonly app: FastifyInstance; readonly openWork: OpenRequest; readonly origin: string }

/**
 * Serves an endpoint with a handler that runs in one work. The input is validated, and only declared members of the
 * reply are sent.
 */
export function serve<E extends Endpoint>(
  doors: Doors,
  door: E,
  handler: (work: Work, input: InputOf<E>, context: RequestContext) => Promise<ReplyOf<E>>,
): void {
  bindRoute(doors, door, (request, input, context) =>
    doors.openWork(request, door, (work, who) => handler(work, input, { ...context, who })),
  )
}

/**
 * Serves an endpoint whose handler opens its own works. The right is checked first, with no work left open: a work
 * within a work would hold two connections, and a full pool of such callers would wait for itself.
 */
export function serveWithoutWork<E extends Endpoint>(
  doors: Doors,
  door: E,
  handler: (input: InputOf<E>, context: RequestContext) => Promise<ReplyOf<E>>,
): void {
  bindRoute(doors, door, async (request, input, context) => {
    const { who } = await doors.openWork.authority(request, door)
    return handler(input, { ...context, who })
  })
}

function bindRoute<E extends Endpoint>(
  { app, openWork, origin }: Doors,
  door: E,
  handler: (request: FastifyRequest, input: InputOf<E>, context: Omit<RequestContext, 'who'>) => Promise<ReplyOf<E>>,
): void {
  const config = { door, ...(door.perMinute && { rateLimit: { max: door.perMinute, timeWindow: '1 minute' } }) }
  const bindPath = (path: string, isFormer: boolean) =>
    app.route({
      method: door.method,
      url: `/api${path}`,
      ...(isFormer && { onRequest: announceSuccessor(door) }),
      ...((door.formerFields || door.formerValues) && { preValidation: takeFormerNames(door) }),
      schema: {
        summary: door.summary,
        ...(isFormer && { deprecated: true }),
        ...(door.params && { params: door.params }),
        ...(door.query && { querystring: door.query }),
        ...(door.body && !door.upload && { body: door.body }),
        ...(door.reply && { response: { 200: door.reply } }),
      },
      config,
      handler: async (request, reply) => {
        refuseForeignOrigin(request, origin)
        // A caller without the right is refused before the upload is read.
        if (door.upload) await openWork.authority(request, door)
        const kept = door.upload ? await keepUpload(request, door) : undefined
        const { params, query, body } = request
        const input = writeIdsAsStored(door, { params, query, body: kept ? kept.fields : body }) as InputOf<E>
        try {
          const answer = await handler(request, input, { request, reply, ...(kept && { upload: kept.upload }) })
          reply.header('cache-control', 'no-store')
          return isDownload(door) ? sendDownload(reply, answer as Download) : answer
        } finally {
          if (kept) await rm(kept.folder, { recursive: true, force: true })
        }
      },
    })
  bindPath(door.path, false)
  for (const path of door.formerly ?? []) bindPath(path, true)
}
