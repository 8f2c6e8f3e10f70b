import type { Day } from '../platform/day.ts'

/** The layout of a card, named by the year of its rule. */
export type CardLayout = '2021' | '2024'

/** From which day a layout holds; a card keeps that of its day of issue. */
// biome-ignore format: a table of law
const layouts: readonly { readonly from: Day | ''; readonly layout: CardLayout; readonly source: string }[] = [
  { from: '',                  layout: '2021', source: 'LCCCD Art. 18, TT06/2021/TT-BCA' },
  { from: '2024-07-01' as Day, layout: '2024', source: 'LCC Art. 18, TT16/2024/TT-BCA' },
]

/** The layout of a card by its day of issue. */
export const layoutOn = (issuedOn: Day): CardLayout =>
  layouts.findLast(({ from }) => from <= issuedOn)?.layout ?? '2021'
