import * as audit from '../audit/audit.ts'
import { type ChipCertificate, readCertificate } from '../chip/certificates/certificate.ts'
import { readRevocationList } from '../chip/certificates/revocation-list.ts'
import type { Trust } from '../chip/inspecting/signer-checks.ts'
import { signingKeyOf } from '../chip/keys/signing-key.ts'
import { signMasterList } from '../chip/security-object/master-list.ts'
import type { SignerOfData } from '../chip/security-object/signed-data.ts'
import { ruleOn } from '../platform/law.ts'
import type { SealedColumn } from '../platform/sealing/reseal.ts'
import { unsealBytes } from '../platform/sealing/sealing.ts'
import { type Work, withHouseScope } from '../platform/work.ts'
import { ceremonyNoticeDays } from './law.ts'
import { pkiProblem } from './problems.ts'
import * as store from './store.ts'

/** Where the private keys of signers lie sealed. Those of authorities are sealed for their custodians, not here. */
export const sealedSecrets: readonly SealedColumn[] = [
  {
    table: 'pki.private_key',
    column: 'sealed',
    key: { key_id: 'text' },
    use: 'document-signer',
    place: ({ key_id = '' }) => key_id,
  },
]

const mayStillSign = ({ signsTo, revokedAt, hasKey }: store.KeptCertificate, now: Date) =>
  hasKey && !revokedAt && signsTo > now

/** The key of the authority that signs now: the one that is here, whatever the clock said when it was made. */
export const latestAuthority = (kept: readonly store.KeptCertificate[]): store.KeptCertificate | undefined =>
  kept.find(({ kind, hasKey }) => kind === 'authority' && hasKey) ?? kept.find(({ kind }) => kind === 'authority')

/**
 * Authorities whose key was lost: another was begun beside them, and no link of theirs leads to it. What hangs from
 * them is verified under their own certificate alone.
 */
export const lostAuthorities = (kept: readonly store.KeptCertificate[]): readonly store.KeptCertificate[] => {
  const ofNow = latestAuthority(kept)
  const linked = new Set(kept.filter(({ kind }) => kind === 'link').map(({ issuerKeyId }) => issuerKeyId))
  return kept.filter(one => one.kind === 'authority' && one !== ofNow && !linked.has(one.keyId))
}

async function findSignerOfNow(work: Work, kind: store.SignerKind) {
  const kept = await store.findCertificates(work)
  if (!latestAuthority(kept)) throw pkiProblem('authority-missing')
  return { kept, signer: kept.find(one => one.kind === kind && mayStillSign(one, work.now)) }
}

async function signerOf(work: Work, { keyId, der }: store.KeptCertificate): Promise<SignerOfData> {
  const key = await store.findPrivateKey(work, keyId)
  if (!key?.sealed) throw pkiProblem('signer-missing')
  const privateKey = unsealBytes('document-signer', keyId, key.sealed)
  return { certificate: readCertificate(der), key: signingKeyOf(privateKey, { curve: key.curve }) }
}

/** A signer of today, with the certificates that its cards are verified under. */
export type SignerOfToday = {
  readonly signer: SignerOfData
  readonly keyId: string
  readonly signsTo: Date
  readonly authority: Buffer
  /** Certificates that lead from a key of the authority to its next one. */
  readonly links: readonly store.KeptCertificate[]
  /** Undefined where none was issued; the next one may be overdue. */
  readonly revocationList: store.KeptList | undefined
}

/** The document signer that signs now. Throws authority-missing, signer-missing. */
export async function getSignerOfToday(work: Work): Promise<SignerOfToday> {
  const { kept, signer } = await findSignerOfNow(work, 'document-signer')
  const issuer = kept.find(({ kind, keyId }) => kind === 'authority' && keyId === signer?.issuerKeyId)
  if (!signer || !issuer) throw pkiProblem('signer-missing')
  return {
    signer: await signerOf(work, signer),
    keyId: signer.keyId,
    signsTo: signer.signsTo,
    authority: issuer.der,
    links: kept.filter(({ kind }) => kind === 'link'),
    revocationList: await store.findLatestList(work),
  }
}

