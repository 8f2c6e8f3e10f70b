import { createPrivateKey, generateKeyPairSync, randomBytes } from 'node:crypto'
import { existsSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { placeOfKey, type SecretKey, secretProblem } from '../../platform/settings/secrets.ts'
import type { ExchangeKey } from './envelope.ts'

/**
 * Our own keys of the channel, P-256: one signs envelopes, the other opens bundles. They are made at first use, in the
 * data folder, or come from that of credentials.
 */
export type ExchangeKeys = { readonly sign: ExchangeKey; readonly open: ExchangeKey }

function privateKeyOf(dataFolder: string, name: SecretKey): ExchangeKey {
  const { path } = placeOfKey(dataFolder, name)
  if (!existsSync(path)) {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const draft = `${path}.${randomBytes(4).toString('hex')}`
    writeFileSync(draft, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' })
    try {
      // Of two processes that make it at once the first one's key stays.
      linkSync(draft, path)
    } catch (error) {
      if ((error as { code?: string }).code !== 'EEXIST') throw error
    } finally {
      rmSync(draft, { force: true })
    }
  }
  return createPrivateKey(readFileSync(path)).export({ format: 'jwk' }) as ExchangeKey
}

export const exchangeKeys = (dataFolder: string): ExchangeKeys => ({
  sign: privateKeyOf(dataFolder, 'exchange-sign.pem'),
  open: privateKeyOf(dataFolder, 'exchange-open.pem'),
})

const [current, next] = ['exchange-sign.pem', 'exchange-sign-next.pem'] as const

/**
 * The key that will sign after the one of now. It is made once and lies beside that until the centre knows it. Throws
 * secret-not-ours-to-write.
 */
export function nextSigningKey(dataFolder: string): ExchangeKey {
  for (const secret of [current, next])
    if (!placeOfKey(dataFolder, secret).isOurs) throw secretProblem('secret-not-ours-to-write', { secret })
  return privateKeyOf(dataFolder, next)
}

/** The next key signs from now on; of the former one nothing is kept. */
export const replaceSigningKey = (dataFolder: string): void =>
  renameSync(placeOfKey(dataFolder, next).path, placeOfKey(dataFolder, current).path)

export const publicHalf = ({ kty, crv, x, y }: ExchangeKey): ExchangeKey => ({ kty, crv, x, y })
