import * as accounts from '../accounts/accounts.ts'
import * as cards from '../cards/cards.ts'
import type { Day } from '../platform/day.ts'
import type { Asking } from '../platform/law.ts'

/** The law of a day as far as it says what a person lacks: of cards, and from which birth an account is one's own. */
export type NeedLaw = cards.LawOfDay & { readonly accountBornBy: Day }

/**
 * The age of level 2 decides: fourteen under NĐ59/2022, six under NĐ69/2024. Who is younger has at most level 1, under
 * a parent, and lacks nothing without it.
 */
export const needLawOn = (day: Day, work: Asking): NeedLaw => ({
  ...cards.lawOf(day, work),
  accountBornBy: accounts.bornByForAccount(2, day, work),
})
