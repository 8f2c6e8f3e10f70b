import type { Id } from '../../platform/ids.ts'

/** A breach of the protection of personal data: what it may concern, and where it stands. Pure. */

/** Kinds of data by code; the sensitive ones by NĐ13/2023 Art. 2(4) and NĐ356/2025 Art. 4. */
export const breachDataKinds = [
  'identity',
  'residence',
  'kin',
  'phone',
  'card',
  'account',
  'school',
  'access-history',
  'portrait',
  'fingerprints',
  'ethnicity-religion',
  'sign-in-secrets',
] as const
export type BreachDataKind = (typeof breachDataKinds)[number]
export const sensitiveKinds: readonly BreachDataKind[] = [
  'portrait',
  'fingerprints',
  'ethnicity-religion',
  'sign-in-secrets',
]

export type BreachId = Id<'breach'>

/** How the clock of the notice stands. */
export const noticeStates = ['not-needed', 'running', 'running-out', 'overdue', 'notified', 'notified-late'] as const
export type NoticeState = (typeof noticeStates)[number]
