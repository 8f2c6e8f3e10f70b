import { type ClaimRequest, requestedValues } from './claim-request.ts'

/** A factor proved at sign-in. `slip`: the paper slip of activation, with number and birth date. */
export type FactorKind = 'passcode' | 'totp' | 'sms' | 'passkey' | 'recovery-code' | 'slip'
export type Factor = {
  readonly kind: FactorKind
  readonly at: Date
  /** Proved while the account waits after a reset by slip: it counts as one factor, whatever it is. */
  readonly held?: boolean
}

export const assuranceLevels = [1, 2] as const
export type AssuranceLevel = (typeof assuranceLevels)[number]

/** The acr value of an account level, in plain order (interfaces.md). */
export const acrOf = (level: AssuranceLevel): string => `urn:dinhdanh:acr:level${level}`
export const acrValues = assuranceLevels.map(acrOf)
export const levelOf = (acr: unknown): AssuranceLevel | undefined => assuranceLevels.find(level => acrOf(level) === acr)

/**
 * The strengths of NĐ69/2024 that this installation supports: 3 and 4 require a face or a finger that it compares
 * itself (ADR 11).
 */
export type AuthStrength = 1 | 2

const secondFactors: readonly FactorKind[] = ['totp', 'sms', 'recovery-code', 'slip']

/**
 * A passkey is possession and what unlocks it; a passcode alone is one factor. Nothing is two while the account waits
 * after a reset by slip.
 */
export const strengthOf = (factors: readonly Factor[]): AuthStrength => {
  const has = (kind: FactorKind) => factors.some(factor => factor.kind === kind)
  if (factors.some(({ held }) => held)) return 1
  return has('passkey') || (has('passcode') && secondFactors.some(has)) ? 2 : 1
}

/** What was proved in a session, as far as it counts at this moment. Never kept so: the waiting time ends. */
export const countedNow = (factors: readonly Factor[], isHeld: boolean): readonly Factor[] =>
  isHeld ? factors.map(factor => ({ ...factor, held: true })) : factors

/** The factors that identify a person; the others only confirm. */
const firstFactors: readonly FactorKind[] = ['passcode', 'passkey']

/** When the person last signed in anew, for `max_age` and `auth_time`. Undefined if no factor identifies them. */
export function authenticatedAt(factors: readonly Factor[]): Date | undefined {
  const moments = factors.filter(({ kind }) => firstFactors.includes(kind)).map(({ at }) => at.getTime())
  return moments.length > 0 ? new Date(Math.max(...moments)) : undefined
}

/** The earliest time that a `max_age` accepts, in whole seconds like `auth_time`. */
export const startOfMaxAge = (maxAge: unknown, at: Date): Date =>
  new Date((Math.floor(at.getTime() / 1000) - Number(maxAge)) * 1000)

export const provedSince = (factors: readonly Factor[], since: Date | undefined): readonly Factor[] =>
  since ? factors.filter(({ at }) => at >= since) : factors

const amrOfFactor: Record<FactorKind, readonly string[]> = {
  passcode: ['pin'],
  totp: ['otp'],
  sms: ['otp', 'sms'],
  passkey: ['swk', 'user'],
  'recovery-code': ['otp'],
  slip: ['otp'],
}

/** RFC 8176 authentication method references; `mfa` where there were two factors. */
export function amrOf(factors: readonly Factor[]): string[] {
  const all = new Set(factors.flatMap(({ kind }) => amrOfFactor[kind]))
  return [...all, ...(strengthOf(factors) === 2 ? ['mfa'] : [])]
}

/** The strength that the method references of a token stand for. */
export const strengthOfAmr = (amr: readonly string[] | undefined): AuthStrength => (amr?.includes('mfa') ? 2 : 1)

/**
 * The lowest strength that an essential `auth_strength` accepts; undefined if none is requested; null if no value is a
 * strength.
 */
export function requestedStrength(wish: ClaimRequest): number | undefined | null {
  if (!wish?.essential) return undefined
  const asked = requestedValues(wish)
  if (asked.length === 0) return undefined
  const known = asked.map(Number).filter(strength => Number.isInteger(strength) && strength >= 1 && strength <= 4)
  return known.length > 0 ? Math.min(...known) : null
}

/**
 * The lowest level that an essential `acr` accepts; undefined if none is requested; null if no value is a level of
 * ours.
 */
export function requestedLevel(wish: ClaimRequest): AssuranceLevel | null | undefined {
  if (!wish?.essential) return undefined
  const asked = requestedValues(wish)
  if (asked.length === 0) return undefined
  return assuranceLevels.find(level => asked.includes(acrOf(level))) ?? null
}
