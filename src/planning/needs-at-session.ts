import type { SessionKind } from './session.ts'

/** What brings a person to a session of a kind; names of src/campaign/need-codes.ts. */
export const needsAt = {
  'card-and-account': ['card', 'card-renewal', 'account', 'level-2'],
  'raise-level': ['level-2', 'account'],
  activation: ['activation'],
  counter: [],
} as const satisfies Record<SessionKind, readonly string[]>
