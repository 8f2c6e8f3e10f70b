/** What a reason is given for; the codes of each act stand in law.ts. */
export const reasonedActs = ['cancel', 'block', 'revoke', 'withhold'] as const
export type ReasonedAct = (typeof reasonedActs)[number]

export type GivenReason = {
  /** A code of the law for the act and the day. */
  readonly code: string
  /** In words, where there is more to say. */
  readonly note?: string | undefined
}
