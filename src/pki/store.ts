import { sql } from 'kysely'
import type { Work } from '../platform/work.ts'

/** What a certificate under the authority is for. `link`: from a former key of the authority to the next. */
export const certificateKinds = ['authority', 'link', 'document-signer', 'master-list-signer'] as const
export type CertificateKind = (typeof certificateKinds)[number]
export type SignerKind = Exclude<CertificateKind, 'authority' | 'link'>

export type KeptCertificate = {
  /** The first 160 bits of SHA-256 of the certified key, in hexadecimal. */
  readonly keyId: string
  /** In hexadecimal. */
  readonly serial: string
  readonly kind: CertificateKind
  readonly issuerKeyId: string
  readonly der: Buffer
  readonly validFrom: Date
  readonly validTo: Date
  readonly signsTo: Date
  readonly issuedAt: Date
  readonly revokedAt: Date | null
  readonly revokedWhy: string | null
  /** Whether the private part is still here; of a link that of the key which it certifies. */
  readonly hasKey: boolean
}

export type KeptKey = {
  readonly keyId: string
  readonly curve: string
  /** Under the installation's key; of a signer. */
  readonly sealed: Buffer | null
  /** Under a key that the custodians hold in shares; of an authority. */
  readonly forCustodians: Buffer | null
  readonly threshold: number | null
  readonly custodians: readonly string[]
  /** SHA-256 of each custodian's share, hexadecimal, in their order: tells whose it is, and whether it was changed. */
  readonly shareDigests: readonly string[]
}

export type KeptList = {
  readonly number: number
  readonly issuerKeyId: string
  readonly der: Buffer
  readonly issuedAt: Date
  readonly nextAt: Date
}

const certificateColumns = sql.raw(`key_id as "keyId", serial, kind, issuer_key_id as "issuerKeyId", der,
  valid_from as "validFrom", valid_to as "validTo", signs_to as "signsTo", issued_at as "issuedAt",
  revoked_at as "revokedAt", revoked_why as "revokedWhy",
  exists (select from pki.private_key k where k.key_id = certificate.key_id and k.gone_at is null) as "hasKey"`)

/** One ceremony at a time. */
export const holdAuthority = async ({ tx }: Work): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended('pki.authority', 0))`.execute(tx)
}

/** All certificates, the latest first. */
export async function findCertificates({ tx }: Work): Promise<KeptCertificate[]> {
  const { rows } = await sql<KeptCertificate>`
    select ${certificateColumns} from pki.certificate order by issued_at desc, kind, serial`.execute(tx)
  return rows
}

export async function insertCertificate(
  { tx, now }: Work,
  one: Omit<KeptCertificate, 'issuedAt' | 'revokedAt' | 'revokedWhy' | 'hasKey'>,
): Promise<void> {
  const { keyId, serial, kind, issuerKeyId, der, validFrom, validTo, signsTo } = one
  await sql`
    insert into pki.certificate
      (key_id, serial, kind, issuer_key_id, der, valid_from, valid_to, signs_to, issued_at)
    values (${keyId}, ${serial}, ${kind}, ${issuerKeyId}, ${der}, ${validFrom}, ${validTo}, ${signsTo}, ${now})
  `.execute(tx)
}

export async function setRevoked({ tx, now }: Work, serial: string, why: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update pki.certificate set revoked_at = ${now}, revoked_why = ${why}
    where serial = ${serial} and revoked_at is null and kind in ('document-signer', 'master-list-signer')`.execute(tx)
  return numAffectedRows === 1n
}

export async function findPrivateKey({ tx }: Work, keyId: string): Promise<KeptKey | undefined> {
  const { rows } = await sql<KeptKey>`
    select key_id as "keyId", curve, sealed, for_custodians as "forCustodians", threshold, custodians,
      share_digests as "shareDigests"
    from pki.private_key
    where key_id = ${keyId} and gone_at is null`.execute(tx)
  return rows[0]
}

export async function insertPrivateKey(
  { tx, now }: Work,
  { keyId, curve, sealed, forCustodians, threshold, custodians, shareDigests }: KeptKey,
): Promise<void> {
  await sql`
    insert into pki.private_key (key_id, curve, sealed, for_custodians, threshold, custodians, share_digests, made_at)
    values (${keyId}, ${curve}, ${sealed}, ${forCustodians}, ${threshold}, ${[...custodians]}::text[],
      ${[...shareDigests]}::text[], ${now})
  `.execute(tx)
}

/** Deletes the private parts of keys: what is gone signs nothing more. */
export async function deletePrivateKeys({ tx, now }: Work, keyIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ keyId: string }>`
    update pki.private_key set sealed = null, for_custodians = null, gone_at = ${now}
    where key_id = any (${[...keyIds]}::text[]) and gone_at is null returning key_id as "keyId"`.execute(tx)
  return rows.map(({ keyId }) => keyId)
}

export async function findLatestList({ tx }: Work): Promise<KeptList | undefined> {
  const { rows } = await sql<KeptList>`
    select number, issuer_key_id as "issuerKeyId", der, issued_at as "issuedAt", next_at as "nextAt"
    from pki.revocation_list order by number desc limit 1`.execute(tx)
  return rows[0]
}

export async function insertList(
  { tx }: Work,
  { number, issuerKeyId, der, issuedAt, nextAt }: KeptList,
): Promise<void> {
  await sql`
    insert into pki.revocation_list (number, issuer_key_id, der, issued_at, next_at)
    values (${number}, ${issuerKeyId}, ${der}, ${issuedAt}, ${nextAt})`.execute(tx)
}
