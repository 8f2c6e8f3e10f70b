import type { Day } from '../day.ts'
import type { Asking, Rule } from '../law.ts'
import { ruleOn } from '../law.ts'
import { inForceToday } from '../law-of-texts.ts'
import { rewriteProblemTexts } from '../problem.ts'
import { cardTerm, exchangeReasonTerms, levelTerms, withholdTerm } from './law.ts'

/** Words that changed with the law: a text writes `[[level-2]]` and is read with the word of its day. */

/** Whose law, and of which day; nothing = today's, in the house whose texts these are. */
export type TermsOf = Asking & { readonly day: Day }

type Look = <Value>(rule: Rule<Value>) => Value

const cardNames = { 'can-cuoc-cong-dan': 'thẻ căn cước công dân', 'can-cuoc': 'thẻ căn cước' } as const
const identityNames = { 'can-cuoc-cong-dan': 'căn cước công dân', 'can-cuoc': 'căn cước' } as const
/** As officers write it in a narrow place. */
const shortCardNames = { 'can-cuoc-cong-dan': 'thẻ CCCD', 'can-cuoc': 'thẻ căn cước' } as const

const terms: Readonly<Record<string, (look: Look) => string>> = {
  card: look => cardNames[look(cardTerm)],
  'card-short': look => shortCardNames[look(cardTerm)],
  // The law of 2014 named a card without a chip too; that of 2023 names none other.
  'chip-card': look => `${cardNames[look(cardTerm)]}${look(cardTerm) === 'can-cuoc-cong-dan' ? ' gắn chíp' : ''}`,
  identity: look => identityNames[look(cardTerm)],
  'level-1': look => look(levelTerms)[0],
  'level-2': look => look(levelTerms)[1],
  /** What stands before the digit of a level: nothing, then a nought. */
  'level-nought': look => look(levelTerms)[0].replace(/^.*?(0?)\d$/, '$1'),
  withhold: look => look(withholdTerm),
  'changed-appearance': look => look(exchangeReasonTerms).appearance,
  'changed-sex': look => look(exchangeReasonTerms).sex,
}

const capitalised = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1)

/**
 * A text with the words of a day for its [[terms]]; [[Term]] begins with a capital, [[TERM]] is all capitals. Throws
 * where a text names a term that is none.
 */
export function withDatedTerms(text: string, of?: TermsOf): string {
  if (!text.includes('[[')) return text
  const look: Look = rule => (of ? ruleOn(rule, of.day, of) : inForceToday(rule))
  return text.replace(/\[\[([\w-]+)\]\]/g, (_, written: string) => {
    const term = terms[written.toLowerCase()]?.(look)
    if (term === undefined) throw new RangeError(`no dated term is called ${written}`)
    if (written === written.toUpperCase()) return term.toUpperCase()
    return written.startsWith(written.slice(0, 1).toLowerCase()) ? term : capitalised(term)
  })
}

/** An account's level as the law of the day calls it: 'mức độ 2', 'mức độ 02'; in English 'level 2'. */
export const levelText = (level: 1 | 2, language: 'vi' | 'en', of?: TermsOf): string =>
  language === 'en' ? `level ${level}` : withDatedTerms(`[[level-${level}]]`, of)

// Refusals lie below the law, since the law refuses too; they are read with the words of the day all the same.
rewriteProblemTexts(withDatedTerms)
