import { now } from './clock.ts'
import { type Day, dayAt } from './day.ts'
import { type LawReference, type LawRows, type Rule, referenceOn, ruleOn } from './law.ts'

/**
 * What texts and menus say of a rule. They have no work at hand that they could ask: a process serves one house, and a
 * browser one session, so the rows of that house and its day are set here once, where it opens.
 */
let ofHouse: { readonly lawRows?: LawRows | undefined; today(): Day } = { today: () => dayAt(now()) }

/** Sets whose rows, and which day, texts go by from now on. */
export function setLawOfTexts(house: typeof ofHouse): void {
  ofHouse = house
}

/** What a rule says today, in the house whose texts these are. Throws law-not-in-force. */
export const inForceToday = <Value>(rule: Rule<Value>): Value => ruleOn(rule, ofHouse.today(), ofHouse)

/** Article and act of what a rule says today. Throws law-not-in-force. */
export const referenceToday = (rule: Rule): LawReference => referenceOn(rule, ofHouse.today(), ofHouse)
