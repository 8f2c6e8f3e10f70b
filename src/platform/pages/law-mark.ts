import type { LawReference } from '../law.ts'
import { type Html, html, type Language, words } from './html.ts'

/** The mark beside what a rule decided of which nobody is sure: a due day, a fee, a need. */
export const lawMarkText = words({
  low: ['căn cứ chưa chắc chắn', 'basis not certain'],
  why: [
    'Theo {basis}: độ tin cậy thấp, chưa đối chiếu với văn bản. Hãy kiểm tra trước khi dựa vào.',
    'By {basis}: low confidence, not compared with the text. Check it before you rely on it.',
  ],
})

type Basis = Pick<LawReference, 'article' | 'source' | 'confidence'>

/** Acts without an abbreviation of their own, as Vietnamese cites them; the more special name first. */
const actsInVietnamese = [
  ['Art.', 'Điều'],
  ['Law on Archives', 'Luật Lưu trữ'],
  ['Law on Complaints', 'Luật Khiếu nại'],
  ['Law on Education', 'Luật Giáo dục'],
  ['Civil Code', 'Bộ luật Dân sự'],
  ['Constitution', 'Hiến pháp'],
  ['Law ', 'Luật '],
] as const

/** An article or an act, as a language cites it. */
export const citedIn = (text: string, language: Language): string =>
  language === 'vi' ? actsInVietnamese.reduce((cited, [en, vi]) => cited.replaceAll(en, vi), text) : text

/** 'Điều 25, LCCCD': article and act, as they are cited in a language. */
export const basisText = ({ article, source }: Basis, language: Language): string =>
  citedIn([article, source].filter(Boolean).join(', '), language)

/** What the mark says to whoever asks why; undefined where none is needed. */
export const lawMarkWhy = (law: Basis, language: Language): string | undefined =>
  law.confidence === 'low' ? lawMarkText(language)('why').replace('{basis}', basisText(law, language)) : undefined

/** The mark of a page without script; nothing where the rule is not of low confidence. */
export function lawMark(law: Basis, language: Language): Html | undefined {
  const why = lawMarkWhy(law, language)
  return why === undefined
    ? undefined
    : html`<abbr class="law-mark" title="${why}">${lawMarkText(language)('low')}</abbr>`
}
