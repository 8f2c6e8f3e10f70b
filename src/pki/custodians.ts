import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { Decrypter, Encrypter } from 'age-encryption'
import { combine, split } from 'shamir-secret-sharing'
import { custodianLimits } from './law.ts'
import { pkiProblem } from './problems.ts'

/**
 * The private key of an authority, which no single person can open: it lies under a key of its own, which is split into
 * shares (Shamir's scheme), one for each custodian. So many together open it as the threshold says; one fewer know
 * nothing. A share is a file of age that its custodian alone opens.
 */

/** `custodians`: recipients of age, in the order of their shares. */
export type Custodians = { readonly custodians: readonly string[]; readonly threshold: number }

/** What stands in a custodian's file, once it is opened. */
type Share = {
  readonly authorityKey: string
  readonly custodian: string
  readonly threshold: number
  readonly share: string
}

/** A share has 33 bytes of chance: its digest tells nothing of it. */
const digestOfPart = (part: Uint8Array): string => createHash('sha256').update(part).digest('hex')

const nonceBytes = 12
const tagBytes = 16

/** Throws custodians-wrong. */
export function refuseWrongCustodians({ custodians, threshold }: Custodians): void {
  const { least, most } = custodianLimits
  const why = (() => {
    if (custodians.length < least || custodians.length > most) return `there are ${least} to ${most} custodians`
    if (new Set(custodians).size < custodians.length) return 'one is named twice'
    if (!Number.isInteger(threshold) || threshold < least || threshold > custodians.length)
      return `${least} to ${custodians.length} of them open the key together`
    for (const custodian of custodians)
      try {
        new Encrypter().addRecipient(custodian)
      } catch {
        return `${custodian.slice(0, 80)} is no recipient of age`
      }
    return undefined
  })()
  if (why) throw pkiProblem('custodians-wrong', { why })
}

async function shareFile(share: Share): Promise<Uint8Array> {
  const encrypter = new Encrypter()
  encrypter.addRecipient(share.custodian)
  return encrypter.encrypt(JSON.stringify(share))
}

/**
 * Seals a private key for its custodians. Gives what is kept, and a file for each custodian in their order. Throws
 * custodians-wrong.
 */
export async function sealForCustodians(
  authorityKey: string,
  privateKey: Uint8Array,
  whom: Custodians,
): Promise<{ readonly sealed: Buffer; readonly shares: readonly Uint8Array[]; readonly digests: readonly string[] }> {
  refuseWrongCustodians(whom)
  const { custodians, threshold } = whom
  const key = randomBytes(32)
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(authorityKey))
  const body = Buffer.concat([cipher.update(privateKey), cipher.final()])
  const parts = await split(Uint8Array.from(key), custodians.length, threshold)
  const shares = await Promise.all(
    custodians.map((custodian, at) =>
      shareFile({
        authorityKey,
        custodian,
        threshold,
        share: Buffer.from(parts[at] ?? []).toString('base64url'),
      }),
    ),
  )
  return { sealed: Buffer.concat([nonce, cipher.getAuthTag(), body]), shares, digests: parts.map(digestOfPart) }
}

/** The sealed key, its custodians, and the digests of their shares in the same order. */
type SealedForCustodians = Custodians & { readonly sealed: Buffer; readonly digests: readonly string[] }

/** What a custodian brings: the name of the file, for messages, and its bytes. */
export type ShareFile = { readonly file: string; readonly bytes: Uint8Array }
/** The shares of those who are present, and the identities of age that open them. */
export type Present = { readonly shares: readonly ShareFile[]; readonly identities: readonly string[] }

function parseShare(text: string): Share | undefined {
  try {
    const { authorityKey, custodian, threshold, share } = JSON.parse(text) as Partial<Share>
    const isWhole = [authorityKey, custodian, share].every(one => typeof one === 'string')
    return isWhole ? ({ authorityKey, custodian, threshold, share } as Share) : undefined
  } catch {
    return undefined
  }
}

async function openShare({ file, bytes }: ShareFile, identities: readonly string[]): Promise<Share> {
  const decrypter = new Decrypter()
  const refuse = (why: string) => pkiProblem('share-unreadable', { file, why })
  for (const identity of identities)
    try {
      decrypter.addIdentity(identity)
    } catch {
      throw refuse('an identity that was given is none of age')
    }
  const text = await decrypter.decrypt(bytes, 'text').catch((error: unknown) => {
    throw refuse(error instanceof Error ? error.message : String(error))
  })
  const share = parseShare(text)
  if (!share) throw refuse('it is no share of a key')
  return share
}

/**
 * Opens the private key of an authority (PKCS #8) with the shares of the custodians who are present, and says who they
 * were: by the digests of the shares, since whoever has one may write another name into it. Throws share-unreadable,
 * share-of-another-key, share-changed, shares-too-few, shares-do-not-open.
 */
export async function openWithCustodians(
  authorityKey: string,
  { sealed, threshold, custodians, digests }: SealedForCustodians,
  { shares, identities }: Present,
): Promise<{ readonly privateKey: Buffer; readonly present: readonly string[] }> {
  const opened = new Map<string, Buffer>()
  for (const one of shares) {
    const share = await openShare(one, identities)
    if (share.authorityKey !== authorityKey)
      throw pkiProblem('share-of-another-key', { file: one.file, of: share.authorityKey, needed: authorityKey })
    const part = Buffer.from(share.share, 'base64url')
    const custodian = custodians[digests.indexOf(digestOfPart(part))]
    if (custodian === undefined) throw pkiProblem('share-changed', { file: one.file })
    opened.set(custodian, part)
  }
  const parts = [...opened.values()]
  if (parts.length < threshold) throw pkiProblem('shares-too-few', { needed: threshold, present: parts.length })
  try {
    const key = await combine(parts.map(part => Uint8Array.from(part)))
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceBytes))
    decipher.setAAD(Buffer.from(authorityKey))
    decipher.setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes))
    const privateKey = Buffer.concat([decipher.update(sealed.subarray(nonceBytes + tagBytes)), decipher.final()])
    return { privateKey, present: [...opened.keys()] }
  } catch {
    throw pkiProblem('shares-do-not-open')
  }
}
