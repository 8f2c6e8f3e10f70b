import type * as accounts from '../../accounts/accounts.ts'

/** The second factors that a holder can use, the quickest first. */
export const secondFactorsOf = ({ factors }: accounts.Holder): SecondFactor[] => [
  ...(factors.totp ? ['totp' as const] : []),
  ...(factors.phone ? ['sms' as const] : []),
  ...(factors.recoveryCodes > 0 ? ['recovery-code' as const] : []),
]

/** A second factor of the holder. */
export type SecondFactor = 'sms' | 'totp' | 'recovery-code'
