import { type TermsOf, withDatedTerms } from '../terms/dated-terms.ts'
import { rehearsalText } from './rehearsal-mark.ts'

/** Text that is safe to stand in a page as it is. */
export type Html = { readonly html: string }

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

export const escapeHtml = (text: string) => text.replace(/[&<>"']/g, sign => entities[sign] ?? sign)

type Piece = Html | string | number | false | null | undefined | readonly Piece[]

const pieceToHtml = (piece: Piece): string => {
  if (piece === false || piece === null || piece === undefined) return ''
  if (Array.isArray(piece)) return piece.map(pieceToHtml).join('')
  if (typeof piece === 'object') return (piece as Html).html
  return escapeHtml(String(piece))
}

/** Writes a page's markup; every value is escaped unless it is markup itself. Attributes must be quoted. */
export const html = (texts: TemplateStringsArray, ...pieces: Piece[]): Html => ({
  html: texts.reduce(
    (page, text, index) => page + text + (index < pieces.length ? pieceToHtml(pieces[index]) : ''),
    '',
  ),
})

export type Language = 'vi' | 'en'

/** A text in both languages. One that says what a rule says is read each time: the rule has days (law-of-texts.ts). */
export type TextPair = readonly [vi: string, en: string] | (() => readonly [vi: string, en: string])

/**
 * What a text says in a language, its [[terms]] those of a day (dated-terms.ts), or of today; undefined where there is
 * no text.
 */
export function textIn(pair: TextPair | undefined, language: Language, of?: TermsOf): string | undefined {
  const both = typeof pair === 'function' ? pair() : pair
  const text = both?.[language === 'vi' ? 0 : 1]
  return text && withDatedTerms(text, of)
}

/** Texts for people, keyed; a context's words.ts makes one. */
export const words = <const Texts extends Record<string, TextPair>>(texts: Texts) => {
  const say =
    (language: Language, of?: TermsOf) =>
    (key: keyof Texts & string): string =>
      textIn(texts[key], language, of) ?? key
  return say
}

/** A field that a form carries and nobody sees. */
export const hidden = (name: string, value: string): Html => html`<input type="hidden" name="${name}" value="${value}">`

/** A text of `words` in both languages, for what is read in either. */
export const inBothLanguages =
  <Key extends string>(say: (language: Language) => (key: Key) => string) =>
  (key: Key): { readonly vi: string; readonly en: string } => ({ vi: say('vi')(key), en: say('en')(key) })

/** The language a browser asks for: the cookie of an earlier choice, else Accept-Language; Vietnamese first. */
export function languageOf(headers: { cookie?: string | undefined; 'accept-language'?: string | undefined }): Language {
  const [, chosen] =
    /(?:^|;\s*)__Host-language=(vi|en)\b/.exec(headers.cookie ?? '') ??
    /(?:^|;\s*)language=(vi|en)\b/.exec(headers.cookie ?? '') ??
    []
  if (chosen) return chosen as Language
  const first = headers['accept-language']?.split(',')[0]?.trim().toLowerCase() ?? ''
  return first.startsWith('en') ? 'en' : 'vi'
}

/** The cookie of a choice, as a script or a header sets it; over https it is this host's alone. */
export const languageCookie = (language: Language, { isHttps }: { readonly isHttps: boolean }): string =>
  `${isHttps ? '__Host-' : ''}language=${language}; Path=/; Max-Age=31536000; SameSite=Lax${isHttps ? '; Secure' : ''}`

/** Above every page of a rehearsal: that it is one, and of which day. */
const rehearsalStrip = (language: Language) => {
  const text = rehearsalText(language)
  const name = language === 'vi' ? 'Tập dượt' : 'Rehearsal'
  return text && html`<section class="rehearsal" aria-label="${name}">${text}</section>`
}

/** A whole page that works without script; the style sheets are served by the house itself. */
export const page = (
  language: Language,
  title: string,
  body: Html,
  { style }: { readonly style?: string } = {},
): string =>
  html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="/assets/sign.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/pages.css">
${style && html`<link rel="stylesheet" href="${style}">`}
</head>
<body>
${rehearsalStrip(language)}
${body}
</body>
</html>
`.html
