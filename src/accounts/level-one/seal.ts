import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core'

/**
 * What a citizen sends is encrypted to the centre's key as it comes in, and opened where it is taken up or looked at:
 * HPKE (RFC 9180) with DHKEM(P-256, HKDF-SHA256), HKDF-SHA256 and AES-256-GCM, as packets of stations are
 * (docs/packet.md).
 *
 *     'DDA1' | thumbprint of the centre's key, 43 signs | encapsulated key, 65 bytes | ciphertext
 *
 * What stands before the ciphertext, and what it is about (an id), are the associated data: a piece that was moved to
 * another's row does not open there.
 */

/** A P-256 public key (RFC 7517). */
export type PublicJwk = { readonly kty?: string; readonly crv?: string; readonly x?: string; readonly y?: string }

/** The centre's private key in HPKE form, with its RFC 7638 thumbprint. */
export type OpeningKey = {
  readonly thumbprint: string
  readonly key: Awaited<ReturnType<typeof crypto.subtle.importKey>>
}

/** The installation's keys that accounts need. */
export type SealingKeys = { readonly centre: PublicJwk; readonly opening: readonly OpeningKey[] }

const magic = Buffer.from('DDA1')
const thumbprintLength = 43
const encapsulatedLength = 65
const headLength = magic.length + thumbprintLength + encapsulatedLength
const info = new TextEncoder().encode('dinhdanh account 1')

const suite = () => new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() })

async function thumbprintOf({ crv, kty, x, y }: PublicJwk): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(JSON.stringify({ crv, kty, x, y })))
  return Buffer.from(bytes).toString('base64url')
}

/** A copy in a buffer of its own, as WebCrypto requires. */
const copiedBytes = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => Uint8Array.from(bytes)

const boundInfo = (head: Uint8Array, about: string) => copiedBytes(Buffer.concat([head, Buffer.from(about)]))

export async function seal(
  content: Uint8Array,
  about: string,
  { centre }: Pick<SealingKeys, 'centre'>,
): Promise<Buffer> {
  const hpke = suite()
  const sender = await hpke.createSenderContext({
    recipientPublicKey: await hpke.kem.importKey('jwk', centre, true),
    info,
  })
  const head = Buffer.concat([magic, Buffer.from(await thumbprintOf(centre)), Buffer.from(sender.enc)])
  return Buffer.concat([head, Buffer.from(await sender.seal(copiedBytes(content), boundInfo(head, about)))])
}

/**
 * Opens a sealed content. Throws if it is malformed, sealed to another centre, changed, or bound to another id; that is
 * a fault.
 */
export async function unseal(
  sealed: Uint8Array,
  about: string,
  { opening }: Pick<SealingKeys, 'opening'>,
): Promise<Buffer> {
  const bytes = Buffer.from(sealed)
  if (bytes.length <= headLength || !bytes.subarray(0, magic.length).equals(magic))
    throw new Error('this is no sealed piece of an account')
  const thumbprint = bytes.toString('utf8', magic.length, magic.length + thumbprintLength)
  const ours = opening.find(one => one.thumbprint === thumbprint)
  if (!ours) throw new Error('the piece is sealed to a key that this house has not')
  const enc = copiedBytes(bytes.subarray(magic.length + thumbprintLength, headLength)).buffer
  const recipient = await suite().createRecipientContext({ recipientKey: ours.key, enc, info })
  return Buffer.from(
    await recipient.open(copiedBytes(bytes.subarray(headLength)), boundInfo(bytes.subarray(0, headLength), about)),
  )
}
