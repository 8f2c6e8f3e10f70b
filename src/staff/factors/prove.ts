import { randomInt } from 'node:crypto'
import type { SealedColumn } from '../../platform/sealing/reseal.ts'
import { pepper, unseal } from '../../platform/sealing/sealing.ts'
import {
  credentialIdIn,
  hashOfChallenge,
  type RelyingParty,
  type RequestOptions,
  requestOptions,
  verifiedAssertion,
} from '../../platform/second-factor/passkey.ts'
import { totpStep } from '../../platform/second-factor/totp.ts'
import { slowdownKeyOf } from '../../platform/throttling/slowdown.ts'
import type { Work } from '../../platform/work.ts'
import type { UnitId } from '../../units/units.ts'
import { factorMinutes, factorTries, mailCodeDigits, mailCodes } from '../law.ts'
import type { FactorId, OfficerId, SignInId } from '../officer.ts'
import { recordRefusedSignIn } from '../sign-in.ts'
import { attempts, type SessionFactor } from '../store-session.ts'
import * as store from './store.ts'

/** Whether an officer’s second factor is right. Works here have opened the credentials (`withCredentials`). */

/** What an officer gives beside the password. */
export type FactorProof =
  | { readonly kind: 'totp'; readonly code: string }
  /** A browser's answer to `requestOptions`, and the challenge that stood in them. */
  | { readonly kind: 'passkey'; readonly answer: unknown; readonly challenge: string }
  | { readonly kind: 'mail'; readonly code: string }

export type Proven =
  | { readonly outcome: 'right'; readonly factor: SessionFactor; readonly elsewhere: boolean }
  | { readonly outcome: 'wrong' }
  | { readonly outcome: 'slowed'; readonly seconds: number }

/** Whose factor is asked, in which browser, and for which sign-in, where there is one. */
export type FactorHolder = {
  readonly officerId: OfficerId
  readonly unitId: UnitId
  readonly deviceHash: Buffer
  readonly signIn?: { readonly id: SignInId; readonly mailAllowed: boolean }
}

export const placeOfSecret = (officerId: OfficerId, id: FactorId | 'offer') => `officer/${officerId}/${id}`

/** Where the secrets of officers' apps lie sealed. */
export const sealedSecrets: readonly SealedColumn[] = [
  {
    table: 'staff.factor',
    column: 'sealed',
    key: { id: 'uuid' },
    also: ['officer_id'],
    use: 'totp',
    place: row => placeOfSecret(row['officer_id'] as OfficerId, row['id'] as FactorId),
  },
  {
    table: 'staff.factor_offer',
    column: 'sealed',
    key: { officer_id: 'uuid' },
    use: 'totp',
    place: row => placeOfSecret(row['officer_id'] as OfficerId, 'offer'),
  },
]

/** Options for an answer by one of the officer's passkeys; undefined where they have none. */
export async function passkeyOptions(
  work: Work,
  officerId: OfficerId,
  rp: RelyingParty,
): Promise<RequestOptions | undefined> {
  const keys = await store.passkeysOf(work, officerId)
  if (keys.length === 0) return undefined
  const options = await requestOptions(rp, keys, factorMinutes.passkey * 60_000)
  await keepChallenge(work, officerId, options.challenge)
  return options
}

export const keepChallenge = (work: Work, officerId: OfficerId, challenge: string): Promise<void> =>
  store.insertChallenge(
    work,
    officerId,
    hashOfChallenge(challenge),
    new Date(work.now.getTime() + factorMinutes.passkey * 60_000),
  )

async function isRightPasskey(
  work: Work,
  officerId: OfficerId,
  { answer, challenge }: Extract<FactorProof, { kind: 'passkey' }>,
  rp: RelyingParty,
): Promise<boolean> {
  if (!(await store.takeChallenge(work, officerId, hashOfChallenge(challenge)))) return false
  const id = credentialIdIn(answer)
  const key = id === undefined ? undefined : await store.holdPasskey(work, officerId, id)
  const verified = key && (await verifiedAssertion(answer, challenge, rp, key))
  // A key without finger, face or code is what whoever finds it has.
  if (!key || !verified?.userVerified) return false
  await store.updatePasskeyUse(work, key.id, verified.newCounter)
  return true
}

async function isRightAppCode(work: Work, officerId: OfficerId, code: string): Promise<boolean> {
  for (const { id, sealed } of await store.appsOf(work, officerId)) {
    const step = totpStep(unseal('totp', placeOfSecret(officerId, id), sealed), code, work.now)
    if (step !== undefined && (await store.spendStep(work, id, step))) return true
  }
  return false
}

/** HMAC under the house's key, bound to the one sign-in: a code that was sent for another opens nothing. */
const hashOfMailCode = (id: SignInId, code: string): Buffer =>
  Buffer.from(pepper('code', `officer-sign-in/${id}`, code.replace(/\s/g, '')), 'base64url')

async function isRightMailCode(work: Work, { signIn }: FactorHolder, code: string): Promise<boolean> {
  if (!signIn?.mailAllowed || !/^[\d\s]{1,40}$/.test(code)) return false
  return store.takeMailCode(work, signIn.id, hashOfMailCode(signIn.id, code))
}

function isRight(work: Work, holder: FactorHolder, proof: FactorProof, rp: RelyingParty): Promise<boolean> {
  switch (proof.kind) {
    case 'passkey':
      return isRightPasskey(work, holder.officerId, proof, rp)
    case 'totp':
      return isRightAppCode(work, holder.officerId, proof.code)
    case 'mail':
      return isRightMailCode(work, holder, proof.code)
  }
}

/**
 * Checks a second factor. Tries are counted before they are looked at: of a browser in which the officer has signed in
 * before by that browser, and of all others together, so that a thief of a password tries five times in all and the
 * officer's own browser is none of theirs.
 */
export async function proveFactor(
  work: Work,
  holder: FactorHolder,
  proof: FactorProof,
  rp: RelyingParty,
): Promise<Proven> {
  const { officerId, deviceHash } = holder
  const isKnown = await store.isKnownDevice(work, officerId, deviceHash)
  const key = slowdownKeyOf('factor', officerId, isKnown ? deviceHash.toString('hex') : 'elsewhere')
  const seconds = await attempts.count(work, key, factorTries)
  if (seconds !== undefined) return { outcome: 'slowed', seconds }
  if (!(await isRight(work, holder, proof, rp))) {
    await recordRefusedSignIn(work, holder, `factor-${proof.kind}`, isKnown ? {} : { elsewhere: true })
    return { outcome: 'wrong' }
  }
  await attempts.clear(work, key)
  return { outcome: 'right', factor: proof.kind, elsewhere: !isKnown }
}

/** Counts a code to be sent by mail. Gives the seconds to wait, where it is too early for another. */
export const countMailCode = (work: Work, officerId: OfficerId): Promise<number | undefined> =>
  attempts.count(work, slowdownKeyOf('mail-code', officerId), mailCodes)

/** Draws the code of a sign-in and keeps its hash; a former one is over. Undefined where the sign-in is over. */
export async function drawMailCode(
  work: Work,
  id: SignInId,
): Promise<{ readonly officerId: OfficerId; readonly code: string } | undefined> {
  const code = String(randomInt(10 ** mailCodeDigits)).padStart(mailCodeDigits, '0')
  const officerId = await store.setMailCode(work, id, hashOfMailCode(id, code))
  return officerId && { officerId, code }
}
