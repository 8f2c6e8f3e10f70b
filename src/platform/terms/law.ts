import { law } from '../law.ts'

/**
 * What the law of a day calls the things that texts name; dated-terms.ts puts them into texts. Vietnamese alone:
 * English has one word for each.
 */

/** The card, on papers and in messages. */
export const cardTerm = law<'can-cuoc-cong-dan' | 'can-cuoc'>(
  'terms.card',
  [
    { from: '', value: 'can-cuoc-cong-dan', article: 'Art. 3', source: 'LCCCD', confidence: 'high' },
    {
      from: '2024-07-01',
      value: 'can-cuoc',
      article: 'Art. 3(11)',
      source: 'LCC',
      verifiedOn: '2026-11-29',
      confidence: 'high',
    },
  ],
  { words: ['can-cuoc-cong-dan', 'can-cuoc'] },
)

/** The two levels of an electronic identity account. */
export const levelTerms = law<readonly [first: string, second: string]>('terms.levels', [
  { from: '', value: ['mức độ 1', 'mức độ 2'], article: 'Art. 12', source: 'NĐ59/2022', confidence: 'high' },
  {
    from: '2024-07-01',
    value: ['mức độ 01', 'mức độ 02'],
    article: 'Art. 7',
    source: 'NĐ69/2024',
    confidence: 'high',
  },
])

/** What an authority does that keeps somebody's card for a while. */
export const withholdTerm = law<string>('terms.withhold', [
  { from: '', value: 'tạm giữ', article: 'Art. 28(2)', source: 'LCCCD', confidence: 'high' },
  { from: '2024-07-01', value: 'giữ', article: 'Art. 29(2)', source: 'LCC', confidence: 'high' },
])

/** Two reasons for which a card is exchanged, as the law words them. */
export const exchangeReasonTerms = law<{ readonly appearance: string; readonly sex: string }>('terms.exchange', [
  {
    from: '',
    value: { appearance: 'thay đổi đặc điểm nhận dạng', sex: 'xác định lại giới tính' },
    article: 'Art. 23(1)',
    source: 'LCCCD',
    confidence: 'medium',
  },
  {
    from: '2024-07-01',
    value: { appearance: 'thay đổi nhân dạng', sex: 'xác định lại giới tính hoặc chuyển đổi giới tính' },
    article: 'Art. 24(1)(c)',
    source: 'LCC',
    verifiedOn: '2026-11-29',
    confidence: 'high',
  },
])
