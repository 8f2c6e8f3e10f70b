/**
 * Keys: those by which the provider signs.
 * In comes the moment, as it passes, or an operator's wish to replace keys that others may know.
 * Decided is which key signs, which one is published to sign next, and which is published no longer.
 * Out go the public keys and the sealed private ones, the signing one first.
 * Deeds: signing-key.made, signing-key.rotated.
 */

import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose'
import * as audit from '../../audit/audit.ts'
import { ruleOn } from '../../platform/law.ts'
import type { SealedColumn } from '../../platform/sealing/reseal.ts'
import { seal, unseal } from '../../platform/sealing/sealing.ts'
import type { Work } from '../../platform/work.ts'
import { keyTerms } from '../law.ts'
import * as store from './store.ts'

/** Where the private keys lie sealed. */
export const sealedSecrets: readonly SealedColumn[] = [
  { table: 'signin.key', column: 'sealed', key: { kid: 'text' }, use: 'signing-key', place: ({ kid = '' }) => kid },
]

async function addKey(work: Work, activeAt: Date | null): Promise<string> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  const jwk = await exportJWK(privateKey)
  const { d: _d, ...open } = jwk
  const kid = await calculateJwkThumbprint(open as JWK)
  const publicJwk = { ...open, kid, alg: 'ES256', use: 'sig' }
  await store.insertKey(work, {
    kid,
    publicJwk,
    sealed: seal('signing-key', kid, JSON.stringify({ ...jwk, kid, alg: 'ES256', use: 'sig' })),
    madeAt: work.now,
    activeAt,
    retiredAt: null,
  })
  await audit.record(work, 'signing-key.made', { kind: 'signing-key', id: kid }, { active: activeAt !== null })
  return kid
}

const ageInHours = (work: Work, since: Date) => work.now.getTime() - since.getTime()
const hourMilliseconds = 3_600_000

/**
 * Brings the keys to what they should be now: makes the first, makes the next a day before it is needed, lets it sign,
 * drops what is over. The same again changes nothing.
 */
export async function maintainKeys(work: Work): Promise<void> {
  const { nextForHours, activeForDays, retiredForHours } = ruleOn(keyTerms, work.today, work)
  await store.holdKeys(work)
  await store.deleteKeys(work, new Date(work.now.getTime() - retiredForHours * hourMilliseconds))
  const keys = await store.findPublishedKeys(work)
  const active = keys.find(({ activeAt, retiredAt }) => activeAt && !retiredAt)
  const next = keys.find(({ activeAt }) => !activeAt)
  if (!active) {
    if (next) await store.activateKey(work, next.kid)
    else await addKey(work, work.now)
    return
  }
  const isDue = ageInHours(work, active.activeAt ?? work.now) >= (activeForDays * 24 - nextForHours) * hourMilliseconds
  if (next && ageInHours(work, next.madeAt) >= nextForHours * hourMilliseconds) {
    await store.retireKey(work, active.kid)
    await store.activateKey(work, next.kid)
    await recordRotation(work, active.kid, { now: false })
  } else if (isDue && !next) await addKey(work, null)
}

const recordRotation = (work: Work, kid: string, facts: { readonly now: boolean }) =>
  audit.record(work, 'signing-key.rotated', { kind: 'signing-key', id: kid }, facts)

/**
 * An operator's wish, for keys that others may know: none of them is published any longer, the next one neither, and
 * what they signed is nobody's from that moment on; a fresh one signs. Gives how many are gone.
 */
export async function rotateKeysNow(work: Work): Promise<{ readonly gone: number; readonly signs: string }> {
  await store.holdKeys(work)
  const keys = await store.findPublishedKeys(work)
  for (const { kid, activeAt, retiredAt } of keys) {
    if (!activeAt) await store.activateKey(work, kid)
    if (!retiredAt) await store.retireKey(work, kid)
  }
  const gone = await store.deleteKeys(work, new Date(work.now.getTime() + 1))
  const signs = await addKey(work, work.now)
  for (const kid of gone) await recordRotation(work, kid, { now: true })
  return { gone: gone.length, signs }
}

/** The private keys, the signing one first: oidc-provider signs by the first that fits. */
export async function getSigningKeys(work: Work): Promise<JWK[]> {
  const keys = await store.findPublishedKeys(work)
  const rank = ({ activeAt, retiredAt }: store.KeyRow) => (activeAt && !retiredAt ? 0 : 1)
  return keys
    .sort((a, b) => rank(a) - rank(b))
    .map(({ kid, sealed }) => JSON.parse(unseal('signing-key', kid, sealed)) as JWK)
}
