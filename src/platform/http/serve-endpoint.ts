import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { stopwatch } from '../clock.ts'
import type { Download, Endpoint, InputOf, ReplyOf, Upload } from '../endpoint.ts'
import { anyone, signedIn } from '../endpoint.ts'
import { uploadPlaces } from '../limits/law.ts'
import { openPlaces } from '../limits/places.ts'
import { tooManyAtOnce } from '../limits/problems.ts'
import { scanFile } from '../scanning/scanning.ts'
import type { Actor, Authority, OpenWork, Work } from '../work.ts'
import { AuthorityChanged, asSystem } from '../work.ts'
import { answerOnce } from './answered-once.ts'
import { bodyLimitOf } from './body-limit.ts'
import { type CountedBy, callerOf, forgetCaller, rateLimitOf, rememberCaller } from './callers.ts'
import { announceSuccessor, takeFormerNames } from './former.ts'
import { writeIdsAsStored } from './input-ids.ts'
import { uploadFields } from './law.ts'
import { refuseNul } from './nul-characters.ts'
import { requestProblem } from './problems.ts'
import { noteArrival, noteCaller } from './request-log.ts'
import { refuseUndeclared, wrongFields } from './wrong-fields.ts'

/**
 * The signed-in caller of a request. `authority` gives the authority that a right confers, or undefined where the
 * caller
 * lacks the right.
 */
export type SignedIn = {
  readonly by: Actor
  /** In which post they act, as their page knows it (`choosesPost` of an endpoint). */
  readonly post?: string
  /** As whom their requests are counted, and the session or token by which they are known. */
  readonly counted?: CountedBy
  authority(right: string, purpose: string): Authority | undefined
  /** Whether a request at an endpoint needs a second factor again, since the last was given too long ago. */
  needsFactor?(door: EndpointAccess): boolean
}

/**
 * Identifies the caller of a request; app.ts supplies it. `anew`: what is known of the caller's session from a moment
 * ago no longer holds.
 */
export type Authenticate = (
  request: FastifyRequest,
  options?: { readonly anew: boolean },
) => Promise<SignedIn | undefined>

export type RequestContext = {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly who: SignedIn | undefined
  readonly upload?: Upload
}

export type EndpointAccess = Pick<Endpoint, 'right' | 'purpose' | 'method' | 'needsFreshFactor' | 'choosesPost'>

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
  /** A work of an authority that was found before: several doors are asked in it. */
  as: OpenWork
  /**
   * Takes a step that runs one work by the caller's authority; once more, with the caller authenticated anew, where
   * their session has changed since it was read, maybe in another process.
   */
  asCallerIsNow<T>(request: FastifyRequest, step: () => Promise<T>): Promise<T>
}

/** For so long after a caller was authenticated the same request asks for no more; a body may take longer to come. */
const knownForMilliseconds = 1000

/** The path of every request: session, actor, right in the unit, purpose, transaction. */
export function openRequests(openWork: OpenWork, authenticate: Authenticate): OpenRequest {
  const callers = new WeakMap<FastifyRequest, { readonly who: SignedIn | undefined; age(): number }>()
  const callerOf = async (request: FastifyRequest) => {
    const known = callers.get(request)
    if (known && known.age() < knownForMilliseconds) return known.who
    return authenticated(request, { anew: false })
  }
  const authenticated = async (request: FastifyRequest, how: { readonly anew: boolean }) => {
    const who = await authenticate(request, how)
    if (who?.counted) rememberCaller(request, who.counted)
    else if (!who) forgetCaller(request, 'officers')
    callers.set(request, { who, age: stopwatch() })
    if (who) noteCaller(request, who.by)
    return who
  }
  const identify = async (request: FastifyRequest, door: EndpointAccess) => {
    const who = await callerOf(request)
    if (door.right !== anyone && who) refuseAnotherCaller(request, who, door)
    return { who, authority: { ...authorityFor(door, who), requestId: request.id } }
  }
  const open = async <T>(
    request: FastifyRequest,
    door: EndpointAccess,
    verb: (work: Work, who: SignedIn | undefined) => Promise<T>,
  ): Promise<T> => {
    return asCallerIsNow(request, async () => {
      const { who, authority } = await identify(request, door)
      return openWork(authority, work => verb(work, who))
    })
  }
  const asCallerIsNow = async <T>(request: FastifyRequest, step: () => Promise<T>): Promise<T> => {
    try {
      return await step()
    } catch (error) {
      if (!(error instanceof AuthorityChanged)) throw error
      await authenticated(request, { anew: true })
      return step()
    }
  }
  const others = { authority: identify, as: openWork, asCallerIsNow }
  return Object.assign(open, others satisfies Pick<OpenRequest, keyof typeof others>)
}

