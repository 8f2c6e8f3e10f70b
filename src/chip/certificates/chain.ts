import { objectIds } from '../object-ids.ts'
import { type ChipCertificate, isSignedBy } from './certificate.ts'
import { countryOf, isSameName, nameText } from './name.ts'
import { isListSignedBy, type RevocationList } from './revocation-list.ts'

/**
 * Whether a document signer is one of a country whose authority is trusted (ICAO 9303-11, section 5.1; 9303-12, section
 * 7). A signer hangs directly below its authority; an authority of which nobody has heard may be reached by a link
 * certificate of a trusted one.
 */
export type Chain =
  | {
      readonly outcome: 'trusted'
      readonly authority: ChipCertificate
      readonly links: readonly ChipCertificate[]
      /** All trusted keys of this authority, former ones and that of now: each may sign its list of revoked signers. */
      readonly keys: readonly ChipCertificate[]
    }
  | { readonly outcome: 'not-trusted'; readonly why: string }
  | { readonly outcome: 'wrong'; readonly why: string }

const sameId = (a: Uint8Array | undefined, b: Uint8Array | undefined) => !a || !b || Buffer.compare(a, b) === 0

/** Why a certificate cannot be that of an authority, whoever signed it; undefined if it can. */
export function authorityFault({ extensions, from, to }: ChipCertificate): string | undefined {
  if (!extensions.isAuthority) return 'it is not the certificate of an authority'
  if (!extensions.keyUsage?.includes('certificate-sign')) return 'its key may not sign certificates'
  if (extensions.unknownCritical.length > 0) return `it has the critical extension ${extensions.unknownCritical[0]}`
  return from > to ? 'it ends before it begins' : undefined
}

/** Why a certificate cannot be where trust begins; undefined if it can. Its own signature proves that it is whole. */
export function anchorFault(certificate: ChipCertificate): string | undefined {
  const fault = authorityFault(certificate)
  if (fault) return fault
  return isSignedBy(certificate, certificate.publicKey) ? undefined : 'it is not signed by its own key'
}

/** Why a certificate cannot be that of a document signer of an authority; undefined if it can. */
function signerFault(signer: ChipCertificate, authority: ChipCertificate): string | undefined {
  const { extensions } = signer
  if (extensions.isAuthority) return 'an authority does not sign documents'
  if (extensions.keyUsage && !extensions.keyUsage.includes('digital-signature')) return 'its key may not sign documents'
  if (extensions.extendedKeyUsage.includes(objectIds.masterListSigner)) return 'it signs master lists, not documents'
  if (extensions.unknownCritical.length > 0) return `it has the critical extension ${extensions.unknownCritical[0]}`
  const [own, above] = [countryOf(signer.subject), countryOf(authority.subject)]
  return own !== above ? `it is of ${own ?? 'no country'}, its authority of ${above ?? 'none'}` : undefined
}

/** Whether one may have issued the other, by name and key identifier; the signature says whether it has. */
const mayHaveIssued = (issuer: ChipCertificate, issued: ChipCertificate): boolean =>
  isSameName(issuer.subject, issued.issuer) && sameId(issuer.extensions.subjectKeyId, issued.extensions.authorityKeyId)

/** Whether an authority has signed the key that follows its own; it vouches for no key of another country. */
const isLinkOf = (link: ChipCertificate, authority: ChipCertificate): boolean =>
  authorityFault(link) === undefined &&
  isSameName(authority.subject, link.issuer) &&
  countryOf(authority.subject) === countryOf(link.subject) &&
  isSignedBy(link, authority.publicKey)

/**
 * The authorities that are trusted: those given, and those which a trusted one has linked. `links` are certificates
 * from anywhere.
 */
