import type { ChipCertificate } from '../certificates/certificate.ts'
import { checkRevocation, findChain, type RevocationCheck } from '../certificates/chain.ts'
import { isSameName, nameText } from '../certificates/name.ts'
import type { RevocationList } from '../certificates/revocation-list.ts'
import { schemeName } from '../keys/signature.ts'
import { type CardSecurity, readCardSecurity } from '../security-object/card-security.ts'
import { isDataSignedBy, type SignedData, signerOf } from '../security-object/signed-data.ts'
import { type ChipCheckOutcome, failed, notDone, passed } from './check.ts'
import { type Read, read, readable, valueIn } from './readable.ts'

/** Whom the reader trusts, and what it knows of revoked signers. */
export type Trust = {
  readonly anchors: readonly ChipCertificate[]
  readonly links?: readonly ChipCertificate[]
  readonly revocationLists: readonly RevocationList[]
  /** Certificates of signers that came with the chip: where its security object lacks its own, and to compare. */
  readonly signers?: readonly ChipCertificate[]
  readonly now: Date
}

/** Who signed, and who vouches for that. */
export function findSigner(data: SignedData | undefined, trust: Trust) {
  const signer = data && signerOf(data, trust.signers)
  const chain = signer && findChain(signer, trust.anchors, trust.links)
  const authority = chain?.outcome === 'trusted' ? chain.authority : undefined
  const keys = chain?.outcome === 'trusted' ? chain.keys : []
  const revocation = signer && authority && checkRevocation(signer, keys, trust.revocationLists, trust.now)
  const algorithm = data && signer && schemeName(data.scheme, signer.publicKey, data.digest)
  const way = chain?.outcome === 'trusted' ? [chain.authority, ...chain.links] : []
  const lists = revocation && 'lists' in revocation ? revocation.lists : []
  return {
    signer,
    chain,
    authority,
    revocation,
    algorithm,
    /** Certificates other than the signer's own that came with what is signed, or with the chip. */
    others: [...(data?.certificates ?? []), ...(trust.signers ?? [])],
    /** What the outcome rests on, as it was brought. */
    restsOn: [...(signer ? [signer] : []), ...way, ...lists].map(({ bytes }) => bytes),
  }
}
export type FoundSigner = ReturnType<typeof findSigner>

const isSame = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0

/** Whether another certificate claims to be the signer's: of its key, or of its serial number. */
const claimsToBe = ({ issuer, serial, publicKey, extensions }: ChipCertificate, other: ChipCertificate): boolean => {
  const [keyId, otherKeyId] = [extensions.subjectKeyId, other.extensions.subjectKeyId]
  const isSameKey = isSame(publicKey.info, other.publicKey.info) || (keyId && otherKeyId && isSame(keyId, otherKeyId))
  return Boolean(isSameKey) || (serial === other.serial && isSameName(issuer, other.issuer))
}

export function checkSigner({ signer, chain, others }: FoundSigner): ChipCheckOutcome {
  if (!signer || !chain) return notDone('there is no signer')
  if (others.some(other => claimsToBe(signer, other) && !isSame(other.bytes, signer.bytes)))
    return failed('two certificates that differ claim to be that of the signer')
  if (chain.outcome === 'trusted')
    return passed(`${nameText(signer.subject)}, below ${nameText(chain.authority.subject)}`)
  return chain.outcome === 'wrong' ? failed(chain.why) : notDone(chain.why)
}

/** Days as people read them. */
const dayOf = (at: Date) => at.toISOString().slice(0, 10)

export function checkRevoked(found: RevocationCheck | undefined): ChipCheckOutcome {
  if (!found) return notDone('there is no trusted authority')
  if ('why' in found) return found.outcome === 'wrong' ? failed(found.why) : notDone(found.why)
  if (found.outcome === 'revoked') return failed('the signer is revoked')
  return passed(`not revoked by the list of ${dayOf(found.listMadeAt)}${found.isOld ? ', which is out of date' : ''}`)
}

/** The signer and the authority hold today, and the signer's key was in use when it signed. */
export function checkValidity(
  signer: ChipCertificate,
  authority: ChipCertificate | undefined,
  signedAt: Date | undefined,
  now: Date,
): ChipCheckOutcome {
  const certificates = [['the signer', signer], ...(authority ? [['the authority', authority] as const] : [])] as const
  for (const [name, { from, to }] of certificates)
    if (now < from || now > to) return failed(`the certificate of ${name} holds from ${dayOf(from)} to ${dayOf(to)}`)
  const { signsFrom, signsTo } = signer.extensions
  if (signedAt && ((signsFrom && signedAt < signsFrom) || (signsTo && signedAt > signsTo)))
    return failed(`it was signed on ${dayOf(signedAt)}, when the key of the signer was not in use`)
  return passed(
    `the signer holds to ${dayOf(signer.to)}${authority ? `, the authority to ${dayOf(authority.to)}` : ''}`,
  )
}

function checkCardSecurity(file: Read<CardSecurity>, found: FoundSigner, now: Date): ChipCheckOutcome {
  return readable(file, 'there is no EF.CardSecurity', ({ data }) => {
    const { signer, authority, revocation, algorithm } = found
    if (!signer || !algorithm) return failed('the certificate of its signer is missing')
    if (!isDataSignedBy(data, signer)) return failed('its signature is not that of its signer')
    const vouched = checkSigner(found)
    if (vouched.outcome !== 'passed') return vouched
    const revoked = checkRevoked(revocation)
    const validity = checkValidity(signer, authority, data.signedAt, now)
    const wrong = [revoked, validity].find(({ outcome }) => outcome === 'failed')
    return wrong ?? passed(algorithm)
  })
}

/** EF.CardSecurity has a signature of its own, of a signer that need not be that of the security object. */
export function inspectCardSecurity(file: Uint8Array | undefined, trust: Trust) {
  const security = read(file, readCardSecurity)
  const found = findSigner(valueIn(security)?.data, trust)
  return { security: valueIn(security), found, outcome: checkCardSecurity(security, found, trust.now) }
}
