import * as audit from '../audit/audit.ts'
import { type ChipCertificate, readCertificate } from '../chip/certificates/certificate.ts'
import {
  type CertificateProfile,
  type Issuer,
  issueCertificate,
  keyIdentifier,
  type NewCertificate,
} from '../chip/certificates/issue-certificate.ts'
import { type CertificateName, nameBytes, readName } from '../chip/certificates/name.ts'
import { issueRevocationList } from '../chip/certificates/revocation-list.ts'
import { curveNamed } from '../chip/keys/curves.ts'
import { type CurveForm, curveFormOf } from '../chip/keys/public-key.ts'
import { newEcKeyPair, type SigningKey, signingKeyOf } from '../chip/keys/signing-key.ts'
import { dayAt } from '../platform/day.ts'
import { ruleOn } from '../platform/law.ts'
import { sealBytes } from '../platform/sealing/sealing.ts'
import type { Work } from '../platform/work.ts'
import { type Custodians, openWithCustodians, type Present, sealForCustodians } from './custodians.ts'
import { issuingCountry, keyPeriods, revocationListDays } from './law.ts'
import { pkiProblem } from './problems.ts'
import { latestAuthority } from './signers.ts'
import * as store from './store.ts'

/**
 * What is done with the key of the authority, each time by its custodians together. The key is in memory while the
 * ceremony lasts, and nowhere else.
 */

const dayMilliseconds = 86_400_000
const daysAfter = (at: Date, days: number) => new Date(at.getTime() + days * dayMilliseconds)
function yearsAfter(at: Date, years: number): Date {
  const after = new Date(at)
  after.setUTCFullYear(at.getUTCFullYear() + years)
  return after
}
/** Certificates tell seconds. */
const wholeSecond = (at: Date) => new Date(Math.floor(at.getTime() / 1000) * 1000)

const keyIdOf = ({ publicKey }: SigningKey): string => Buffer.from(keyIdentifier(publicKey)).toString('hex')

type NewKey = { readonly privateKey: Uint8Array; readonly key: SigningKey; readonly keyId: string }

async function newKey(curve: string, form: CurveForm): Promise<NewKey> {
  const { privateKey } = await newEcKeyPair(curveNamed(curve))
  const key = signingKeyOf(privateKey, { curve, form })
  return { privateKey, key, keyId: keyIdOf(key) }
}

/** Issues a certificate and keeps it. DER. */
async function issueAndKeep(
  work: Work,
  asked: Omit<NewCertificate, 'issuingState' | 'from'>,
  issuer: Issuer,
): Promise<Buffer> {
  const from = wholeSecond(work.now)
  const issued = { ...asked, issuingState: issuingCountry.threeLetters, from }
  const der = Buffer.from(await issueCertificate(issued, issuer))
  const { serial } = readCertificate(der)
  await store.insertCertificate(work, {
    keyId: Buffer.from(keyIdentifier(asked.publicKey)).toString('hex'),
    serial: serial.toString(16),
    kind: asked.profile.kind,
    issuerKeyId: keyIdOf(issuer.key),
    der,
    validFrom: from,
    validTo: asked.to,
    signsTo: asked.signsTo,
  })
  return der
}

/** How long the key of an authority signs, and how long its certificate holds: until its last card has ended. */
function authorityPeriod(work: Work) {
  const { authorityYears, signerDays, cardYears } = ruleOn(keyPeriods, work.today, work)
  const signsTo = yearsAfter(wholeSecond(work.now), authorityYears)
  return { signsTo, to: yearsAfter(daysAfter(signsTo, signerDays), cardYears) }
}

async function issueList(work: Work, issuer: Issuer): Promise<Buffer> {
  const kept = await store.findCertificates(work)
  const number = ((await store.findLatestList(work))?.number ?? 0) + 1
  const at = wholeSecond(work.now)
  const nextAt = daysAfter(at, ruleOn(revocationListDays, work.today, work))
  const revoked = kept.flatMap(({ serial, revokedAt, validTo }) =>
    revokedAt && validTo > work.now ? [{ serial: BigInt(`0x${serial}`), at: wholeSecond(revokedAt) }] : [],
  )
  const der = Buffer.from(await issueRevocationList({ number, at, next: nextAt, revoked }, issuer))
  await store.insertList(work, { number, issuerKeyId: keyIdOf(issuer.key), der, issuedAt: at, nextAt })
  const subject = { kind: 'revocation-list', id: String(number) }
  await audit.record(work, 'revocation-list.issued', subject, { revoked: revoked.length, next: dayAt(nextAt) })
  return der
}

/** What all certificates of an authority have alike, so it stands in its own alone. */
export type CertificateForm = {
  readonly curveForm: CurveForm
  /** Addresses where the list of revoked signers is published. */
  readonly revocationLists: readonly string[]
}