function trustedAuthorities(
  anchors: readonly ChipCertificate[],
  links: readonly ChipCertificate[],
): readonly { readonly authority: ChipCertificate; readonly by: readonly ChipCertificate[] }[] {
  const trusted: { authority: ChipCertificate; by: readonly ChipCertificate[] }[] = anchors
    .filter(anchor => !anchorFault(anchor))
    .map(authority => ({ authority, by: [] }))
  for (let at = 0; at < trusted.length; at++) {
    const step = trusted[at]
    if (!step) break
    for (const link of links) {
      const isKnown = trusted.some(({ authority }) => Buffer.compare(authority.bytes, link.bytes) === 0)
      if (!isKnown && isLinkOf(link, step.authority)) trusted.push({ authority: link, by: [...step.by, link] })
    }
  }
  return trusted
}

type TrustedAuthority = ReturnType<typeof trustedAuthorities>[number]

const issuerAmong = (trusted: readonly TrustedAuthority[], issued: ChipCertificate): TrustedAuthority | undefined =>
  trusted.find(({ authority }) => mayHaveIssued(authority, issued) && isSignedBy(issued, authority.publicKey))

/** The trusted authority that issued a certificate, and the links by which it is trusted. */
export const findAuthority = (
  issued: ChipCertificate,
  anchors: readonly ChipCertificate[],
  links: readonly ChipCertificate[] = [],
): TrustedAuthority | undefined => issuerAmong(trustedAuthorities(anchors, links), issued)

/**
 * Finds the trusted authority that issued a document signer. A signer that bears the name of a trusted authority, and
 * that no key of it signed, is wrong.
 */
export function findChain(
  signer: ChipCertificate,
  anchors: readonly ChipCertificate[],
  links: readonly ChipCertificate[] = [],
): Chain {
  const trusted = trustedAuthorities(anchors, links)
  const found = issuerAmong(trusted, signer)
  if (found) {
    const fault = signerFault(signer, found.authority)
    return fault
      ? { outcome: 'wrong', why: fault }
      : {
          outcome: 'trusted',
          authority: found.authority,
          links: found.by,
          keys: trusted.map(({ authority }) => authority).filter(({ subject }) => isSameName(subject, signer.issuer)),
        }
  }
  return trusted.some(({ authority }) => isSameName(authority.subject, signer.issuer))
    ? { outcome: 'wrong', why: 'the authority that it names did not sign it' }
    : { outcome: 'not-trusted', why: `nobody vouches for ${nameText(signer.issuer)}` }
}

export type RevocationCheck =
  | {
      readonly outcome: 'good' | 'revoked'
      readonly listMadeAt: Date
      readonly isOld: boolean
      /** Those of the authority. */
      readonly lists: readonly RevocationList[]
    }
  | { readonly outcome: 'not-done' | 'wrong'; readonly why: string }

/**
 * Whether a signer is on the list of its authority, which the key of now signs also for signers of former keys (ICAO
 * 9303-12, section 7.2). `keys`: those of the authority that are trusted. A list that names one of them and that it did
 * not sign is wrong; one of a key that nobody knows says nothing.
 */
export function checkRevocation(
  signer: ChipCertificate,
  keys: readonly ChipCertificate[],
  lists: readonly RevocationList[],
  now: Date,
): RevocationCheck {
  const own = lists.flatMap(list => {
    const named = keys.filter(
      ({ subject, extensions }) =>
        isSameName(list.issuer, subject) && sameId(list.authorityKeyId, extensions.subjectKeyId),
    )
    return named.length > 0 ? [{ list, isRight: named.some(key => isListSignedBy(list, key)) }] : []
  })
  const right = own.filter(({ isRight }) => isRight).map(({ list }) => list)
  const [newest] = right.toSorted((a, b) => b.madeAt.getTime() - a.madeAt.getTime())
  if (!newest) {
    if (own.length > 0) return { outcome: 'wrong', why: 'the list of revoked signers is not signed by the authority' }
    return { outcome: 'not-done', why: 'there is no list of revoked signers of this authority' }
  }
  const isRevoked = right.some(({ revoked }) => revoked.has(signer.serial))
  const isOld = newest.nextAt !== undefined && newest.nextAt < now
  return { outcome: isRevoked ? 'revoked' : 'good', listMadeAt: newest.madeAt, isOld, lists: right }
}