function authorityFor(door: EndpointAccess, who: SignedIn | undefined): Authority {
  const { right, purpose } = door
  if (right === anyone) return who?.authority(signedIn, purpose) ?? asSystem(purpose, 'none')
  if (!who) throw requestProblem('sign-in-needed')
  const authority = who.authority(right, purpose)
  if (!authority) throw requestProblem('right-missing', { right })
  if (who.needsFactor?.(door)) throw requestProblem('factor-needed')
  return authority
}

/**
 * A page says for whom it was opened, and in which of their posts. Where another officer has signed in since, in
 * another
 * tab, or the same one acts in another post, nothing of it is done in that name.
 */
function refuseAnotherCaller({ headers }: FastifyRequest, { by, post }: SignedIn, door: EndpointAccess): void {
  const officer = headers['dinhdanh-officer']
  if (officer !== undefined && officer !== by.id) throw requestProblem('another-officer-here')
  const openedIn = headers['dinhdanh-post']
  if (openedIn !== undefined && openedIn !== post && !door.choosesPost) throw requestProblem('another-post-here')
}

/**
 * The version of the thing that the page showed (RFC 9110, 13.1.1); the verb that decides compares it. Throws
 * version-malformed, since a version that cannot be read was to protect somebody's work all the same.
 */
function seenIn({ headers }: FastifyRequest): string | undefined {
  const sent = headers['if-match']
  if (sent === undefined || sent === '*') return undefined
  const version = /^"([\w.:-]{1,100})"$/.exec(sent)?.[1]
  if (version === undefined) throw requestProblem('version-malformed')
  return version
}

const loopbacks = ['localhost', '127.0.0.1', '[::1]']

/**
 * The origins of the installation's own pages: the configured one and, on the machine itself, the other names of it.
 * What a request gives as its host counts for nothing: another site's name may be made to lead here.
 */
function isOwnOrigin(from: string, origin: string): boolean {
  if (from === origin) return true
  const [theirs, ours] = [URL.parse(from), new URL(origin)]
  if (!theirs || !loopbacks.includes(theirs.hostname) || !loopbacks.includes(ours.hostname)) return false
  return theirs.protocol === ours.protocol && theirs.port === ours.port
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
  if (from && !isOwnOrigin(from, origin)) throw requestProblem('foreign-origin', { origin })
}

/** The field of the file. */
const fileField = { properties: { file: {} } }

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
      limits: {
        fileSize: door.upload?.maxBytes ?? 0,
        files: 1,
        fields: uploadFields.most,
        fieldSize: uploadFields.bytes,
      },
    })) {
      if (part.type === 'field') {
        if (part.valueTruncated)
          throw requestProblem('input-invalid', {
            wrong: wrongFields([{ instancePath: `/${part.fieldname}`, message: 'be shorter' }]),
          })
        fields[part.fieldname] = String(part.value)
        continue
      }
      refuseNul(part.fieldname, part.filename)
      refuseUndeclared(fileField, { [part.fieldname]: '' })
      await pipeline(part.file, createWriteStream(path, { mode: 0o600 }))
      if (part.file.truncated) throw requestProblem('file-too-large', { bytes: door.upload?.maxBytes })
      name = basename(part.filename)
    }
    if (name === undefined) throw requestProblem('file-missing')
    if (!door.upload?.sealed) await scanFile(path)
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

/** Lets go of what will not be sent, since its work could not be committed: it may hold a file open. */
function dropContent(made: Download | undefined): void {
  if (made?.content instanceof Readable) made.content.destroy()
}

/** Files that are being taken in. */
const uploads = openPlaces({ ...uploadPlaces, refusal: tooManyAtOnce })

const isDownload = (door: Endpoint) => door.reply === undefined && door.method !== 'DELETE'

/**
 * The fields beside a file, by the shape that the endpoint declares. Throws input-invalid, member-undeclared,
 * nul-character.
 */
function assertFields(request: FastifyRequest, { body }: Endpoint, fields: Record<string, string>): void {
  refuseNul(fields)
  refuseUndeclared(body, fields)
  if (!body) return
  const check = request.getValidationFunction(body) ?? request.compileValidationSchema(body)
  if (!check(fields)) throw requestProblem('input-invalid', { wrong: wrongFields(check.errors ?? []) })
}

