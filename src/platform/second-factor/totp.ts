import { Secret, TOTP } from 'otpauth'

/**
 * Codes of an authenticator app (TOTP, RFC 6238): six digits, SHA-1, thirty seconds, which every app supports. The step
 * before and the step after count too (section 5.2).
 */
const period = 30
const totpFor = (secret: Secret, label: string) =>
  new TOTP({ issuer: 'Định danh', label, algorithm: 'SHA1', digits: 6, period, secret })

/** 160 random bits, as an app takes them (base32). */
export const newTotpSecret = (): string => new Secret({ size: 20 }).base32

/** The address that a QR code gives to an app; `label` is shown there beside the codes. */
export const totpAddress = (secret: string, label = 'Định danh'): string =>
  totpFor(Secret.fromBase32(secret), label).toString()

/** The time step of a code around a moment, where the code is of this secret. */
export function totpStep(secret: string, code: string, now: Date): number | undefined {
  const token = code.replace(/\s/g, '')
  if (!/^\d{6}$/.test(token)) return undefined
  const delta = totpFor(Secret.fromBase32(secret), '').validate({ token, timestamp: now.getTime(), window: 1 })
  return delta === null ? undefined : Math.floor(now.getTime() / 1000 / period) + delta
}
