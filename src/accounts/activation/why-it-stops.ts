import type { ForeignBrowser } from '../factors/whose-browser.ts'
import type { Holder } from '../holder.ts'

/** Why an attempt is over. The page says so, and what to do. */
export type EndReason =
  | 'too-late-hotline'
  | ForeignBrowser
  | 'requested'
  | 'activated'
  | 'locked'
  | 'card-missing'
  | 'slip-over'

/** Why an activation stopped, for the funnel: of the latter four it may still go on. */
export type StopReason = EndReason | 'no-sms' | 'no-phone' | 'wrong-phone' | 'wrong-code'

/**
 * After what was proven: why a passcode cannot be chosen now, or undefined. An account that was activated elsewhere, as
 * extracts tell, has none here yet: its holder chooses one just as if they activated it.
 */
export function stopReasonFor(
  purpose: 'activation' | 'passcode' | 'slip-stop',
  { state, factors }: Pick<Holder, 'state' | 'factors'>,
  isLate: boolean,
): EndReason | undefined {
  if (state === 'locked') return 'locked'
  if (state === 'requested') return 'requested'
  if (state === 'activated') return purpose === 'activation' && factors.passcode ? 'activated' : undefined
  if (purpose === 'passcode') return 'requested'
  return isLate ? 'too-late-hotline' : undefined
}
