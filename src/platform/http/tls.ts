import 'reflect-metadata'
import { webcrypto } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509'
import { now } from '../clock.ts'

export type Certificate = { readonly key: string; readonly cert: string; readonly authority: string }

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
const day = 86_400_000

/** Browsers refuse leaf certificates of more than 398 days; ours is made anew when a month is left. */
const leafDays = 397
const authorityDays = 3650
const renewBeforeDays = 30

type KeyAndCertificate = { readonly keys: webcrypto.CryptoKeyPair; readonly certificate: X509Certificate }

const pem = (label: string, der: ArrayBuffer) =>
  `-----BEGIN ${label}-----\n${Buffer.from(der)
    .toString('base64')
    .replace(/.{1,64}/g, '$&\n')}-----END ${label}-----\n`

async function saveKeyAndCertificate(folder: string, name: string, { keys, certificate }: KeyAndCertificate) {
  await writeFile(
    join(folder, `${name}.key`),
    pem('PRIVATE KEY', await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)),
    {
      mode: 0o600,
    },
  )
  await writeFile(join(folder, `${name}.crt`), certificate.toString('pem'))
}

async function readAuthority(folder: string): Promise<KeyAndCertificate | undefined> {
  if (!existsSync(join(folder, 'authority.key'))) return undefined
  const certificate = new X509Certificate(await readFile(join(folder, 'authority.crt'), 'utf8'))
  const der = Buffer.from(
    (await readFile(join(folder, 'authority.key'), 'utf8')).replace(/-----[^-]+-----|\s/g, ''),
    'base64',
  )
  const privateKey = await webcrypto.subtle.importKey('pkcs8', der, algorithm, true, ['sign'])
  const publicKey = await certificate.publicKey.export(algorithm, ['verify'])
  return { keys: { privateKey, publicKey: publicKey as webcrypto.CryptoKey }, certificate }
}

/**
 * An authority that may sign for this house's hosts only by being trusted on the devices that use it (RFC 5280,
 * 4.2.1.9).
 */
async function makeAuthority(): Promise<KeyAndCertificate> {
  const keys = (await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as webcrypto.CryptoKeyPair
  const at = now()
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: newSerialNumber(),
    name: `CN=Dinhdanh ${hostname().replace(/[^\w.-]/g, '')}, O=Dinhdanh local authority`,
    notBefore: new Date(at.getTime() - day),
    notAfter: new Date(at.getTime() + authorityDays * day),
    keys,
    signingAlgorithm: algorithm,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
    ],
  })
  return { keys, certificate }
}

const newSerialNumber = () =>
  Buffer.from(webcrypto.getRandomValues(new Uint8Array(16)))
    .toString('hex')
    .replace(/^[89a-f]/, '7')

async function makeLeaf(authority: KeyAndCertificate, hosts: readonly string[]): Promise<KeyAndCertificate> {
  const keys = (await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as webcrypto.CryptoKeyPair
  const at = now()
  const certificate = await X509CertificateGenerator.create({
    serialNumber: newSerialNumber(),
    subject: `CN=${hosts[0]}`,
    issuer: authority.certificate.subject,
    notBefore: new Date(at.getTime() - day),
    notAfter: new Date(at.getTime() + leafDays * day),
    signingKey: authority.keys.privateKey,
    publicKey: keys.publicKey,
    signingAlgorithm: algorithm,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension(
        hosts.map(host => ({ type: /^[\d.]+$|:/.test(host) ? ('ip' as const) : ('dns' as const), value: host })),
      ),
    ],
  })
  return { keys, certificate }
}

async function leafServes(folder: string, hosts: readonly string[]): Promise<boolean> {
  if (!existsSync(join(folder, 'server.crt'))) return false
  const leaf = new X509Certificate(await readFile(join(folder, 'server.crt'), 'utf8'))
  const names = leaf.getExtension(SubjectAlternativeNameExtension)?.names.items.map(({ value }) => value) ?? []
  return hosts.every(host => names.includes(host)) && leaf.notAfter.getTime() - now().getTime() > renewBeforeDays * day
}

/**
 * The house's own certificate for `hosts`, from a local authority that is made once and kept in `folder` (private).
 * `authority` is what a device must trust.
 */
export async function localCertificate(folder: string, hosts: readonly string[]): Promise<Certificate> {
  let authority = await readAuthority(folder)
  if (!authority) {
    authority = await makeAuthority()
    await saveKeyAndCertificate(folder, 'authority', authority)
  }
  if (!(await leafServes(folder, hosts)))
    await saveKeyAndCertificate(folder, 'server', await makeLeaf(authority, hosts))
  const [key, cert, root] = await Promise.all(
    ['server.key', 'server.crt', 'authority.crt'].map(file => readFile(join(folder, file), 'utf8')),
  )
  return { key: key ?? '', cert: cert ?? '', authority: root ?? '' }
}
