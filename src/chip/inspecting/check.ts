/** What is checked of a chip, in the order in which it is told. */
export const chipChecks = [
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
