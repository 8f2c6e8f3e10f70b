import { parsePhone } from '../../names/numbers/phone.ts'
import { formatPartialDay } from '../../platform/day.ts'
import type { Work } from '../../platform/work.ts'
import * as register from '../../register/register.ts'
import type { Account } from '../account.ts'
import { cardInHand } from '../card-of-account.ts'
import * as store from '../store.ts'

/** How a caller who lost a device shows who they are: what they can say about the account. */
type IdentityQuestion = 'birth-date' | 'phone' | 'card-issued-on'

/** A class list has every birth date, so one more fact must be right and none wrong. */
export const answersSuffice = (right: readonly IdentityQuestion[], wrong: readonly IdentityQuestion[]): boolean =>
  wrong.length === 0 && right.includes('birth-date') && right.length >= 2

/** A caller's answers about themselves, as given. */
export type IdentityAnswers = {
  readonly birthDate?: string | undefined
  readonly phone?: string | undefined
  readonly cardIssuedOn?: string | undefined
}

export async function compareAnswers(
  work: Work,
  { personId }: Account,
  answers: IdentityAnswers,
): Promise<{ right: IdentityQuestion[]; wrong: IdentityQuestion[] }> {
  const { birthDate } = await register.getSummary(work, personId)
  const phone = parsePhone(answers.phone)
  const card = answers.cardIssuedOn ? await cardInHand(work, personId) : undefined
  const known: readonly (readonly [IdentityQuestion, boolean | undefined])[] = [
    ['birth-date', answers.birthDate ? formatPartialDay(birthDate) === answers.birthDate : undefined],
    [
      'phone',
      answers.phone
        ? phone.kind !== 'malformed' &&
          phone.kind !== 'missing' &&
          phone.e164 === (await store.findPhoneOfPerson(work, personId))
        : undefined,
    ],
    ['card-issued-on', answers.cardIssuedOn ? card?.issuedOn === answers.cardIssuedOn : undefined],
  ]
  const those = (answer: boolean) => known.flatMap(([thing, fits]) => (fits === answer ? [thing] : []))
  return { right: those(true), wrong: those(false) }
}
