import sharp from 'sharp'
import { readCertificate } from '../certificates/certificate.ts'
import { type CertificateProfile, type Issuer, issueCertificate } from '../certificates/issue-certificate.ts'
import { type CertificateName, nameBytes } from '../certificates/name.ts'
import { issueRevocationList, type Revocation, readRevocationList } from '../certificates/revocation-list.ts'
import { curveNamed } from '../keys/curves.ts'
import type { ChipPublicKey, CurveForm } from '../keys/public-key.ts'
import { newEcKeyPair, type SigningKey, signingKeyOf } from '../keys/signing-key.ts'
import type { ChipContent } from '../making/chip-files.ts'
import type { SignerOfData } from '../security-object/signed-data.ts'

/** A country's authority with one document signer, for tests. */

export const now = new Date('2026-12-03T05:00:00Z')
export const newKey = async (curve: string, form: CurveForm = 'explicit'): Promise<SigningKey> =>
  signingKeyOf((await newEcKeyPair(curveNamed(curve))).privateKey, { curve, form })

export const documentSigner = { kind: 'document-signer', documentTypes: ['I'] } as const

export type Country = Awaited<ReturnType<typeof makeCountry>>

export async function makeCountry({
  country = 'VN',
  authorityCurve = 'prime256v1',
  signerCurve = 'prime256v1',
  form = 'explicit' as CurveForm,
  at = now,
} = {}) {
  const daysLater = (days: number) => new Date(at.getTime() + days * 86_400_000)
  const subject = { country, organization: 'Test', commonName: `CSCA ${country}` }
  const days = { issuingState: 'VNM', from: daysLater(-30), to: daysLater(4000), signsTo: daysLater(1000) }
  const authorityKey = await newKey(authorityCurve, form)
  const issuer = { name: nameBytes(subject), key: authorityKey }
  /** A certificate that this country issues; `by`: the issuer, where it is not the authority of now. */
  const issue = async (
    profile: CertificateProfile,
    subjectName: Partial<CertificateName>,
    publicKey: ChipPublicKey,
    by: Issuer = issuer,
  ) =>
    readCertificate(
      await issueCertificate({ ...days, profile, subject: { ...subject, ...subjectName }, publicKey }, by),
    )
  const authority = await issue({ kind: 'authority' }, {}, authorityKey.publicKey)
  /** A signer with a key of its own. */
  const newSigner = async (profile: CertificateProfile, curve: string, by: Issuer = issuer): Promise<SignerOfData> => {
    const key = await newKey(curve, form)
    return { certificate: await issue(profile, { commonName: `signer ${profile.kind}` }, key.publicKey, by), key }
  }
  const signer = await newSigner(documentSigner, signerCurve)
  const listOf = async (revoked: readonly Revocation[] = []) =>
    readRevocationList(
      await issueRevocationList({ number: 1, at: daysLater(-1), next: daysLater(89), revoked }, issuer),
    )
  return { issuer, issue, newSigner, authority, signer, listOf }
}

export const portrait = (): Promise<Buffer> =>
  sharp({ create: { width: 60, height: 80, channels: 3, background: '#ccaa99' } })
    .jpeg({ quality: 40 })
    .toBuffer()

export const contentOf = (image?: Uint8Array): ChipContent => ({
  zone: ['IDVNM2050012347022205001234<<5', '0503154M3003150VNM<<<<<<<<<<<2', 'NGUYEN<<VAN<AN<<<<<<<<<<<<<<<<'],
  portrait: image,
  person: { fullName: 'Nguyễn Văn An', personalNumber: '022205001234', birthDate: '20050315' },
  national: {
    number: '022205001234',
    fullName: 'Nguyễn Văn An',
    birthDate: '15/03/2005',
    sex: 'Nam',
    features: 'Nốt ruồi C: 1cm dưới sau khóe mắt trái',
    parents: ['Nguyễn Văn Bình', 'Trần Thị Ca'],
  },
})
