import type { Day } from '../../platform/day.ts'
import type { Language } from '../../platform/pages/html.ts'
import { dayIn } from '../../platform/terms/numbers-and-days.ts'
import { breachesOf } from '../law.ts'
import { outreachProblem } from '../problems.ts'
import { withoutMarks } from './phone-text.ts'

/**
 * The values that templates take, by kind. Each is plain text of one line: it cannot add a line, a header or a link.
 */
export type FactValues = {
  /** A person's name. */
  readonly person: string
  /** The name of a unit, a school or a place. */
  readonly place: string
  /** A code that people type: of a receipt, of a form. Letters, digits, dots, strokes and hyphens. */
  readonly code: string
  /** What an officer or a table says, in both languages. */
  readonly words: { readonly vi: string; readonly en: string }
  readonly day: Day
  /** A whole number. */
  readonly count: number
  /**
   * Digits for one use: in the stored words stars stand for them (`stars`), and they themselves are sealed until
   * delivery.
   */
  readonly secret: string
  /**
   * A page of this house whose address is a secret, such as a link that is good once: stars stand for it in the stored
   * words, and it is sealed until delivery, which writes the house's own origin before it.
   */
  readonly 'secret-page': string
  /** A page of this house: '/…', at most 60 signs. The link is written on delivery, with the house's own origin. */
  readonly page: string
}
export type FactKind = keyof FactValues

export type TemplateFacts<Kinds extends Readonly<Record<string, FactKind>>> = {
  readonly [Name in keyof Kinds]: FactValues[Kinds[Name]]
}

const longestLine = 1000

/**
 * What stands for a secret in words that officers may read. The secret stands first in its template, so that nobody's
 * name can pass for it.
 */
export const stars = '******'

const oneLine = (text: string) =>
  text
    .normalize('NFC')
    .replace(/[\p{C}\p{Default_Ignorable_Code_Point}\u2028\u2029]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()

/** What an officer typed is held to the law of messages; it is refused, not mended, since they know what they meant. */
function withoutLinks(text: string): string {
  const [breach] = breachesOf(text)
  if (breach) throw outreachProblem('message-unlawful', { breach })
  return text
}

/** A name is no threat whatever it means, but it may carry a link. */
function withoutLink(text: string): string {
  if (breachesOf(text).includes('link')) throw outreachProblem('message-unlawful', { breach: 'link' })
  return text
}

/** A path of the house; what stands behind # is a secret, which the browser sends nobody. */
const isPage = (path: string) => path.length <= 80 && /^\/(?!\/)[\w./-]{0,59}(?:#[\w-]{1,59})?$/.test(path)

const writing: { readonly [Kind in FactKind]: (value: FactValues[Kind], language: Language) => string } = {
  person: name => withoutLink(oneLine(name)),
  place: name => withoutLink(oneLine(name)),
  code: code => (/^[\w./-]{1,40}$/.test(code) ? code : ''),
  words: (words, language) => withoutLinks(oneLine(words[language])),
  day: dayIn,
  count: number => (Number.isSafeInteger(number) && number >= 0 ? String(number) : ''),
  secret: digits => (/^\d{4,10}$/.test(digits) ? stars : ''),
  'secret-page': path => (isPage(path) ? stars : ''),
  page: path => (isPage(path) ? path : ''),
}

/**
 * Writes a fact as text. Throws a RangeError where it is empty, longer than a message allows, or not of its kind: that
 * is an error of the caller.
 */
export function writeFact<Kind extends FactKind>(
  kind: Kind,
  name: string,
  value: FactValues[Kind],
  language: Language,
): string {
  const text = writing[kind](value, language)
  if (text === '' || text.length > longestLine) throw new RangeError(`the fact ${name} is no ${kind}`)
  return text
}

/** The same for a phone: names as the approval texts of 2022 have them, in capitals without marks (domain.md 3C). */
export const forPhone = (kind: FactKind, text: string) =>
  kind === 'person' ? withoutMarks(text).toUpperCase() : withoutMarks(text)

const capitalise = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** Each mark is filled once: what a fact holds is never read as a mark. `{name!}` begins with a capital. */
export const fillTemplate = (text: string, facts: ReadonlyMap<string, string>) =>
  text.replace(/\{(\w+)(!?)\}/g, (_mark, name: string, first: string) => {
    const fact = facts.get(name) ?? ''
    return first ? capitalise(fact) : fact
  })
