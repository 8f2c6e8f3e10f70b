import { ruleOn } from '../../platform/law.ts'
import type { Work } from '../../platform/work.ts'
import { factorRestsHours } from '../law.ts'
import type { SessionRow } from '../store-session.ts'

/** Of factors, those that open something today. One that was added by a code by mail alone rests first. */
export const withoutResting = <F extends { readonly restsUntil: Date | null }>(factors: readonly F[]) =>
  factors.filter(({ restsUntil }) => restsUntil === null)

/**
 * Until when a factor rests that the caller adds. Added by a session that stands on a code by mail, it opens nothing
 * for three days. Its officer goes on by mail, is told of it each time, and removes it where it is not theirs.
 */
export const restsUntilOf = (
  work: Work,
  caller: { readonly kind: 'sign-in' } | { readonly kind: 'session'; readonly session: Pick<SessionRow, 'factor'> },
): Date | undefined =>
  caller.kind === 'session' && caller.session.factor === 'mail'
    ? new Date(work.now.getTime() + ruleOn(factorRestsHours, work.today, work) * 3_600_000)
    : undefined