const formOf = ({ publicKey, extensions }: ChipCertificate): CertificateForm => ({
  curveForm: curveFormOf(publicKey),
  revocationLists: extensions.revocationLists,
})

export type NewAuthority = Custodians & {
  /** Who issues the cards: organization in the certificates. */
  readonly organization: string
  readonly curve: string
  /** Gives each custodian their share, before anything is kept: in the order of `custodians`. */
  giveOut(shares: readonly Uint8Array[], certificate: Uint8Array): Promise<void>
  readonly form: CertificateForm
}

const nameOfAuthority = (organization: string): CertificateName => ({
  country: issuingCountry.twoLetters,
  organization,
  commonName: `CSCA ${issuingCountry.twoLetters}`,
})

async function makeAuthority(
  work: Work,
  name: Uint8Array,
  subject: CertificateName,
  asked: Omit<NewAuthority, 'organization'>,
) {
  const { curveForm, revocationLists } = asked.form
  const made = await newKey(asked.curve, curveForm)
  const sealed = await sealForCustodians(made.keyId, made.privateKey, asked)
  const { sealed: forCustodians, shares, digests: shareDigests } = sealed
  const { custodians, threshold, curve } = asked
  const kept = { keyId: made.keyId, curve, sealed: null, forCustodians, threshold, custodians, shareDigests }
  await store.insertPrivateKey(work, kept)
  const issuer: Issuer = { name, key: made.key }
  const certificate = await issueAndKeep(
    work,
    {
      profile: { kind: 'authority' },
      subject,
      publicKey: made.key.publicKey,
      revocationLists,
      ...authorityPeriod(work),
    },
    issuer,
  )
  await issueList(work, issuer)
  await asked.giveOut(shares, certificate)
  return { ...made, issuer, certificate }
}

const custodianFacts = ({ custodians, threshold }: Custodians) => ({ custodians: [...custodians], threshold })

/** Makes the first authority, with its first, empty list. Throws authority-exists, custodians-wrong. */
export async function makeFirstAuthority(work: Work, asked: NewAuthority): Promise<{ readonly keyId: string }> {
  await store.holdAuthority(work)
  if (latestAuthority(await store.findCertificates(work))) throw pkiProblem('authority-exists')
  const subject = nameOfAuthority(asked.organization)
  const { keyId } = await makeAuthority(work, nameBytes(subject), subject, asked)
  await audit.record(work, 'authority.made', { kind: 'authority', id: keyId }, custodianFacts(asked))
  return { keyId }
}

/** The authority as its custodians open it. */
async function openAuthority(work: Work, present: Present) {
  await store.holdAuthority(work)
  const kept = await store.findCertificates(work)
  const authority = latestAuthority(kept)
  const found = authority && (await store.findPrivateKey(work, authority.keyId))
  if (!authority || !found?.forCustodians || !found.threshold) throw pkiProblem('authority-missing')
  const { forCustodians, threshold, custodians, shareDigests: digests } = found
  const sealed = { sealed: forCustodians, threshold, custodians, digests }
  const opened = await openWithCustodians(authority.keyId, sealed, present)
  const certificate = readCertificate(authority.der)
  const key = signingKeyOf(opened.privateKey, { curve: found.curve })
  const issuer: Issuer = { name: certificate.subject, key }
  return { kept, authority, certificate, issuer, present: opened.present }
}

/** Its name and form are those of the former one. */
type NextAuthority = Omit<NewAuthority, 'organization' | 'form'>

/**
 * Makes the next key of the authority, under the same name, and links it to the one of now: who trusts that comes to
 * the next. The former key is deleted once it has signed the link. Throws as `openAuthority`, custodians-wrong.
 */
export async function renewAuthority(
  work: Work,
  present: Present,
  asked: NextAuthority,
): Promise<{ readonly keyId: string; readonly former: string }> {
  const former = await openAuthority(work, present)
  const subject = readName(former.certificate.subject)
  const form = formOf(former.certificate)
  const next = await makeAuthority(work, former.certificate.subject, subject, { ...asked, form })
  await issueAndKeep(
    work,
    {
      profile: { kind: 'link' },
      subject,
      publicKey: next.key.publicKey,
      revocationLists: form.revocationLists,
      ...authorityPeriod(work),
    },
    former.issuer,
  )
  await store.deletePrivateKeys(work, [former.authority.keyId])
  await audit.record(
    work,
    'authority.renewed',
    { kind: 'authority', id: next.keyId },
    { former: former.authority.keyId, present: [...former.present], ...custodianFacts(asked) },
  )
  return { keyId: next.keyId, former: former.authority.keyId }
}

