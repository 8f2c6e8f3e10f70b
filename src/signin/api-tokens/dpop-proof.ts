import { createHash } from 'node:crypto'
import { calculateJwkThumbprint, EmbeddedJWK, errors, type JWK, jwtVerify } from 'jose'
import { hashText } from '../artifact.ts'
import { partyClockSeconds } from '../law.ts'
import { timeClaimsIn } from '../provider/party-clock.ts'
import { proofAlgorithms } from '../provider/resource.ts'

/** A proof that the caller holds a key (DPoP, RFC 9449), as the API checks it. */

export type DpopProof = { readonly thumbprint: string; readonly idHash: Buffer; readonly expiresAt: Date }

/** The failed check, as the flight recorder names it; `seconds`: how far the party's clock is ahead. */
export type ProofFailure = {
  readonly failed: 'dpop-malformed' | 'dpop-htm' | 'dpop-htu' | 'dpop-iat' | 'dpop-key'
  readonly seconds?: number
}

export type ProofCheck = {
  readonly proof: string
  readonly token: string
  readonly method: string
  /** The address called, as the party knows it. */
  readonly address: string
  readonly at: Date
}

const withoutQuery = (address: unknown) => {
  if (typeof address !== 'string' || !URL.canParse(address)) return undefined
  const url = new URL(address)
  url.hash = ''
  url.search = ''
  return url.href
}

/**
 * The checks of RFC 9449, section 4.3, in its order, except the jti: the database says which of simultaneous uses is
 * the first.
 */
export async function readProof({ proof, token, method, address, at }: ProofCheck): Promise<DpopProof | ProofFailure> {
  const now = Math.floor(at.getTime() / 1000)
  let read: Awaited<ReturnType<typeof jwtVerify>>
  try {
    read = await jwtVerify(proof, EmbeddedJWK, {
      algorithms: proofAlgorithms,
      typ: 'dpop+jwt',
      currentDate: at,
      clockTolerance: partyClockSeconds.ahead,
    })
  } catch (error) {
    const isEarly =
      error instanceof errors.JWTClaimValidationFailed && error.claim === 'nbf' && error.reason === 'check_failed'
    return isEarly
      ? { failed: 'dpop-iat', seconds: Number(timeClaimsIn(proof).nbf) - now }
      : { failed: 'dpop-malformed' }
  }
  const { payload, protectedHeader } = read
  const { jti, iat } = payload
  if (typeof jti !== 'string' || jti === '' || jti.length > 512 || typeof iat !== 'number')
    return { failed: 'dpop-malformed' }
  if (payload['htm'] !== method) return { failed: 'dpop-htm' }
  if (withoutQuery(payload['htu']) !== withoutQuery(address)) return { failed: 'dpop-htu' }
  const seconds = iat - now
  if (seconds < -partyClockSeconds.proof || seconds > partyClockSeconds.mostAhead)
    return { failed: 'dpop-iat', seconds }
  if (payload['ath'] !== createHash('sha256').update(token).digest('base64url')) return { failed: 'dpop-key' }
  const thumbprint = await calculateJwkThumbprint(protectedHeader['jwk'] as JWK)
  return {
    thumbprint,
    idHash: hashText(`api ${thumbprint} ${jti}`),
    expiresAt: new Date((iat + partyClockSeconds.proof + 1) * 1000),
  }
}
