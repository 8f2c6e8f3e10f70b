import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type CryptoKey, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose'

export type ClientKey = { readonly kid: string; readonly privateKey: CryptoKey; readonly publicJwk: JWK }

/**
 * The key by which the site proves at the identity provider that it is itself (private_key_jwt, OpenID Connect Core 9).
 * Made at the first start, kept in the folder.
 */
export async function clientKey(folder: string): Promise<ClientKey> {
  const file = join(folder, 'client-key.json')
  if (!existsSync(file)) {
    const { privateKey } = await generateKeyPair('ES256', { extractable: true })
    writeFileSync(file, JSON.stringify(await exportJWK(privateKey)), { mode: 0o600, flag: 'wx' })
  }
  chmodSync(file, 0o600)
  const jwk = JSON.parse(readFileSync(file, 'utf8')) as JWK
  const { d: _private, ...open } = jwk
  const kid = await calculateJwkThumbprint(open)
  return {
    kid,
    privateKey: (await importJWK(jwk, 'ES256')) as CryptoKey,
    publicJwk: { ...open, kid, alg: 'ES256', use: 'sig' },
  }
}
