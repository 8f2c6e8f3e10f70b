import type { Language } from '../../../../src/platform/pages/html.ts'

type Tracked = { readonly width: string; readonly isDay?: boolean }

/** A day in full in English: 15 September 2023. */
const englishDay = '132px'

/** The tracks of a table's columns. On a phone a column may be as narrow as its text. */
export const tracksOf = (
  columns: readonly Tracked[],
  { narrow, language, before }: { narrow: boolean; language: Language; before: readonly string[] },
) => ({
  gridTemplateColumns: [
    ...before,
    ...columns.map(({ width, isDay }) => {
      if (narrow) return width.replace(/minmax\(\d+px/, 'minmax(0')
      return isDay && language === 'en' ? englishDay : width
    }),
  ].join(' '),
})
