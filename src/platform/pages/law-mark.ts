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

/** Parts of acts, and acts without an abbreviation, as Vietnamese cites them; the more special name first. */
const actsInVietnamese = [
  ['Art.', 'Điều'],
  ['Chapter', 'Chương'],
  ['Form ', 'Mẫu '],
  ['annex', 'phụ lục'],
  ['as a whole', 'toàn văn'],
  ['as each kind says', 'theo từng loại'],
  ['as each purpose says', 'theo từng mục đích'],
  [', as amended by ', ', được sửa đổi bởi '],
  [', as amended', ', đã sửa đổi'],
  [' of the Ministry of Public Security', ' của Bộ Công an'],
  [': no reduction', ': không giảm'],
  [': private life put on line, alone', ': riêng việc đưa đời sống riêng tư lên mạng'],
  [' is kept', ' (giữ nguyên)'],
  ['the house, after them', 'hệ thống này quy định theo các văn bản đó'],
  ['Law on Archives', 'Luật Lưu trữ'],
  ['Law on Children', 'Luật Trẻ em'],
  ['Law on Complaints', 'Luật Khiếu nại'],
  ['Law on Education', 'Luật Giáo dục'],
  ['Law on Military Service', 'Luật Nghĩa vụ quân sự'],
  ['Law on the Elderly', 'Luật Người cao tuổi'],
  ['Law on universal primary education', 'Luật Phổ cập giáo dục tiểu học'],
  ['Education Law', 'Luật Giáo dục'],
  ['Residence Law', 'Luật Cư trú'],
  ['Civil Code', 'Bộ luật Dân sự'],
  ['Labour Code', 'Bộ luật Lao động'],
  ['Constitution', 'Hiến pháp'],
  ['Law ', 'Luật '],
  [' of ', ' '],
] as const

/** An article or an act, as a language cites it. */
export const citedIn = (text: string, language: Language): string =>
  language === 'vi' ? actsInVietnamese.reduce((cited, [en, vi]) => cited.replaceAll(en, vi), text) : text

const ownRule = { vi: 'quy định của hệ thống này', en: 'this installation’s own rule' } as const

/** 'Điều 25, LCCCD': article and act, as they are cited in a language; or that no act says so. */
export const basisText = ({ article, source }: Basis, language: Language): string =>
  source === 'house' ? ownRule[language] : citedIn([article, source].filter(Boolean).join(', '), language)

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
