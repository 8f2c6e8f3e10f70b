import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core'

/**
 * A packet: what a station captured of one person, encrypted to the centre and signed by the station. The same code
 * runs in the browser and in the house, on WebCrypto alone (docs/packet.md).
 *
 *     'DDP1' | length of the header, u32 big-endian | header, JSON in UTF-8 | ciphertext | signature, 64 bytes
 *
 * Encryption is HPKE (RFC 9180) with DHKEM(P-256, HKDF-SHA256), HKDF-SHA256 and AES-256-GCM; the header's bytes are its
 * associated data. The signature is ECDSA on P-256 with SHA-256 over all that stands before it. The hash of a packet is
 * SHA-256 over the whole of it.
 */

/** A WebCrypto key, of the browser or of Node. */
export type PacketKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>

/** A P-256 key (RFC 7517); `d` on a private one. */
export type Jwk = {
  readonly kty?: string
  readonly crv?: string
  readonly x?: string
  readonly y?: string
  readonly d?: string
}

/** The part of a packet that is readable without the centre's key. None of it is about a person. */
export type PacketHeader = {
  readonly packet: 1
  /** The station, by its id. */
  readonly station: string
  /** 1 for the station's first packet, then one more each. */
  readonly counter: number
  /** The hash of the previous packet, in hex; null for the first. */
  readonly previous: string | null
  /** The application of the packet. */
  readonly application: string
  /** The station's clock at the sealing, ISO 8601. */
  readonly sealedAt: string
  /** RFC 7638 thumbprint of the centre's key. */
  readonly centre: string
  /** HPKE's encapsulated key, base64url. */
  readonly enc: string
}

export type Packet = {
  readonly header: PacketHeader
  readonly bytes: Uint8Array<ArrayBuffer>
  /** Hex. */
  readonly hash: string
}

/** Why bytes are no acceptable packet; `code` is a problem code (problems.ts). */
export class PacketFault extends Error {
  readonly code:
    | 'packet-unreadable'
    | 'packet-signature-wrong'
    | 'packet-foreign-key'
    | 'packet-undecryptable'
    | 'packet-infected'
  constructor(code: PacketFault['code']) {
    super(code)
    this.code = code
  }
}

const magic = new TextEncoder().encode('DDP1')
const signatureLength = 64
const longestHeader = 2000
const hpkeInfo = new TextEncoder().encode('dinhdanh packet 1')

const ecdsa = { name: 'ECDSA', hash: 'SHA-256' } as const

const hpkeSuite = () =>
  new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() })

const base64url = (bytes: ArrayBuffer | Uint8Array) =>
  btoa(Array.from(new Uint8Array(bytes as ArrayBuffer), byte => String.fromCharCode(byte)).join(''))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/={1,2}$/, '')

const fromBase64url = (text: string) =>
  Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), letter => letter.charCodeAt(0))

export const hexOf = (bytes: ArrayBuffer | Uint8Array): string =>
  Array.from(new Uint8Array(bytes as ArrayBuffer), byte => byte.toString(16).padStart(2, '0')).join('')

export const hashOfBytes = async (bytes: Uint8Array<ArrayBuffer>): Promise<string> =>
  hexOf(await crypto.subtle.digest('SHA-256', bytes))

/** RFC 7638 thumbprint of a P-256 public key, base64url. */
export async function thumbprintOf({ crv, kty, x, y }: Jwk): Promise<string> {
  return base64url(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(JSON.stringify({ crv, kty, x, y }))))
}

function concatenated(...pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}

function uint32Bytes(value: number): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, value)
  return bytes
}

export type SealingHeader = Omit<PacketHeader, 'packet' | 'centre' | 'enc'>

/** Seals a content with the centre's public key (`centre`) and the station's private signing key (`station`). */
export async function sealPacket(
  content: Uint8Array<ArrayBuffer>,
  sealing: SealingHeader,
  { centre, station }: { readonly centre: Jwk; readonly station: PacketKey },
): Promise<Packet> {
  const hpke = hpkeSuite()
  const recipientPublicKey = await hpke.kem.importKey('jwk', centre, true)
  const sender = await hpke.createSenderContext({ recipientPublicKey, info: hpkeInfo })
  const header: PacketHeader = { packet: 1, ...sealing, centre: await thumbprintOf(centre), enc: base64url(sender.enc) }
  const written = new TextEncoder().encode(JSON.stringify(header))
  const ciphertext = new Uint8Array(await sender.seal(content, written))
  const signed = concatenated(magic, uint32Bytes(written.length), written, ciphertext)
  const signature = new Uint8Array(await crypto.subtle.sign(ecdsa, station, signed))
  const bytes = concatenated(signed, signature)
  return { header, bytes, hash: await hashOfBytes(bytes) }
}

const uuidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const hashShape = /^[0-9a-f]{64}$/
const matches = (value: unknown, shape: RegExp) => typeof value === 'string' && shape.test(value)

