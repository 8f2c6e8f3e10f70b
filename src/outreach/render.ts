import { isCitizenCard } from '../names/law.ts'
import type { Day } from '../platform/day.ts'
import type { Asking } from '../platform/law.ts'
import type { Language } from '../platform/pages/html.ts'
import { type FactKind, type FactValues, forPhone, stars, type TemplateFacts, writeFact } from './fact.ts'
import { longestPhoneText, septets, withoutMarks } from './phone-text.ts'
import type { RecipientKind } from './recipient.ts'
import { type TemplateName, templates } from './templates.ts'

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
}

const cardOn = (day: Day, language: Language, work: Asking) => {
  if (language === 'en') return 'identity card'
  return isCitizenCard(day, work) ? 'thẻ căn cước công dân' : 'thẻ căn cước'
}

const capitalise = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** Each mark is filled once: what a fact holds is never read as a mark. `{name!}` begins with a capital. */
const fillTemplate = (text: string, facts: ReadonlyMap<string, string>) =>
  text.replace(/\{(\w+)(!?)\}/g, (_mark, name: string, first: string) => {
    const fact = facts.get(name) ?? ''
    return first ? capitalise(fact) : fact
  })

/** What a link takes of a phone's text at most; a longer one is left out there (see `whole`). */
const longestLink = 110
const shortest = 24

/** Which facts give way where a phone's text would take a fourth segment; the rest stands on the page. */
const givesWay: readonly FactKind[] = ['words', 'place', 'person']

/** A reason that ends in a full stop, before the full stop of its sentence. */
const withoutFullStop = (text: string) => text.replace(/(?<![.;,\s])[.;,\s]+$/, '')

function phoneText(wording: string, kinds: ReadonlyMap<string, FactKind>, facts: ReadonlyMap<string, string>): string {
  const short = new Map(
    [...facts].map(([name, text]): [string, string] => [
      name,
      withoutFullStop(forPhone(kinds.get(name) ?? 'code', text)),
    ]),
  )
  const written = () => fillTemplate(withoutMarks(wording), short)
  for (const kind of givesWay)
    for (const [name, text] of short) {
      const over = septets(written()) - (longestPhoneText - longestLink)
      if (over <= 0 || kinds.get(name) !== kind) continue
      short.set(name, `${text.slice(0, Math.max(shortest, text.length - over - 3)).trimEnd()}...`)
    }
  return written()
}

const courtesies: Readonly<Record<Language, { readonly before: string; readonly after: string }>> = {
  vi: { before: 'Kính gửi ông/bà,', after: 'Thư này được gửi tự động; ông/bà không cần trả lời.' },
  en: { before: 'Dear Sir or Madam,', after: 'This letter was sent automatically; there is no need to answer.' },
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
  facts.set('card', cardOn(day, language, { lawRows }))
  const secret = [...kinds].find(([, of]) => of === 'secret' || of === 'secret-page')?.[0]
  const { before } = courtesies[language]
  return {
    subject: fillTemplate(wording.subject, facts),
    body:
      kind === 'phone'
        ? phoneText(wording.phone, kinds, facts)
        : [before, ...wording.text.map(text => fillTemplate(text, facts))].join('\n\n'),
    ...(page !== undefined && { page }),
    ...(secret !== undefined && { secret: String(given.get(secret)) }),
  }
}

/** The words with what the stars stand for; a secret page becomes a link to the house's own origin. */
export const withSecret = (text: string, secret: string, origin: string) =>
  text.replace(stars, () => (secret.startsWith('/') ? `${origin}${secret}` : secret))

const links: Readonly<Record<Language, string>> = { vi: 'Xem tại: ', en: 'See: ' }

/**
 * The text as it goes out, with the link to the house's own page. A phone's text never takes a fourth segment: where
 * the origin is too long for it, the link is left out, and what stands before it is enough.
 */
export function fullText(
  { body, page, language, kind }: { body: string; page?: string; language: Language; kind: RecipientKind },
  origin: string,
): string {
  const link = page === undefined ? undefined : `${links[language]}${origin}${page}`
  if (kind === 'email') return `${[body, link, courtesies[language].after].filter(Boolean).join('\n\n')}\n`
  if (link === undefined) return body
  const text = `${body} ${withoutMarks(link)}`
  return septets(text) <= longestPhoneText ? text : body
}
