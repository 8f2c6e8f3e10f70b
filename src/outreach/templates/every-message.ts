import { isCitizenCard } from '../../names/law.ts'
import type { Day } from '../../platform/day.ts'
import type { Asking } from '../../platform/law.ts'
import type { Language } from '../../platform/pages/html.ts'
import { withDatedTerms } from '../../platform/terms/dated-terms.ts'
import type { RecipientKind } from '../recipient.ts'
import { type FactKind, type FactValues, fillTemplate, stars, type TemplateFacts, writeFact } from './fact.ts'
import { longestPhoneText, septets, withoutMarks } from './phone-text.ts'
import { refusalLine } from './refusal-line.ts'
import { phoneText } from './shorten-for-phone.ts'
import { type TemplateName, templates, type Wording } from './templates.ts'

/** A template with its facts, each typed by what the template declares. */
export type TemplateMessage = {
  readonly [Name in TemplateName]: {
    readonly template: Name
    readonly facts: TemplateFacts<(typeof templates)[Name]['facts']>
  }
}[TemplateName]

/**
 * A message in words. Its link is not in it: `page` becomes one on delivery; nor is its secret, for which stars stand.
 */
export type Rendered = {
  readonly subject: string
  readonly body: string
  readonly page?: string
  readonly secret?: string
  /** Its facts as they are written in its words. */
  readonly facts: Readonly<Record<string, string>>
}

const cardOn = (day: Day, language: Language, work: Asking) => {
  if (language === 'en') return 'identity card'
  return isCitizenCard(day, work) ? 'thẻ căn cước công dân' : 'thẻ căn cước'
}

const courtesies: Readonly<Record<Language, { readonly before: string; readonly after: string }>> = {
  vi: { before: 'Kính gửi ông/bà,', after: 'Thư này được gửi tự động; ông/bà không cần trả lời.' },
  en: { before: 'Dear Sir or Madam,', after: 'This letter was sent automatically; there is no need to answer.' },
}

/** The words of a template with its facts as they are written. */
function inWords(
  wording: Wording,
  kinds: ReadonlyMap<string, FactKind>,
  written: ReadonlyMap<string, string>,
  { language, kind, day, lawRows }: { language: Language; kind: RecipientKind; day: Day } & Asking,
): Pick<Rendered, 'subject' | 'body'> {
  const facts = new Map([...written, ['card', cardOn(day, language, { lawRows })]])
  const terms = (text: string) => withDatedTerms(text, { day, lawRows })
  return {
    subject: fillTemplate(terms(wording.subject), facts),
    body:
      kind === 'phone'
        ? phoneText(terms(wording.phone), new Map(kinds), facts)
        : [courtesies[language].before, ...wording.text.map(text => fillTemplate(terms(text), facts))].join('\n\n'),
  }
}

/** Puts a template into words, for an e-mail or for a phone. Throws where a fact cannot be what it should. */
export function renderTemplate(
  said: TemplateMessage,
  { language, kind, day, lawRows }: { language: Language; kind: RecipientKind; day: Day } & Asking,
): Rendered {
  const { facts: declared, [language]: wording } = templates[said.template]
  const kinds = new Map<string, FactKind>(Object.entries(declared))
  const given = new Map<string, unknown>(Object.entries(said.facts))
  // The values are typed by the template's declaration; here they are only walked through by name.
  const facts = new Map(
    [...kinds].map(([name, of]): [string, string] => [
      name,
      writeFact(of, name, given.get(name) as FactValues[typeof of], language),
    ]),
  )
  const page = facts.get('page')
  const written = Object.fromEntries(facts)
  const secret = [...kinds].find(([, of]) => of === 'secret' || of === 'secret-page')?.[0]
  return {
    ...inWords(wording, kinds, facts, { language, kind, day, lawRows }),
    ...(page !== undefined && { page }),
    ...(secret !== undefined && { secret: String(given.get(secret)) }),
    facts: written,
  }
}

/**
 * The words of a message at another kind of address, from its facts as they were written; undefined where one is not
 * kept. What carries a secret has no second way.
 */
export function renderAnew(
  name: string,
  written: Readonly<Record<string, string>>,
  { language, kind, day, lawRows }: { language: Language; kind: RecipientKind; day: Day } & Asking,
): Pick<Rendered, 'subject' | 'body'> | undefined {
  const template = Object.entries(templates).find(([one]) => one === name)?.[1]
  if (!template) return undefined
  const kinds = new Map<string, FactKind>(Object.entries(template.facts))
  const facts = new Map(Object.entries(written))
  if ([...kinds].some(([fact, of]) => of === 'secret' || of === 'secret-page' || !facts.has(fact))) return undefined
  return inWords(template[language], kinds, facts, { language, kind, day, lawRows })
}

/** The words with what the stars stand for; a secret page becomes a link to the house's own origin. */
export const withSecret = (text: string, secret: string, origin: string) =>
  text.replace(stars, () => (secret.startsWith('/') ? `${origin}${secret}` : secret))

const links: Readonly<Record<Language, string>> = { vi: 'Xem tại: ', en: 'See: ' }

/**
 * What stands in the place of a link in a text to a phone or a chat: a link there is what frauds copy, so people are
 * told the place in words, which nobody can press (domain.md 8.14).
 */
const places: Readonly<Record<Language, string>> = {
  vi: 'Xem trên trang định danh của tỉnh hoặc hỏi công an nơi cư trú.',
  en: 'See the province’s identity pages, or ask the police where you live.',
}

export type WrittenMessage = {
  readonly body: string
  readonly page?: string
  readonly language: Language
  readonly kind: RecipientKind
  /** Its recipient may refuse it, and is told how. */
  readonly refusable?: boolean
}

/**
 * The text as it goes out: an e-mail with the link to the house's own page, a letter and a phone's text with its place
 * in words; last how it is refused, where it may be: by a text to `refuseTo`, where the gateway hears those. A phone's
 * text never takes a fourth segment: where there is no room, the place of the page goes, since what stands before is
 * enough.
 */
export function fullText(
  { body, page, language, kind, refusable = false }: WrittenMessage,
  origin: string,
  refuseTo?: string,
): string {
  const refusal = refusable ? refusalLine(language, kind, refuseTo) : undefined
  if (kind === 'email') {
    const link = page === undefined ? undefined : `${links[language]}${origin}${page}`
    return `${[body, link, refusal, courtesies[language].after].filter(Boolean).join('\n\n')}\n`
  }
  const place = page === undefined ? undefined : places[language]
  if (kind === 'letter') return [body, place, refusal].filter(Boolean).join('\n\n')
  const texts = [
    [body, place && withoutMarks(place), refusal],
    [body, refusal],
  ].map(parts => parts.filter(Boolean).join(' '))
  return texts.find(text => septets(text) <= longestPhoneText) ?? body
}
