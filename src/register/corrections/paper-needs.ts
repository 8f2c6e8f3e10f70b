/**
 * Papers that show what a record should say, and what each must name: the number that stands on it, and who issued it.
 * `capture` is what a citizen said and showed when they were captured; only a packet of a station brings it.
 */
export const paperNeeds = {
  'birth-certificate': ['number', 'issuer'],
  'civil-status-extract': ['number', 'issuer'],
  'civil-status-decision': ['number', 'issuer'],
  'marriage-certificate': ['number', 'issuer'],
  'death-certificate': ['number', 'issuer'],
  'court-decision': ['number', 'issuer'],
  'nationality-paper': ['number', 'issuer'],
  'identity-card': ['number'],
  passport: ['number'],
  'residence-confirmation': ['issuer'],
} as const satisfies Record<string, readonly ('number' | 'issuer')[]>

export type EvidenceKind = keyof typeof paperNeeds

export const paperKinds = Object.keys(paperNeeds) as EvidenceKind[]

export type Evidence = {
  readonly kind: EvidenceKind | 'capture'
  /** As it stands on the paper. */
  readonly number?: string | undefined
  /** Which office issued it, and when. */
  readonly issuer?: string | undefined
}

/** What a number and an issuer must look like: a number has a digit; an office is named in two words or more. */
export const isGiven = {
  number: (text: string) => /\d/.test(text) && text.length <= 60,
  issuer: (text: string) => text.split(/\s+/).filter(word => /\p{L}/u.test(word)).length >= 2,
} as const
