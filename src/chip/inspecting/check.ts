/** What is checked of a chip, in the order in which it is told. */
export const chipChecks = [
  'password',
  'secure-messaging',
  'files',
  'common-data',
  'signature',
  'data-groups',
  'signer',
  'revocation',
  'validity',
  'zone',
  'portrait',
  'person',
  'access',
  'card-security',
  'active-authentication',
  'chip-authentication',
] as const
export type ChipCheckName = (typeof chipChecks)[number]

export type ChipCheck = {
  readonly check: ChipCheckName
  readonly outcome: 'passed' | 'failed' | 'not-done'
  /** What was found, or why it was not done, in plain words. */
  readonly detail: string
}

export type ChipCheckOutcome = Omit<ChipCheck, 'check'>
export const passed = (detail: string): ChipCheckOutcome => ({ outcome: 'passed', detail })
export const failed = (detail: string): ChipCheckOutcome => ({ outcome: 'failed', detail })
export const notDone = (detail: string): ChipCheckOutcome => ({ outcome: 'not-done', detail })
