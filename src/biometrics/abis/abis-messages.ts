import { type Static, type TSchema, Type } from 'typebox'
import { Value } from 'typebox/value'
import { isId } from '../../platform/ids.ts'

/**
 * What is said to a system that searches people by their biometrics (ABIS), and what it answers: MOSIP's "ABIS API",
 * version 0.9 of the paper, `version` 1.1 on the wire, and what mosip-mock-services really sends. Pure.
 */

/** What each operation is called on the wire. */
export const abisOperations = {
  insert: 'mosip.abis.insert',
  identify: 'mosip.abis.identify',
  delete: 'mosip.abis.delete',
  ping: 'mosip.abis.ping',
  count: 'mosip.abis.referenceCount',
} as const
export type AbisOperation = keyof typeof abisOperations

/** Why an engine did not do what it was asked, by the number on the wire. */
export const failureReasons = {
  1: 'internal-error',
  2: 'aborted',
  3: 'unexpected-error',
  4: 'request-not-understood',
  5: 'reference-missing',
  6: 'request-id-missing',
  7: 'pictures-not-fetched',
  8: 'address-missing',
  9: 'time-missing',
  10: 'reference-exists',
  11: 'no-pictures',
  12: 'reference-unknown',
  13: 'version-unknown',
  14: 'operation-unknown',
  15: 'time-not-understood',
  16: 'pictures-not-understood',
  17: 'address-expired',
  18: 'quality-too-low',
} as const
export type FailureReason = (typeof failureReasons)[keyof typeof failureReasons] | 'reason-unknown'

/** Which of them may pass, so that the same is asked again. */
export const passingFailures: ReadonlySet<FailureReason> = new Set([
  'aborted',
  'pictures-not-fetched',
  'address-expired',
])

export const abisLimits = {
  /** Candidates of one answer; an engine that tells more has no threshold. */
  candidates: 1000,
  /** References of `among`. */
  among: 10_000,
  /** Bytes of one answer. */
  answerBytes: 1_000_000,
} as const

const closed = { additionalProperties: false }
const Reference = Type.String({ format: 'uuid' })
const common = {
  version: Type.Literal('1.1'),
  requestId: Reference,
  requesttime: Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$' }),
}

/** What we ask. Each has exactly these members: MOSIP's mock refuses a request with any other. */
export const AbisRequest = Type.Union([
  Type.Object(
    {
      id: Type.Literal(abisOperations.insert),
      ...common,
      referenceId: Reference,
      /** Where the engine fetches the pictures: once, within minutes (`references.ts`). */
      referenceURL: Type.String({ pattern: '^https?://', maxLength: 2000 }),
    },
    closed,
  ),
  Type.Object(
    {
      id: Type.Literal(abisOperations.identify),
      ...common,
      referenceId: Reference,
      flags: Type.Optional(Type.Object({ maxResults: Type.String({ pattern: '^[1-9]\\d{0,3}$' }) }, closed)),
      gallery: Type.Optional(
        Type.Object(
          {
            referenceIds: Type.Array(Type.Object({ referenceId: Reference }, closed), {
              minItems: 1,
              maxItems: abisLimits.among,
            }),
          },
          closed,
        ),
      ),
    },
    closed,
  ),
  Type.Object({ id: Type.Literal(abisOperations.delete), ...common, referenceId: Reference }, closed),
  Type.Object({ id: Type.Literal(abisOperations.ping), ...common }, closed),
  Type.Object({ id: Type.Literal(abisOperations.count), ...common }, closed),
])
export type AbisRequest = Static<typeof AbisRequest>

/** A number that engines write with quotation marks or without. */
const Count = Type.Union([Type.Integer({ minimum: 0, maximum: 1e12 }), Type.String({ pattern: '^\\d{1,12}$' })])
const shortText = (maxLength: number) => Type.String({ maxLength })
/** What analytics has is agreed between operator and engine; we read `confidence` and `internalScore` of it. */
const Analytics = Type.Union([Type.Null(), Type.Record(shortText(60), Type.Unknown(), { maxProperties: 50 })])
const Candidate = Type.Object({
  referenceId: shortText(36),
  analytics: Type.Optional(Analytics),
  modalities: Type.Optional(Type.Union([Type.Null(), Type.Array(Type.Unknown(), { maxItems: 20 })])),
})
const answered = {
  id: shortText(60),
  requestId: shortText(36),
  responsetime: Type.Optional(Type.Unknown()),
}
const Answer = Type.Object({
  ...answered,
  returnValue: Count,
  failureReason: Type.Optional(Type.Union([Count, Type.Null()])),
  count: Type.Optional(Type.Union([Count, Type.Null()])),
  candidateList: Type.Optional(
    Type.Union([
      Type.Null(),
      Type.Object({
        count: Count,
        candidates: Type.Union([Type.Null(), Type.Array(Candidate, { maxItems: abisLimits.candidates })]),
      }),
    ]),
  ),
})

/** What an engine found, as it told it: `score` by `confidence` where that is 0 to 100. */
export type ToldCandidate = { readonly reference: string; readonly score: number | undefined }