/** All certificates, the latest first, and the latest list of revoked signers. */
export type WholeAuthority = {
  readonly certificates: readonly store.KeptCertificate[]
  readonly revocationList: store.KeptList | undefined
}

export const getWholeAuthority = async (work: Work): Promise<WholeAuthority> => ({
  certificates: await store.findCertificates(work),
  revocationList: await store.findLatestList(work),
})

/**
 * Whom the installation trusts when it reads a chip: its own authority, by each of its keys, and its latest list. They
 * are published, so that whoever reads a chip may know them.
 */
export async function getTrust(work: Work): Promise<Trust> {
  const { certificates, revocationList } = await withHouseScope(work, getWholeAuthority)
  const ofKind = (kind: store.CertificateKind) =>
    certificates.filter(one => one.kind === kind).map(({ der }) => readCertificate(der))
  return {
    anchors: ofKind('authority'),
    links: ofKind('link'),
    revocationLists: revocationList ? [readRevocationList(revocationList.der)] : [],
    now: work.now,
  }
}

/**
 * Signs the list of authorities that are trusted, our own keys among them. DER. Throws authority-missing,
 * signer-missing where no signer of such lists is in use.
 */
export async function signListOfAuthorities(
  work: Work,
  foreign: readonly ChipCertificate[],
): Promise<{ readonly list: Uint8Array; readonly authorities: number }> {
  const { kept, signer } = await findSignerOfNow(work, 'master-list-signer')
  const issuer = kept.find(({ kind, keyId }) => kind === 'authority' && keyId === signer?.issuerKeyId)
  if (!signer || !issuer) throw pkiProblem('signer-missing', { kind: 'master-list' })
  const own = kept.filter(({ kind }) => kind === 'authority' || kind === 'link').map(({ der }) => readCertificate(der))
  const all = [...new Map([...own, ...foreign].map(one => [Buffer.from(one.bytes).toString('hex'), one])).values()]
  const list = await signMasterList(all, await signerOf(work, signer), readCertificate(issuer.der), work.now)
  await audit.record(
    work,
    'master-list.signed',
    { kind: 'certificate', id: signer.serial },
    { authorities: all.length },
  )
  return { list, authorities: all.length }
}

const dayMilliseconds = 86_400_000

/** What needs the custodians, by when; soonest first. Nothing where there is no authority. */
export type DueCeremony = {
  readonly what: 'pki signer' | 'pki revocation-list' | 'pki renew'
  readonly by: Date
  readonly isOverdue: boolean
}

/** Which ceremonies are due within the notice (`ceremonyNoticeDays`), or overdue. */
export async function whatIsDue(work: Work): Promise<readonly DueCeremony[]> {
  const { certificates, revocationList } = await getWholeAuthority(work)
  const authority = latestAuthority(certificates)
  if (!authority) return []
  const lost = new Set(lostAuthorities(certificates).map(({ keyId }) => keyId))
  // One below a lost authority signs on, but nobody could revoke it for who trusts that one alone.
  const signer = certificates.find(
    one => one.kind === 'document-signer' && !one.revokedAt && one.hasKey && !lost.has(one.issuerKeyId),
  )
  const ends: readonly (readonly [DueCeremony['what'], Date])[] = [
    ['pki signer', signer?.signsTo ?? work.now],
    ['pki revocation-list', revocationList?.nextAt ?? work.now],
    ['pki renew', authority.signsTo],
  ]
  const notice = ruleOn(ceremonyNoticeDays, work.today, work) * dayMilliseconds
  return ends
    .filter(([, by]) => by.getTime() <= work.now.getTime() + notice)
    .map(([what, by]) => ({ what, by, isOverdue: by <= work.now }))
    .toSorted((a, b) => a.by.getTime() - b.by.getTime())
}
