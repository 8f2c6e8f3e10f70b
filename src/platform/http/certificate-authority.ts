import 'reflect-metadata'
import { webcrypto } from 'node:crypto'
import { isIP } from 'node:net'
import { hostname } from 'node:os'
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  type X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509'
import { now } from '../clock.ts'
import { certificateDays } from './law.ts'

/**
 * An authority of an installation and the server's certificate that it signs (RFC 5280). The authority may sign for
 * the installation's own hosts alone, lives as long as the certificate, and its key is written nowhere.
 */

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
const day = 86_400_000

export type KeyAndCertificate = { readonly keys: webcrypto.CryptoKeyPair; readonly certificate: X509Certificate }

const newKeys = () =>
  webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']) as Promise<webcrypto.CryptoKeyPair>

const newSerialNumber = () =>
  Buffer.from(webcrypto.getRandomValues(new Uint8Array(16)))
    .toString('hex')
    .replace(/^[89a-f]/, '7')

const lifetime = () => {
  const at = now().getTime()
  return { notBefore: new Date(at - day), notAfter: new Date(at + certificateDays.lifetime * day) }
}

/** A value of DER (X.690, section 8.1): tag, length, contents. */
function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts)
  const { length } = content
  const written = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.from([tag, ...written]), content])
}

const bytesOfIp = (address: string): number[] => {
  if (isIP(address) === 4) return address.split('.').map(Number)
  // The URL parser writes the one short form of an address.
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::')
  const groups = (text: string | undefined) => (text ? text.split(':').map(group => Number.parseInt(group, 16)) : [])
  const [first, last] = [groups(head), groups(tail)]
  const zeros = tail === undefined ? [] : Array<number>(8 - first.length - last.length).fill(0)
  return [...first, ...zeros, ...last].flatMap(group => [group >> 8, group & 255])
}

/** One name that is permitted: a host and what lies below it, or one address (RFC 5280, section 4.2.1.10). */
function subtreeOf(host: string): Buffer {
  if (!isIP(host)) return der(0x30, der(0x82, Buffer.from(host, 'ascii')))
  const bytes = bytesOfIp(host)
  return der(0x30, der(0x87, Buffer.from([...bytes, ...bytes.map(() => 255)])))
}

/** Names of both kinds always stand there: of a kind that is not named, any name would be permitted. */
const always = ['localhost', '127.0.0.1', '::1']

const nameConstraints = (hosts: readonly string[]) =>
  new Extension('2.5.29.30', true, der(0x30, der(0xa0, ...[...new Set([...always, ...hosts])].map(subtreeOf))))

/** An authority that a client which trusts it believes for these hosts alone, and for servers alone. */
export async function makeAuthority(hosts: readonly string[]): Promise<KeyAndCertificate> {
  const keys = await newKeys()
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: newSerialNumber(),
    name: `CN=Dinhdanh ${hostname().replace(/[^\w.-]/g, '')}, O=Dinhdanh local authority`,
    ...lifetime(),
    keys,
    signingAlgorithm: algorithm,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      nameConstraints(hosts),
    ],
  })
  return { keys, certificate }
}

/** A server's certificate for these hosts, with its key. */
export async function makeLeaf(authority: KeyAndCertificate, hosts: readonly string[]): Promise<KeyAndCertificate> {
  const keys = await newKeys()
  const certificate = await X509CertificateGenerator.create({
    serialNumber: newSerialNumber(),
    subject: `CN=${hosts[0]}`,
    issuer: authority.certificate.subject,
    ...lifetime(),
    // Not a moment longer than the authority.
    notAfter: authority.certificate.notAfter,
    signingKey: authority.keys.privateKey,
    publicKey: keys.publicKey,
    signingAlgorithm: algorithm,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension(hosts.map(host => ({ type: isIP(host) ? 'ip' : 'dns', value: host }))),
    ],
  })
  return { keys, certificate }
}

const pem = (label: string, bytes: ArrayBuffer) =>
  `-----BEGIN ${label}-----\n${Buffer.from(bytes)
    .toString('base64')
    .replace(/.{1,64}/g, '$&\n')}-----END ${label}-----\n`

/** A private key as PEM (RFC 7468). */
export const keyAsPem = async ({ keys }: KeyAndCertificate): Promise<string> =>
  pem('PRIVATE KEY', await webcrypto.subtle.exportKey('pkcs8', keys.privateKey))
