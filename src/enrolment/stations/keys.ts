import { createPrivateKey, generateKeyPairSync } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { placeOfKey } from '../../platform/settings/secrets.ts'
import { type CentreKey, importCentreKey, type Jwk, type PacketKey } from '../seal-packet.ts'
import type { PublicKeyJwk } from './contract.ts'

/**
 * The installation's keys for stations: packets are encrypted to the centre's key, and acknowledgements and grants are
 * signed with the house's. Both are P-256 and stay in the data folder, or in that of credentials.
 */
export type StationKeys = {
  readonly centre: PublicKeyJwk
  readonly house: PublicKeyJwk
  /** To open packets: the current key, and former ones that are still in the folder. */
  readonly opening: readonly CentreKey[]
  readonly signing: PacketKey
  /** To verify our own signatures. */
  readonly checking: PacketKey
}

function privateJwk(path: string): Jwk {
  if (!existsSync(path)) {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    writeFileSync(path, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' })
  }
  return createPrivateKey(readFileSync(path)).export({ format: 'jwk' }) as Jwk
}

const publicPart = ({ x, y }: Jwk): PublicKeyJwk => ({ kty: 'EC', crv: 'P-256', x: x ?? '', y: y ?? '' })

const p256Algorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const

/**
 * Reads the keys, and makes them at first use. A former centre's key stays as `centre-former.pem`, so that packets
 * under way still open.
 */
export async function stationKeys(dataFolder: string): Promise<StationKeys> {
  const centre = privateJwk(placeOfKey(dataFolder, 'centre.pem').path)
  const house = privateJwk(placeOfKey(dataFolder, 'stations.pem').path)
  const former = placeOfKey(dataFolder, 'centre-former.pem').path
  return {
    centre: publicPart(centre),
    house: publicPart(house),
    opening: await Promise.all([centre, ...(existsSync(former) ? [privateJwk(former)] : [])].map(importCentreKey)),
    signing: await crypto.subtle.importKey('jwk', { ...publicPart(house), d: house.d ?? '' }, p256Algorithm, false, [
      'sign',
    ]),
    checking: await crypto.subtle.importKey('jwk', publicPart(house), p256Algorithm, false, ['verify']),
  }
}
