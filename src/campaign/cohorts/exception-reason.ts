import type { Id } from '../../platform/ids.ts'

/** Why a person is added to a campaign or excused from it, against the rule. */
export const exceptionReasons = [
  'duplicate',
  'moved-away',
  'abroad',
  'not-found',
  'deceased',
  'incapable',
  'held',
  'not-of-cohort',
  'by-order',
  'other',
] as const
export type ExceptionReason = (typeof exceptionReasons)[number]

export type MemberException = {
  readonly personId: Id<'person'>
  readonly kind: 'added' | 'excused'
  readonly reason: ExceptionReason
  readonly otherId?: Id<'person'> | undefined
  readonly note?: string | undefined
}
