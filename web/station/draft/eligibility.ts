import { ageForLevel, isOfAccountAge } from '../../../src/accounts/account.ts'
import { type CardState, isComing } from '../../../src/cards/card.ts'
import { ageToApply, mayApply, mustRenew } from '../../../src/cards/law.ts'
import { type ApplicationKind, type ApplicationReason, applicationKinds } from '../../../src/enrolment/capture.ts'
import { isCaptured, isRepresented, lawfulReasons } from '../../../src/enrolment/law.ts'
import type { RosterPerson } from '../../../src/planning/rosters/contract-station.ts'
import { asDay, birthday, type Day, latestDay, parsePartialDay } from '../../../src/platform/day.ts'
import { builtInLaw } from '../../../src/platform/law.ts'

/**
 * What the law of the day says of the person at the desk: whether a card may be applied for, which request it is,
 * whether an account comes with it, who signs.
 */

/**
 * Turned away: below the age of the law of the day, below the age at which anything is captured, or recorded as not
 * living. Of somebody without a number also by an officer: no papers, or papers and words that do not fit together.
 */
export const withoutNumberReasons = ['papers-missing', 'identity-unclear'] as const
export type RefusalReason = 'under-age' | 'below-capture-age' | 'not-living' | (typeof withoutNumberReasons)[number]

export type Known = Pick<RosterPerson, 'birthDate'> &
  Partial<Pick<RosterPerson, 'card' | 'account' | 'correctionOpen' | 'lifeStatus' | 'needs'>> & {
    readonly turnedAway?: (typeof withoutNumberReasons)[number] | undefined
  }

export type Doubt = 'card-coming' | 'card-good' | 'correction-open' | 'birth-date-partial'

export type Eligibility = {
  /** Turned away, and from which day on it becomes possible. */
  readonly refused?: { readonly code: RefusalReason; readonly from?: Day }
  /** What an officer should know before going on; none of them stops the capture. */
  readonly doubts: readonly Doubt[]
  readonly request: { readonly kind: ApplicationKind; readonly reason: ApplicationReason }
  readonly account: 'offered' | 'has-one' | 'too-young'
  readonly represented: boolean
}

/** Of a birth date of which day or month is unknown, the latest day: nobody is taken for older than is certain. */
export function latestBirth(text: string): Day | undefined {
  const partial = parsePartialDay(text)
  return partial && latestDay(partial)
}

const lost: readonly CardState[] = ['blocked', 'revoked']

function requestFor({ card }: Known, bornOn: Day, day: Day): Eligibility['request'] {
  if (!card) return { kind: 'first-issue', reason: 'first' }
  const state = card.state as CardState
  if (lost.includes(state)) return { kind: 're-issue', reason: 'lost' }
  const term = {
    state,
    ...(card.issuedOn && { issuedOn: asDay(card.issuedOn) }),
    ...(card.expiresOn && { expiresOn: asDay(card.expiresOn) }),
  }
  if (mustRenew(term, bornOn, day, builtInLaw)) return { kind: 'exchange', reason: 'renewal-age' }
  return isComing(state) ? { kind: 'first-issue', reason: 'first' } : { kind: 'exchange', reason: 'on-request' }
}

function doubtsAbout({ card, correctionOpen, birthDate }: Known, { kind, reason }: Eligibility['request']): Doubt[] {
  return [
    ...(card && isComing(card.state as CardState) ? ['card-coming' as const] : []),
    ...(kind === 'exchange' && reason === 'on-request' ? ['card-good' as const] : []),
    ...(correctionOpen ? ['correction-open' as const] : []),
    ...(birthDate.length < 10 ? ['birth-date-partial' as const] : []),
  ]
}

function refusalOf({ lifeStatus = 'alive', turnedAway }: Known, bornOn: Day, day: Day): Eligibility['refused'] {
  if (lifeStatus === 'dead') return { code: 'not-living' }
  if (!mayApply(bornOn, day, builtInLaw))
    return { code: 'under-age', from: birthday(bornOn, ageToApply(day, builtInLaw)) }
  // From July 2024 on a card is for every age, and below six the representative applies for it online (LCC Art. 23).
  if (!isCaptured(bornOn, day, builtInLaw)) return { code: 'below-capture-age' }
  return turnedAway && { code: turnedAway }
}

export function eligibilityOf(known: Known, day: Day): Eligibility | undefined {
  const bornOn = latestBirth(known.birthDate)
  if (!bornOn || bornOn > day) return undefined
  const request = requestFor(known, bornOn, day)
  const refused = refusalOf(known, bornOn, day)
  const hasAccount = known.account?.level === 2 && known.account.state !== 'cancelled'
  return {
    ...(refused && { refused }),
    doubts: doubtsAbout(known, request),
    request,
    account: hasAccount ? 'has-one' : isOfAccountAge(bornOn, 2, day, builtInLaw) ? 'offered' : 'too-young',
    represented: isRepresented(bornOn, day, builtInLaw),
  }
}

/** Requests that the law of the day knows, with their reasons. */
export const requestsOn = (
  day: Day,
): readonly { readonly kind: ApplicationKind; readonly reasons: readonly ApplicationReason[] }[] =>
  applicationKinds.map(kind => ({ kind, reasons: lawfulReasons(kind, day, builtInLaw) }))

export const accountAge = (day: Day) => ageForLevel(2, day, builtInLaw)
