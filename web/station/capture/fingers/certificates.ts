import 'reflect-metadata'
import { BasicConstraintsExtension, type PublicKey, X509Certificate } from '@peculiar/x509'

/** Loaded only where a device's signature is checked: reading certificates is the larger part of it. */

type Key = Awaited<ReturnType<PublicKey['export']>>

export const readCertificate = (base64: string) => new X509Certificate(base64)

/** The key of a certificate, for one way of signing. Throws where the certificate holds a key of another kind. */
export const keyOf = (certificate: X509Certificate, algorithm: RsaHashedImportParams | Algorithm): Promise<Key> =>
  certificate.publicKey.export(algorithm, ['verify'])

const isAuthority = (certificate: X509Certificate) => certificate.getExtension(BasicConstraintsExtension)?.ca === true
const isSame = (a: X509Certificate, b: X509Certificate) => a.toString('base64') === b.toString('base64')
const isInForce = (certificate: X509Certificate, at: Date) => certificate.notBefore <= at && at <= certificate.notAfter

/** Signed by it, names it, and it may sign for others (RFC 5280, 6.1). */
async function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): Promise<boolean> {
  if (certificate.issuer !== issuer.subject || !isAuthority(issuer)) return false
  return certificate.verify({ publicKey: issuer.publicKey, signatureOnly: true }).catch(() => false)
}

export type Standing = 'leads-to-root' | 'leads-nowhere' | 'expired'

/**
 * Whether a chain, the signer first, leads to one of the roots, each certificate issued by the next and in force at
 * that moment. Not checked: revocation, which a station without a line cannot ask for, and path constraints other than
 * "may sign for others".
 */
export async function standingOf(
  chain: readonly X509Certificate[],
  roots: readonly X509Certificate[],
  at: Date,
): Promise<Standing> {
  for (const [place, certificate] of chain.entries()) {
    if (!isInForce(certificate, at)) return 'expired'
    if (roots.some(root => isSame(root, certificate))) return 'leads-to-root'
    for (const root of roots)
      if (await isIssuedBy(certificate, root)) return isInForce(root, at) ? 'leads-to-root' : 'expired'
    const next = chain[place + 1]
    if (!next || !(await isIssuedBy(certificate, next))) return 'leads-nowhere'
  }
  return 'leads-nowhere'
}