/**
 * Begins a new authority beside one whose key is lost, since too few of its custodians are left: under the same name,
 * with no link. The old certificate stays, and verifies what hangs from it to its end; the key that nobody opens is
 * deleted. Readers have to be given the new certificate. `serial`: of the authority that is lost. Throws
 * authority-not-of-now, custodians-wrong.
 */
export async function replaceLostAuthority(
  work: Work,
  { serial, reason }: { readonly serial: string; readonly reason: string },
  asked: NextAuthority,
): Promise<{ readonly keyId: string; readonly former: string }> {
  await store.holdAuthority(work)
  const lost = latestAuthority(await store.findCertificates(work))
  if (!lost) throw pkiProblem('authority-missing')
  if (lost.serial !== serial) throw pkiProblem('authority-not-of-now', { serial, ofNow: lost.serial })
  const before = readCertificate(lost.der)
  const name = before.subject
  const { keyId } = await makeAuthority(work, name, readName(name), { ...asked, form: formOf(before) })
  await store.deletePrivateKeys(work, [lost.keyId])
  await audit.record(
    work,
    'authority.replaced',
    { kind: 'authority', id: keyId },
    { former: lost.keyId, reason, ...custodianFacts(asked) },
  )
  return { keyId, former: lost.keyId }
}

const profiles: Readonly<Record<store.SignerKind, CertificateProfile>> = {
  'document-signer': { kind: 'document-signer', documentTypes: ['ID'] },
  'master-list-signer': { kind: 'master-list-signer' },
}
const signerNames: Readonly<Record<store.SignerKind, string>> = {
  'document-signer': 'Document Signer',
  'master-list-signer': 'Master List Signer',
}

/**
 * Issues a signer with a new key, which the installation keeps sealed; the keys of former ones of its kind are deleted.
 * Throws as `openAuthority`, authority-ended.
 */
export async function issueSigner(
  work: Work,
  present: Present,
  { kind, curve }: { readonly kind: store.SignerKind; readonly curve: string },
): Promise<{ readonly keyId: string; readonly serial: string; readonly signsTo: Date }> {
  const { kept, authority, certificate, issuer, present: custodians } = await openAuthority(work, present)
  if (authority.signsTo <= work.now) throw pkiProblem('authority-ended', { until: dayAt(authority.signsTo) })
  const { signerDays, cardYears } = ruleOn(keyPeriods, work.today, work)
  const form = formOf(certificate)
  const { privateKey, key, keyId } = await newKey(curve, form.curveForm)
  const sealed = sealBytes('document-signer', keyId, privateKey)
  const nobody = { forCustodians: null, threshold: null, custodians: [], shareDigests: [] }
  await store.insertPrivateKey(work, { keyId, curve, sealed, ...nobody })
  const signsTo = daysAfter(wholeSecond(work.now), signerDays)
  const der = await issueAndKeep(
    work,
    {
      profile: profiles[kind],
      subject: {
        ...readName(certificate.subject),
        commonName: `${signerNames[kind]} ${keyId.slice(0, 8).toUpperCase()}`,
      },
      publicKey: key.publicKey,
      revocationLists: form.revocationLists,
      signsTo,
      to: yearsAfter(signsTo, cardYears),
    },
    issuer,
  )
  const former = kept.filter(one => one.kind === kind).map(one => one.keyId)
  await store.deletePrivateKeys(work, former)
  const serial = readCertificate(der).serial.toString(16)
  await audit.record(
    work,
    'document-signer.issued',
    { kind: 'certificate', id: serial },
    { kind, key: keyId, until: dayAt(signsTo), present: [...custodians] },
  )
  return { keyId, serial, signsTo }
}

/**
 * Revokes a signer, deletes its key, and issues a new list. Throws as `openAuthority`, certificate-unknown.
 */
export async function revokeSigner(
  work: Work,
  present: Present,
  { serial, reason }: { readonly serial: string; readonly reason: string },
): Promise<void> {
  const { kept, issuer, present: custodians } = await openAuthority(work, present)
  const found = kept.find(one => one.serial === serial)
  if (!found || !(await store.setRevoked(work, serial, reason))) throw pkiProblem('certificate-unknown', { serial })
  await store.deletePrivateKeys(work, [found.keyId])
  await audit.record(
    work,
    'document-signer.revoked',
    { kind: 'certificate', id: serial },
    { reason, present: [...custodians] },
  )
  await issueList(work, issuer)
}

/** Issues the next list of revoked signers, also where none was revoked. Throws as `openAuthority`. */
export async function issueListAgain(work: Work, present: Present): Promise<void> {
  const { issuer } = await openAuthority(work, present)
  await issueList(work, issuer)
}
