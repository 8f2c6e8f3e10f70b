import { valuesOf, type Wish } from './claims-asked.ts'

/** What was proved at sign-in. `slip`: the paper slip of activation, with number and birth date. */
export type FactorKind = 'passcode' | 'totp' | 'sms' | 'passkey' | 'recovery-code' | 'slip'
export type Factor = { readonly kind: FactorKind; readonly at: Date }

export const levels = [1, 2] as const
export type Level = (typeof levels)[number]

/** The level of the account, in plain order (interfaces.md). */
export const acrOf = (level: Level): string => `urn:dinhdanh:acr:level${level}`
export const acrValues = levels.map(acrOf)
export const levelOf = (acr: unknown): Level | undefined => levels.find(level => acrOf(level) === acr)

/**
 * The strengths of NĐ69/2024 that this house can tell: 3 and 4 need a face or a finger that the house itself compares
 * (ADR 11).
 */
export type Strength = 1 | 2

const second: readonly FactorKind[] = ['totp', 'sms', 'recovery-code', 'slip']

/** A passkey is possession and what unlocks it; a passcode alone is one factor. */
export const strengthOf = (factors: readonly Factor[]): Strength => {
  const has = (kind: FactorKind) => factors.some(factor => factor.kind === kind)
  return has('passkey') || (has('passcode') && second.some(has)) ? 2 : 1
}

/** By these a person says who they are; what is asked for behind them signs nobody in. */
const first: readonly FactorKind[] = ['passcode', 'passkey']

/**
 * When the person last signed in anew: what `max_age` and `auth_time` speak of. Undefined where none of these says who
 * they are.
 */
export function authenticatedAt(factors: readonly Factor[]): Date | undefined {
  const moments = factors.filter(({ kind }) => first.includes(kind)).map(({ at }) => at.getTime())
  return moments.length > 0 ? new Date(Math.max(...moments)) : undefined
}

/** Since when something was proved that is no older than a `max_age`, which is in whole seconds, as `auth_time` is. */
export const startOf = (maxAge: unknown, at: Date): Date =>
  new Date((Math.floor(at.getTime() / 1000) - Number(maxAge)) * 1000)

export const provedSince = (factors: readonly Factor[], since: Date | undefined): readonly Factor[] =>
  since ? factors.filter(({ at }) => at >= since) : factors

const methods: Record<FactorKind, readonly string[]> = {
  passcode: ['pin'],
  totp: ['otp'],
  sms: ['otp', 'sms'],
  passkey: ['swk', 'user'],
  'recovery-code': ['otp'],
  slip: ['otp'],
}

/** RFC 8176 authentication method references; `mfa` where there were two factors. */
export function amrOf(factors: readonly Factor[]): string[] {
  const all = new Set(factors.flatMap(({ kind }) => methods[kind]))
  return [...all, ...(strengthOf(factors) === 2 ? ['mfa'] : [])]
}

/** The strength that method references stand for: of a token, which keeps no more of a sign-in than these. */
export const strengthOfAmr = (amr: readonly string[] | undefined): Strength => (amr?.includes('mfa') ? 2 : 1)

/**
 * The lowest strength that an essential `auth_strength` accepts; undefined where none is asked for; null where what is
 * asked for is no strength.
 */
export function strengthAsked(wish: Wish): number | undefined | null {
  if (!wish?.essential) return undefined
  const asked = valuesOf(wish)
  if (asked.length === 0) return undefined
  const known = asked.map(Number).filter(strength => Number.isInteger(strength) && strength >= 1 && strength <= 4)
  return known.length > 0 ? Math.min(...known) : null
}

/**
 * The lowest level that an essential `acr` accepts; undefined where none is asked for; null where no level of ours is
 * among them.
 */
export function levelAsked(wish: Wish): Level | null | undefined {
  if (!wish?.essential) return undefined
  const asked = valuesOf(wish)
  if (asked.length === 0) return undefined
  return levels.find(level => asked.includes(acrOf(level))) ?? null
}
