import { createPrivateKey, randomBytes, X509Certificate } from 'node:crypto'
import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import type { Server } from 'node:https'
import { isIP } from 'node:net'
import { join } from 'node:path'
import { now } from '../clock.ts'
import { keyAsPem, makeAuthority, makeLeaf } from './certificate-authority.ts'
import { certificateDays } from './law.ts'

/**
 * The installation's own https. What comes in: its hosts and its folder of keys. Decided: whether the certificate still
 * serves, and when the next one and its authority are made and taken (docs/operations.md, "https"). Out go key,
 * certificate and what devices must trust. No deeds.
 */

/**
 * TLS 1.3; of TLS 1.2 the four suites that RFC 9325 (BCP 195), section 4.2, recommends, which are those that FAPI 2.0
 * Security Profile, section 5.2.1, permits. Our key is ECDSA, so the two of ECDSA are in use.
 */
export const tlsOptions = {
  minVersion: 'TLSv1.2',
  ciphers: [
    'TLS_AES_256_GCM_SHA384',
    'TLS_CHACHA20_POLY1305_SHA256',
    'TLS_AES_128_GCM_SHA256',
    'ECDHE-ECDSA-AES128-GCM-SHA256',
    'ECDHE-ECDSA-AES256-GCM-SHA384',
    'ECDHE-RSA-AES128-GCM-SHA256',
    'ECDHE-RSA-AES256-GCM-SHA384',
  ].join(':'),
  honorCipherOrder: true,
} as const

/** `authority` is what a device must trust, `nextAuthority` what it should trust beside it by the day of renewal. */
export type Certificate = {
  readonly key: string
  readonly cert: string
  readonly authority: string
  readonly nextAuthority?: string
}

const day = 86_400_000
const nextPrefix = 'next-'
const partsOf = (prefix: string) => [`${prefix}server.key`, `${prefix}server.crt`, `${prefix}authority.crt`] as const

const textOf = (path: string) =>
  readFile(path, 'utf8').catch((error: unknown) => {
    if ((error as { code?: string }).code === 'ENOENT') return undefined
    throw error
  })

type Served = Omit<Certificate, 'nextAuthority'>

/** Reads key, certificate and authority; undefined where one is missing or they do not belong together. */
async function read(folder: string, prefix: string): Promise<Served | undefined> {
  const [key, cert, authority] = await Promise.all(partsOf(prefix).map(file => textOf(join(folder, file))))
  if (!key || !cert || !authority) return undefined
  const leaf = new X509Certificate(cert)
  const belongs = leaf.checkPrivateKey(createPrivateKey(key)) && leaf.verify(new X509Certificate(authority).publicKey)
  return belongs ? { key, cert, authority } : undefined
}

/** An authority and a certificate for these hosts. The authority's key is in no file, and gone when this returns. */
async function make(folder: string, prefix: string, hosts: readonly string[]): Promise<Served> {
  const authority = await makeAuthority(hosts)
  const leaf = await makeLeaf(authority, hosts)
  const made = {
    key: await keyAsPem(leaf),
    cert: leaf.certificate.toString('pem'),
    authority: authority.certificate.toString('pem'),
  }
  const texts = [made.key, made.cert, made.authority]
  for (const [index, file] of partsOf(prefix).entries()) {
    const path = join(folder, file)
    await writeFile(`${path}.new`, texts[index] ?? '', { mode: 0o600 })
    await rename(`${path}.new`, path)
  }
  return made
}

async function take(folder: string, next: Served): Promise<Served> {
  const [from, to] = [partsOf(nextPrefix), partsOf('')]
  for (const [index, file] of from.entries()) await rename(join(folder, file), join(folder, to[index] ?? file))
  return next
}

const daysLeft = ({ cert }: Served) => (new X509Certificate(cert).validToDate.getTime() - now().getTime()) / day

function isFor({ cert }: Served, hosts: readonly string[]): boolean {
  const leaf = new X509Certificate(cert)
  return hosts.every(host => (isIP(host) ? leaf.checkIP(host) : leaf.checkHost(host)) !== undefined)
}

/** Overwrites a file, then removes it. A file system that writes elsewhere, or a copy, may still have the content. */
async function destroy(path: string): Promise<void> {
  const size = await stat(path).then(
    ({ size }) => size,
    () => undefined,
  )
  if (size === undefined) return
  await writeFile(path, randomBytes(size))
  await rm(path)
}

/**
 * The certificate for `hosts`, from the private `folder`. Made anew where there is none, or other hosts are asked for;
 * some weeks before its end the next one is made, so that devices come to trust the next authority, and taken in the
 * last days.
 */
export async function localCertificate(folder: string, hosts: readonly string[]): Promise<Certificate> {
  const names = hosts.map(host => host.replace(/^\[|\]$/g, ''))
  // Earlier releases kept an authority that could sign for any host, with its key.
  await destroy(join(folder, 'authority.key'))
  const present = await read(folder, '')
  const known = await read(folder, nextPrefix)
  const next = known && isFor(known, names) && daysLeft(known) > certificateDays.takeNextBefore ? known : undefined
  const serves = present && isFor(present, names)
  if (!serves || daysLeft(present) < certificateDays.takeNextBefore)
    return next ? take(folder, next) : make(folder, '', names)
  if (daysLeft(present) >= certificateDays.makeNextBefore) return present
  const { authority: nextAuthority } = next ?? (await make(folder, nextPrefix, names))
  return { ...present, nextAuthority }
}

/** The certificate in use, which is looked at again while the server runs. */
export type CertificateHolder = {
  current(): Certificate
  /** Looks whether it still serves, and has the servers take the next one. Connections that stand go on. */
  renew(...servers: readonly Server[]): Promise<void>
}

export async function openCertificate(folder: string, hosts: readonly string[]): Promise<CertificateHolder> {
  let certificate = await localCertificate(folder, hosts)
  return {
    current: () => certificate,
    async renew(...servers) {
      const { cert: before } = certificate
      certificate = await localCertificate(folder, hosts)
      const { key, cert } = certificate
      if (cert !== before) for (const server of servers) server.setSecureContext({ key, cert, ...tlsOptions })
    },
  }
}

/** By what people compare an authority: SHA-256 of its bytes. */
export const fingerprintOf = (certificate: string): string => new X509Certificate(certificate).fingerprint256

/** The last moment of a certificate. */
export const endOf = (certificate: string): Date => new X509Certificate(certificate).validToDate
