/**
 * An envelope: one signed message between an installation and the national centre (docs/exchange.md). In: what one side
 * tells the other, its keys. Decided: whether a text is an envelope of this version that the other side signed for us.
 * Out: JWS of RFC 7515 (compact, ES256), and their SHA-256. Deeds: none.
 */

import { createHash } from 'node:crypto'
import { CompactSign, compactVerify, importJWK, type JWK } from 'jose'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { largestEnvelope } from '../law.ts'

export const envelopeType = 'dinhdanh-envelope'
const version = 1

/** What an envelope may be, in this version. */
export const envelopeKinds = [
  'number.request',
  'number.cancellation',
  'number.reinstatement',
  'account.request',
  'person.look-up',
  'card.order',
  'card.order-piece',
  'card.report-query',
  'card.production-report',
  'key.rotation',
  'acknowledgement',
  'answer',
  'day',
  'day.answer',
] as const
export type EnvelopeKind = (typeof envelopeKinds)[number]

const Uuid = Type.String({ pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$' })
const Hash = Type.String({ pattern: '^[0-9a-f]{64}$' })
const Party = Type.String({ pattern: '^[A-Za-z0-9._-]{1,64}$' })
const closed = { additionalProperties: false }

const EnvelopeShape = Type.Object(
  {
    v: Type.Literal(version),
    id: Uuid,
    kind: Type.String({ minLength: 1, maxLength: 40 }),
    from: Party,
    to: Party,
    /** From 1 for each sender and receiver, without gaps; an acknowledgement has none. */
    seq: Type.Union([Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }), Type.Null()]),
    /** The hash of the sender's envelope before; null of the first. */
    prev: Type.Union([Hash, Type.Null()]),
    at: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$' }),
    re: Type.Optional(Type.Object({ id: Uuid, hash: Hash }, closed)),
    body: Type.Record(Type.String(), Type.Unknown()),
  },
  closed,
)
export type Envelope = {
  readonly v: typeof version
  readonly id: string
  readonly kind: string
  readonly from: string
  readonly to: string
  readonly seq: number | null
  readonly prev: string | null
  readonly at: string
  readonly re?: { readonly id: string; readonly hash: string }
  readonly body: Readonly<Record<string, unknown>>
}

/** A P-256 key as RFC 7517 has it; `d` on a private one. */
export type ExchangeKey = JWK & { readonly kty: 'EC'; readonly crv: 'P-256'; readonly x: string; readonly y: string }

export const hashOfText = (text: string): string => createHash('sha256').update(text).digest('hex')

/** RFC 7638 thumbprint of a P-256 key. */
export const thumbprintOfKey = ({ crv, kty, x, y }: ExchangeKey): string =>
  createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url')

/** Signs an envelope, which is of this version. */
export async function signEnvelope(envelope: Omit<Envelope, 'v'>, key: ExchangeKey): Promise<string> {
  return new CompactSign(new TextEncoder().encode(JSON.stringify({ v: version, ...envelope })))
    .setProtectedHeader({ alg: 'ES256', typ: envelopeType, kid: thumbprintOfKey(key) })
    .sign(await importJWK(key, 'ES256'))
}

/** What a text is: an envelope, or why not. */
export type EnvelopeReading =
  | { readonly envelope: Envelope; readonly signer: ExchangeKey; readonly fault?: undefined }
  | { readonly fault: EnvelopeFault; readonly envelope?: undefined; readonly signer?: undefined }
export type EnvelopeFault = 'too-large' | 'signature-wrong' | 'unreadable' | 'version-unknown'

/** What a key has signed as an envelope; undefined where it has not. */
async function signedPayload(text: string, signer: ExchangeKey): Promise<Uint8Array | undefined> {
  try {
    const verified = await compactVerify(text, await importJWK(signer, 'ES256'), { algorithms: ['ES256'] })
    return verified.protectedHeader.typ === envelopeType ? verified.payload : undefined
  } catch {
    return undefined
  }
}

/**
 * Reads a text that the holder of one of some keys should have signed: nothing in it is believed before the signature,
 * not even which key it names.
 */
export async function readEnvelope(text: string, signers: readonly ExchangeKey[]): Promise<EnvelopeReading> {
  if (Buffer.byteLength(text) > largestEnvelope) return { fault: 'too-large' }
  let payload: Uint8Array | undefined
  let signer: ExchangeKey | undefined
  for (signer of signers) {
    payload = await signedPayload(text, signer)
    if (payload) break
  }
  if (!payload || !signer) return { fault: 'signature-wrong' }
  let said: unknown
  try {
    said = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload))
  } catch {
    return { fault: 'unreadable' }
  }
  if (typeof said !== 'object' || said === null || Array.isArray(said)) return { fault: 'unreadable' }
  if ((said as { v?: unknown }).v !== version) return { fault: 'version-unknown' }
  if (!Value.Check(EnvelopeShape, said) || Number.isNaN(Date.parse(said.at))) return { fault: 'unreadable' }
  return { envelope: said as Envelope, signer }
}
