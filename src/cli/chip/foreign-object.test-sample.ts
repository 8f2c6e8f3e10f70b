import { execFileSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { elementsIn, onlyElement } from '../../chip/der/read.ts'
import { element, objectIdentifier, octets, sequence } from '../../chip/der/write.ts'
import { type Country, documentSigner } from '../../chip/inspecting/country.test-sample.ts'
import { readPublicKey } from '../../chip/keys/public-key.ts'
import { readSecurityObject } from '../../chip/security-object/security-object.ts'

/** Security objects of foreign make: signed by OpenSSL, whose signed attributes are others than ours. */

export const hasOpenssl = (): boolean => {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

const pemOf = (der: Uint8Array): string => {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')
}

export type ForeignKind = 'rsa' | 'rsa-pss' | 'ecdsa'

const newKey = (kind: ForeignKind) =>
  kind === 'ecdsa'
    ? generateKeyPairSync('ec', { namedCurve: 'brainpoolP256r1' })
    : generateKeyPairSync('rsa', { modulusLength: 2048 })

/** Signed data with an unsigned attribute put behind the signature, as a time stamp would stand there. */
function withUnsignedAttribute(signedData: Uint8Array): Uint8Array<ArrayBuffer> {
  const [type, wrapped] = elementsIn(onlyElement(signedData, 0x30).content)
  const parts = elementsIn(onlyElement(onlyElement(wrapped?.bytes ?? new Uint8Array(), 0xa0).content, 0x30).content)
  const before = parts.slice(0, -1).map(({ bytes }) => bytes)
  const signer = onlyElement(parts.at(-1)?.content ?? new Uint8Array(), 0x30).content
  const attribute = sequence(objectIdentifier('1.2.840.113549.1.9.16.2.14'), element(0x31, octets(Buffer.alloc(40, 7))))
  const signers = element(0x31, sequence(signer, element(0xa1, attribute)))
  return sequence(type?.bytes ?? new Uint8Array(), element(0xa0, sequence(...before, signers)))
}

/**
 * EF.SOD over the same groups as ours, signed by OpenSSL with a signer of the country; with it goes the certificate of
 * the authority, and an unsigned attribute.
 */
export async function foreignObject(country: Country, own: Uint8Array, kind: ForeignKind) {
  const folder = mkdtempSync(join(tmpdir(), 'dinhdanh-foreign-'))
  try {
    const pair = newKey(kind)
    const info = Uint8Array.from(pair.publicKey.export({ type: 'spki', format: 'der' }))
    const certificate = await country.issue(documentSigner, { commonName: `signer ${kind}` }, readPublicKey(info))
    const at = (name: string) => join(folder, name)
    writeFileSync(at('content'), readSecurityObject(own).data.content)
    writeFileSync(at('signer.pem'), pemOf(certificate.bytes))
    writeFileSync(at('csca.pem'), pemOf(country.authority.bytes))
    writeFileSync(at('signer.key'), pair.privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 })
    const signedData = execFileSync('openssl', [
      ...['cms', '-sign', '-binary', '-nodetach', '-md', 'sha256', '-econtent_type', '2.23.136.1.1.1'],
      ...['-in', at('content'), '-outform', 'DER', '-signer', at('signer.pem'), '-inkey', at('signer.key')],
      ...['-certfile', at('csca.pem'), ...(kind === 'rsa-pss' ? ['-keyopt', 'rsa_padding_mode:pss'] : [])],
    ])
    return { file: element(0x77, withUnsignedAttribute(signedData)), certificate }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
