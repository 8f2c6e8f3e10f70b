import 'reflect-metadata'
import { randomBytes, webcrypto } from 'node:crypto'
import { after } from 'node:test'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509'

/** Certificates of servers that a client should refuse, and of one that it should not, for tests. */

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
const day = 86_400_000

/** Of a certificate by which a client proves who it is. */
export const forClients = { usage: ExtendedKeyUsage.clientAuth } as const

export type ServerIdentity = { readonly key: string; readonly cert: string }

const newKeys = () =>
  webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']) as Promise<webcrypto.CryptoKeyPair>
const newSerialNumber = () => `5${randomBytes(15).toString('hex')}`
const keyAsPem = async ({ privateKey }: webcrypto.CryptoKeyPair) => {
  const bytes = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', privateKey))
  const lines = bytes.toString('base64').replace(/.{1,64}/g, '$&\n')
  return `-----BEGIN PRIVATE KEY-----\n${lines}-----END PRIVATE KEY-----\n`
}
const between = (from: number, to: number) => ({
  notBefore: new Date(Date.now() + from * day),
  notAfter: new Date(Date.now() + to * day),
})

/** An authority, by its PEM, and what signs for it. */
export async function anAuthority(name: string) {
  const keys = await newKeys()
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: newSerialNumber(),
    name: `CN=${name}`,
    ...between(-30, 30),
    keys,
    signingAlgorithm: algorithm,
    extensions: [new BasicConstraintsExtension(true, 0, true), new KeyUsagesExtension(KeyUsageFlags.keyCertSign, true)],
  })
  return {
    pem: certificate.toString('pem'),
    async signs(
      host: string,
      { days = [-10, 10], usage = ExtendedKeyUsage.serverAuth }: { days?: [number, number]; usage?: string } = {},
    ): Promise<ServerIdentity> {
      const leafKeys = await newKeys()
      const leaf = await X509CertificateGenerator.create({
        serialNumber: newSerialNumber(),
        subject: `CN=${host}`,
        issuer: certificate.subject,
        ...between(...days),
        signingKey: keys.privateKey,
        publicKey: leafKeys.publicKey,
        signingAlgorithm: algorithm,
        extensions: [
          new ExtendedKeyUsageExtension([usage]),
          new SubjectAlternativeNameExtension([{ type: 'dns', value: host }]),
        ],
      })
      return { key: await keyAsPem(leafKeys), cert: leaf.toString('pem') }
    },
  }
}

async function selfSigned(host: string): Promise<ServerIdentity> {
  const keys = await newKeys()
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: newSerialNumber(),
    name: `CN=${host}`,
    ...between(-10, 10),
    keys,
    signingAlgorithm: algorithm,
    extensions: [new SubjectAlternativeNameExtension([{ type: 'dns', value: host }])],
  })
  return { key: await keyAsPem(keys), cert: certificate.toString('pem') }
}

/** What a server of `host` may show that is not to be believed, and its right twin; `authority` is the trusted one. */
export async function identitiesOf(host: string, authority: Awaited<ReturnType<typeof anAuthority>>) {
  const stranger = await anAuthority('Nobody’s authority')
  return {
    wrong: {
      'a certificate that it signed itself': await selfSigned(host),
      'a certificate of an authority that nobody trusts': await stranger.signs(host),
      'a certificate of another host': await authority.signs('another.example'),
      'a certificate that has expired': await authority.signs(host, { days: [-20, -1] }),
      'a certificate of tomorrow': await authority.signs(host, { days: [1, 20] }),
      'a certificate for clients': await authority.signs(host, { usage: ExtendedKeyUsage.clientAuth }),
    } satisfies Record<string, ServerIdentity>,
    right: await authority.signs(host),
  }
}

/** This process trusts one authority more until the file is over, as where an operator names it to Node. */
export function trustAuthority(pem: string): void {
  const before = getCACertificates('default')
  setDefaultCACertificates([...before, pem])
  after(() => setDefaultCACertificates(before))
}
