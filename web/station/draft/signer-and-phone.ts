import { isRepresented } from '../../../src/enrolment/law.ts'
import { parseNumber } from '../../../src/names/numbers/numbers.ts'
import { parsePhone } from '../../../src/names/numbers/phone.ts'
import type { Day } from '../../../src/platform/day.ts'
import { builtInLaw } from '../../../src/platform/law.ts'
import type { Entry } from '../keep/session-queue.ts'
import type { Draft } from './draft.ts'
import { latestBirth } from './eligibility.ts'

/** Who signs for whom, and on whose phone an account is. */

export type SignerLack = 'representative-lacks' | 'representative-number-lacks' | 'guardian-evidence-lacks'

/**
 * What is lacking of the signer. A child's account is asked for by whoever signs for them, and is theirs by their
 * number alone (NĐ69/2024 Art. 10). Who signs for a grown person shows by a paper that they may (LCC Art. 23(3)).
 */
export function signerLacks(
  { signer, account }: Pick<Draft, 'signer' | 'account'>,
  represented: boolean,
): SignerLack | undefined {
  if (signer.kind !== 'representative') return undefined
  if (!signer.name?.trim() || !signer.relation) return 'representative-lacks'
  if (!represented && !signer.evidence?.trim()) return 'guardian-evidence-lacks'
  const isAsked = represented && account !== undefined && account !== 'declined'
  return isAsked && parseNumber(signer.number ?? '').kind !== 'number' ? 'representative-number-lacks' : undefined
}

/**
 * Who of this session has given the same phone before. A child's account has a parent's, which brothers and sisters
 * share, and the parent's own account too.
 */
export const sharerOf = (phone: string, others: readonly Entry[], represented: boolean): Entry | undefined =>
  represented ? undefined : others.find(other => other.phone === phone)

/**
 * The phone that is the person's own from now on, E.164: nobody else of the session may give it. A child's is a
 * parent's.
 */
export function ownPhoneOf({ person, account }: Pick<Draft, 'person' | 'account'>, day: Day): string | undefined {
  if (!account || account === 'declined' || !account.agreedAt) return undefined
  const bornOn = latestBirth(person.birthDate)
  const phone = parsePhone(account.phone)
  return 'e164' in phone && !(bornOn && isRepresented(bornOn, day, builtInLaw)) ? phone.e164 : undefined
}