/** A door that may be asked with others, and its handler. */
export type AskedTogether = {
  readonly door: Endpoint
  readonly handler: (work: Work, input: unknown, context: RequestContext) => Promise<unknown>
}

/** The API server: the Fastify instance, the way to open works, and the origin of the installation. */
export type Doors = {
  readonly app: FastifyInstance
  readonly openWork: OpenRequest
  readonly origin: string
  /** Doors that may be asked with others, as `serve` finds them (platform/together). */
  readonly together?: AskedTogether[]
}

/**
 * Serves an endpoint with a handler that runs in one work. The input is validated, and only declared members of the
 * reply are sent.
 */
export function serve<E extends Endpoint>(
  doors: Doors,
  door: E,
  handler: (work: Work, input: InputOf<E>, context: RequestContext) => Promise<ReplyOf<E>>,
): void {
  if (door.together) doors.together?.push({ door, handler: handler as AskedTogether['handler'] })
  bindRoute(doors, door, async (request, input, context) => {
    let made: ReplyOf<E> | undefined
    try {
      return await doors.openWork(request, door, async (work, who) => {
        const seen = door.decides && seenIn(request)
        const answer = async () => {
          made = await handler(seen ? { ...work, seen } : work, input, { ...context, who })
          return made
        }
        return isDownload(door) || door.onlyReads ? answer() : answerOnce(work, { door, request, input }, answer)
      })
    } catch (error) {
      if (isDownload(door)) dropContent(made as Download | undefined)
      throw error
    }
  })
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

/**
 * The options of an endpoint's route. Before any of the body is read, a request of another site is refused, and a
 * caller who is not signed in or lacks the right; ids of the address come to the handler as they are stored. For routes
 * that are written by hand, because their body or their answer is no JSON, and for those of `serve`. `consumes`: the
 * types of a body that is no JSON.
 */
export const routeOptions = ({ openWork, origin }: Doors, door: Endpoint, consumes?: string[]) => ({
  config: { door, ...(door.rate && { rateLimit: rateLimitOf(door.rate) }) },
  bodyLimit: bodyLimitOf(door),
  async preParsing(request: FastifyRequest): Promise<void> {
    refuseForeignOrigin(request, origin)
    await openWork.authority(request, door)
  },
  async preHandler(request: FastifyRequest): Promise<void> {
    writeIdsAsStored(door, { params: request.params, query: request.query, body: undefined })
  },
  schema: {
    summary: door.summary,
    ...(consumes && { consumes }),
    ...(door.params && { params: door.params }),
    ...(door.query && { querystring: door.query }),
    ...(door.body && !door.upload && { body: door.body }),
    ...(door.reply && { response: { 200: door.reply } }),
  },
})

function bindRoute<E extends Endpoint>(
  doors: Doors,
  door: E,
  handler: (request: FastifyRequest, input: InputOf<E>, context: Omit<RequestContext, 'who'>) => Promise<ReplyOf<E>>,
): void {
  const { app } = doors
  const { schema, ...options } = routeOptions(doors, door)
  const bindPath = (path: string, isFormer: boolean) =>
    app.route({
      method: door.method,
      url: `/api${path}`,
      ...options,
      ...(isFormer && { onRequest: announceSuccessor(door) }),
      ...((door.formerFields || door.formerValues) && { preValidation: takeFormerNames(door) }),
      schema: { ...schema, ...(isFormer && { deprecated: true }) },
      handler: async (request, reply) => {
        const leave = door.upload && uploads.enter(callerOf(request).key)
        let kept: Awaited<ReturnType<typeof keepUpload>> | undefined
        try {
          const arriving = stopwatch()
          if (door.upload) kept = await keepUpload(request, door)
          noteArrival(request, arriving())
          if (kept) assertFields(request, door, kept.fields)
          const { params, query, body } = request
          const input = writeIdsAsStored(door, { params, query, body: kept ? kept.fields : body }) as InputOf<E>
          const answer = await handler(request, input, { request, reply, ...(kept && { upload: kept.upload }) })
          reply.header('cache-control', 'no-store')
          return isDownload(door) ? sendDownload(reply, answer as Download) : answer
        } finally {
          leave?.()
          if (kept) await rm(kept.folder, { recursive: true, force: true })
        }
      },
    })
  bindPath(door.path, false)
  for (const path of door.formerly ?? []) bindPath(path, true)
}
