import { type Static, Type } from 'typebox'
import { endpoint } from '../../platform/endpoint.ts'
import { IdShape } from '../../platform/shapes.ts'

/** How a browser becomes a station, and what officers may do at it. */

const Uuid = Type.String({ format: 'uuid' })
const Instant = Type.String({ format: 'date-time' })
const Ids = Type.Object({ id: Uuid })

/** A P-256 public key (RFC 7517). */
const PublicKey = Type.Object({
  kty: Type.Literal('EC'),
  crv: Type.Literal('P-256'),
  x: Type.String({ pattern: '^[\\w-]{43}$' }),
  y: Type.String({ pattern: '^[\\w-]{43}$' }),
})
export type PublicKeyJwk = Static<typeof PublicKey>

export const StationShape = Type.Object({
  id: Uuid,
  /** The name that people use: 'HH01'. Packets are numbered after it: 'HH01-000231'. */
  code: Type.String(),
  name: Type.String(),
  unit: Type.Object({ id: IdShape<'unit'>(), name: Type.String() }),
  registeredAt: Instant,
  revokedAt: Type.Optional(Instant),
  seenAt: Type.Optional(Instant),
  /** The highest counter that it announced. */
  head: Type.Integer(),
  received: Type.Integer(),
  /** Announced and not here. */
  missing: Type.Integer(),
  held: Type.Integer(),
})

/** What a station stores about the installation. */
const StationTrust = Type.Object({
  /** The key to which packets are encrypted. */
  centre: PublicKey,
  /** The key that signs acknowledgements and grants. */
  house: PublicKey,
  /** The server's instant: a station shows how far its own clock differs. */
  now: Instant,
  /** The installation's own address, for print. */
  origin: Type.String(),
  /** The installation's day; a demonstration or a rehearsal has its own. */
  today: Type.String({ format: 'date' }),
  demonstration: Type.Boolean(),
  rehearsal: Type.Boolean(),
})

export const registerStation = endpoint({
  method: 'POST',
  path: '/stations',
  summary: 'Register this browser as a station of the officer’s unit',
  right: 'enrolment.capture',
  purpose: 'none',
  body: Type.Object({ id: Uuid, name: Type.String({ minLength: 1, maxLength: 60 }), publicKey: PublicKey }),
  reply: Type.Interface([StationTrust], { station: StationShape }),
  problems: ['station-key-known', 'station-key-invalid'],
})

export const listStations = endpoint({
  method: 'GET',
  path: '/stations',
  summary: 'The stations of the units that one sees, with what each still owes',
  right: 'enrolment.read',
  purpose: 'none',
  reply: Type.Object({ stations: Type.Array(StationShape) }),
})

export const revokeStation = endpoint({
  method: 'POST',
  path: '/stations/:id/revoke',
  summary: 'A station is lost or given up: what it seals from now on is refused, what it sealed before is still taken',
  right: 'enrolment.stations',
  purpose: 'none',
  params: Ids,
  body: Type.Object({ reason: Type.String({ minLength: 3, maxLength: 200 }) }),
  reply: StationShape,
  problems: ['station-unknown'],
})

/**
 * What an officer may do at a station for some days, signed by the server: a statement of the type `dinhdanh-grant`.
 */
export const GrantStatement = Type.Object({
  grant: Type.Literal(1),
  id: Uuid,
  officer: IdShape<'officer'>(),
  unit: IdShape<'unit'>(),
  station: Uuid,
  at: Instant,
  until: Instant,
})
export type OfficerGrant = Static<typeof GrantStatement>

export const takeGrant = endpoint({
  method: 'POST',
  path: '/stations/:id/grant',
  summary: 'The signed-in officer may capture at this station for some days, without a line',
  right: 'enrolment.capture',
  purpose: 'none',
  params: Ids,
  reply: Type.Interface([StationTrust], {
    /** A statement of type `dinhdanh-grant`. */
    grant: Type.String(),
    until: Instant,
    officer: Type.Object({ id: Uuid, name: Type.String() }),
    station: StationShape,
  }),
  problems: ['station-unknown', 'station-revoked'],
})
