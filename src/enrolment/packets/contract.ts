import { type Static, Type } from 'typebox'
import { endpoint } from '../../platform/endpoint.ts'
import { wholeNumberFrom } from '../../platform/shapes.ts'
import { largestManifest, largestPacketPiece } from '../law.ts'

/** The protocol of stations and server about packets. Format: seal-packet.ts; content: capture.ts. */

const Uuid = Type.String({ format: 'uuid' })
const Instant = Type.String({ format: 'date-time' })
const Hash = Type.String({ pattern: '^[0-9a-f]{64}$' })
const Counter = Type.Integer({ minimum: 1, maximum: 2 ** 31 - 1 })
const Ids = Type.Object({ id: Uuid })

/** What the station holds: a statement of the type `dinhdanh-manifest`, signed by the station. */
export const ManifestStatement = Type.Object({
  manifest: Type.Literal(1),
  station: Uuid,
  at: Instant,
  /** Counter and hash of the last packet that it sealed; 0 and null without one. */
  head: wholeNumberFrom(0),
  headHash: Type.Union([Hash, Type.Null()]),
  /** Packets that it still holds, in the order of their counters; at most 500 at once. */
  entries: Type.Array(
    Type.Object({
      counter: Counter,
      application: Uuid,
      session: Type.Optional(Uuid),
      hash: Hash,
      bytes: wholeNumberFrom(1),
      sealedAt: Instant,
    }),
    { maxItems: 500 },
  ),
})
export type StationManifest = Static<typeof ManifestStatement>

/**
 * The status of a packet: `wanted` from an offset on; `received` (an application came of it) or `held` (an officer must
 * look at it first: `problem` says why), both with a signed acknowledgement; `refused`: it stays at the station, and
 * `problem` says what to do.
 */
const PacketStatusShape = Type.Object({
  hash: Hash,
  counter: Counter,
  state: Type.Enum(['wanted', 'received', 'held', 'refused']),
  offset: Type.Optional(Type.Integer()),
  problem: Type.Optional(Type.String()),
  /** A statement of type `dinhdanh-held`; with it the station may delete the packet. */
  word: Type.Optional(Type.String()),
})
export type PacketStatus = Static<typeof PacketStatusShape>

/** The signed acknowledgement that the server holds a packet: a statement of the type `dinhdanh-held`. */
export const AcknowledgementStatement = Type.Object({
  held: Type.Literal(1),
  station: Uuid,
  counter: Counter,
  hash: Hash,
  application: Uuid,
  state: Type.Enum(['received', 'held']),
  at: Instant,
})
export type Acknowledgement = Static<typeof AcknowledgementStatement>

/** Sending needs no session: the manifest is signed by the station, and only the centre can open a packet. */
export const sendManifest = endpoint({
  method: 'POST',
  path: '/stations/:id/manifest',
  summary: 'A station tells what it holds; the answer says what the installation wants, has, and refuses',
  right: 'anyone',
  purpose: 'none',
  params: Ids,
  body: Type.Object({ manifest: Type.String({ maxLength: largestManifest }) }),
  // And what JSON writes around it.
  bodyLimit: largestManifest + 100,
  rate: 'stations',
  reply: Type.Object({ now: Instant, packets: Type.Array(PacketStatusShape) }),
  problems: ['station-unknown', 'manifest-refused'],
})

/**
 * PUT, `application/octet-stream`: a piece of an announced packet from `offset` on, at most 1 MiB. Repeating a piece
 * changes nothing. The answer to the last piece has the acknowledgement or the refusal. A piece that does not join on
 * is answered with 409 packet-offset-wrong and the wanted offset.
 */
export const sendPacketPiece = endpoint({
  method: 'PUT',
  path: '/stations/:id/packets/:hash',
  summary: 'A piece of a packet that was told of',
  right: 'anyone',
  purpose: 'none',
  params: Type.Object({ id: Uuid, hash: Hash }),
  query: Type.Object({ offset: Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })) }),
  bodyLimit: largestPacketPiece,
  rate: 'stations',
  reply: PacketStatusShape,
  problems: ['station-unknown', 'packet-not-told', 'packet-offset-wrong'],
})
export const PieceReply = PacketStatusShape
export const packetPath = (station: string, hash: string) => `/stations/${station}/packets/${hash}`

/**
 * The result of a file from a USB stick: the status of each packet, and which bytes could not be read, `to` excluded;
 * `problem` says why. A file may have packets of several stations, each with its own answer.
 */
const FileImportShape = Type.Object({
  station: Uuid,
  packets: Type.Array(PacketStatusShape),
  others: Type.Array(Type.Object({ station: Uuid, packets: Type.Array(PacketStatusShape) })),
  bytes: wholeNumberFrom(0),
  unread: Type.Array(Type.Object({ from: wholeNumberFrom(0), to: wholeNumberFrom(0), problem: Type.String() })),
})
export type FileImport = Static<typeof FileImportShape>

export const takeFile = endpoint({
  method: 'POST',
  path: '/stations/file',
  summary: 'Take in a file that a station wrote to a USB stick; the answer is to be carried back to it',
  right: 'enrolment.receive',
  purpose: 'none',
  upload: { maxBytes: 4 * 1024 * 1024 * 1024, sealed: true },
  reply: FileImportShape,
  problems: ['file-unreadable', 'station-unknown', 'manifest-refused'],
})

/**
 * A station's file: 'DDU1', then the manifest statement and the packets, each preceded by its length (u32 big-endian).
 * Packets are written in the order of the manifest and read in any order; damaged blocks are skipped
 * (usb-file-parts.ts).
 * The answer's file is the JSON of `takeFile`'s reply.
 */
export const fileMagic = 'DDU1'