function isHeader(value: unknown): value is PacketHeader {
  if (typeof value !== 'object' || value === null) return false
  const header = value as Record<string, unknown>
  return (
    header['packet'] === 1 &&
    matches(header['station'], uuidShape) &&
    matches(header['application'], uuidShape) &&
    Number.isInteger(header['counter']) &&
    (header['counter'] as number) >= 1 &&
    (header['counter'] as number) < 2 ** 31 &&
    (header['counter'] === 1 ? header['previous'] === null : matches(header['previous'], hashShape)) &&
    matches(header['sealedAt'], /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/) &&
    !Number.isNaN(Date.parse(header['sealedAt'] as string)) &&
    matches(header['centre'], /^[\w-]{43}$/) &&
    matches(header['enc'], /^[\w-]{80,100}$/)
  )
}

/** Reads the unencrypted header. Throws a PacketFault packet-unreadable. */
export function readHeader(bytes: Uint8Array<ArrayBuffer>): { readonly header: PacketHeader; readonly end: number } {
  if (bytes.length < magic.length + 4 + signatureLength || magic.some((byte, at) => bytes[at] !== byte))
    throw new PacketFault('packet-unreadable')
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(magic.length)
  const end = magic.length + 4 + length
  if (length > longestHeader || end + signatureLength >= bytes.length) throw new PacketFault('packet-unreadable')
  let header: unknown
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(magic.length + 4, end)))
  } catch {
    throw new PacketFault('packet-unreadable')
  }
  if (!isHeader(header)) throw new PacketFault('packet-unreadable')
  return { header, end }
}

export const importStationKey = (jwk: Jwk): Promise<PacketKey> =>
  crypto.subtle.importKey(
    'jwk',
    { kty: jwk.kty, crv: jwk.crv, x: jwk.x, y: jwk.y } as Jwk,
    { name: 'ECDSA', namedCurve: 'P-256' },
    true,
    ['verify'],
  )

/** Whether the station signed exactly these bytes. */
export async function isSignedBy(bytes: Uint8Array<ArrayBuffer>, station: PacketKey): Promise<boolean> {
  const at = bytes.length - signatureLength
  return crypto.subtle.verify(ecdsa, station, bytes.subarray(at), bytes.subarray(0, at))
}

/** The centre's private key in HPKE form, made by `importCentreKey`. */
export type CentreKey = { readonly thumbprint: string; readonly key: PacketKey }

/** Imports the centre's private key, a JWK with `d`. */
export async function importCentreKey(jwk: Jwk): Promise<CentreKey> {
  return { thumbprint: await thumbprintOf(jwk), key: await hpkeSuite().kem.importKey('jwk', jwk, false) }
}

/** Opens a packet whose signature was checked. Throws a PacketFault packet-foreign-key or packet-undecryptable. */
export async function openPacket(
  bytes: Uint8Array<ArrayBuffer>,
  keys: readonly CentreKey[],
): Promise<Uint8Array<ArrayBuffer>> {
  const { header, end } = readHeader(bytes)
  const ours = keys.find(({ thumbprint }) => thumbprint === header.centre)
  if (!ours) throw new PacketFault('packet-foreign-key')
  try {
    const recipient = await hpkeSuite().createRecipientContext({
      recipientKey: ours.key,
      enc: fromBase64url(header.enc).buffer,
      info: hpkeInfo,
    })
    const content = await recipient.open(
      bytes.subarray(end, bytes.length - signatureLength),
      bytes.subarray(magic.length + 4, end),
    )
    return new Uint8Array(content)
  } catch {
    throw new PacketFault('packet-undecryptable')
  }
}

// Statements signed beside packets: the station's manifest, and the acknowledgement that the server holds a packet. A
// JWS (RFC 7515), compact, ES256.

const base64urlJson = (value: unknown) => base64url(new TextEncoder().encode(JSON.stringify(value)))

/** Signs a statement; `type` keeps one kind of statement from being taken for another. */
export async function signStatement(type: string, statement: object, key: PacketKey): Promise<string> {
  const signed = `${base64urlJson({ alg: 'ES256', typ: type })}.${base64urlJson(statement)}`
  return `${signed}.${base64url(await crypto.subtle.sign(ecdsa, key, new TextEncoder().encode(signed)))}`
}

/** The statement, if it has that type and was signed by that key; undefined otherwise. */
export async function readStatement(type: string, jws: string, key: PacketKey): Promise<unknown> {
  const [header = '', statement = '', signature = '', ...rest] = jws.split('.')
  try {
    const { alg, typ, ...others } = JSON.parse(new TextDecoder().decode(fromBase64url(header))) as {
      readonly alg?: unknown
      readonly typ?: unknown
    }
    // A head says what it is and no more: what `crit` or `b64` would ask for is not done here (RFC 7515, 4.1.11).
    if (rest.length > 0 || alg !== 'ES256' || typ !== type || Object.keys(others).length > 0) return undefined
    const isSigned = await crypto.subtle.verify(
      ecdsa,
      key,
      fromBase64url(signature),
      new TextEncoder().encode(`${header}.${statement}`),
    )
    return isSigned ? (JSON.parse(new TextDecoder().decode(fromBase64url(statement))) as unknown) : undefined
  } catch {
    return undefined
  }
}
