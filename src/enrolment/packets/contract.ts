import { type Static, Type } from 'typebox'
import { endpoint } from '../../platform/endpoint.ts'

/**
 * What stations and the house say to each other of packets. Packets themselves: packet.ts; what is in them: capture.ts.
 */

const Uuid = Type.String({ format: 'uuid' })
const Instant = Type.String({ format: 'date-time' })
const Hash = Type.String({ pattern: '^[0-9a-f]{64}$' })
const Counter = Type.Integer({ minimum: 1, maximum: 2 ** 31 - 1 })
const Ids = Type.Object({ id: Uuid })

/** What the station says it holds: a statement of the type `dinhdanh-manifest`, signed by the station. */
export const ManifestStatement = Type.Object({
  manifest: Type.Literal(1),
  station: Uuid,
  at: Instant,
  /** The number and the hash of the last packet that it sealed; 0 and null where it has none. */
  head: Type.Integer({ minimum: 0 }),
  headHash: Type.Union([Hash, Type.Null()]),
  /** Packets that it still holds, in the order of their numbers; at most 500 at once. */
  entries: Type.Array(
    Type.Object({
      counter: Counter,
      application: Uuid,
      session: Type.Optional(Uuid),
      hash: Hash,
      bytes: Type.Integer({ minimum: 1 }),
      sealedAt: Instant,
    }),
    { maxItems: 500 },
  ),
})
export type Manifest = Static<typeof ManifestStatement>

/**
 * How the house stands to a packet: `wanted` from an offset on; here, as `received` (an application came of it) or
 * `held` (a person must look at it first: `problem` says why), both with the house's signed word; `refused`: it stays
 * at the station, and `problem` says what to do.
 */
const PacketStanding = Type.Object({
  hash: Hash,
  counter: Counter,
  state: Type.Enum(['wanted', 'received', 'held', 'refused']),
  offset: Type.Optional(Type.Integer()),
  problem: Type.Optional(Type.String()),
  /** A statement of type `dinhdanh-held`; with it the station may let go of the packet. */
  word: Type.Optional(Type.String()),
})
export type PacketStandingOf = Static<typeof PacketStanding>

/** The house's signed word that it holds a packet: a statement of the type `dinhdanh-held`. */
export const HeldStatement = Type.Object({
  held: Type.Literal(1),
  station: Uuid,
  counter: Counter,
  hash: Hash,
  application: Uuid,
  state: Type.Enum(['received', 'held']),
  at: Instant,
})
export type HeldWord = Static<typeof HeldStatement>

/** Nobody needs to be signed in to send: the list is signed by the station, and a packet opens to the centre alone. */
export const tellManifest = endpoint({
  method: 'POST',
  path: '/stations/:id/manifest',
  summary: 'A station tells what it holds; the answer says what the house wants, has, and refuses',
  right: 'anyone',
  purpose: 'none',
  params: Ids,
  body: Type.Object({ manifest: Type.String({ maxLength: 400_000 }) }),
  perMinute: 12_000,
  reply: Type.Object({ now: Instant, packets: Type.Array(PacketStanding) }),
  problems: ['station-unknown', 'manifest-refused'],
})

/**
 * PUT, `application/octet-stream`: a piece of a packet that was told of, from `offset` on; at most 1 MiB a piece. The
 * same piece again changes nothing. The answer to the last piece has the house's word, or the refusal. A piece that
 * does not join on is answered with 409 packet-offset-wrong and the offset that is wanted.
 */
export const packetPath = (station: string, hash: string) => `/stations/${station}/packets/${hash}`
export const largestPiece = 1024 * 1024
export const PieceAnswer = PacketStanding

/**
 * What the people of a file carried on a USB stick are told, packet by packet, and which bytes of it could not be read,
 * `to` excluded; `problem` says why. A file may hold those of several stations: each has an answer of its own.
 */
const TakenFileShape = Type.Object({
  station: Uuid,
  packets: Type.Array(PacketStanding),
  others: Type.Array(Type.Object({ station: Uuid, packets: Type.Array(PacketStanding) })),
  bytes: Type.Integer({ minimum: 0 }),
  unread: Type.Array(
    Type.Object({ from: Type.Integer({ minimum: 0 }), to: Type.Integer({ minimum: 0 }), problem: Type.String() }),
  ),
})
export type TakenFile = Static<typeof TakenFileShape>

export const takeFile = endpoint({
  method: 'POST',
  path: '/stations/file',
  summary: 'Take in a file that a station wrote to a USB stick; the answer is to be carried back to it',
  right: 'enrolment.receive',
  purpose: 'none',
  upload: { maxBytes: 4 * 1024 * 1024 * 1024 },
  reply: TakenFileShape,
  problems: ['file-unreadable', 'station-unknown', 'manifest-refused'],
})

/**
 * A station's file: 'DDU1', then the manifest statement and the packets, each preceded by its length (u32 big-endian).
 * The packets come in the order of the manifest; read, they may come in any, and what is damaged is passed over
 * (file-parts.ts). The answer's file is the JSON of `takeFile`'s reply.
 */
export const fileMagic = 'DDU1'