export type AbisAnswer =
  | { readonly kind: 'done'; readonly candidates: readonly ToldCandidate[]; readonly count: number | undefined }
  | { readonly kind: 'failed'; readonly reason: FailureReason }
  /** The answer cannot be believed: it is as if there were none. `wrong` in a word, for the log. */
  | { readonly kind: 'wrong'; readonly wrong: string }

const numberOf = (value: unknown): number | undefined => {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}
const wrong = (what: string): AbisAnswer => ({ kind: 'wrong', wrong: what })

/** The id of the request that an answer names, so that it is found among those that wait; undefined of what is none. */
export function requestOfAnswer(value: unknown): string | undefined {
  const id = (value as { readonly requestId?: unknown } | null | undefined)?.requestId
  return typeof id === 'string' && isId(id.toLowerCase()) ? id.toLowerCase() : undefined
}

const isShape = <Shape extends TSchema>(shape: Shape, value: unknown): value is Static<Shape> =>
  Value.Check(shape, value)

/** Reads the answer to a request. Whatever does not fit it is `wrong`, as a whole. */
export function readAnswer(request: AbisRequest, value: unknown): AbisAnswer {
  if (!isShape(Answer, value)) {
    const [first] = Value.Errors(Answer, value)
    return wrong(`not understood at ${first?.instancePath || 'its beginning'}`)
  }
  if (requestOfAnswer(value) !== request.requestId) return wrong('of another request')
  if (value.id !== request.id) return wrong('of another operation')
  const returned = numberOf(value.returnValue)
  if (returned === 2) {
    const reason = failureReasons[numberOf(value.failureReason) as keyof typeof failureReasons]
    return { kind: 'failed', reason: reason ?? 'reason-unknown' }
  }
  if (returned !== 1) return wrong('neither done nor failed')
  const none = { kind: 'done', candidates: [] } as const
  if (request.id === abisOperations.count) {
    const count = numberOf(value.count)
    return count === undefined ? wrong('without a count') : { ...none, count }
  }
  if (request.id !== abisOperations.identify) return { ...none, count: undefined }
  return readCandidates(request, value.candidateList)
}

function readCandidates(
  request: Extract<AbisRequest, { id: 'mosip.abis.identify' }>,
  list: Static<typeof Answer>['candidateList'],
): AbisAnswer {
  // The mock leaves the list out where it found nobody.
  if (!list) return { kind: 'done', candidates: [], count: 0 }
  const told = list.candidates ?? []
  if (numberOf(list.count) !== told.length) return wrong('a count that is not that of its candidates')
  const among = request.gallery && new Set(request.gallery.referenceIds.map(({ referenceId }) => referenceId))
  const found = new Map<string, ToldCandidate>()
  for (const { referenceId, analytics } of told) {
    const reference = referenceId.toLowerCase()
    if (!isId(reference)) return wrong('a candidate that is no reference')
    if (found.has(reference)) return wrong('a candidate twice')
    if (among && !among.has(reference) && reference !== request.referenceId)
      return wrong('a candidate that was not to be searched')
    const confidence = numberOf(analytics?.['confidence'])
    const score = confidence !== undefined && confidence >= 0 && confidence <= 100 ? confidence : undefined
    found.set(reference, { reference, score })
  }
  // Some engines find whom they search.
  found.delete(request.referenceId)
  const candidates = [...found.values()].sort((a, b) => (b.score ?? -1) - (a.score ?? -1))
  return { kind: 'done', candidates, count: candidates.length }
}

type Asked =
  | { readonly operation: 'insert'; readonly reference: string; readonly url: string }
  | {
      readonly operation: 'identify'
      readonly reference: string
      readonly most: number
      readonly among?: readonly string[]
    }
  | { readonly operation: 'delete'; readonly reference: string }
  | { readonly operation: 'ping' | 'count' }

/** A request as it is sent. Throws a RangeError for a reference that is no UUID, or for more than one may ask. */
export function abisRequest(requestId: string, at: Date, asked: Asked): AbisRequest {
  const head = { version: '1.1', requestId, requesttime: at.toISOString() } as const
  const request: AbisRequest =
    asked.operation === 'insert'
      ? { id: abisOperations.insert, ...head, referenceId: asked.reference, referenceURL: asked.url }
      : asked.operation === 'identify'
        ? {
            id: abisOperations.identify,
            ...head,
            referenceId: asked.reference,
            flags: { maxResults: String(asked.most) },
            ...(asked.among && {
              gallery: { referenceIds: asked.among.map(referenceId => ({ referenceId })) },
            }),
          }
        : asked.operation === 'delete'
          ? { id: abisOperations.delete, ...head, referenceId: asked.reference }
          : { id: abisOperations[asked.operation], ...head }
  const references = [requestId, ...('reference' in asked ? [asked.reference] : [])]
  if (!references.every(isId) || !isShape(AbisRequest, request))
    throw new RangeError('an engine is asked by UUIDs, for 1 to 9999 candidates, among 10,000 at most')
  return request
}
